"""What documents about meeting places say: plain frozen values, as in `content`.

Words that depend on the day (when it is, whether one must sign up) come ready in the document's
language; the documents' own fixed words are in `event_words`.
"""

from dataclasses import dataclass
from datetime import date

from samtun.documents.content import ContactCard


@dataclass(frozen=True, kw_only=True)
class PosterDate:
    """One coming date: `day` as it is written, e.g. "Onsdag 25. november", and `hours`.

    `note` says what is special: its theme, or that it is cancelled or moved.
    """

    day: str
    hours: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Poster:
    """An event on one A4 page, to hang up. It never holds an address to join online.

    `rule` is when it is in words where it comes again and again; `dates` are the next ones, and the
    first of them is drawn large where there is no rule. `url` becomes the QR code.
    """

    language: str
    name: str
    url: str
    made_on: date
    map_name: str = ""
    occasion: str = ""
    provider: str = ""
    summary: str = ""
    rule: str = ""
    dates: tuple[PosterDate, ...] = ()
    where: tuple[str, ...] = ()  # a line each
    for_whom: str = ""
    children: str = ""
    price: str = ""
    sign_up: str = ""
    alert: str = ""  # that it is cancelled
    contact: ContactCard | None = None
    text_language: str = ""
    is_example: bool = False


@dataclass(frozen=True, kw_only=True)
class ProgrammeItem:
    """One date in the programme; `facts` are short: the town, "Gratis", "Bare kom"."""

    name: str
    hours: str = ""
    theme: str = ""
    summary: str = ""
    where: str = ""
    facts: tuple[str, ...] = ()
    alert: str = ""  # that it is cancelled or moved, and why
    url: str = ""
    is_cancelled: bool = False
    text_language: str = ""


@dataclass(frozen=True, kw_only=True)
class ProgrammeDay:
    """A day with something on it: `weekday` and `number` for the leaf, `name` for who listens."""

    name: str
    weekday: str
    number: str
    items: tuple[ProgrammeItem, ...]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """What happens in a region in a month, day by day, on A4.

    `narrowed` says in words how it was narrowed, e.g. "Vang · Barn og unge".
    """

    language: str
    region: str
    month: str  # e.g. "November 2026"
    url: str
    made_on: date
    days: tuple[ProgrammeDay, ...] = ()
    narrowed: str = ""
    contacts: tuple[ContactCard, ...] = ()
    is_example: bool = False


@dataclass(frozen=True, kw_only=True)
class AttendanceRow:
    """A party: `notes` is what matters on the day; `contact` only where it was asked for."""

    name: str
    size: int = 1
    notes: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class AttendanceList:
    """Who comes, on paper, with a box to tick for each person and date.

    `waiting` are those on the waiting list, in order: somebody may stay at home.
    """

    language: str
    name: str
    made_on: date
    dates: tuple[str, ...] = ()
    where: str = ""
    rows: tuple[AttendanceRow, ...] = ()
    waiting: tuple[AttendanceRow, ...] = ()
    capacity: int | None = None
    is_example: bool = False
