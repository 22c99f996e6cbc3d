"""Links between staged rows: every one leads somewhere, or the row says what became of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from samtun.directory.exchange import uniqueness
from samtun.directory.exchange.rows import Problem
from samtun.directory.exchange.staging import Staged, Staging
from samtun.directory.exchange.tables import TABLES, Link, Table
from samtun.organisations.identifiers import derived_id

_PLACEHOLDER_NAME = "Ukjent organisasjon"


def check(staging: Staging, source: str) -> None:
    """Follow every link, parents before children; then cut circles of parents."""
    for table in TABLES.values():
        for link in table.links:
            _Check(staging, source, table, link).run()
        if table.owners and not any(link.required for link in table.owners):
            _refuse_without_owner(staging, table)
        uniqueness.settle(staging, table.name)
    _cut_circles(staging, "organization", "parent_organization_id")
    _cut_circles(staging, "taxonomy_term", "parent_id")


class _Check:
    """One link column of one table."""

    def __init__(self, staging: Staging, source: str, table: Table, link: Link) -> None:
        self.staging, self.source, self.table, self.link = staging, source, table, link

    def run(self) -> None:
        for batch in self._loose_ends():
            known = self._here_already({row.data[self.link.column] for row in batch})
            for row in batch:
                if row.data[self.link.column] not in known:
                    self._mend(row)
        if self.link.required:
            self._missing()

    def _loose_ends(self) -> Iterator[list[Staged]]:
        """Rows whose link names no accepted row of the dump."""
        value = f"json_extract(staged.data, '$.{self.link.column}')"
        condition = (
            f"{value} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staged AS target"  # noqa: S608 (names of this package)
            f" WHERE target.tab = '{self.link.table}' AND target.id = {value}"
            " AND target.state < 2)"
        )
        return self.staging.batches(self.table.name, where=condition)

    def _here_already(self, identifiers: Iterable[str]) -> set[str]:
        """A thing of another source may be referred to, but not added to."""
        model = TABLES[self.link.table].model
        if self.link.owner or model is None:
            return set()
        found = model._default_manager.filter(pk__in=list(identifiers))
        if self.link.table == "organization":
            found = found.filter(is_placeholder=False)
        return {str(key) for key in found.values_list("pk", flat=True)}

    def _mend(self, row: Staged) -> None:
        column, target = self.link.column, str(row.data[self.link.column])
        words: dict[str, object] = {"column": column, "table": self.link.table, "target": target}
        if alias := self._alias(target):
            self.staging.repair(row.seq, Problem("link_to_twin", words), **{column: alias})
        elif self._is_organization_of_service():
            self._make_placeholder(row, target)
        elif self.link.required or self._is_last_owner(row):
            self.staging.refuse(row.seq, Problem("orphan", words))
        else:
            self.staging.repair(row.seq, Problem("link_cut", words), **{column: None})

    def _alias(self, target: str) -> str | None:
        found = self.staging.sql.execute(
            "SELECT new FROM alias WHERE tab = ? AND old = ?", (self.link.table, target)
        ).fetchone()
        return str(found[0]) if found else None

    def _is_organization_of_service(self) -> bool:
        return self.table.name == "service" and self.link.table == "organization"

    def _is_last_owner(self, row: Staged) -> bool:
        return self.link.owner and not any(
            row.data.get(link.column) for link in self.table.owners if link != self.link
        )

    def _make_placeholder(self, row: Staged, target: str) -> None:
        name = str(row.data.get("_organization_name") or _PLACEHOLDER_NAME)
        self.staging.add(
            "organization",
            self.staging.place(row.seq),
            target,
            placeholder(name),
            made=True,
        )
        words = {"target": target, "name": name}
        self.staging.repair(row.seq, Problem("organization_missing", words), organization_id=target)

    def _missing(self) -> None:
        """Rows that name nothing where something is needed."""
        condition = f"json_extract(data, '$.{self.link.column}') IS NULL"
        for batch in self.staging.batches(self.table.name, where=condition):
            for row in batch:
                if self._is_organization_of_service():
                    name = str(row.data.get("_organization_name", ""))
                    target = derived_id("imported", self.source, "placeholder", name)
                    self._make_placeholder(row, str(target))
                else:
                    words = {"column": self.link.column, "table": self.link.table}
                    self.staging.refuse(row.seq, Problem("link_missing", words))


def placeholder(name: str) -> dict[str, Any]:
    """The values of an organisation that the data names but does not have."""
    columns = TABLES["organization"].columns
    return {
        **{column: empty for column, (_clean, empty) in columns.items()},
        "name": name,
        "parent_organization_id": None,
        "is_placeholder": True,
    }


def _refuse_without_owner(staging: Staging, table: Table) -> None:
    condition = " AND ".join(
        f"json_extract(data, '$.{link.column}') IS NULL" for link in table.owners
    )
    for batch in staging.batches(table.name, where=condition):
        for row in batch:
            staging.refuse(row.seq, Problem("of_nothing"))


def _cut_circles(staging: Staging, table: str, column: str) -> None:
    """Where a chain of parents comes back to its start, the row that closes it loses its link."""
    parents: dict[str, str] = {}
    rows: dict[str, int] = {}
    for batch in staging.batches(table, where=f"json_extract(data, '$.{column}') IS NOT NULL"):
        for row in batch:
            parents[row.id], rows[row.id] = row.data[column], row.seq
    for closing in _closing(parents):
        words = {"column": column, "target": parents[closing]}
        staging.repair(rows[closing], Problem("circle", words), **{column: None})


def _closing(parents: Mapping[str, str]) -> list[str]:
    """The first-named member of every circle; each link is followed once."""
    order = {key: number for number, key in enumerate(parents)}
    walk_of: dict[str, int] = {}  # the walk on which each was first passed
    found: list[str] = []
    for number, start in enumerate(parents):
        walk: list[str] = []
        at = start
        while at in parents and at not in walk_of:
            walk_of[at] = number
            walk.append(at)
            at = parents[at]
        if walk_of.get(at) == number:
            found.append(min(walk[walk.index(at) :], key=order.__getitem__))
    return found
