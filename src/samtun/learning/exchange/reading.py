"""Reading a list of employees that any system may have made: nothing in it is believed or run."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from samtun.directory.exchange import spreadsheet_reading as safe
from samtun.directory.exchange.messages import said
from samtun.directory.exchange.reading import delimited
from samtun.directory.exchange.reading.files import Member, wide_encoding
from samtun.directory.exchange.spreadsheet_columns import as_text
from samtun.directory.exchange.spreadsheet_reading import NotReadable
from samtun.documents.spreadsheets import as_typed
from samtun.learning.exchange import columns
from samtun.learning.exchange.values import cleaned

LARGEST_FILE = 5_000_000
MOST_ROWS = 10_000
_MOST_COLUMNS = 80
_LONGEST_CELL = 500
_HEADINGS_WITHIN = 15  # rows: reports have a title above the table
_START = 1 << 16  # bytes that tell what a file is
_NAMES = ({columns.NAME}, {columns.FIRST_NAME, columns.LAST_NAME})
_FORMULA = ("=", "+", "@")
_NEVER_TEXT = "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f"
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "xls"), (b"%PDF", "pdf"), (b"<", "html"), (b"{", "json"),
    (b"[{", "json"), (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpg"), (b"\x1f\x8b", "gz"),
    (b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"),
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One line of the list by our columns; `faults` are reasons to leave it out."""

    number: int  # as the file counts its lines
    cells: dict[str, str]
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Listing:
    """What was read: the rows, our columns that are there, and headings that nobody here knows."""

    rows: list[Row]
    columns: list[str]
    unknown: list[str]


def read(content: bytes) -> Listing:
    """The employees of an XLSX or CSV file; what it is, is told by what is in it.

    Rows without anything in them are left out. A formula is never worked out: its row gets a
    fault, and so does one with merged cells or with a quotation mark left open.

    Raises:
        NotReadable: it is something else, too large, or has no columns that we know.
    """
    if len(content) > LARGEST_FILE:
        raise NotReadable(_("The file is larger than 5 MB. Divide it."))
    if not content.strip(b"\x00\r\n\t ;,\xef\xbb\xbf"):
        raise NotReadable(_("There is nothing in the file."))
    if content.startswith(b"PK"):
        return _read_spreadsheet(io.BytesIO(content))
    _refuse_others(content)
    return _read_text(content)


def _refuse_others(content: bytes) -> None:
    start = content[:_START].lstrip(b"\xef\xbb\xbf \r\n\t")
    kind = next((kind for mark, kind in _OTHERS if start.startswith(mark)), "")
    if kind == "xls":
        raise NotReadable(_("This is an old kind of spreadsheet. Save it as XLSX and try again."))
    if kind or (not wide_encoding(content) and _is_binary(start)):
        raise NotReadable(
            _("This is not a list that can be read. Save it as XLSX or CSV and try again.")
        )


def _is_binary(start: bytes) -> bool:
    text = start.decode("latin-1")
    return sum(text.count(mark) for mark in _NEVER_TEXT) > len(text) // 200


def _read_spreadsheet(stream: io.BytesIO) -> Listing:
    safe.check_package(stream)
    stream.seek(0)
    try:
        book = load_workbook(stream, read_only=True, keep_links=False, rich_text=False)
        try:
            return _first_known(book)
        finally:
            book.close()
    except NotReadable:
        raise
    except safe.BROKEN as error:
        raise NotReadable(safe.not_a_spreadsheet()) from error


def _first_known(book: Any) -> Listing:  # noqa: ANN401  (openpyxl has no types)
    """The first sheet with a row of headings near its top."""
    for sheet in book.worksheets:
        rows = sheet.iter_rows(
            max_row=MOST_ROWS + _HEADINGS_WITHIN + 1, max_col=_MOST_COLUMNS, values_only=False
        )
        for number, row in enumerate(rows, start=1):
            headings = [as_typed(as_text(cell.value)) for cell in row]
            if _are_headings(headings):
                merged = safe.merged_rows(sheet)
                return _listing(headings, _sheet_rows(rows, headings, number + 1, merged))
            if number == _HEADINGS_WITHIN:
                break
    raise NotReadable(_no_headings())


def _sheet_rows(
    rows: Iterator[Sequence[Any]],
    headings: list[str],
    first: int,
    merged: list[tuple[int, int]],
) -> Iterator[Row]:
    names = _columns(headings)
    for number, cells in enumerate(rows, start=first):
        row = Row(number, {})
        for column, cell in zip(names, cells, strict=False):
            if column and cell.data_type in "fe":
                row.faults.append(_formula())
            elif column:
                row.cells[column] = as_typed(as_text(cell.value))
        if any(top <= number <= bottom for top, bottom in merged):
            row.faults.append(_("There are merged cells here. Split them and try again."))
        yield row


def _read_text(content: bytes) -> Listing:
    wide = wide_encoding(content[:_START])
    if wide:
        content = content.decode(wide, "replace").encode()
    above, content = _below_title(content)
    member = Member("list.csv", lambda: io.BytesIO(content))
    try:
        headings = delimited.header(member)
    except delimited.UNREADABLE as error:
        raise NotReadable(_no_headings()) from error
    if not _are_headings(headings):
        raise NotReadable(_no_headings())
    return _listing(headings, _text_rows(member, above))


def _below_title(content: bytes) -> tuple[int, bytes]:
    """How many lines stand above the headings, and what is left without them."""
    rest = content
    for above in range(_HEADINGS_WITHIN):
        first, end, below = rest.partition(b"\n")
        text = first.decode("utf-8", "replace")
        if any(_are_headings(text.replace('"', "").split(mark)) for mark in (";", ",", "\t", "|")):
            return above, rest
        if not end:
            break
        rest = below
    return 0, content


def _text_rows(member: Member, above: int) -> Iterator[Row]:
    for found in delimited.rows(member, ""):
        line = found.place.rpartition(":")[2]
        row = Row((int(line) if line.isdecimal() else 0) + above, {})
        if found.problem:
            row.faults.append(said(found.problem))
        for heading, value in found.values.items():
            column = columns.column_of(heading)
            if column and str(value).startswith(_FORMULA):
                row.faults.append(_formula())
            elif column:
                row.cells.setdefault(column, as_typed(str(value)))
        yield row


def _listing(headings: list[str], found: Iterable[Row]) -> Listing:
    """Rows with something in them, each cell on one line and not endless."""
    known = [one for one in _columns(headings) if one]
    listing = Listing([], known, [one for one in headings if one and not columns.column_of(one)])
    listing.unknown = [cleaned(one)[:60] for one in listing.unknown][:20]
    for row in found:
        row.cells = {column: cleaned(text) for column, text in row.cells.items()}
        row.cells = {column: text for column, text in row.cells.items() if text}
        if not row.cells and not row.faults:
            continue
        if len(listing.rows) == MOST_ROWS:
            raise NotReadable(
                _("There are more than %(most)d rows. Divide the file.") % {"most": MOST_ROWS}
            )
        _cut(row)
        row.faults = list(dict.fromkeys(row.faults))
        listing.rows.append(row)
    return listing


def _cut(row: Row) -> None:
    """A cell that nobody wrote by hand is a fault, and is not kept."""
    for column, text in row.cells.items():
        if len(text) > _LONGEST_CELL:
            row.cells[column] = text[:60]
            row.faults.append(
                _("“%(text)s…” is too long. At most %(most)d characters.")
                % {"text": text[:30], "most": _LONGEST_CELL}
            )


def _columns(headings: Iterable[str]) -> list[str]:
    """Our column under each heading; of two for the same thing the first counts."""
    found: list[str] = []
    for heading in headings:
        column = columns.column_of(heading)
        found.append("" if column in found else column)
    return found


def _are_headings(cells: Iterable[str]) -> bool:
    found = {columns.column_of(cell) for cell in cells} - {""}
    return len(found) >= 2 and any(names <= found for names in _NAMES)


def _formula() -> str:
    return _("There is a formula instead of a value.")


def _no_headings() -> str:
    return _(
        "There is no row with headings that we know. There must be at least a name, and an e-mail "
        "address or an employee number. Take the template on this page."
    )
