"""CSV as it is found in the world: any separator, any encoding, ragged, with stray quotes."""

import csv
import io
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import IO

from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.reading.files import Member, wide_encoding
from samtun.directory.exchange.reading.names import plain
from samtun.directory.exchange.rows import Problem, Row

_LONGEST_LINE = 8_000_000  # bytes
_LONGEST_FIELD = 1_500_000  # characters; beyond it a quotation mark was left open
_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_HEADER = 20  # lines
_MOST_LINES = 200  # of a row that has too few or too many cells
_START = 1 << 16  # bytes that tell how the lines end

UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, UnicodeError, ExchangeError)


def rows(member: Member, table: str) -> Iterator[Row]:
    """The rows of a CSV file; what cannot be read is a row with a problem."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    try:
        with member.open() as stream, closing(_Lines(stream)) as lines:
            yield from _Reading(member.name, table, lines).rows()
    except UNREADABLE as error:
        yield Row(table, {}, member.name, problem=Problem("unreadable_file", {"reason": error}))


def header(member: Member) -> list[str]:
    """The names of the columns, as HSDS writes them; empty when there are none.

    Raises:
        UNREADABLE: one of these, when the file cannot be opened or unpacked.
    """
    with member.open() as stream, closing(_Lines(stream)) as lines:
        return _Reading(member.name, "", lines).header


class _Lines:
    """Lines of text that can be put back, and that remember how they were decoded."""

    def __init__(self, stream: IO[bytes]) -> None:
        start = stream.read(_START)
        stream.seek(0)
        wide = wide_encoding(start)
        has_old_ends = b"\r" in start and b"\n" not in start  # as the first Macs had them
        self._text: io.TextIOWrapper | None = None
        if wide or has_old_ends:  # not codecs: those end lines at U+2028 and the like, too
            self._text = io.TextIOWrapper(stream, wide or "latin-1", "replace", newline="")
        self._is_wide = bool(wide)
        self._bytes = stream
        self._back: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []
        self.is_mended = False

    def close(self) -> None:
        """Let go of the stream, which is for its opener to close."""
        if self._text is not None:
            self._text.detach()

    def start(self) -> None:
        """A new record begins."""
        self.taken = []
        self.is_mended = False

    def put_back(self, lines: list[str]) -> None:
        """Read these again; they were the last ones taken."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._read()
        if not line:
            raise StopIteration
        self.number += 1
        self.taken.append(line)
        return line

    def _read(self) -> str:
        if self._text is None:
            return self._decoded(self._bytes.readline(_LONGEST_LINE))
        line = self._text.readline(_LONGEST_LINE)
        return line if self._is_wide else self._decoded(line.encode("latin-1"))

    def _decoded(self, found: bytes) -> str:
        try:
            return found.decode("utf-8")
        except UnicodeDecodeError:
            self.is_mended = True
            return found.decode("cp1252", errors="replace")


class _Reading:
    """One pass through a file."""

    def __init__(self, name: str, table: str, lines: _Lines) -> None:
        self.name, self.table, self.lines = name, table, lines
        first = next(self.lines, "").lstrip("\ufeff")
        if first.lower().startswith("sep="):  # a spreadsheet's own hint
            first = next(self.lines, "")
        self.separator = max(_SEPARATORS, key=lambda mark: first.count(mark))
        self.header = [plain(name) for name in self._names(first)]

    def _names(self, first: str) -> list[str]:
        """The cells of the header, which may go over several lines."""
        taken = [first]
        while _is_open(taken) and len(taken) < _LONGEST_HEADER and (line := next(self.lines, "")):
            taken.append(line)
        if _is_open(taken):
            self.lines.put_back(taken[1:])
            taken = [first]
        try:
            return next(csv.reader(taken, delimiter=self.separator), [])
        except csv.Error:
            return []

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
        """A row over many lines with a wrong number of cells, one of which is a row by itself.

        A quotation mark was left open there, and closed by that of a later row.
        """
        later = self.lines.taken[1:]
        width = len(self.header)
        if not later or len(cells) == width or (len(cells) > width and not any(cells[width:])):
            return False
        return len(later) > _MOST_LINES or any(len(self._loose(line)) == width for line in later)

    def _loose(self, line: str) -> list[str]:
        """The cells of a line by itself; none where it cannot be split."""
        try:
            return next(csv.reader([line.rstrip("\r\n")], delimiter=self.separator), [])
        except csv.Error:
            return []

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
        surplus = [cell.strip() for cell in cells[len(self.header) :]]
        for name, cell in zip(self.header, cells, strict=False):
            if not cell or not (cell := cell.strip()):
                continue
            if name and values.setdefault(name, cell) == cell:
                continue
            surplus.append(cell)
        repairs = tuple(self._repairs(len(cells), [cell for cell in surplus if cell]))
        return Row(self.table, values, f"{self.name}:{line}", repairs=repairs)

    def _repairs(self, count: int, surplus: list[str]) -> Iterator[Problem]:
        if self.lines.is_mended:
            yield Problem("read_as_cp1252")
        if surplus:
            yield Problem("surplus_cells", {"before": " | ".join(surplus)[:2000]})
        if count < len(self.header):
            yield Problem("cells_missing", {"count": len(self.header) - count})


def _is_open(lines: list[str]) -> bool:
    """Whether a quotation mark still waits for its fellow."""
    return sum(line.count('"') for line in lines) % 2 == 1
