"""Tables as CSV and XLSX."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from samtun.documents.spreadsheets import Cell, as_typed, defused, rows_to_csv, rows_to_xlsx

FORMULAS = ["=1+1", "+47 10 00 00 01", "-2", "@SUM(A1)", "\t=1", "\r=1"]
ROW: list[Cell] = ["Kari; «Ås»", 3, None, date(2026, 11, 22), datetime(2026, 11, 22, 8, tzinfo=UTC)]


def opened(pieces: Iterator[bytes]) -> list[tuple[object, ...]]:
    """The rows of the first sheet."""
    book = load_workbook(io.BytesIO(b"".join(pieces)))
    return list(book.worksheets[0].values)


def test_a_csv_file_opens_in_norwegian_excel() -> None:
    text = b"".join(rows_to_csv(["Navn", "Antall"], [ROW])).decode()
    assert text == ('\ufeffNavn;Antall\r\n"Kari; «Ås»";3;;2026-11-22;2026-11-22 08:00:00+00:00\r\n')


def test_an_xlsx_file_keeps_numbers_and_dates() -> None:
    header, row = opened(rows_to_xlsx(["Navn", "b", "c", "d", "e"], [ROW]))
    assert header[0] == "Navn"
    assert row == ("Kari; «Ås»", 3, None, datetime(2026, 11, 22), datetime(2026, 11, 22, 8))  # noqa: DTZ001


def test_a_table_without_rows_has_its_headers() -> None:
    assert opened(rows_to_xlsx(["Navn"], [])) == [("Navn",)]
    assert b"".join(rows_to_csv(["Navn"], [])).decode() == "\ufeffNavn\r\n"


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_looks_like_a_formula_is_defused(formula: str) -> None:
    assert defused(formula) == f"'{formula}"
    assert as_typed(defused(formula)) == formula
    [_, (cell,)] = opened(rows_to_xlsx(["a"], [[formula]]))
    assert str(cell).startswith("'")
    assert b"'" in b"".join(rows_to_csv(["a"], [[formula]]))


def test_plain_text_is_left_alone() -> None:
    assert defused("Temakafé") == "Temakafé"
    assert as_typed("'n Roar") == "'n Roar"


def test_what_xlsx_cannot_hold_is_left_out() -> None:
    assert opened(rows_to_xlsx(["a"], [["a\x00b\x1fc"]]))[1] == ("abc",)


def test_rows_are_read_as_they_are_written() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(5000):
            read.append(number)
            yield [number]

    next(rows_to_csv(["a"], rows()))
    assert len(read) < 1000
