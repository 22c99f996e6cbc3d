"""CSV as it is found in the world: any separator, any encoding, ragged, with stray quotes."""

import codecs
import csv
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from samtun.directory.exchange.reading.files import Member
from samtun.directory.exchange.reading.names import plain
from samtun.directory.exchange.rows import Problem, Row

_LONGEST_LINE = 8_000_000  # bytes
_LONGEST_FIELD = 1_500_000  # characters; beyond it a quotation mark was left open
_SEPARATORS = (",", ";", "\t", "|")


def rows(member: Member, table: str) -> Iterator[Row]:
    """The rows of a CSV file; what cannot be read is a row with a problem."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    try:
        with member.open() as stream:
            yield from _Reading(member.name, table, stream).rows()
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, UnicodeError) as error:
        yield Row(table, {}, member.name, problem=Problem("unreadable_file", {"reason": error}))


def header(member: Member) -> list[str]:
    """The names of the columns, as HSDS writes them; empty when there are none."""
    try:
        with member.open() as stream:
            return _Reading(member.name, "", stream).header
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, UnicodeError, csv.Error):
        return []


class _Lines:
    """Lines of text that can be put back, and that remember how they were decoded."""

    def __init__(self, stream: IO[bytes]) -> None:
        start = stream.read(4)
        stream.seek(0)
        is_wide = start[:2] in (b"\xff\xfe", b"\xfe\xff")
        self._wide = codecs.getreader("utf-16")(stream, "replace") if is_wide else None
        self._bytes = stream
        self._back: list[str] = []
        self.number = 0
        self.taken: list[str] = []
        self.is_mended = False

    def start(self) -> None:
        """A new record begins."""
        self.taken = []
        self.is_mended = False

    def put_back(self, lines: list[str]) -> None:
        """Read these again; they were the last ones taken."""
        self._back = [*lines, *self._back]
        self.number -= len(lines)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._back.pop(0) if self._back else self._read()
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        return line

    def _read(self) -> str:
        if self._wide:
            return self._wide.readline()
        found = self._bytes.readline(_LONGEST_LINE)
        try:
            return found.decode("utf-8")
        except UnicodeDecodeError:
            self.is_mended = True
            return found.decode("cp1252", errors="replace")


class _Reading:
    """One pass through a file."""

    def __init__(self, name: str, table: str, stream: IO[bytes]) -> None:
        self.name, self.table = name, table
        self.lines = _Lines(stream)
        first = next(self.lines, "").lstrip("\ufeff")
        if first.lower().startswith("sep="):  # a spreadsheet's own hint
            first = next(self.lines, "")
        self.separator = max(_SEPARATORS, key=lambda mark: first.count(mark))
        names = next(csv.reader([first], delimiter=self.separator), [])
        self.header = [plain(name) for name in names]

    def rows(self) -> Iterator[Row]:
        if not any(self.header):
            return
        reader = csv.reader(
            self.lines, delimiter=self.separator, skipinitialspace=True, strict=True
        )
        while True:
            self.lines.start()
            line = self.lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = []
            taken = self.lines.taken
            if (taken and not cells and taken[0].strip()) or self._is_doubtful(cells):
                yield self._first_alone(line)
            elif cells:
                yield self._row(line, cells)

    def _is_doubtful(self, cells: list[str]) -> bool:
        """A row over many lines with a wrong number of cells: a quotation mark was left open."""
        return len(self.lines.taken) > 1 and len(cells) != len(self.header)

    def _first_alone(self, line: int) -> Row:
        """Take the first line by itself, read loosely; those swallowed after it come again."""
        first = self.lines.taken[0].rstrip("\r\n")
        self.lines.put_back(self.lines.taken[1:])
        place = f"{self.name}:{line}"
        try:
            cells = next(csv.reader([first], delimiter=self.separator, skipinitialspace=True), [])
        except csv.Error as error:
            words: dict[str, object] = {"reason": str(error)}
            return Row(self.table, {}, place, problem=Problem("unreadable_row", words))
        if len(cells) != len(self.header):
            words = {"reason": "open_quote"}
            return Row(self.table, {}, place, problem=Problem("unreadable_row", words))
        row = self._row(line, cells)
        return replace(row, repairs=(*row.repairs, Problem("stray_quote")))

    def _row(self, line: int, cells: list[str]) -> Row:
        values: dict[str, str] = {}
        for name, cell in zip(self.header, cells, strict=False):
            if cell and name and (cell := cell.strip()):
                values.setdefault(name, cell)
        return Row(self.table, values, f"{self.name}:{line}", repairs=tuple(self._repairs(cells)))

    def _repairs(self, cells: list[str]) -> Iterator[Problem]:
        if self.lines.is_mended:
            yield Problem("read_as_cp1252")
        if surplus := [cell for cell in cells[len(self.header) :] if cell.strip()]:
            yield Problem("surplus_cells", {"before": " | ".join(surplus)[:2000]})
        elif len(cells) < len(self.header):
            yield Problem("cells_missing", {"count": len(self.header) - len(cells)})
