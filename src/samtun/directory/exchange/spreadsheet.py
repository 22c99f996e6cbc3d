"""Services out to a spreadsheet and in again: first a word on every row, then the change.

Rows that are gone from the file are left alone: nothing is ever deleted by a spreadsheet.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _

from samtun.directory.editing import actions
from samtun.directory.editing.differences import Difference
from samtun.directory.editing.document import LABELS, TEXTS, Document, empty
from samtun.directory.editing.errors import EditingError, Invalid
from samtun.directory.editing.reading import documents_of
from samtun.directory.editing.trying import tried
from samtun.directory.enums import VersionReason
from samtun.directory.exchange.spreadsheet_columns import (
    ID,
    LONGEST_CELL,
    VERSION,
    Column,
    Names,
    Unreadable,
    as_text,
    columns,
)
from samtun.directory.exchange.spreadsheet_reading import NotReadable, Row, Sheet, read
from samtun.directory.exchange.spreadsheet_writing import names_for, newest_versions, write
from samtun.directory.models import Service
from samtun.directory.queries.kept import services_of
from samtun.people.models import User

__all__ = [
    "Kind",
    "Line",
    "NotReadable",
    "Plan",
    "carry_out",
    "hold",
    "in_words",
    "plan",
    "read",
    "write",
]

Kind = Literal["new", "changed", "unchanged", "refused"]
_BATCH = 500


@dataclass(slots=True)
class Line:
    """What a row would do, or why it is refused. `given` is the part of a document it changes."""

    number: int
    name: str
    kind: Kind
    reasons: list[str] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)
    service: Service | None = None
    given: dict[str, Any] = field(default_factory=dict)
    based_on: int = 0


@dataclass(slots=True)
class Plan:
    """A word on every row; `unknown` are headings that nobody here knows, left aside."""

    lines: list[Line]
    unknown: list[str]

    def count(self, kind: Kind) -> int:
        """How many rows are of `kind`."""
        return sum(1 for line in self.lines if line.kind == kind)


def plan(sheet: Sheet, *, by: User) -> Plan:
    """What the rows of `sheet` would do for `by`; nothing is changed.

    What `by` may not change is answered like what does not exist.
    """
    reader = _Reader(by, names_for(by), columns())
    seen: dict[str, int] = {}
    lines = []
    rows = iter(sheet.rows)
    while batch := list(islice(rows, _BATCH)):
        known = _known(batch, by)
        for row in batch:
            lines.append(reader.line(row, known))
            _refuse_repeated(lines[-1], row, seen)
    return Plan(lines, sheet.unknown)


@dataclass(frozen=True, slots=True)
class _Stored:
    service: Service
    version: int
    document: Document


def _known(rows: Iterable[Row], by: User) -> dict[str, _Stored]:
    """The services that rows name and `by` may change, by identifier."""
    keys = {key for row in rows if (key := _key(row))}
    mine = services_of(by, "directory.change_service").filter(pk__in=keys)
    services = list(mine.select_related("organization"))
    versions = newest_versions(service.pk for service in services)
    return {
        str(service.pk): _Stored(service, versions.get(service.pk, 0), document)
        for service, document in zip(services, documents_of(services), strict=True)
    }


def _key(row: Row) -> UUID | None:
    try:
        return UUID(row.cells.get(ID, ""))
    except ValueError:
        return None


def _refuse_repeated(line: Line, row: Row, seen: dict[str, int]) -> None:
    """The first of two rows about one service counts, unless nobody can know which was meant."""
    key = row.cells.get(ID, "").lower()
    if not key:
        return
    if key in seen and line.kind != "refused":
        line.kind = "refused"
        line.reasons = [_("The same entry stands in row %(row)d.") % {"row": seen[key]}]
    seen.setdefault(key, row.number)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads rows for one person."""

    by: User
    names: Names
    columns: Sequence[Column]

    def line(self, row: Row, known: dict[str, _Stored]) -> Line:
        """What `row` would do."""
        if row.cells.get(ID):
            stored = known.get(str(_key(row)))
            if stored is None:
                reason = _("There is no entry of yours with this identifier.")
                return Line(row.number, _name(row), "refused", [reason, *row.faults])
        else:
            stored = None
        line = Line(row.number, _name(row), "unchanged", list(row.faults))
        if stored:
            line.service, line.based_on = stored.service, stored.version
            line.name = stored.service.name
        self._read(line, row, stored)
        if line.reasons:
            line.kind = "refused"
        return line

    def _read(self, line: Line, row: Row, stored: _Stored | None) -> None:
        base = stored.document if stored else empty(language=_language(row))
        line.given = self._given(line, row, base)
        if stored is None:
            line.given["language"] = base["language"]
        elif line.given and (reason := _is_older(row, stored)):
            line.reasons.append(reason)
        if not line.given or line.reasons:
            return
        self._check(line, base)

    def _given(self, line: Line, row: Row, base: Document) -> dict[str, Any]:
        """The fields whose cells are not as they would have been written."""
        given: dict[str, Any] = {}
        for column in self.columns:
            if column.read is None or column.code not in row.cells:
                continue
            text = row.cells[column.code]
            if not text and line.service is None:  # a new one has what a new one has
                continue
            if text == as_text(column.written(base, self.names))[:LONGEST_CELL].strip():
                continue
            try:
                value = column.read(text, base, self.names)
            except Unreadable as error:
                line.reasons.append(f"{column.title}: {error}")
                continue
            _put(given, column.code, value)
        return given

    def _check(self, line: Line, base: Document) -> None:
        """As saving would, without writing anything."""
        trial = tried(line.given, base, by=self.by, service=line.service)
        line.reasons += in_words(trial.errors)
        line.changes = trial.changes
        if line.changes:
            line.kind = "changed" if line.service else "new"


def _put(given: dict[str, Any], code: str, value: object) -> None:
    name, _dot, language = code.partition(".")
    if name in TEXTS:
        given.setdefault("texts", {}).setdefault(language, {})[name] = value
    else:
        given[code] = value


def _name(row: Row) -> str:
    return next(
        (text for code in ("nb", "nn", "en") if (text := row.cells.get(f"name.{code}"))), ""
    )


def _language(row: Row) -> str:
    """A new service is first written in the language it has a name in."""
    return next((code for code in ("nb", "nn", "en") if row.cells.get(f"name.{code}")), "nb")


def _is_older(row: Row, stored: _Stored) -> str:
    """Why the row can no longer be taken as it is; empty when nobody was in between."""
    version = row.cells.get(VERSION, "")
    if not version or version == str(stored.version):
        return ""
    return _("Somebody has changed this entry since you took the file. Take a new one.")


def in_words(errors: dict[str, list[str]]) -> list[str]:
    """What is wrong, field by field, e.g. "E-mail: This is not an e-mail address."."""
    return [
        f"{_label(path)}: {message}" for path, messages in errors.items() for message in messages
    ]


def _label(path: str) -> str:
    parts = path.split(".")
    name = parts[2] if parts[0] == "texts" and len(parts) > 2 else parts[0]
    return str(LABELS.get(name, name))


def hold(line: Line, shown: int | None) -> None:
    """Refuse a row whose entry has changed since its preview stood on version `shown`."""
    if line.kind == "changed" and shown is not None and shown != line.based_on:
        _refuse(line, [_("Somebody changed this entry after you saw what would happen.")])


def carry_out(lines: Iterable[Line], *, by: User) -> Iterator[Line]:
    """Make the changes that `plan` told of, each row in a transaction of its own.

    Gives each line as it went: one that could not be saved becomes refused, and says why.
    """
    for line in lines:
        if line.kind in ("new", "changed"):
            _save(line, by)
        yield line


def _save(line: Line, by: User) -> None:
    try:
        line.service = actions.save(
            document=line.given,
            by=by,
            service=line.service,
            reason=VersionReason.BULK,
            based_on=line.based_on if line.service else None,
        )
    except Invalid as error:
        _refuse(line, in_words(error.errors))
    except EditingError as error:
        _refuse(line, [str(error)])
    except Service.DoesNotExist:
        _refuse(line, [_("There is no entry of yours with this identifier.")])


def _refuse(line: Line, reasons: list[str]) -> None:
    line.kind, line.reasons = "refused", reasons
