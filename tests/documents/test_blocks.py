"""The markdown subset is read as structure; everything else is text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.documents.blocks import Block, safe_url, text_blocks


def _text(block: Block) -> list[str]:
    return ["".join(span["text"] for span in line) for line in block["items"]]


def test_paragraphs_and_lists_become_blocks() -> None:
    blocks = text_blocks("En linje\nsom går videre.\n\n- ett\n- to\n\n1. først\n2. så")
    assert [block["kind"] for block in blocks] == ["paragraph", "bullets", "numbers"]
    assert [_text(block) for block in blocks] == [
        ["En linje som går videre."],
        ["ett", "to"],
        ["først", "så"],
    ]


def test_strong_emphasis_and_links_become_spans() -> None:
    (block,) = text_blocks("**Ring** *gjerne* [oss](https://vang.example/a)")
    (line,) = block["items"]
    assert [
        (s["text"], s["strong"], s["emphasis"], s["url"]) for s in line if s["text"].strip()
    ] == [
        ("Ring", True, False, ""),
        ("gjerne", False, True, ""),
        ("oss", False, False, "https://vang.example/a"),
    ]


def test_a_heading_becomes_a_strong_paragraph() -> None:
    (block,) = text_blocks("## Om oss")
    assert block["items"][0][0]["strong"]


@pytest.mark.parametrize(
    "text", ["<b>hei</b>", '#import "x"', "    kode", "[a]: https://x.example"]
)
def test_other_markup_stays_text(text: str) -> None:
    (block,) = text_blocks(text)
    assert _text(block) == [text.strip()]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://a b",
        "http://[",
        "\x00",
        "",
    ],
)
def test_an_unsafe_address_is_never_linked(url: str) -> None:
    assert safe_url(url) == ""


@pytest.mark.parametrize("url", ["https://vang.example/a?b=c", "mailto:a@b.example", "tel:+4700"])
def test_web_mail_and_phone_addresses_are_linked(url: str) -> None:
    assert safe_url(url) == url


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(block["items"] for block in text_blocks(text))
