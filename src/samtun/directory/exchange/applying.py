"""From staging to the database: what is added, changed and gone; all of it or nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from samtun.directory.enums import ServiceStatus
from samtun.directory.exchange import clashing
from samtun.directory.exchange.comparing import Comparing, Comparison, write_claims
from samtun.directory.exchange.slugs import Slugs
from samtun.directory.exchange.staging import Staging
from samtun.directory.exchange.tables import TABLES, Table
from samtun.directory.exchange.touching import Touched
from samtun.directory.models import ImportedRecord, Service, Source

# Kept when their source no longer names them: others may refer to them, or come back.
_KEPT_WHEN_GONE = frozenset({"organization", "service", "location", "taxonomy", "taxonomy_term"})
_WITH_MOMENT = frozenset({"organization", "service"})
_EXAMPLES = 20


@dataclass
class Changes:
    """What an import does, or would do, to one table."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    columns: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    examples: list[tuple[str, str, str]] = field(default_factory=list)  # (kind, name, columns)

    def note(self, kind: str, name: str, columns: Iterable[str] = ()) -> None:
        """Remember the first few by name, so that a plan can be judged."""
        if name and sum(1 for example in self.examples if example[0] == kind) < _EXAMPLES:
            self.examples.append((kind, name, ", ".join(columns)))


class Applying:
    """Compares all tables and, unless only planning, writes. Run it inside one transaction."""

    def __init__(self, staging: Staging, source: Source | None, *, planning: bool) -> None:
        self.staging = staging
        self.source = source
        self.planning = planning
        self.now: datetime = timezone.now()
        self.changes: dict[str, Changes] = defaultdict(Changes)
        self.touched = Touched()
        self.slugs = Slugs()

    def run(self, present: set[str], progress: Callable[[str, int], None]) -> None:
        """Work through every table; `present` names those the data set has."""
        for table in reversed(list(TABLES.values())):
            if table.model is not None and table.name in present:
                self._gone(table)
        for table in TABLES.values():
            if table.model is not None:
                self._table(table, progress)
        if not self.planning:
            self.touched.write(self.now)

    def _table(self, table: Table, progress: Callable[[str, int], None]) -> None:
        comparing = Comparing(table.name)
        done = 0
        for batch in self.staging.batches(table.name, 1000, where="ours = 1"):
            self._batch(comparing, list(comparing.batch(batch)))
            done += len(batch)
            progress(table.name, done)

    def _batch(self, comparing: Comparing, compared: list[Comparison]) -> None:
        tally = self.changes[comparing.table]
        new = [one for one in compared if one.present is None]
        differing = [one for one in compared if one.changes]
        tally.added += len(new)
        tally.changed += len(differing)
        tally.unchanged += len(compared) - len(new) - len(differing)
        for one in new:
            tally.note("added", _name(one.values))
        for one in differing:
            tally.note("changed", _name(one.values), one.changes)
            for column in one.changes:
                tally.columns[column] += 1
        if self.planning:
            return
        self._write(comparing, new, differing)
        self._claim(comparing.table, compared)

    def _write(
        self, comparing: Comparing, new: list[Comparison], differing: list[Comparison]
    ) -> None:
        rows = {one.row.id: self._record(comparing, one) for one in (*new, *differing)}
        if not rows:
            return
        if comparing.table == "service":
            self.slugs.give({one.row.id: one.row.data for one in new}, rows)
        clashing.make_room(comparing.table, [one.row for one in (*new, *differing)])
        manager = comparing.model._default_manager
        if new:
            manager.bulk_create([comparing.model(**rows[one.row.id]) for one in new])
        if differing:
            manager.bulk_create(
                [comparing.model(**rows[one.row.id]) for one in differing],
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=[
                    field.name
                    for field in comparing.model._meta.concrete_fields
                    if not field.primary_key
                ],
            )
        for one in (*new, *differing):
            self.touched.by(comparing.table, {**(one.present or {}), **one.values})

    def _record(self, comparing: Comparing, one: Comparison) -> dict[str, Any]:
        record = {**(one.present or {}), **one.values, "id": UUID(one.row.id)}
        if comparing.table in _WITH_MOMENT:
            record["last_modified"] = self.now
        return record

    def _claim(self, table: str, compared: list[Comparison]) -> None:
        """Write down that these are the source's, and here."""
        if self.source is None:
            return
        back = [UUID(one.row.id) for one in compared if one.was_gone]
        if back:
            ImportedRecord.objects.filter(table=table, record_id__in=back).update(gone_at=None)
        write_claims(
            self.source, table, [UUID(one.row.id) for one in compared if one.owner is None]
        )

    def _gone(self, table: Table) -> None:
        if self.source is None:
            return
        records = ImportedRecord.objects.filter(source=self.source, table=table.name).order_by("pk")
        if table.name in _KEPT_WHEN_GONE:
            records = records.filter(gone_at__isnull=True)
        last = 0
        while batch := list(records.filter(pk__gt=last).values_list("pk", "record_id")[:1000]):
            last = batch[-1][0]
            keys = {str(key) for _pk, key in batch}
            missing = keys - self.staging.named(table.name, keys, standing=False)
            if missing:
                self._let_go(table, [UUID(key) for key in missing])

    def _let_go(self, table: Table, keys: list[UUID]) -> None:
        model: Any = table.model
        found = list(model.objects.filter(pk__in=keys))
        kept = [one for one in found if self._is_kept(table, one)]
        known = self._gone_before(table, [one.pk for one in kept])
        records = [one for one in found if one.pk not in known]
        tally = self.changes[table.name]
        tally.gone += len(records)
        for one in records:
            tally.note("gone", str(getattr(one, "name", "")))
        if self.planning:
            return
        kept_keys = {one.pk for one in kept} - known
        if table.name == "service":
            closing = Service.objects.filter(pk__in=kept_keys)
            closing.update(status=ServiceStatus.DEFUNCT, last_modified=self.now)
        for one in records:
            if one.pk not in kept_keys:
                self.touched.by(table.name, one.__dict__)
        model.objects.filter(pk__in=[one.pk for one in records if one.pk not in kept_keys]).delete()
        claims = ImportedRecord.objects.filter(
            table=table.name, record_id__in=[key for key in keys if key not in known]
        )
        claims.filter(record_id__in=kept_keys).update(gone_at=self.now)
        claims.exclude(record_id__in=kept_keys).delete()

    def _gone_before(self, table: Table, keys: list[UUID]) -> set[UUID]:
        """Those that were gone, and kept, at an import before."""
        claims = ImportedRecord.objects.filter(table=table.name, record_id__in=keys)
        return set(claims.filter(gone_at__isnull=False).values_list("record_id", flat=True))

    def _is_kept(self, table: Table, record: Model) -> bool:
        """A part goes only while what it is a part of is still there; else it stays with it."""
        if table.name in _KEPT_WHEN_GONE:
            return True
        for link in table.owners:
            owner = getattr(record, link.column)
            if owner and not self.staging.named(link.table, [str(owner)], standing=True):
                return True
        return False


def _name(values: dict[str, Any]) -> str:
    return str(values.get("name") or "")
