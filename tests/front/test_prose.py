"""Longer texts: a little markdown, and never anything else."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samtun.front import prose

REL = ' rel="nofollow noopener"'
ALLOWED = {"p", "code", "strong", "em", "a", "ul", "ol", "li", "br", "blockquote"}


class Tags(HTMLParser):
    """Collects the tags and attributes of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember it."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]


def tags_of(html: str) -> Tags:
    """What is in the HTML."""
    parser = Tags()
    parser.feed(html)
    return parser


def test_no_line_breaks_inside_a_number_to_call() -> None:
    said = prose.html("Ring 10 00 50 10 eller 116 117, dag 2 av 14.")
    assert said == "<p>Ring 10\xa000\xa050\xa010 eller 116\xa0117, dag 2 av 14.</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Kom **innom**.", "<p>Kom <strong>innom</strong>.</p>"),
        ("En\n\nTo", "<p>En</p>\n<p>To</p>"),
        ("- te\n- kaffe", "<ul>\n<li>te</li>\n<li>kaffe</li>\n</ul>"),
        ("# Stort", "<p><strong>Stort</strong></p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("![x](https://a.example/)", f'<p>!<a href="https://a.example/"{REL}>x</a></p>'),
        ("[ring](tel:+4710000001)", f'<p><a href="tel:+4710000001"{REL}>ring</a></p>'),
        ("", ""),
    ],
)  # fmt: skip
def test_markdown_is_read_in_part(text: str, html: str) -> None:
    assert prose.html(text) == html


@given(
    st.text(alphabet=st.sampled_from("<>&\"'()[]!*_#-`~:/ \njavascriptdata=onxé0"), max_size=300)
)
def test_nothing_but_the_allowed_comes_out(text: str) -> None:
    found = tags_of(prose.html(text))
    assert found.tags <= ALLOWED
    assert found.attributes <= {"href", "rel", "title", "start"}
    assert all(re.match(r"(https?://|mailto:|tel:)", link) for link in found.links)


@given(st.text(max_size=500))
def test_no_text_is_too_strange(text: str) -> None:
    prose.html(text)


def test_a_text_without_end_is_plain() -> None:
    html = prose.html("<b>**x**</b> " * 5_000)
    assert tags_of(html).tags == {"p"}


def test_lines_stay_lines_as_in_a_programme() -> None:
    assert prose.html("Kl. 18: Kaffe\nKl. 19: Prat") == "<p>Kl. 18: Kaffe<br />\nKl. 19: Prat</p>"
