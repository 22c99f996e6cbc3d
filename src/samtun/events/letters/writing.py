"""One letter: what has happened, what it is about, and the reader's own ways on."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext, override

from samtun.events import notices, tokens
from samtun.events.enums import NoticeKind, PartyState
from samtun.events.ical.invitations import invitation
from samtun.events.letters import children, words
from samtun.events.letters.meetings import contact, entry, held
from samtun.events.letters.moments import day_of, moment_of, span_of
from samtun.events.letters.truth import Before, Telling, changes, date_of
from samtun.events.models import Occurrence, Party
from samtun.mail.letters import Button, Draft, Part, Text

_PURPOSE = "events."
# These change what is in the reader's calendar.
FOR_THE_CALENDAR = (
    NoticeKind.CONFIRMED,
    NoticeKind.MOVED,
    NoticeKind.CHANGED,
    NoticeKind.CANCELLED_OWN,
    NoticeKind.CANCELLED_BY,
    NoticeKind.EVENT_CANCELLED,
    NoticeKind.CONSENT_REFUSED,
)
# Who does not come needs no way there.
_ENDED = (
    NoticeKind.LAPSED,
    NoticeKind.CANCELLED_OWN,
    NoticeKind.CANCELLED_BY,
    NoticeKind.EVENT_CANCELLED,
    NoticeKind.CONSENT_REFUSED,
)


def draft_of(telling: Telling, *, has_calendar: bool) -> Draft:
    """The letter; with an invitation, or its end, when `has_calendar`."""
    party = telling.party
    with override(party.language):
        to_guardian = telling.kind == NoticeKind.CONSENT
        text, method = invitation(party) if has_calendar else ("", "")
        return Draft(
            to=party.guardian_email if to_guardian else party.email,
            subject=_subject(telling),
            parts=tuple(_parts(telling)),
            language=party.language,
            purpose=_PURPOSE + telling.kind,
            key=notices.letter_key(telling.notices[0].pk),
            calendar=text,
            calendar_method=method,
        )


def _subject(telling: Telling) -> str:
    message = telling.notices[0].message
    if telling.kind == NoticeKind.MESSAGE and message:
        return message.subject
    dates = _dates(telling)
    first = held(dates)[0] if held(dates) else dates[0] if dates else None
    day = day_of(first.starts_at, telling.party.language) if first else ""
    return words.subject(telling.kind, day, _until(telling.party))


def _parts(telling: Telling) -> Iterator[Part]:
    party = telling.party
    if telling.kind == NoticeKind.CONSENT:
        yield from _consent(telling)
        return
    yield Text(words.greeting(party.name))
    yield Text(_opening(telling))
    yield from (Text(text) for text in _what_was(telling) if text)
    if telling.kind == NoticeKind.EVALUATION:
        token = tokens.evaluation_token_of(party.intake)
        address = tokens.address("evaluation", token, party.language)
        button = Button(gettext("Tell us how it was"), address)
        yield entry(party, [], (button,), is_to_come=False)
        return
    is_to_come = telling.kind not in _ENDED
    yield entry(party, _dates(telling), tuple(_buttons(telling)), is_to_come=is_to_come)
    if asked := contact(party.intake.event):
        yield Text(asked)
    yield Text(words.closing())


def _consent(telling: Telling) -> Iterator[Part]:
    party = telling.party
    token = tokens.consent_token_of(party)
    address = tokens.address("consent", token, party.language)
    yield Text(words.greeting(party.guardian_name))
    yield Text(children.to_the_grown_up(party))
    button = Button(gettext("Read more and answer"), address)
    yield entry(party, held(_all_dates(party)), (button,))
    if asked := contact(party.intake.event):
        yield Text(asked)
    yield Text(gettext("Nothing is decided before you press a button on the page."))


def _opening(telling: Telling) -> str:
    message = telling.notices[0].message
    if telling.kind == NoticeKind.MESSAGE and message:
        return message.text
    until = _until(telling.party)
    is_refused = telling.kind == NoticeKind.CONSENT_REFUSED
    if is_refused or children.is_to_a_child(telling.party):
        return children.opening(telling.kind, until)
    return words.opening(telling.kind, until)


def _what_was(telling: Telling) -> Iterator[str]:
    """What is different from before, in the organiser's words too."""
    party = telling.party
    if telling.kind == NoticeKind.CHANGED:
        for one, before in changes(party, telling.notices):
            yield one.text("notice", party.language).value
            yield _before(one, before, party.language)
    elif telling.kind == NoticeKind.EVENT_CANCELLED:
        for one in _dates(telling):
            yield one.text("notice", party.language).value


def _before(about: Occurrence, before: Before, language: str) -> str:
    if before is None:
        return ""
    starts_at = datetime.fromisoformat(before["starts_at"])
    ends_at = datetime.fromisoformat(before["ends_at"])
    if (starts_at, ends_at) != (about.starts_at, about.ends_at):
        was = span_of(starts_at, ends_at, language)
        return gettext("Before, it was %(when)s.") % {"when": was}
    if before.get("link"):
        return gettext("The way in online is new. You find it on your page.")
    return ""


def _dates(telling: Telling) -> list[Occurrence]:
    """The dates that the letter is about, those that take place when it is about all of them."""
    party = telling.party
    told = [date_of(party, notice) for notice in telling.notices]
    about = sorted((one for one in told if one), key=lambda one: one.starts_at)
    if telling.kind == NoticeKind.CHANGED:
        return [one for one, _ in changes(party, telling.notices)]
    if about and telling.kind != NoticeKind.MOVED:
        return about
    dates = _all_dates(party)
    return held(dates) or dates


def _all_dates(party: Party) -> list[Occurrence]:
    return sorted(party.intake.occurrences.all(), key=lambda one: (one.starts_at, one.pk))


def _buttons(telling: Telling) -> Iterator[Button]:
    party = telling.party
    token = tokens.token_of(party)

    def button(label: str, view: str) -> Button:
        return Button(label, tokens.address(view, token, party.language))

    if party.state == PartyState.OFFERED:
        yield button(gettext("Say yes or no to the place"), "party_offer")
    elif party.state in (PartyState.CONFIRMED, PartyState.WAITING):
        yield button(gettext("See or change your sign-up"), "party")
        yield button(gettext("Cancel here"), "party_cancel")
    else:
        yield button(gettext("See your sign-up"), "party")


def _until(party: Party) -> str:
    return moment_of(party.answer_by, party.language) if party.answer_by else ""
