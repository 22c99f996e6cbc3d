"""Staged rows beside the records of the database: what is new, what differs, whose it is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

from samtun.directory.exchange.staging import Staged
from samtun.directory.exchange.tables import TABLES
from samtun.directory.models import Confirmation, ImportedRecord, Source

Values = dict[str, Any]
_CLAIM_COLUMNS = frozenset({"source", "table", "record_id"})


@dataclass(frozen=True)
class Comparison:
    """A staged row with its model values and the record it would change."""

    row: Staged
    values: Values
    present: Values | None  # as the database has it; None: it has none
    owner: int | None  # the source that may change it; None: nobody's but this installation's
    was_gone: bool  # its source had stopped naming it

    @property
    def changes(self) -> list[str]:
        """Names of the columns that differ from the record's."""
        if self.present is None:
            return []
        return [name for name, value in self.values.items() if self.present[name] != value]


class Comparing:
    """Compares batches of one table with the database."""

    def __init__(self, table: str) -> None:
        model = TABLES[table].model
        if model is None:
            raise ValueError(f"{table} has no records of its own")
        self.table = table
        self.model: type[Model] = model
        self.fields: Mapping[str, Field[Any, Any]] = {
            field.attname: field for field in model._meta.concrete_fields
        }

    def batch(self, rows: Iterable[Staged]) -> Iterator[Comparison]:
        """A comparison for each row, with two or three queries for the batch."""
        mine = list(rows)
        keys = [UUID(row.id) for row in mine]
        present = {
            record["id"]: record
            for record in self.model._default_manager.filter(pk__in=keys).values(*self.fields)
        }
        claims = _claims(self.table, keys)
        confirmed = _confirmed_here(self.table, keys)
        for row, key in zip(mine, keys, strict=True):
            owner, was_gone = claims.get(key, (None, False))
            record = present.get(key)
            values = self._values(row)
            if key in confirmed:
                values = _not_older(values, record)
            yield Comparison(row, values, record, owner, was_gone)

    def _values(self, row: Staged) -> Values:
        return {
            name: self._typed(name, value)
            for name, value in row.data.items()
            if name in self.fields and name != "slug"
        }

    def _typed(self, name: str, value: object) -> object:
        if value is None:
            return None
        return self.fields[name].to_python(value)  # a foreign key asks its target


def _not_older(values: Values, present: Values | None) -> Values:
    """`values`, but still confirmed as late as the record `present` is, if that is later."""
    here = (present or {}).get("assured_date")
    if here is None or "assured_date" not in values:
        return values
    return values | {"assured_date": max(here, values["assured_date"] or here)}


def _confirmed_here(table: str, keys: Iterable[UUID]) -> set[UUID]:
    """The services that somebody has confirmed here, of which a source may know less."""
    if table != "service":
        return set()
    found = Confirmation.objects.filter(service__in=list(keys))
    return set(found.values_list("service_id", flat=True))


def _claims(table: str, keys: Iterable[UUID]) -> dict[UUID, tuple[int, bool]]:
    """The sources of those that came by import, and whether they were gone from it."""
    found = ImportedRecord.objects.filter(table=table, record_id__in=list(keys))
    rows = found.values_list("record_id", "source_id", "gone_at")
    return {key: (source, gone_at is not None) for key, source, gone_at in rows}


def owners_of(table: str, keys: Iterable[UUID]) -> dict[UUID, int]:
    """The sources of those that came by import."""
    return {key: source for key, (source, _gone) in _claims(table, keys).items()}


def write_claims(source: Source, table: str, keys: Iterable[UUID]) -> None:
    """Say that records are the source's. In plain SQL: there is one for every row imported."""
    fields = [
        field for field in ImportedRecord._meta.concrete_fields if field.name in _CLAIM_COLUMNS
    ]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    statement = f"INSERT INTO {quote(ImportedRecord._meta.db_table)} ({names}) VALUES (%s, %s, %s)"  # noqa: S608 (names of the model)
    given = {"source": source.pk, "table": table}
    rows = [
        [
            field.get_db_prep_save({**given, "record_id": key}[field.name], connection)
            for field in fields
        ]
        for key in keys
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def has_others(table: str, source: Source | None) -> bool:
    """Whether the table holds records that are not from `source`."""
    model = TABLES[table].model
    if model is None:
        return False
    ours = ImportedRecord.objects.filter(table=table, source=source).count() if source else 0
    return bool(model._default_manager.count() != ours)
