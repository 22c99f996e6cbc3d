"""Reading a spreadsheet that anybody may have made: nothing in it is believed or run."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.spreadsheet_columns import ID, VERSION, as_text, columns
from samtun.documents.spreadsheets import as_typed

LARGEST_FILE = 5_000_000
LARGEST_UNPACKED = 60_000_000
MOST_MEMBERS = 500
MOST_ROWS = 5_000
MOST_COLUMNS = 80
_CODES_WITHIN = 5  # rows
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_CHUNK = 1_000_000
# What openpyxl and what is below it raise for a file that is not what it says it is.
BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, KeyError, ValueError,
    TypeError, AttributeError, IndexError, EOFError, OSError, NotImplementedError, RuntimeError,
    OverflowError, AssertionError,
)  # fmt: skip


class NotReadable(ExchangeError):  # noqa: N818  (what the file is)
    """The whole file is refused; `str()` says why and what to do."""

    def __init__(self, message: str) -> None:
        Exception.__init__(self, message)
        self.message = message

    def __str__(self) -> str:
        return self.message


@dataclass(slots=True)
class Row:
    """One row by the codes of its columns; `faults` are reasons to refuse it."""

    number: int  # as the spreadsheet counts
    cells: dict[str, str]
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """What was read, and the headings that nobody here knows."""

    rows: list[Row]
    codes: set[str]
    unknown: list[str]


def read(stream: IO[bytes]) -> Sheet:
    """The rows of the first sheet that has our columns.

    Rows without anything in them are left out. A formula is never worked out: its row is refused,
    and so is one with merged cells.

    Raises:
        NotReadable: it is no such file, too large, or has none of our columns.
    """
    check_package(stream)
    stream.seek(0)
    try:
        book = load_workbook(stream, read_only=True, keep_links=False, rich_text=False)
        try:
            return _first_known(book)
        finally:
            book.close()
    except NotReadable:
        raise
    except BROKEN as error:
        raise NotReadable(not_a_spreadsheet()) from error


def not_a_spreadsheet() -> str:
    """What is said of a file that is something else."""
    return _("This is not a spreadsheet that can be read. Save it as XLSX and try again.")


def check_package(stream: IO[bytes]) -> None:
    """Look at what the file says it holds before anything is unpacked.

    More than it says is never unpacked: the zip reader stops there.

    Raises:
        NotReadable: it is no spreadsheet, too large when unpacked, or has macros.
    """
    try:
        with zipfile.ZipFile(stream) as package:
            members = package.infolist()
    except BROKEN as error:
        raise NotReadable(not_a_spreadsheet()) from error
    too_large = sum(member.file_size for member in members) > LARGEST_UNPACKED
    if too_large or len(members) > MOST_MEMBERS:
        raise NotReadable(_("The file is too large when unpacked. Divide it."))
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise NotReadable(_("The file has macros in it. Save it as XLSX without macros."))


def _first_known(book: Any) -> Sheet:  # noqa: ANN401  (openpyxl has no types)
    """The first sheet with a row of our codes near its top."""
    known = known_codes()
    for sheet in book.worksheets:
        rows = sheet.iter_rows(max_row=MOST_ROWS + _CODES_WITHIN + 1, max_col=MOST_COLUMNS + 1)
        for number, row in enumerate(rows, start=1):
            codes = [as_typed(as_text(cell.value)) for cell in row]
            if ID in codes and len(known.intersection(codes)) >= 2:
                return _read_sheet(sheet, codes, rows, number)
            if number == _CODES_WITHIN:
                break
    raise NotReadable(
        _("The row with the codes (id, …) is missing. Begin with the file that you can get here.")
    )


def known_codes() -> set[str]:
    """The codes of all columns."""
    return {ID, VERSION, *(column.code for column in columns())}


def _read_sheet(sheet: Any, codes: list[str], rows: Iterator[Any], above: int) -> Sheet:  # noqa: ANN401
    if any(codes[MOST_COLUMNS:]):
        raise NotReadable(_("There are too many columns."))
    known = known_codes()
    twice = [code for code in known if codes.count(code) > 1]
    if twice:
        raise NotReadable(_("The column %(code)s is there twice.") % {"code": sorted(twice)[0]})
    merged = merged_rows(sheet)
    made = Sheet([], known.intersection(codes), [one for one in codes if one and one not in known])
    for number, cells in enumerate(rows, start=above + 1):
        row = _row(number, codes, cells, known)
        if not any(row.cells.values()) and not row.faults:
            continue
        if len(made.rows) == MOST_ROWS:
            raise NotReadable(
                _("There are more than %(most)d rows. Divide the file.") % {"most": MOST_ROWS}
            )
        if any(first <= number <= last for first, last in merged):
            row.faults.append(_("There are merged cells here. Split them and try again."))
        made.rows.append(row)
    return made


def _row(number: int, codes: list[str], cells: Sequence[Any], known: set[str]) -> Row:
    """Cells beside the last heading belong to nothing and are not looked at."""
    row = Row(number, {})
    for code, cell in zip(codes, cells, strict=False):
        if code not in known:
            continue
        if cell.data_type == "f":
            row.faults.append(_("%(code)s: there is a formula. Write the value.") % {"code": code})
        elif cell.data_type == "e":
            row.faults.append(_("%(code)s: there is an error instead of a value.") % {"code": code})
        else:
            row.cells[code] = as_typed(as_text(cell.value))
    return row


def merged_rows(sheet: Any) -> list[tuple[int, int]]:  # noqa: ANN401  (openpyxl has no types)
    """First and last row of each merged stretch: all but one of its cells would read as empty."""
    found: list[tuple[int, int]] = []
    with sheet.parent._archive.open(sheet._worksheet_path) as stream:
        before = b""
        while chunk := stream.read(_CHUNK):
            text = before + chunk
            last = 0
            for match in _MERGED.finditer(text):
                _left, top, _right, bottom = range_boundaries(match[1].decode())
                found.append((top, bottom))
                last = match.end()
            before = text[max(last, len(text) - 200) :]
            if len(found) > MOST_ROWS:
                raise NotReadable(_("There are too many merged cells. Split them and try again."))
    return found
