"""The CSV files of a data package, filled from nested objects as they pass by."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import orjson

from samtun.directory.exchange import package
from samtun.directory.exchange.reading.nested import Flattening
from samtun.directory.exchange.rows import Row
from samtun.directory.exchange.tables import TABLES

_BATCH = 200
_RENAMED = {"text_language": "language"}


class _Writer(Protocol):
    def writerow(self, row: Iterable[object], /) -> object: ...


class PackageFiles:
    """Open CSV files of a folder; each row is written once, however often it is shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts = dict.fromkeys(package.tables(), 0)
        self._files = ExitStack()
        self._writers: dict[str, tuple[_Writer, tuple[package.Column, ...]]] = {}
        self._gaps: set[tuple[str, str]] = set()
        self._seen = sqlite3.connect("", isolation_level=None)  # spills to a file of its own
        self._seen.execute("CREATE TABLE seen (row TEXT PRIMARY KEY) WITHOUT ROWID")
        self._seen.execute("BEGIN")

    def __enter__(self) -> "PackageFiles":
        for table in package.tables():
            path = self.folder / package.file_of(table)
            stream = self._files.enter_context(path.open("w", encoding="utf-8", newline=""))
            columns = package.columns(table)
            writer = csv.writer(stream)
            writer.writerow([column.name for column in columns])
            self._writers[table] = (writer, columns)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._files.close()
        self._seen.close()
        if error is None:
            title = "Human services data (HSDS 3.1) from Samtun"
            written = orjson.dumps(
                package.description(title, self._gaps), option=orjson.OPT_INDENT_2
            )
            (self.folder / "datapackage.json").write_bytes(written)

    def passing(self, table: str, objects: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """`objects` as they come, each written to the tables on the way."""
        remaining = iter(objects)
        while batch := list(islice(remaining, _BATCH)):
            self._write(table, batch)
            yield from batch

    def _write(self, table: str, objects: list[dict[str, Any]]) -> None:
        flattening = Flattening(set())
        new: dict[str, list[Row]] = {}
        for made in objects:
            for row in flattening.rows(table, made, ""):
                if row.table in self._writers and self._is_new(row):
                    new.setdefault(row.table, []).append(row)
        for name, rows in new.items():
            extra = _own(name, [row.values["id"] for row in rows])
            writer, columns = self._writers[name]
            for row in rows:
                values = {**row.values, **extra.get(str(row.values["id"]), {})}
                cells = [_cell(values.get(column.name), column.kind) for column in columns]
                writer.writerow(cells)
                self._gaps |= {
                    (name, column.name)
                    for column, cell in zip(columns, cells, strict=True)
                    if column.is_needed and cell in (None, "")
                }
            self.counts[name] += len(rows)

    def _is_new(self, row: Row) -> bool:
        done = self._seen.execute(
            "INSERT OR IGNORE INTO seen VALUES (?)", (f"{row.table} {row.values.get('id')}",)
        )
        return bool(done.rowcount)


def _own(table: str, keys: list[Any]) -> dict[str, dict[str, Any]]:
    """Our columns of the rows, by identifier."""
    model, names = TABLES[table].model, package.own_columns(table)
    if model is None or not names:
        return {}
    fields = [_RENAMED.get(name, name) for name in names]
    found = model._default_manager.filter(pk__in=keys).values_list("pk", *fields)
    return {str(row[0]): dict(zip(names, row[1:], strict=True)) for row in found}


def _cell(value: object, kind: str) -> object:
    if kind == "time" and isinstance(value, str) and len(value) == len("HH:MM"):
        return f"{value}:00"  # as a data package has its times
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode() if value else ""
    return str(value) if isinstance(value, Decimal) else value
