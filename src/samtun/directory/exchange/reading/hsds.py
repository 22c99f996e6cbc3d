"""An HSDS dump: JSON or CSV, one file, a folder or a zip."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.reading import delimited, json_items, nested, older
from samtun.directory.exchange.reading.files import Member, members
from samtun.directory.exchange.reading.names import plain, table_called
from samtun.directory.exchange.rows import Problem, Row

_ENVELOPE = frozenset(
    {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty",
     "totalelements", "totalpages", "number", "first", "last", "links", "meta", "version",
     "profile", "openapi_url", "sort", "numberofelements", "pageable"}
)  # fmt: skip
_LISTS = frozenset({"contents", "content", "data", "results", "items"})
_DELIMITED = frozenset({".csv", ".tsv", ".tab", ".txt"})


class HsdsDump:
    """A dump at a path, of HSDS 1.x to 3.x."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.members = members(path)
        self.present: set[str] = set()
        self.notices: list[Problem] = []

    def rows(self) -> Iterator[Row]:
        """Every row of every file; files that cannot be placed are told of in `notices`."""
        self.present, self.notices = set(), []
        met: set[str] = set()
        for member in self._listed():
            for row in self._member(member, met):
                yield from older.modern(row)
        self.present = older.present_in(met)

    def _listed(self) -> list[Member]:
        """All files; beside a data package the JSON that says the same again is left out."""
        packages = {str(Path(m.name).parent) for m in self.members if _is_package(m)}
        tables = {str(Path(m.name).parent) for m in self.members if m.suffix == ".csv"}
        kept: list[Member] = []
        for member in self.members:
            folder = str(Path(member.name).parent)
            if folder in packages & tables and member.suffix == ".json" and not _is_package(member):
                reason = "said_in_package"
                words = {"file": member.name, "reason": reason}
                self.notices.append(Problem("file_not_read", words))
            else:
                kept.append(member)
        return kept

    def sample(self, table: str, most: int = 300) -> list[str]:
        """The first identifiers of a table, as they stand in the dump."""
        found = (str(row.values["id"]) for row in self.rows() if _is(row, table))
        return list(islice(found, most))

    def _member(self, member: Member, met: set[str]) -> Iterator[Row]:
        if _is_package(member):
            return
        if member.why_not:
            words = {"file": member.name, "reason": member.why_not}
            self.notices.append(Problem("file_not_read", words))
            return
        kind = member.suffix or ".json"
        if kind == ".json":
            yield from self._json(member, met)
        elif kind in {".ndjson", ".jsonl"}:
            yield from self._json_lines(member, met)
        elif kind in _DELIMITED:
            yield from self._delimited(member, met)
        else:
            reason = "unknown_kind"
            self.notices.append(Problem("file_not_read", {"file": member.name, "reason": reason}))

    def _delimited(self, member: Member, met: set[str]) -> Iterator[Row]:
        table = table_called(member.stem) or plain(member.stem)
        try:
            columns = delimited.header(member)
        except delimited.UNREADABLE as error:
            yield Row(table, {}, member.name, problem=Problem("unreadable_file", {"reason": error}))
            return
        if not columns:
            reason = "no_header"
            self.notices.append(Problem("file_not_read", {"file": member.name, "reason": reason}))
            return
        table = older.table_with(table, columns)
        met.add(table)
        yield from delimited.rows(member, table)

    def _json(self, member: Member, met: set[str]) -> Iterator[Row]:
        flattening = nested.Flattening(met)
        try:
            with member.open() as stream:
                yield from self._json_items(member, flattening, json_items.items(stream))
        except (json_items.BrokenJsonError, *_BROKEN_FILE) as error:
            table = table_called(member.stem) or plain(member.stem)
            problem = Problem("unreadable_file", {"reason": str(error)})
            yield Row(table, {}, member.name, problem=problem)

    def _json_items(
        self,
        member: Member,
        flattening: nested.Flattening,
        items: Iterator[json_items.Item],
    ) -> Iterator[Row]:
        alone: dict[str, object] = {}
        loose: dict[str, object] = {}  # values before it is clear whether this is one object
        counted: Counter[str] = Counter()
        for key, item, is_listed in items:
            name = plain(key)
            is_scalar = not is_listed and not isinstance(item, dict)
            if name in {"id", "name"} or alone or (is_scalar and name not in _ENVELOPE):
                gathered = alone if name in {"id", "name"} or alone else loose
                _gather(gathered, key, item, is_listed=is_listed)
            elif name in _ENVELOPE:
                continue
            elif item is json_items.EMPTY:
                if table := table_called(key):
                    flattening.present.add(table)
            elif not key or name in _LISTS or isinstance(item, dict):
                table = self._table(member, key, item)
                counted[key] += 1
                place = f"{member.name}#{f'{key}/' if key else ''}{counted[key]}"
                yield from flattening.rows(table, item, place)
            else:
                _gather(loose, key, item, is_listed=is_listed)
        if alone or (loose and not counted):
            alone = loose | alone
            table = table_called(member.stem) or nested.kind_of(alone)
            yield from flattening.rows(table, alone, member.name)

    def _table(self, member: Member, key: str, item: object) -> str:
        named = table_called(key) if key else None
        if named or (key and plain(key) not in _LISTS):
            return named or plain(key)
        stem = member.stem.removesuffix("_list").removesuffix("_full")
        guess = nested.kind_of(item) if isinstance(item, dict) else "service"
        return table_called(stem) or guess

    def _json_lines(self, member: Member, met: set[str]) -> Iterator[Row]:
        flattening = nested.Flattening(met)
        try:
            with member.open() as stream:
                for number, value in json_items.lines(stream):
                    place = f"{member.name}:{number}"
                    table = self._table(member, "", value)
                    if isinstance(value, json_items.BrokenJsonError):
                        problem = Problem("unreadable_row", {"reason": str(value)})
                        yield Row(table, {}, place, problem=problem)
                    else:
                        yield from flattening.rows(table, value, place)
        except _BROKEN_FILE as error:
            problem = Problem("unreadable_file", {"reason": str(error)})
            yield Row("service", {}, member.name, problem=problem)


_BROKEN_FILE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, ExchangeError)


def _is_package(member: Member) -> bool:
    return Path(member.name).name.lower() == "datapackage.json"


def _gather(alone: dict[str, object], key: str, item: object, *, is_listed: bool) -> None:
    """Put a single object together again whose lists came item by item."""
    if item is json_items.EMPTY:
        alone[key] = []
    elif is_listed:
        before = alone.setdefault(key, [])
        if isinstance(before, list):
            before.append(item)
    else:
        if key in alone:
            alone[f"{key} (twice)"] = alone[key]
        alone[key] = item


def _is(row: Row, table: str) -> bool:
    return row.table == table and bool(row.values.get("id"))
