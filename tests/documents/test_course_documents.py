"""A course on paper is accessible, says what it should, and takes any text."""

from collections.abc import Callable

import pytest

from samtun.documents.course_content import (
    CoursePaper,
    Mark,
    PaperLesson,
    PaperModule,
    PaperSource,
    Piece,
)
from samtun.documents.course_html import html_blocks
from samtun.documents.course_pages import course_pdf
from tests.documents.conftest import PdfText
from tests.documents.contents import MADE_ON
from tests.documents.test_pdf import HOSTILE

ADDRESS = "https://samtun.example/kurs/a-se/"
RICH = (
    "<h3>Spør</h3><p>Spør <strong>alltid</strong> den <em>pårørende</em>.</p>"
    '<ul><li>én</li><li>to <a href="https://lovdata.no/">loven</a></li></ul>'
    "<ol><li>først</li></ol><blockquote><p>Ingen spurte meg.</p></blockquote>"
)


def a_course(*pieces: Piece, **changes: object) -> CoursePaper:
    """A course of one lesson."""
    made = pieces or (Piece(html=RICH),)
    lesson = PaperLesson(title="Hvem er pårørende?", minutes="4 minutter", pieces=made)
    values = {
        "language": "nb",
        "title": "Å se de pårørende",
        "url": ADDRESS,
        "made_on": MADE_ON,
        "summary": "Et kort kurs.",
        "goals": ("Du ser den som står ved siden av.",),
        "modules": (PaperModule(title="Å se", summary="Kort.", lessons=(lesson,)),),
        "sources": (PaperSource(said="Pårørendeveileder", url="https://helsedirektoratet.no/"),),
    }
    return CoursePaper(**values | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_course_is_a_tagged_pdf(
    pdf_facts: Callable[[bytes], dict[str, str]], language: str
) -> None:
    facts = pdf_facts(course_pdf(a_course(language=language)))
    assert (facts["Tagged"], facts["Title"]) == ("yes", "Å se de pårørende")


def test_all_its_texts_are_there(pdf_text: PdfText) -> None:
    question = Piece(
        label="Prøv deg selv", lead="Hva gjør du?", lines=("Spør", "Vent"), mark=Mark.BOX
    )
    text = pdf_text(course_pdf(a_course(Piece(html=RICH), question)))
    for part in ("Ingen spurte meg.", "først", "☐", "Vent", "Du ser den", "helsedirektoratet"):
        assert part in text


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_can_be_printed(text: str) -> None:
    piece = Piece(
        label=text, title=text, lead=text, html=text, lines=(text,), below=(text,), room=3
    )
    assert course_pdf(a_course(piece, title=text, summary=text)).startswith(b"%PDF")


def test_an_empty_course_can_be_printed() -> None:
    empty = a_course(modules=(), sources=(), goals=(), summary="", title="")
    assert course_pdf(empty).startswith(b"%PDF")


def test_rich_text_becomes_blocks() -> None:
    kinds = [block["kind"] for block in html_blocks(RICH)]
    assert kinds == ["heading", "paragraph", "bullets", "numbers", "quote"]


@pytest.mark.parametrize(
    "html",
    [
        "</p></ul></a>",
        "<li>løs",
        "<ul>tekst<li>a<ul><li>b</li></ul>c</li></ul>",
        "<p>a &amp; b",
        "<",
    ],
)
def test_broken_rich_text_loses_no_words(html: str) -> None:
    words = "".join(
        span["text"] for one in html_blocks(html) for each in one["items"] for span in each
    )
    for letter in ("løs", "tekst", "a & b"):
        assert letter in words or letter not in html.replace("&amp;", "&")


def test_a_link_of_another_kind_is_only_text() -> None:
    (block,) = html_blocks('<p><a href="javascript:alert(1)">her</a></p>')
    assert block["items"][0][0]["url"] == ""
