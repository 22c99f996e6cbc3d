"""What, when and where, as letters say it to somebody who comes."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext, ngettext

from samtun.events.enums import OccurrenceStatus
from samtun.events.ical.words import place_and_room, street
from samtun.events.letters.moments import when
from samtun.events.models import Event, Occurrence, Party
from samtun.mail.letters import Button, Entry

_MOST_DATES = 20


def entry(
    party: Party,
    dates: Sequence[Occurrence],
    buttons: tuple[Button, ...] = (),
    *,
    is_to_come: bool = True,
) -> Entry:
    """The event with its dates and the party's own ways on; where it is for those who may come."""
    event = party.intake.event
    name = event.text("name", party.language).value
    lines = [*_when(party, dates), *(_coming(party, event, dates) if is_to_come else ())]
    return Entry(name, "\n".join(lines), buttons)


def held(dates: Sequence[Occurrence]) -> list[Occurrence]:
    """Those that take place."""
    return [one for one in dates if one.status == OccurrenceStatus.SCHEDULED]


def _when(party: Party, dates: Sequence[Occurrence]) -> Iterator[str]:
    language = party.language
    shown = dates[:_MOST_DATES]
    if len(shown) == 1:
        yield gettext("When: %(when)s") % {"when": _dated(shown[0], language)}
    elif shown:
        yield gettext("When:")
        yield from (f"– {_dated(one, language)}" for one in shown)


def _coming(party: Party, event: Event, dates: Sequence[Occurrence]) -> Iterator[str]:
    """The way there, and how many they are."""
    first = dates[0] if dates else None
    yield from filter(None, where(event, first, party.language))
    if party.size > 1:
        template = ngettext("You are %(count)d person.", "You are %(count)d people.", party.size)
        yield template % {"count": party.size}


def _dated(one: Occurrence, language: str) -> str:
    theme = one.text("theme", language).value
    text = f"{when(one, language)}: {theme}" if theme else when(one, language)
    if one.status == OccurrenceStatus.CANCELLED:
        text = gettext("%(date)s (cancelled)") % {"date": text}
    return text


def where(event: Event, one: Occurrence | None, language: str) -> Iterator[str]:
    """The place, and how to get there; of a secret address not a word."""
    location, room = place_and_room(event, one)
    if location is not None and location.is_confidential:
        yield gettext("Where: the organiser tells you.")
    elif location is not None:
        parts = (room, location.text("name", language).value, street(location))
        place = ", ".join(dict.fromkeys(filter(None, parts)))
        yield gettext("Where: %(place)s") % {"place": place} if place else ""
        yield _directions(event, language) or location.text("transportation", language).value
    elif room:
        yield gettext("Where: %(place)s") % {"place": room}
        yield _directions(event, language)
    if event.meets_online:
        yield gettext("Online: you find the way in on your page the day before.")


def _directions(event: Event, language: str) -> str:
    text = event.text("getting_there", language).value
    return gettext("How to get there: %(text)s") % {"text": text} if text else ""


def contact(event: Event) -> str:
    """Whom to ask; empty when nobody is named."""
    ways = [one for one in (event.contact_phone, event.contact_email) if one]
    if not ways:
        return ""
    who = event.contact_name or event.organization.name
    return gettext("Do you have a question? %(who)s: %(ways)s") % {
        "who": who,
        "ways": ", ".join(ways),
    }
