"""A record belongs to one source: another's, or one made here, is not changed by an import."""

from samtun.directory.exchange import clashing
from samtun.directory.exchange.comparing import Comparing, Comparison, has_others
from samtun.directory.exchange.rows import Problem
from samtun.directory.exchange.staging import Staging
from samtun.directory.exchange.tables import TABLES, Table
from samtun.directory.models import Source


def check(staging: Staging, source: Source | None) -> None:
    """Refuse rows that would change others' records, and rows that hang on those."""
    names = dict(Source.objects.values_list("pk", "name"))
    for table in TABLES.values():
        if table.model is not None and has_others(table.name, source):
            _check_table(staging, table, source.pk if source else None, names)
            clashing.yield_to_others(staging, table.name, source)
        _refuse_parts_of_others(staging, table)


def _check_table(staging: Staging, table: Table, source: int | None, names: dict[int, str]) -> None:
    comparing = Comparing(table.name)
    for batch in staging.batches(table.name):
        for found in comparing.batch(batch):
            if found.present is None or (source is not None and found.owner == source):
                continue
            _leave(staging, found, names)


def _leave(staging: Staging, found: Comparison, names: dict[int, str]) -> None:
    """It stays as it is; the row is refused unless it says the same."""
    staging.sql.execute("UPDATE staged SET ours = 0 WHERE seq = ?", (found.row.seq,))
    if found.changes:
        words = {
            "columns": ", ".join(found.changes),
            "owner": names[found.owner] if found.owner is not None else "",
        }
        code = "not_ours" if found.owner is not None else "made_here"
        staging.refuse(found.row.seq, Problem(code, words))


def _refuse_parts_of_others(staging: Staging, table: Table) -> None:
    for link in table.owners:
        value = f"json_extract(staged.data, '$.{link.column}')"
        condition = (
            f"ours = 1 AND {value} IS NOT NULL AND EXISTS (SELECT 1 FROM staged AS target"  # noqa: S608 (names of this package)
            f" WHERE target.tab = '{link.table}' AND target.id = {value} AND target.ours = 0)"
        )
        for batch in staging.batches(table.name, where=condition):
            for row in batch:
                words = {"table": link.table, "target": row.data[link.column]}
                staging.refuse(row.seq, Problem("part_of_others", words))
                staging.sql.execute("UPDATE staged SET ours = 0 WHERE seq = ?", (row.seq,))
