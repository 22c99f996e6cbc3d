"""Spreadsheets made to do harm are refused whole, quickly and with a reason."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from openpyxl import Workbook

from samtun.directory.exchange import spreadsheet_reading as reading
from samtun.directory.exchange.spreadsheet_reading import NotReadable, read


def good(rows: int = 1) -> bytes:
    """A small file that can be read."""
    book = Workbook()
    book.active.append(["Identifikator", "Navn"])
    book.active.append(["id", "name.nb"])
    for number in range(rows):
        book.active.append(["", f"Tilbud {number}"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_member(name: str, change: Callable[[bytes], bytes], extra: bytes | None = None) -> bytes:
    """The good file with one of its parts changed, or one added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, change(content) if member == name else content)
        if extra is not None:
            new.writestr(name, extra)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<worksheet>&a;</worksheet>"""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"id;name.nb\r\n;Navn\r\n",
        b"\xff\xfei\x00d\x00",
        b"PK\x03\x04" + b"\x00" * 200,
        good()[:-80],
        with_member(SHEET, lambda _old: BOMB),
        with_member(SHEET, lambda _old: OUTSIDE),
        with_member("[Content_Types].xml", lambda _old: b"<x/>"),
        with_member("xl/workbook.xml", lambda old: old.replace(b"sheetId", b"tull")),
        with_member("xl/vbaProject.bin", lambda old: old, b"macro"),
    ],
    ids=["nothing", "csv", "utf-16", "empty zip", "cut", "entities", "file entity", "types",
         "workbook", "macros"],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(NotReadable) as refused:
        read(io.BytesIO(content))
    assert len(str(refused.value)) > 20


def test_a_zip_bomb_is_seen_before_it_is_unpacked() -> None:
    bomb = with_member("xl/media/image1.png", lambda old: old, b"\x00" * 61_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(NotReadable):
        read(io.BytesIO(bomb))


def test_a_thousand_small_parts_are_too_many() -> None:
    out = io.BytesIO(good())
    with zipfile.ZipFile(out, "a") as package:
        for number in range(1000):
            package.writestr(f"xl/media/{number}", b"")
    with pytest.raises(NotReadable):
        read(out)


def test_too_many_rows_and_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 10)
    assert len(read(io.BytesIO(good(10))).rows) == 10
    with pytest.raises(NotReadable):
        read(io.BytesIO(good(11)))
    monkeypatch.setattr(reading, "MOST_COLUMNS", 1)
    with pytest.raises(NotReadable):
        read(io.BytesIO(good(1)))


def test_a_row_far_below_costs_nothing() -> None:
    far = with_member(SHEET, lambda old: old.replace(b'r="3"', b'r="1048000"').replace(
        b'"B3"', b'"B1048000"').replace(b'"A3"', b'"A1048000"'))  # fmt: skip
    assert read(io.BytesIO(far)).rows == []


def test_the_same_column_twice_is_refused() -> None:
    twice = with_member("xl/sharedStrings.xml", lambda old: old.replace(b">Navn<", b">name.nb<"))
    assert read(io.BytesIO(twice)).rows  # only in the row above the codes
    book = Workbook()
    book.active.append(["id", "name.nb", "name.nb"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(NotReadable):
        read(out)


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_file_is_read_or_refused_and_never_worse(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same damage each time
    content = good(3)
    for _ in range(30):
        damaged = bytearray(content)
        for _ in range(chance.randrange(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        with suppress(NotReadable):
            assert len(read(io.BytesIO(bytes(damaged))).rows) <= 3
