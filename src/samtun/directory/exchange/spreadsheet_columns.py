"""The columns of the spreadsheet of services: how each says a document, and is read back.

A column has a code that never changes and a heading in the reader's language. What is read is
compared with what would have been written, so that a cell nobody touched changes nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl.utils.datetime import from_excel

from samtun.directory.editing.differences import part_in_words
from samtun.directory.editing.document import LABELS, LANGUAGES, TEXTS, Document
from samtun.directory.enums import ServiceStatus
from samtun.documents.spreadsheets import Cell
from samtun.organisations.enums import Language

ID, VERSION = "id", "version"
LONGEST_CELL = 32_000  # Excel stops at 32 767; a longer text is cut, and then left alone
_BETWEEN = re.compile(r"[,;\n]+")
_NORWEGIAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_YES = {"ja", "yes", "true", "sann", "1", "x"}
_NO = {"nei", "no", "false", "usann", "0"}
_PART = " | "


class Unreadable(ValueError):  # noqa: N818  (what the cell is)
    """A cell that cannot be understood; `str()` says why, fit for the person."""


@dataclass(frozen=True, slots=True)
class Names:
    """Who is called what: `organizations` by id and, where it is one only, by name in lower case;
    `keepers` by address in lower case."""

    organizations: Mapping[str, str] = field(default_factory=dict)
    organization_names: Mapping[str, str] = field(default_factory=dict)  # by id
    keepers: Mapping[str, str] = field(default_factory=dict)
    keeper_addresses: Mapping[str, str] = field(default_factory=dict)  # by id


Written = Callable[[Document, Names], Cell]
Read = Callable[[str, Document, Names], object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Without `read` it is only told, and what stands in it is not looked at."""

    code: str
    title: str
    written: Written
    read: Read | None = None

    @property
    def heading(self) -> str:
        """What people read above it."""
        return self.title if self.read else f"{self.title} ({_('for reading only')})"


def columns() -> list[Column]:
    """Every column in order, with headings in the active language; the first two are the keys."""
    return [*_texts(), *_plain(), *_lists(), *_parts(), *_dates_and_keepers(), *_told()]


def _texts() -> Iterable[Column]:
    for name in TEXTS:
        for code in LANGUAGES:
            yield Column(
                f"{name}.{code}",
                f"{LABELS[name]} ({Language(code).label})",
                lambda document, _names, name=name, code=code: document["texts"][code][name],  # type: ignore[misc]
                lambda text, _document, _names: text,
            )


def _column(name: str, written: Written, read: Read) -> Column:
    return Column(name, str(LABELS[name]), written, read)


def _plain() -> Iterable[Column]:
    yield _column("organization", _organization, _read_organization)
    for name in ("url", "email"):
        yield _column(name, _same(name), lambda text, _document, _names: text)
    for name in (
        "covers_country", "meets_in_person", "meets_by_phone", "meets_online", "is_urgent",
        "is_for_children",
    ):  # fmt: skip
        yield _column(name, _flag(name), lambda text, _document, _names: _truth(text) or False)
    yield _column("is_free", _flag("is_free"), lambda text, _document, _names: _truth(text))
    for name in ("minimum_age", "maximum_age", "confirm_every_days"):
        yield _column(name, _same(name), lambda text, _document, _names: _number(text))


def _lists() -> Iterable[Column]:
    for name in ("covers", "needs", "target_groups", "languages", "keywords"):
        yield _column(name, _joined(name), lambda text, _document, _names: _items(text))


def _parts() -> Iterable[Column]:
    for name, fields in _PARTS.items():
        yield Column(
            name,
            f"{LABELS[name]}: {_PART_HELP[name]}",
            lambda document, _names, name=name, fields=fields: _in_lines(document, name, fields),  # type: ignore[misc]
            lambda text, document, _names, name=name, fields=fields: _from_lines(  # type: ignore[misc]
                text, document, name, fields
            ),
        )


def _dates_and_keepers() -> Iterable[Column]:
    yield _column("status", _same("status"), lambda text, _document, _names: _status(text))
    for name in ("publish_on", "end_on"):
        yield _column(name, _day(name), lambda text, _document, _names: _read_day(text))
    yield _column("keeper", _keeper, _read_keeper)
    yield _column("assurer_email", _same("assurer_email"), lambda text, _document, _names: text)


def _told() -> Iterable[Column]:
    yield Column("hours", str(LABELS["hours"]), lambda document, _names: _words(document, "hours"))
    yield Column(
        "places", str(LABELS["places"]), lambda document, _names: _words(document, "places")
    )


# The parts that one line can say, and what stands between the bars.
_PARTS = {
    "phones": ("number", "description"),
    "costs": ("option", "amount", "description"),
    "contacts": ("name", "title", "email", "phone"),
}
_PART_HELP = {
    "phones": gettext_lazy("number | what it is for"),
    "costs": gettext_lazy("what | kroner | more about it"),
    "contacts": gettext_lazy("name | title | e-mail | phone"),
}


def _same(name: str) -> Written:
    return lambda document, _names: document[name]  # type: ignore[literal-required]


def _flag(name: str) -> Written:
    said = {True: "ja", False: "nei", None: ""}
    return lambda document, _names: said[document[name]]  # type: ignore[literal-required]


def _joined(name: str) -> Written:
    return lambda document, _names: ", ".join(document[name])  # type: ignore[literal-required]


def _day(name: str) -> Written:
    def written(document: Document, _names: Names) -> Cell:
        day = document[name]  # type: ignore[literal-required]
        return date.fromisoformat(day) if day else None

    return written


def _organization(document: Document, names: Names) -> Cell:
    """The name where only one has it, else the identifier."""
    key = document["organization"]
    name = names.organization_names.get(key, "")
    return name if names.organizations.get(name.lower()) == key else key


def _read_organization(text: str, _document: Document, names: Names) -> object:
    found = names.organizations.get(text.lower())
    if found is None:
        raise Unreadable(_("There is no organisation of yours with this name."))
    return found


def _keeper(document: Document, names: Names) -> Cell:
    return names.keeper_addresses.get(document["keeper"] or "", "")


def _read_keeper(text: str, _document: Document, names: Names) -> object:
    if not text:
        return None
    found = names.keepers.get(text.lower())
    if found is None:
        raise Unreadable(_("Choose somebody who can change this entry."))
    return found


def _words(document: Document, name: str) -> str:
    parts: list[dict[str, Any]] = document[name]  # type: ignore[literal-required]
    shown = [
        _("A place that is kept secret")
        if part.get("is_confidential")
        else part_in_words(name, part, document).replace("\n", ", ")  # type: ignore[arg-type]
        for part in parts
    ]
    return "\n".join(shown)


def _in_lines(document: Document, name: str, fields: tuple[str, ...]) -> str:
    parts: list[dict[str, Any]] = document[name]  # type: ignore[literal-required]
    return "\n".join(_line(part, fields) for part in parts)


def _line(part: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    said = [" ".join(str(part[each] or "").replace("|", "/").split()) for each in fields]
    while len(said) > 1 and not said[-1]:
        said.pop()
    return _PART.join(said)


def _from_lines(text: str, document: Document, name: str, fields: tuple[str, ...]) -> object:
    """A line that stands as it was keeps its part; one whose first word is known changes it."""
    parts: list[dict[str, Any]] = list(document[name])  # type: ignore[literal-required]
    return [_part(line, parts, fields) for line in text.split("\n") if line.strip(" |")]


def _part(line: str, parts: list[dict[str, Any]], fields: tuple[str, ...]) -> dict[str, Any]:
    words = [word.strip() for word in line.split("|")]
    if len(words) > len(fields):
        raise Unreadable(_("There are too many bars (|) in one line."))
    for part in parts:
        if _line(part, fields) == _PART.join(words).rstrip(" |") or _line(part, fields) == line:
            parts.remove(part)
            return part
    made: dict[str, Any] = dict(zip(fields, [*words, *[""] * len(fields)], strict=False))
    known = next((part for part in parts if part[fields[0]] == words[0]), None)
    if known:
        parts.remove(known)
    if "amount" in made:
        made["amount"] = made["amount"].replace(",", ".").replace(" ", "") or None
    return {**(known or {"id": None}), **made}


def _truth(text: str) -> bool | None:
    word = text.lower()
    if not word:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    raise Unreadable(_("Write ja or nei."))


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise Unreadable(_("Write a whole number."))
    return int(text)


def _items(text: str) -> list[str]:
    return [word for part in _BETWEEN.split(text) if (word := part.strip())]


def _status(text: str) -> str:
    """The code, or the words for it in the reader's language."""
    said = {str(label).lower(): value for value, label in ServiceStatus.choices}
    word = text.lower()
    return said.get(word, word)


def _read_day(text: str) -> str | None:
    if not text:
        return None
    if found := _NORWEGIAN_DAY.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return _serial_day(text)


def _serial_day(text: str) -> str:
    """A spreadsheet counts days as numbers when a cell has lost its format."""
    try:
        number = float(text)
        found = from_excel(number) if 1 <= number <= 200_000 else None
    except (ValueError, OverflowError):
        found = None
    if not isinstance(found, datetime):
        raise Unreadable(_("Write the date like this: 2026-12-31."))
    return found.date().isoformat()


def as_text(cell: object) -> str:
    """A cell as its column reads it: a phone number that became 61360000.0 is 61360000 again."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
