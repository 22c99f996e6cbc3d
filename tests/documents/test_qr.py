"""QR codes for pages and paper."""

import re
from xml.etree import ElementTree as ET

import pytest
import segno
from django.utils.translation import override

from samtun.documents.errors import DocumentError
from samtun.documents.qr import LONGEST_ON_PAPER, qr_picture, qr_svg
from tests.documents.contents import ADDRESS

_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")


def _dark(svg: str) -> set[tuple[int, int]]:
    path = ET.fromstring(svg)[-1].attrib["d"]  # noqa: S314 - our own
    runs = [tuple(map(int, run)) for run in _RUN.findall(path)]
    return {(x + i, y) for x, y, length in runs for i in range(length)}


def test_the_picture_holds_exactly_the_modules_of_the_code() -> None:
    matrix = segno.make_qr(ADDRESS, error="m", boost_error=False).matrix
    expected = {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert _dark(qr_svg(ADDRESS, title="QR")) == expected


def test_a_page_gets_a_named_picture_without_inline_style() -> None:
    svg = qr_svg(ADDRESS, title='Til <"tilbudet">')
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert root.attrib["role"] == "img"
    assert root[0].text == 'Til <"tilbudet">'
    assert not re.search(r"\b(style|width|height)=", svg)


def test_the_code_keeps_its_quiet_zone() -> None:
    assert 'viewBox="-4 -4 ' in qr_svg(ADDRESS, title="QR")


@pytest.mark.parametrize("address", ["", "https://a.example/" + "x" * 4000])
def test_an_impossible_address_is_refused_in_plain_words(address: str) -> None:
    with override("nb"), pytest.raises(DocumentError, match="kan ikke vises som QR-kode"):
        qr_svg(address, title="QR")


@pytest.mark.parametrize("address", ["", "tull", "https://a.example/" + "x" * LONGEST_ON_PAPER])
def test_paper_goes_without_a_code_that_could_not_be_read(address: str) -> None:
    assert qr_picture(address) == ""
