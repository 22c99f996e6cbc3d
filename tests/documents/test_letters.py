"""Any text becomes drawable, and the letters people use stay as they are."""

import json

import pytest

from samtun.documents.letters import BREAK_HERE, DRAWABLE, drawable
from samtun.documents.press import print_pdf
from tests.documents.contents import MADE_ON


@pytest.mark.parametrize(
    "text",
    ["æøå ÆØÅ é ü «sitat» – …", "áčđŋšŧž ÁČĐŊŠŦŽ ï åarjel", "Привіт, світе", "مرحبا بكم", "שלום"],
)
def test_letters_of_languages_in_use_are_kept(text: str) -> None:
    assert drawable(text) == text


def test_emoji_controls_and_direction_marks_are_left_out() -> None:
    assert drawable("a😀\x00b\x07\u202ec\ufeffd\ud800e\U000e0041") == "abcde"


def test_a_letter_without_a_font_leaves_a_box() -> None:
    assert drawable("中 a") == "□ a"


def test_a_compatibility_form_becomes_its_plain_letters() -> None:
    assert drawable("ｆｕｌｌ １") == "full 1"


def test_all_kinds_of_space_become_plain_ones() -> None:
    assert drawable("a\u00a0b\tc\u2003d\r\ne") == "a b c d\ne"


def test_an_endless_word_gets_room_to_break_and_loses_nothing() -> None:
    drawn = drawable("w" * 1000)
    assert BREAK_HERE in drawn
    assert drawn.replace(BREAK_HERE, "") == "w" * 1000


def test_every_letter_called_drawable_has_a_font() -> None:
    every = " ".join(map(chr, sorted(DRAWABLE - {0x0A})))
    blocks = [{"kind": "paragraph", "items": [[_plain(every)]]}]
    assert print_pdf("sheet", json.dumps(_sheet_tree(blocks)), MADE_ON).startswith(b"%PDF")


def _plain(text: str) -> dict[str, object]:
    return {"text": text, "strong": False, "emphasis": False, "url": ""}


def _sheet_tree(blocks: object) -> dict[str, object]:
    empty = dict.fromkeys(
        ("map_name", "provider", "summary", "covers", "alert", "note", "confirmed", "qr"), ""
    )
    words = dict.fromkeys(("scan", "newest", "made", "code", "page", "example", "contact"), "x")
    return {
        **empty,
        "title": "x",
        "language": "nb",
        "text_language": "nb",
        "sections": [{"title": "x", "language": "nb", "blocks": blocks}],
        "facts": [],
        "contacts": [],
        "address": {"url": "", "shown": ""},
        "words": words,
    }
