"""What a party gets into its own calendar (RFC 5546): its dates, under one identifier for good.

SEQUENCE is the party's own number, which grows by one with each invitation that is composed, so it
never falls, also when the party moves to a date that has changed less often.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from itertools import pairwise
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext
from icalendar import Event as Component
from icalendar import vCalAddress, vText

from samtun.events import tokens
from samtun.events.enums import Consent, OccurrenceStatus, PartyState
from samtun.events.ical import words
from samtun.events.ical.calendars import calendar
from samtun.events.ical.dates import Series, add_rule, add_times, add_words, series_of, single
from samtun.events.ical.lines import filled, plain, stored
from samtun.events.models import Event, Occurrence, Party
from samtun.events.recurrence import OSLO, Rule
from samtun.organisations.queries import region_scopes, scope_of
from samtun.ui.context import LANGUAGE_PREFIXES

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def invitation(party: Party) -> tuple[str, str]:
    """The iTIP message for the party's letter, and its METHOD.

    A REQUEST while the party has seats and something takes place, else a CANCEL of it all. Load
    the intake with its event and organisation; the dates are read unless they are prefetched.
    """
    method = REQUEST if is_coming(party) else CANCEL
    return _text(party, method, is_addressed=True), method


def party_calendar(party: Party) -> str:
    """What "add to my calendar" gives on the party's own page; a letter later updates it."""
    return _text(party, PUBLISH, is_addressed=False)


def is_coming(party: Party) -> bool:
    """Whether the party has seats at something that takes place."""
    if party.state != PartyState.CONFIRMED or party.consent in (Consent.ASKED, Consent.REFUSED):
        return False
    event = party.intake.event
    return any(not words.is_cancelled(event, one) for one in _dates(party))


def occurrence_calendar(occurrence: Occurrence, language: str, *, base: str = "") -> str:
    """One date for anybody's calendar; `base` is the address below which the event's page is."""
    event = occurrence.event
    with translation.override(language):
        text = stored(single(event, occurrence, language))
    return filled(calendar([text]), base or _base(event, language))


def _text(party: Party, method: str, *, is_addressed: bool) -> str:
    with translation.override(party.language):
        made = list(_components(party, method))
    for one in made:
        _add_people(one, party, is_addressed=is_addressed)
    return calendar([stored(one) for one in made], {"method": method})


def _components(party: Party, method: str) -> Iterator[Component]:
    """The dates that hold: the first, with those that follow it, and the exceptions among them.

    In a REQUEST nothing can be cancelled (RFC 5546 § 3.2.2), so what is cancelled is left out.
    """
    event, dates = party.intake.event, _dates(party)
    if method == CANCEL or not is_coming(party):
        yield _cancelled(party, dates)
        return
    series = (series_of(event, dates) or _weekly(dates)) if len(dates) > 1 else None
    if series and len(series.held) == len(dates):
        yield from _by_the_rule(party, series)
    else:
        yield from _one_by_one(party, [one for one in dates if not _is_off(one)])


def _weekly(dates: Sequence[Occurrence]) -> Series | None:
    """Evenings chosen one by one that are as many weeks apart, at one hour, are a rule as well:
    some programs know nothing of RDATE.
    """
    walls = [one.starts_at.astimezone(OSLO).replace(tzinfo=None) for one in dates]
    pauses = {later - earlier for earlier, later in pairwise(walls)}
    weeks, rest = divmod(pauses.pop(), timedelta(weeks=1))
    if pauses or rest or not weeks:
        return None
    rule = Rule("WEEKLY", interval=weeks, count=len(dates))
    return Series(rule, dates[0].starts_at, (), {one.starts_at: one for one in dates})


def _by_the_rule(party: Party, series: Series) -> Iterator[Component]:
    length = timedelta(minutes=party.intake.event.minutes)
    made = _begun(party, None)
    add_times(made, series.first, series.first + length)
    add_rule(made, series, [moment for moment, one in series.held.items() if _is_off(one)])
    _add_words(made, party, None)
    yield made
    for moment, one in series.held.items():
        is_moved = one.starts_at != moment or one.ends_at - one.starts_at != length
        if not _is_off(one) and (is_moved or _is_special(one)):
            yield _exception(party, moment, one)


def _one_by_one(party: Party, dates: Sequence[Occurrence]) -> Iterator[Component]:
    first, *rest = dates
    made = _begun(party, None)
    add_times(made, first.starts_at, first.ends_at)
    if rest:  # in UTC: libical, for one, does not look up the zone of an RDATE
        made.add("rdate", [one.starts_at.astimezone(UTC) for one in rest])
    _add_words(made, party, None if rest else first)
    yield made
    length = first.ends_at - first.starts_at
    for one in dates if rest else ():
        if one.ends_at - one.starts_at != length or _is_special(one):
            yield _exception(party, one.starts_at, one)


def _is_off(one: Occurrence) -> bool:
    return one.status == OccurrenceStatus.CANCELLED


def _is_special(one: Occurrence) -> bool:
    return bool(one.theme or one.notice or one.location_id or one.room)


def _exception(party: Party, moment: datetime, one: Occurrence) -> Component:
    made = _begun(party, moment)
    add_times(made, one.starts_at, one.ends_at)
    _add_words(made, party, one)
    return made


def _cancelled(party: Party, dates: Sequence[Occurrence]) -> Component:
    made = _begun(party, None)
    if dates:
        add_times(made, dates[0].starts_at, dates[0].ends_at)
    event = party.intake.event
    name = words.summary(event, None, party.language)
    if not words.is_cancelled(event):
        name = gettext("Cancelled: %(name)s") % {"name": name}
    made.add("summary", name)
    made.add("status", "CANCELLED")
    return made


def _begun(party: Party, moment: datetime | None) -> Component:
    made = Component()
    made.add("uid", str(party.pk))
    if moment is not None:
        made.add("recurrence-id", moment.astimezone(OSLO))
    made.add("dtstamp", timezone.now().astimezone(UTC))
    made.add("sequence", party.sequence)
    return made


def _add_words(made: Component, party: Party, one: Occurrence | None) -> None:
    event = party.intake.event
    add_words(made, event, one, party.language)
    page = tokens.address("party", tokens.token_of(party), party.language)
    notice = one.text("notice", party.language).value if one else ""
    about = event.text("summary", party.language).value
    own = gettext("See, change or cancel your sign-up: %(address)s") % {"address": page}
    made["description"] = vText(plain("\n".join(filter(None, (notice, about, own)))))
    made.add("url", page)


def _add_people(made: Component, party: Party, *, is_addressed: bool) -> None:
    """The organiser, and the reader alone: nobody is told who else comes."""
    event = party.intake.event
    organizer = vCalAddress(f"mailto:{_organizer_address()}")
    name = event.organization.text("name", party.language).value
    organizer.params["CN"] = _as_parameter(name)
    made["organizer"] = organizer
    if not is_addressed:
        return
    attendee = vCalAddress(f"mailto:{party.email}")
    attendee.params["CN"] = _as_parameter(party.name or party.email)
    attendee.params["PARTSTAT"] = "ACCEPTED" if is_coming(party) else "DECLINED"
    attendee.params["RSVP"] = "FALSE"
    made["attendee"] = attendee


def _organizer_address() -> str:
    """Whom our letters come from: mail programs trust an invitation from its organiser only."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return parseaddr(settings.MAIL_FROM)[1] or f"samtun@{host}"


def _as_parameter(text: str) -> str:
    """What a parameter can hold: no quotation marks (RFC 5545 § 3.2)."""
    return " ".join(plain(text).replace('"', "'").split())


def _dates(party: Party) -> list[Occurrence]:
    """All dates of the intake in order, cancelled ones too."""
    return sorted(party.intake.occurrences.all(), key=lambda one: (one.starts_at, one.pk))


def _base(event: Event, language: str) -> str:
    """The pages of the region that its organiser belongs to, or of any."""
    home = event.organization.municipality
    scope = (scope_of(home) if home else None) or next(iter(region_scopes()), None)
    slug = scope.slug if scope else ""
    return f"{settings.PUBLIC_URL}{LANGUAGE_PREFIXES.get(language, '')}/{slug}/kalender/"
