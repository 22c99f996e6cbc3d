"""What a document says: plain frozen values, so that this package knows no models.

Texts may come from an import and are never trusted: they reach the page as text, whatever they
hold. A field called `text` takes the markdown subset of `blocks`; all others are plain.
`text_language` is set when a text could only be had in another language than the document's.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Heading(StrEnum):
    """The headings of a service's page, in the order they are read."""

    ABOUT = "about"
    FOR_WHOM = "for_whom"
    HOW = "how"
    BRING = "bring"
    WAIT = "wait"
    WHEN = "when"
    WHERE = "where"
    PRICE = "price"
    LANGUAGES = "languages"
    ACCESSIBILITY = "accessibility"


# Short facts, drawn beside the running text.
FACTS = frozenset(
    {Heading.WHEN, Heading.WHERE, Heading.PRICE, Heading.LANGUAGES, Heading.ACCESSIBILITY}
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """One headed part of a service's page; an empty one is left out."""

    heading: Heading
    text: str
    text_language: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactCard:
    """A person, desk or line that can be reached; `url` is a web page."""

    name: str = ""
    title: str = ""
    phone: str = ""
    email: str = ""
    url: str = ""
    hours: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One service on one A4 page, to hand over or hang on a notice board.

    `url` is the absolute address of the service's page and becomes the QR code; `map_name` is
    e.g. "Ressurskartet for Valdres"; `covers` says whom it covers, e.g. "Vang og Øystre Slidre".
    """

    language: str
    name: str
    url: str
    made_on: date
    map_name: str = ""
    provider: str = ""
    summary: str = ""
    covers: str = ""
    alert: str = ""
    sections: tuple[Section, ...] = ()
    contacts: tuple[ContactCard, ...] = ()
    confirmed_on: date | None = None
    keeper: str = ""
    text_language: str = ""
    is_example: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A service in short, in a list or the booklet.

    `key` is the same wherever the same service stands; the booklet prints it in full once and
    points there from elsewhere. `url` is the address of its page, `web` that of its provider.
    An entry without `municipalities` covers the whole region. `when`, `where`, `price` and
    `how` are drawn in lists only.
    """

    key: str
    name: str
    url: str
    provider: str = ""
    covers: str = ""
    summary: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""
    when: str = ""
    where: str = ""
    price: str = ""
    how: str = ""
    municipalities: tuple[str, ...] = ()
    text_language: str = ""
    is_example: bool = False


@dataclass(frozen=True, kw_only=True)
class ListSheet:
    """A visitor's own list; `url` is the address that opens the same list again."""

    language: str
    url: str
    made_on: date
    entries: tuple[Entry, ...]
    title: str = ""  # empty: "My list"
    map_name: str = ""


@dataclass(frozen=True, kw_only=True)
class CrisisNumber:
    """A verified number for urgent help."""

    name: str
    number: str
    summary: str = ""
    hours: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """Entries about one need below its chapter; without a title they follow the chapter's."""

    entries: tuple[Entry, ...]
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """One of the broad needs."""

    title: str
    groups: tuple[Group, ...]
    introduction: str = ""


@dataclass(frozen=True, kw_only=True)
class Booklet:
    """A region's whole map on paper, by need; A5, so that two pages fill a sheet of A4.

    `municipalities` are the region's names in the order of the index.
    """

    language: str
    region: str
    url: str
    made_on: date
    chapters: tuple[Chapter, ...]
    municipalities: tuple[str, ...] = ()
    introduction: str = ""
    crisis: tuple[CrisisNumber, ...] = ()
    contacts: tuple[ContactCard, ...] = ()
    title: str = ""  # empty: "Help for carers in …"
    is_example: bool = False
