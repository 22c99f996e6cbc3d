"""What a calendar says about a date: public words only, in the reader's language.

Never the join address, never a confidential place, never who comes.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

from samtun.directory.models import Location
from samtun.events.enums import EventStatus, OccurrenceStatus, SignUp
from samtun.events.ical.lines import plain
from samtun.events.models import Event, Occurrence

LONGEST = 300  # letters of what somebody wrote; the rest is on the page


@dataclass(frozen=True, slots=True)
class Where:
    """A place in words, and its point when it is known."""

    text: str = ""
    latitude: float | None = None
    longitude: float | None = None


def is_cancelled(event: Event, occurrence: Occurrence | None = None) -> bool:
    """Whether the event, or this date of it, is cancelled."""
    if event.status == EventStatus.CANCELLED:
        return True
    return occurrence is not None and occurrence.status == OccurrenceStatus.CANCELLED


def summary(
    event: Event,
    occurrence: Occurrence | None,
    language: str,
    numbered: tuple[int, int] | None = None,
) -> str:
    """`Coping course (2 of 6): rest`; said to be cancelled when it is."""
    text = event.text("name", language).value
    if numbered:
        number, count = numbered
        text = gettext("%(name)s (%(number)d of %(count)d)") % {
            "name": text,
            "number": number,
            "count": count,
        }
    theme = occurrence.text("theme", language).value if occurrence else ""
    if theme:
        text = f"{text}: {theme}"
    if is_cancelled(event, occurrence):
        text = gettext("Cancelled: %(name)s") % {"name": text}
    return plain(text)


def description(event: Event, occurrence: Occurrence | None, language: str) -> str:
    """A few lines: what has changed, what it is, and whether one must sign up."""
    notice = occurrence.text("notice", language).value if occurrence else ""
    about = event.text("summary", language).value or event.text("description", language).value
    lines = [_short(notice), _short(about)]
    if not is_cancelled(event, occurrence):
        lines += [_online(event), _coming(event)]
    return "\n".join(filter(None, lines))


def where(event: Event, occurrence: Occurrence | None, language: str) -> Where:
    """Where it is; of a confidential place nothing."""
    location, room = place_and_room(event, occurrence)
    if location is None:
        return Where(plain(room) or (gettext("Online") if event.meets_online else ""))
    if location.is_confidential:
        return Where()
    parts = [room, location.text("name", language).value, street(location)]
    text = ", ".join(dict.fromkeys(plain(part) for part in parts if part))
    return Where(text, location.latitude, location.longitude)


def place_and_room(event: Event, occurrence: Occurrence | None) -> tuple[Location | None, str]:
    """The date's own place and room where it has them, else the event's."""
    if occurrence and occurrence.location:
        return occurrence.location, occurrence.room
    own = occurrence.room if occurrence else ""
    return event.location, own or event.room


def street(location: Location) -> str:
    """`Skulevegen 1, 2900 Fagernes`; load the addresses along."""
    for address in location.addresses.all():
        town = f"{address.postal_code} {address.city}".strip()
        if found := ", ".join(filter(None, (address.address_1, town))):
            return found
    return ""


def _short(text: str) -> str:
    text = " ".join(plain(text).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _online(event: Event) -> str:
    if not event.meets_online:
        return ""
    if event.meets_in_person:
        return gettext("You can also take part online.")
    return gettext("It takes place online.")


def _coming(event: Event) -> str:
    if event.sign_up == SignUp.REQUIRED:
        return gettext("Sign up on the page:")
    return gettext("You do not have to sign up. Read more:")
