"""The PDFs are accessible, say what they should, and take any text."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from samtun.documents import pdf, press
from samtun.documents.content import ContactCard, Heading, Section
from samtun.documents.errors import DocumentError
from samtun.documents.pdf import booklet_pdf, list_pdf, service_pdf
from tests.documents.conftest import PdfText
from tests.documents.contents import a_booklet, a_chapter, a_list, a_sheet, an_entry

HOSTILE = [
    '#import "x": * #eval("1+1") #panic()',
    "*_$ `a` @x <b> // /* $ ]] }} {{ \\ \\u{0} ~ --- = == + -",
    "<script>alert(1)</script> &amp;",
]


def _all_three(text: str) -> list[bytes]:
    entry = an_entry("a", name=text or "x", summary=text, how=text, where=text)
    return [
        service_pdf(a_sheet(name=text, summary=text, provider=text)),
        list_pdf(a_list(entry, title=text)),
        booklet_pdf(a_booklet(a_chapter(text, entry), title=text)),
    ]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_pdf_is_tagged_titled_and_has_its_language(
    language: str, pdf_facts: Callable[[bytes], dict[str, str]]
) -> None:
    made = service_pdf(a_sheet(language=language))
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert f"<dc:language><rdf:Bag><rdf:li>{language}<".encode() in made
    facts = pdf_facts(made)
    assert (facts["Title"], facts["Tagged"]) == ("Temakafé", "yes")


def test_a_service_fits_one_page_and_says_everything(
    pdf_text: PdfText, pdf_facts: Callable[[bytes], dict[str, str]]
) -> None:
    made = service_pdf(a_sheet(is_example=True))
    text = pdf_text(made)
    for said in ("Temakafé", "Hva det er", "Om about.", "00 00 12 34", "kari@vang.example"):
        assert said in text
    assert "Eksempeldata – ikke et ekte tilbud" in text
    assert "Sist bekreftet 1. oktober 2026." in text
    assert pdf_facts(made)["Pages"] == "1"


def test_a_long_service_flows_on_to_more_pages(
    pdf_facts: Callable[[bytes], dict[str, str]],
) -> None:
    long = Section(heading=Heading.ABOUT, text="Ord om dette og hint.\n\n" * 200)
    assert int(pdf_facts(service_pdf(a_sheet(sections=(long,))))["Pages"]) > 1


def test_the_words_are_in_the_language_of_the_document(pdf_text: PdfText) -> None:
    assert "Kva det er" in pdf_text(service_pdf(a_sheet(language="nn")))
    assert "What it is" in pdf_text(service_pdf(a_sheet(language="en")))


def test_a_text_in_another_language_says_so(pdf_text: PdfText) -> None:
    sheet = a_sheet(language="en", text_language="nn")
    assert "The text is in Norwegian." in pdf_text(service_pdf(sheet))


def test_a_sheet_with_nothing_but_a_name_is_made() -> None:
    bare = a_sheet(sections=(), contacts=(), summary="", provider="", map_name="", url="")
    assert service_pdf(bare).startswith(b"%PDF-1.7")


def test_a_list_counts_and_repeats_what_was_collected(pdf_text: PdfText) -> None:
    text = pdf_text(list_pdf(a_list(an_entry("a", how="Berre kom."), an_entry("b"))))
    assert "Lista mi" in text
    assert "2 tilbod" in text
    assert "Slik får du det: Berre kom." in text


def test_an_empty_list_says_that_it_is_empty(pdf_text: PdfText) -> None:
    assert "Lista er tom." in pdf_text(list_pdf(a_list()))


def test_a_booklet_prints_a_service_once_and_points_to_it(pdf_text: PdfText) -> None:
    entry = an_entry("a", summary="Et sted å være.", municipalities=("Vang",))
    text = pdf_text(booklet_pdf(a_booklet(a_chapter("Samtale", entry), a_chapter("Kurs", entry))))
    assert text.count("Et sted å være.") == 1
    assert re.search(r"Tilbud a Se side 5\b", text)
    assert "Tilbud etter kommune" in text
    assert text.count("Medisinsk nødtelefon") == 1


def test_a_booklet_without_services_is_made() -> None:
    assert booklet_pdf(a_booklet(crisis=(), contacts=(), municipalities=())).startswith(b"%PDF")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_source_is_only_text(text: str, pdf_text: PdfText) -> None:
    for made in _all_three(text):
        assert text.replace(" ", "") in pdf_text(made).replace(" ", "")


@pytest.mark.parametrize(
    "text",
    ["", "\x00\x07\x1b", "😀👩‍👧", "\u202eabc\u2066", "مرحبا שלום", "中文", "\ud800", "w" * 3000],
)
def test_odd_text_makes_a_pdf_all_the_same(text: str) -> None:
    assert all(made.startswith(b"%PDF-1.7") for made in _all_three(text))


def test_a_hundred_thousand_letters_are_all_there(pdf_text: PdfText) -> None:
    section = Section(heading=Heading.ABOUT, text="abcdefghi " * 10_000)
    text = pdf_text(service_pdf(a_sheet(sections=(section,))))
    assert text.replace("\u200b", "").count("abcdefghi") > 9_990


def test_hostile_addresses_are_written_but_not_linked(pdf_text: PdfText) -> None:
    card = ContactCard(email="a@b\ud800", url="javascript:alert(1)", phone="<>")
    made = service_pdf(a_sheet(contacts=(card,), url='"><x'))
    assert b"URI(javascript" not in made.replace(b" ", b"")
    assert "javascript:alert(1)" in pdf_text(made).replace(" ", "").replace("\u200b", "")


def test_the_same_content_gives_the_same_bytes() -> None:
    assert service_pdf(a_sheet()) == service_pdf(a_sheet())


def test_too_much_text_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_LETTERS", 100)
    with pytest.raises(DocumentError, match="for mye tekst"):
        service_pdf(a_sheet())


def test_a_press_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(press.PressError, match="took more than"):
        press.print_pdf("sheet", "{}", a_sheet().made_on, limit=0.001)


def test_a_press_that_fails_tells_the_reader_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(press, "FOLDER", press.FOLDER / "nowhere")
    with pytest.raises(DocumentError, match="PDF-en kunne ikke lages"):
        service_pdf(a_sheet())


def test_a_language_code_that_is_none_falls_back_to_bokmal() -> None:
    entry = replace(an_entry("a"), text_language="no-x'>")
    assert list_pdf(a_list(entry)).startswith(b"%PDF")
