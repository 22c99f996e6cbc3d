"""Rows that the database has under another identifier, where only one can be."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, Value
from django.db.models.functions import Concat, Substr

from samtun.directory.exchange.comparing import owners_of
from samtun.directory.exchange.rows import Problem
from samtun.directory.exchange.staging import Staged, Staging
from samtun.directory.exchange.tables import TABLES
from samtun.directory.models import ImportedRecord, Source, TaxonomyTerm
from samtun.organisations.models import Organization

# What can be said once only, by table; as the models' constraints have it.
KEYS: Mapping[str, tuple[str, ...]] = {
    "organization": ("organization_number",),
    "taxonomy_term": ("taxonomy_id", "code"),
    "service_at_location": ("service_id", "location_id"),
    "service_area": ("service_id", "municipality_id"),
    "attribute": ("service_id", "taxonomy_term_id"),
}


class Clash(NamedTuple):
    """A staged row, and the record that says the same under another identifier."""

    row: Staged
    record: UUID


def clashes(table: str, rows: Iterable[Staged]) -> Iterator[Clash]:
    """The clashes of a batch, found with one query."""
    names = KEYS[table]
    mine = {key: row for row in rows if (key := _key(row.data, names))}
    if not mine:
        return
    model: Any = TABLES[table].model
    firsts = {key[0] for key in mine}
    found = model.objects.filter(**{f"{names[0]}__in": firsts}).values_list("pk", *names)
    for record, *values in found:
        row = mine.get(tuple(str(value) for value in values))
        if row is not None and str(record) != row.id:
            yield Clash(row, record)


def _key(data: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...] | None:
    values = tuple(data.get(name) for name in names)
    return None if None in values else tuple(str(value) for value in values)


def yield_to_others(staging: Staging, table: str, source: Source | None) -> None:
    """Where another's record says the same already, theirs stands and ours gives way."""
    if table not in KEYS:
        return
    for batch in staging.batches(table):
        found = list(clashes(table, batch))
        owners = owners_of(table, [clash.record for clash in found])
        for clash in found:
            if source is None or owners.get(clash.record) != source.pk:
                _give_way(staging, table, clash)


def _give_way(staging: Staging, table: str, clash: Clash) -> None:
    if table == "organization":
        words = {"before": clash.row.data["organization_number"]}
        staging.repair(clash.row.seq, Problem("number_taken", words), organization_number=None)
        return
    staging.refuse(clash.row.seq, Problem("said_already", {"target": clash.record}))
    _lead_links_to(staging, table, clash)


def _lead_links_to(staging: Staging, table: str, clash: Clash) -> None:
    for other in TABLES.values():
        for link in other.links:
            if link.table == table:
                path = f"$.{link.column}"
                staging.sql.execute(
                    "UPDATE staged SET data = json_set(data, ?, ?)"
                    " WHERE tab = ? AND json_extract(data, ?) = ?",
                    (path, str(clash.record), other.name, path, clash.row.id),
                )


def make_room(table: str, rows: Iterable[Staged]) -> None:
    """Put the source's own records out of the way of those that take their place."""
    if table not in KEYS:
        return
    keys = [clash.record for clash in clashes(table, rows)]
    if not keys:
        return
    if table == "organization":
        Organization.objects.filter(pk__in=keys).update(organization_number=None)
    elif table == "taxonomy_term":
        for key in keys:
            renamed = Concat(Substr("code", 1, 160), Value(f"~{key}"))
            TaxonomyTerm.objects.filter(pk=key).update(code=renamed)
    else:
        _remove(TABLES[table].model, table, keys)


def _remove(model: type[Model] | None, table: str, keys: list[UUID]) -> None:
    if model is not None:
        model._default_manager.filter(pk__in=keys).delete()
        ImportedRecord.objects.filter(table=table, record_id__in=keys).delete()
