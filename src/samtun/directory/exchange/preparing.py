"""A row as found → a staged row of the model's columns, cleaned, or a refusal that says why."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from samtun.directory.exchange import row_rules
from samtun.directory.exchange.cleaning import Cleaner, Findings, as_text, identifier, shown
from samtun.directory.exchange.rows import Problem, Row
from samtun.directory.exchange.staging import Staged, Staging
from samtun.directory.exchange.tables import NOT_KEPT, TABLES, Table
from samtun.organisations.identifiers import derived_id

_OWN_NAMES = {"text_language": "language"}  # HSDS uses `language` for other things
_NOTHING: tuple[object, ...] = (None, "")
_LONGEST_ROW = 2_000_000  # characters; a row beyond this is not a row
_READ_ELSEWHERE: Mapping[str, frozenset[str]] = {
    "attribute": frozenset(
        {"link_id", "link_entity", "taxonomy", "taxonomy_term", "taxonomy_detail", "term_code"}
    ),
    "service_area": frozenset({"service_at_location_id"}),
    "url": frozenset({"organization_id"}),
    "service": frozenset({"organization_name", "fees"}),
}


class Preparing:
    """Puts the rows of a source into staging."""

    def __init__(self, staging: Staging, source: str) -> None:
        self.staging = staging
        self.source = source
        self.columns_not_kept: dict[str, Counter[str]] = defaultdict(Counter)
        self._known = {name: _known_columns(table) for name, table in TABLES.items()}

    def add(self, row: Row) -> None:
        """Stage `row`; nothing is raised for what it may hold."""
        try:
            self._add(row)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            self._refuse(row, None, Problem("unreadable_row", {"reason": shown(error)}))

    def _add(self, row: Row) -> None:
        table = TABLES.get(row.table)
        problem = row.problem or _no_room(row, table)
        if table is None or problem is not None:
            self._refuse(row, None, problem or Problem("table_unknown", {"table": row.table}))
            return
        values = _with_present_names(row.values, table.other_names)
        findings = Findings()
        findings.repairs.extend(row.repairs)
        key = self._identifier(table, values, findings)
        data = self._cleaned(table, values, findings)
        reason = row_rules.refusal(table.name, data, values, findings, self.source)
        reason = reason or _naming(table, data, findings)
        if reason:
            self._refuse(row, key, reason, *findings.repairs)
        elif not self.staging.add(
            table.name, row.place, key, data, repairs=findings.repairs, repeats=row.repeats
        ):
            self._meet(table, row, key, data)

    def _refuse(self, row: Row, key: str | None, *reasons: Problem) -> None:
        self.staging.add_refused(row.table, row.place, key, reasons)

    def _identifier(self, table: Table, values: Mapping[str, Any], findings: Findings) -> str:
        given = identifier(self.source, table.name, values.get("id"), findings)
        if given:
            return given
        written = json.dumps(values, sort_keys=True, default=str).encode()
        content = hashlib.sha256(written).hexdigest()
        made = str(derived_id("imported", self.source, table.name, "content", content))
        findings.repaired("id_missing", "id", values.get("id", ""), after=made)
        return made

    def _cleaned(
        self, table: Table, values: Mapping[str, Any], findings: Findings
    ) -> dict[str, Any]:
        data = {
            name: self._value(name, column, values.get(name), findings)
            for name, column in table.columns.items()
        }
        for name, column in table.own.items():
            if name in values:  # what a data set never says of ours is left as it is
                kept = self._value(name, column, values[name], findings)
                data[_OWN_NAMES.get(name, name)] = kept
        for link in table.links:
            target = values.get(link.column)
            data[link.column] = identifier(self.source, link.table, target) or None
        if unknown := values.keys() - self._known[table.name]:
            self.columns_not_kept[table.name].update(unknown)
        return data

    @staticmethod
    def _value(name: str, column: tuple[Cleaner, Any], given: object, findings: Findings) -> object:
        clean, empty = column
        if given in _NOTHING:
            return empty
        value = clean(name, given, findings)
        return empty if value is None else value

    def _meet(self, table: Table, row: Row, key: str, data: dict[str, Any]) -> None:
        """A row with that identifier stands already: shown again, or a duplicate."""
        first = self.staging.find(table.name, key)
        if first is None:
            self._refuse(row, key, Problem("same_row"))
        elif row.repeats or self.staging.is_repeated(first.seq, settle=True):
            self._join(table, row, first, data)
        else:
            self._duplicate(row, key, first, data)

    def _join(self, table: Table, row: Row, first: Staged, data: dict[str, Any]) -> None:
        """The same thing shown again inside another: fill what was empty, note what differs."""
        fuller = {name: value for name, value in data.items() if value and not first.data.get(name)}
        if fuller:
            self.staging.change(first.seq, **fuller)
        self._note_differences(table, row, first, data)

    def _note_differences(
        self, table: Table, row: Row, first: Staged, data: Mapping[str, Any]
    ) -> None:
        said = {
            name
            for name, (_clean, empty) in table.columns.items()
            if data.get(name, empty) != empty
        }
        differing = sorted(
            name for name in said if first.data.get(name) and data[name] != first.data[name]
        )
        if differing:
            words = {"columns": ", ".join(differing), "place": row.place}
            self.staging.repair(first.seq, Problem("shown_differently", words))

    def _duplicate(self, row: Row, key: str, first: Staged, data: Mapping[str, Any]) -> None:
        where = self.staging.place(first.seq)
        differing = sorted(name for name in data if first.data.get(name) != data[name])
        if differing:
            words = {"place": where, "columns": ", ".join(differing)}
            self._refuse(row, key, Problem("same_id_differs", words))
        else:
            self._refuse(row, key, Problem("same_row", {"place": where}))


def _known_columns(table: Table) -> frozenset[str]:
    return frozenset(
        {
            "id",
            *table.columns,
            *table.own,
            *(link.column for link in table.links),
            *_READ_ELSEWHERE.get(table.name, ()),
        }
    )


def _no_room(row: Row, table: Table | None) -> Problem | None:
    if table is None:
        code = "table_not_kept" if row.table in NOT_KEPT else "table_unknown"
        return Problem(code, {"table": row.table})
    if not row.values:
        return Problem("empty_row")
    if sum(len(value) for value in row.values.values() if isinstance(value, str)) > _LONGEST_ROW:
        return Problem("row_too_long", {"maximum": _LONGEST_ROW})
    return None


def _with_present_names(
    values: Mapping[str, Any], other_names: Mapping[str, str]
) -> Mapping[str, Any]:
    if not (old := other_names.keys() & values.keys()):
        return values
    renamed = {other_names[name]: values[name] for name in old if other_names[name] not in values}
    moved = {name for name in old if other_names[name] in renamed}
    return {**renamed, **{name: value for name, value in values.items() if name not in moved}}


def _naming(table: Table, data: dict[str, Any], findings: Findings) -> Problem | None:
    """See that the row has its name; another column stands in where one can."""
    if not table.named_by or data[table.named_by[0]]:
        return None
    column = table.named_by[0]
    stand_in = next((name for name in table.named_by if data.get(name)), None)
    if stand_in is None:
        return Problem("name_missing", {"column": column})
    if table.name != "language":  # a code or a note is enough there
        clean: Callable[[str, Any, Findings], Any] = table.columns[column][0]
        data[column] = clean(column, as_text(data[stand_in]), findings)
        findings.repaired("name_from", column, "", other=stand_in, after=shown(data[column]))
    return None
