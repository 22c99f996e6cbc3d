"""Tables as files: CSV and XLSX, written while they are read, in constant memory.

A cell that a spreadsheet would take for a formula is defused with an apostrophe; `as_typed` takes
it away again when such a file is read back.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import IO

from openpyxl import Workbook

Cell = str | int | float | bool | date | datetime | None

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BYTE_ORDER_MARK = "\ufeff"  # Excel reads the file as UTF-8
_ROWS_A_CHUNK = 500
_BYTES_A_CHUNK = 64 * 1024
_ROWS_A_SHEET = 1_000_000  # Excel stops at 1 048 576
_LONGEST_CELL = 32_000  # Excel stops at 32 767
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def defused(text: str) -> str:
    """`text` so that no spreadsheet runs it."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_typed(text: str) -> str:
    """`text` as it was before `defused`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def rows_to_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The table as UTF-8 with a byte order mark and semicolons, as Norwegian Excel expects."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write(_BYTE_ORDER_MARK)
    writer.writerow([defused(header) for header in headers])
    for number, row in enumerate(rows, start=1):
        writer.writerow([_written(cell) for cell in row])
        if number % _ROWS_A_CHUNK == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def rows_to_xlsx(
    headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, title: str = "Samtun"
) -> Iterator[bytes]:
    """The table as an XLSX file, in pieces; more than a million rows go on in a new sheet."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, headers, title)
    for number, row in enumerate(rows):
        if number and number % _ROWS_A_SHEET == 0:
            sheet = _sheet(book, headers, title)
        sheet.append([_cell(cell) for cell in row])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        yield from _pieces(file)


def _sheet(book: Workbook, headers: Sequence[str], title: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  (openpyxl has no types)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:28])
    sheet.freeze_panes = "A2"
    sheet.append([_cell(header) for header in headers])
    return sheet


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_BYTES_A_CHUNK):
        yield piece


def _emptied(buffer: io.StringIO) -> bytes:
    written = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return written


def _written(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return defused(cell)
    return cell.isoformat(" ", "seconds") if isinstance(cell, datetime) else cell


def _cell(cell: Cell) -> Cell:
    """XLSX knows no time zones and few control characters."""
    if isinstance(cell, str):
        return _UNWRITABLE.sub("", defused(cell))[:_LONGEST_CELL]
    return cell.replace(tzinfo=None, microsecond=0) if isinstance(cell, datetime) else cell
