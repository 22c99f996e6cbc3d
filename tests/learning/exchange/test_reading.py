"""Lists of employees as other systems write them, and files that are something else."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from openpyxl import Workbook

from samtun.learning.exchange import columns, values
from samtun.learning.exchange.reading import MOST_ROWS, Listing, NotReadable, read

LINE = ["Åse Ødegård", "ase@vang.example", "17", "Vang helsetun"]
HEADINGS = ["Navn", "E-post", "Ansattnummer", "Enhet"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def spreadsheet(*rows: list[Any], merge: str = "") -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(*rows: list[str], mark: str = ";", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(mark.join(row) for row in rows).encode(encoding)


def only(listing: Listing) -> dict[str, str]:
    assert [row.faults for row in listing.rows] == [[]]
    return listing.rows[0].cells


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_csv_is_read_whatever_its_separator_and_encoding(mark: str, encoding: str) -> None:
    found = only(read(text(HEADINGS, LINE, mark=mark, encoding=encoding)))
    assert list(found.values()) == LINE


def test_spreadsheets_are_read_in_any_order_of_columns() -> None:
    found = only(read(spreadsheet([*reversed(HEADINGS)], [*reversed(LINE)])))
    assert found == dict(zip(("name", "email", "external_id", "unit"), LINE, strict=True))


@pytest.mark.parametrize(
    "headings",
    [
        ["Fornavn", "Etternavn", "Jobb e-post", "Startdato"],
        ["FØRENAMN", "etternamn", "E-postadresse", "Tiltredelse"],
        ["First name", "Last name", "E-mail address", "Hire date"],
    ],
)
def test_columns_are_known_in_three_languages(headings: list[str]) -> None:
    found = only(read(text(headings, ["Eli", "Berg", "eli@vang.example", "1.8.2026"])))
    assert set(found) == {"first_name", "last_name", "email", "joined_on"}


def test_a_title_above_the_headings_is_passed_over_and_lines_keep_their_numbers() -> None:
    for content in (
        text(["Ansatte i Vang"], [""], HEADINGS, LINE),
        spreadsheet(["Ansatte i Vang"], [None], HEADINGS, LINE),
    ):
        listing = read(content)
        assert [row.number for row in listing.rows] == [4]


def test_unknown_columns_are_told_and_left_aside() -> None:
    listing = read(text([*HEADINGS, "Lønn"], [*LINE, "500000"]))
    assert listing.unknown == ["lønn"]
    assert "500000" not in listing.rows[0].cells.values()


def test_one_bad_row_leaves_the_others() -> None:
    formula = spreadsheet(HEADINGS, LINE, ['=HYPERLINK("x")', "ola@vang.example", 3, ""], LINE)
    quote = text(HEADINGS, LINE, ['"Ola', "ola@vang.example", "18", "Vang helsetun"], LINE)
    injected = text(HEADINGS, LINE, ["=1+1", "ola@vang.example", "18", ""], LINE)
    merged = spreadsheet(HEADINGS, LINE, LINE, LINE, merge="A3:B3")
    for content in (formula, quote, injected, merged):
        rows = read(content).rows
        assert [bool(row.faults) for row in rows] in ([False, True, False], [False, False, False])
        assert len(rows) == 3


def test_control_characters_and_endless_cells_do_not_get_in() -> None:
    row = read(text(HEADINGS, ["Eli\x00 \u202eBerg", "e@v.example", "1", "x" * 9000])).rows[0]
    assert row.cells["name"] == "Eli Berg"
    assert (len(row.cells["unit"]), len(row.faults)) == (60, 1)


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "nothing in the file"),
        (b"\xef\xbb\xbf\r\n;;\r\n", "nothing in the file"),
        (b"%PDF-1.7 ...", "Save it as XLSX or CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 200, "old kind of spreadsheet"),
        (b"<html><table><tr><td>Navn</td></tr></table>", "Save it as XLSX or CSV"),
        (bytes(range(1, 256)) * 40, "Save it as XLSX or CSV"),
        (b"PK\x03\x04 not really", "Save it as XLSX"),
        (_bomb(), "too large when unpacked"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (text(["Navn", "Lonn"], ["Eli", "1"]), "headings that we know"),
        (text(["E-post", "Enhet"], ["e@v.example", "1"]), "headings that we know"),
        (text(HEADINGS, *[LINE] * (MOST_ROWS + 1)), "more than 10000 rows"),
    ],
    ids=["empty", "blank", "pdf", "xls", "html", "binary", "zip", "bomb", "large", "no name",
         "no person", "long"],
)  # fmt: skip
def test_a_file_that_is_no_list_gets_a_clear_answer(content: bytes, said: str) -> None:
    with pytest.raises(NotReadable) as refused:
        read(content)
    assert said in str(refused.value)


def test_a_spreadsheet_of_a_hundred_thousand_rows_is_refused() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [HEADINGS, *[LINE] * 20_000]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    with pytest.raises(NotReadable, match="more than 10000 rows"):
        read(file.getvalue())


@pytest.mark.parametrize(
    "written",
    ["2026-08-01", "1.8.2026", "01.08.26", "01/08/2026", "1-8-2026", "20260801", "46235",
     "2026-08-01T00:00:00"],
)  # fmt: skip
def test_days_are_read_as_people_write_them(written: str) -> None:
    assert values.day(written) == date(2026, 8, 1)


@pytest.mark.parametrize("written", ["31.2.2026", "august", "1.8.1850", "1.8.2199", "99999", "8"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(values.WrongValueError):
        values.day(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Sjukepleiar", "nurse"), ("Kreftsykepleier", "nurse"), ("Helsesykepleier", "school_nurse"),
        ("Barnehagelærer", "kindergarten_teacher"), ("Kontaktlærar", "teacher"),
        ("Barne- og ungdomsarbeider", "child_worker"), ("Helsefagarbeider m/videreutd.",
        "health_worker"), ("Avdelingsleder", "leader"), ("nurse", "nurse"), ("Vaktmester", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_professions_are_known_by_what_they_are_called_at_work(written: str, meant: str) -> None:
    assert columns.profession_in(written) == meant
