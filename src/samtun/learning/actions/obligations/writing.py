"""Writes the difference between the rows there are and those there should be."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from samtun.learning.actions.obligations.facts import Row
from samtun.learning.models import Obligation

_CHANGING = (
    "rule_key", "why", "is_required", "opened_on", "due_on", "state", "evidence", "done_on",
    "valid_until", "ended_on",
)  # fmt: skip
_FIELDS = tuple(one.name for one in fields(Row))
_fields_of = attrgetter(*_FIELDS)
_AT_ONCE = 500  # rows of one statement


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of one plan to write; `settled` are those that nobody is to be reminded of any more."""

    plan: UUID
    new: Sequence[Row]
    changed: Sequence[Row]
    settled: Sequence[Row]


def difference(plan: UUID, pairs: Iterable[tuple[Sequence[Row], Sequence[Row]]]) -> Difference:
    """Between rows as they are and as they should be, job by job and item by item."""
    new: list[Row] = []
    changed: list[Row] = []
    settled: list[Row] = []
    for are, should in pairs:
        before = {row.id: row for row in are}
        for row in should:
            old = before.get(row.id)
            if old is None:
                new.append(row)
            elif old is not row and old != row:
                changed.append(row)
                if old.state == "open" != row.state:
                    settled.append(row)
    return Difference(plan, new, changed, settled)


def write(found: Difference) -> int:
    """Insert what is new and change what differs; how many rows. Nothing is ever deleted.

    In plain SQL: a rule change writes tens of thousands of rows, and making models of them would
    take most of the time.
    """
    rows = [*found.new, *found.changed]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            cursor.execute(_upsert(len(some)), [*_values(found.plan, some)])
    return len(rows)


def _upsert(count: int) -> str:
    """Of `count` rows as `_values` gives them; a row that is there keeps what never changes."""
    quote = connection.ops.quote_name
    named = {field.name: quote(str(field.column)) for field in Obligation._meta.concrete_fields}
    columns = [named[name] for name in ("plan", *_FIELDS)]
    changing = (named[name] for name in _CHANGING)
    row = f"({', '.join(['%s'] * len(columns))})"
    return (
        f"INSERT INTO {quote(Obligation._meta.db_table)} ({', '.join(columns)})"  # noqa: S608  (names of the model)
        f" VALUES {', '.join([row] * count)} ON CONFLICT ({quote('id')}) DO UPDATE SET "
        + ", ".join(f"{column} = excluded.{column}" for column in changing)
    )


def _values(plan: UUID, rows: Iterable[Row]) -> Iterator[Any]:
    """What the database is given, row after row."""
    adapt: dict[type, Callable[[Any], object]] = {
        dict: lambda facts: orjson.dumps(facts).decode(),
        date: connection.ops.adapt_datefield_value,
    }
    if not connection.features.has_native_uuid_field:
        adapt[UUID] = attrgetter("hex")
    for row in rows:
        for value in (plan, *_fields_of(row)):
            yield adapt[type(value)](value) if type(value) in adapt else value
