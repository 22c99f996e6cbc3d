"""Contents to make documents of."""

from datetime import date

from samtun.documents.content import (
    Booklet,
    Chapter,
    ContactCard,
    CrisisNumber,
    Entry,
    Group,
    Heading,
    ListSheet,
    Section,
    Sheet,
)

MADE_ON = date(2026, 11, 21)
ADDRESS = "https://samtun.example/valdres/tilbud/temakafe/"


def a_sheet(**changes: object) -> Sheet:
    """A service with every part filled in."""
    values: dict[str, object] = {
        "language": "nb",
        "name": "Temakafé",
        "url": ADDRESS,
        "made_on": MADE_ON,
        "map_name": "Ressurskartet for Valdres",
        "provider": "Pårørendeprosjektet",
        "summary": "Et sted å treffe andre pårørende.",
        "sections": tuple(
            Section(heading=one, text=f"Om {one.value}.\n\n- ett\n- to") for one in Heading
        ),
        "contacts": (ContactCard(name="Kari", phone="00 00 12 34", email="kari@vang.example"),),
        "confirmed_on": date(2026, 10, 1),
    }
    return Sheet(**{**values, **changes})  # type: ignore[arg-type]


def an_entry(key: str = "temakafe", **changes: object) -> Entry:
    """A service in short."""
    values: dict[str, object] = {"key": key, "name": f"Tilbud {key}", "url": ADDRESS + key}
    return Entry(**{**values, **changes})  # type: ignore[arg-type]


def a_list(*entries: Entry, **changes: object) -> ListSheet:
    """A visitor's list."""
    values: dict[str, object] = {"language": "nn", "url": ADDRESS, "made_on": MADE_ON}
    return ListSheet(entries=entries, **{**values, **changes})  # type: ignore[arg-type]


def a_booklet(*chapters: Chapter, **changes: object) -> Booklet:
    """The map of Valdres."""
    values: dict[str, object] = {
        "language": "nb",
        "region": "Valdres",
        "url": "https://samtun.example/valdres/",
        "made_on": MADE_ON,
        "municipalities": ("Etnedal", "Vang"),
        "crisis": (CrisisNumber(name="Medisinsk nødtelefon", number="113"),),
        "contacts": (ContactCard(name="Kari", phone="00 00 12 34"),),
    }
    return Booklet(chapters=chapters, **{**values, **changes})  # type: ignore[arg-type]


def a_chapter(title: str, *entries: Entry) -> Chapter:
    """A chapter with one group."""
    return Chapter(title=title, groups=(Group(title=f"{title}, mer", entries=entries),))
