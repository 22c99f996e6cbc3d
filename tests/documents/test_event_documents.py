"""Posters, programmes and lists are accessible, say what they should, and take any text."""

from collections.abc import Callable
from datetime import date

import pytest

from samtun.documents.content import ContactCard
from samtun.documents.event_content import (
    AttendanceList,
    AttendanceRow,
    Poster,
    PosterDate,
    Programme,
    ProgrammeDay,
    ProgrammeItem,
)
from samtun.documents.pdf import attendance_pdf, poster_pdf, programme_pdf
from tests.documents.conftest import PdfText
from tests.documents.contents import MADE_ON
from tests.documents.test_pdf import HOSTILE

ADDRESS = "https://samtun.example/valdres/kalender/temakafe/"
Facts = Callable[[bytes], dict[str, str]]


def a_poster(**changes: object) -> Poster:
    """A series with every part filled in."""
    values: dict[str, object] = {
        "language": "nb",
        "name": "Temakafé i Fagernes",
        "url": ADDRESS,
        "made_on": MADE_ON,
        "map_name": "Ressurskartet for Valdres",
        "occasion": "Møteplass",
        "provider": "Pårørendeprosjektet",
        "summary": "En kopp kaffe og en prat.",
        "rule": "Siste onsdag i måneden kl. 18–20",
        "dates": tuple(
            PosterDate(day=f"Onsdag {number}. november", hours="kl. 18–20")
            for number in range(1, 5)
        ),
        "where": ("Fagernes kulturhus", "Skulevegen 3, 2900 Fagernes"),
        "for_whom": "For pårørende.",
        "children": "Ta gjerne med barn.",
        "price": "Gratis",
        "sign_up": "Bare kom.",
        "contact": ContactCard(name="Kari", phone="00 00 12 34", email="kari@vang.example"),
    }
    return Poster(**{**values, **changes})  # type: ignore[arg-type]


def a_programme(*items: ProgrammeItem, days: int = 1, **changes: object) -> Programme:
    """A month with the same on each day."""
    values: dict[str, object] = {
        "language": "nb",
        "region": "Valdres",
        "month": "November 2026",
        "url": ADDRESS,
        "made_on": MADE_ON,
        "days": tuple(
            ProgrammeDay(name=f"Dag {day}", weekday="ons", number=str(day), items=items)
            for day in range(1, days + 1)
        ),
    }
    return Programme(**{**values, **changes})  # type: ignore[arg-type]


def a_list(*rows: AttendanceRow, **changes: object) -> AttendanceList:
    """Who comes to one date."""
    values: dict[str, object] = {
        "language": "nb",
        "name": "Temakafé",
        "made_on": date(2026, 11, 22),
        "dates": ("Onsdag 25. november",),
    }
    return AttendanceList(rows=rows, **{**values, **changes})  # type: ignore[arg-type]


def all_three(language: str = "nb", text: str = "Kafé") -> list[bytes]:
    """Each document with `text` wherever there is text."""
    card = ContactCard(name=text, phone=text, email=text, url=text)
    item = ProgrammeItem(name=text, hours=text, theme=text, summary=text, where=text, alert=text)
    row = AttendanceRow(name=text, notes=(text,), contact=text)
    dated = PosterDate(day=text, note=text)
    return [
        poster_pdf(a_poster(language=language, name=text, summary=text, dates=(dated,),
                            for_whom=text, price=text, sign_up=text, alert=text, contact=card)),
        programme_pdf(a_programme(item, language=language, month=text, contacts=(card,))),
        attendance_pdf(a_list(row, language=language, name=text, waiting=(row,))),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_is_tagged_titled_and_has_its_language(language: str, pdf_facts: Facts) -> None:
    for made in all_three(language):
        assert b"<pdfuaid:part>1</pdfuaid:part>" in made
        assert f"<dc:language><rdf:Bag><rdf:li>{language}<".encode() in made
        facts = pdf_facts(made)
        assert facts["Tagged"] == "yes"
        assert "Kafé" in facts["Title"]


def test_a_poster_says_all_on_one_page(pdf_text: PdfText, pdf_facts: Facts) -> None:
    made = poster_pdf(a_poster(is_example=True))
    text = pdf_text(made)
    for said in ("Temakafé i Fagernes", "Siste onsdag i måneden", "Onsdag 4. november kl. 18–20",
                 "Fagernes kulturhus", "For pårørende.", "Ta gjerne med barn.", "Gratis",
                 "Bare kom.", "00 00 12 34", "samtun.example/valdres/kalender/temakafe",
                 "Eksempeldata – ikke et ekte arrangement"):  # fmt: skip
        assert said in text
    assert pdf_facts(made)["Pages"] == "1"


def test_a_poster_with_much_to_say_still_fits_one_page(pdf_facts: Facts) -> None:
    dates = tuple(
        PosterDate(day=f"Onsdag {number}. november", note="Et tema med et langt navn")
        for number in range(1, 9)
    )
    long = a_poster(name="Meistringskurs for pårørande " * 4, rule="", dates=dates,
                    summary="Ord om dette. " * 20, for_whom="Ord om dette. " * 15)  # fmt: skip
    assert pdf_facts(poster_pdf(long))["Pages"] == "1"


def test_a_poster_with_nothing_but_a_name_is_made() -> None:
    bare = Poster(language="nb", name="Kafé", url="", made_on=MADE_ON)
    assert poster_pdf(bare).startswith(b"%PDF-1.7")


def test_a_month_stands_day_by_day(pdf_text: PdfText) -> None:
    item = ProgrammeItem(name="Temakafé", hours="kl. 18–20", where="Fagernes", facts=("Gratis",))
    text = pdf_text(programme_pdf(a_programme(item, days=3, narrowed="Bare Vang")))
    assert "Det skjer i Valdres November 2026 Bare Vang" in text
    assert "Dag 2 Temakafé kl. 18–20 · Fagernes · Gratis" in text


def test_an_ordinary_month_takes_two_pages(pdf_facts: Facts) -> None:
    item = ProgrammeItem(name="Temakafé", hours="kl. 18–20", where="Fagernes", theme="Om søvn",
                         summary="En kopp kaffe og en prat med andre.")  # fmt: skip
    assert pdf_facts(programme_pdf(a_programme(item, days=12)))["Pages"] in {"1", "2"}


def test_a_month_without_anything_says_so(pdf_text: PdfText) -> None:
    assert "Ingenting er planlagt ennå." in pdf_text(programme_pdf(a_programme(days=0)))


def test_what_is_cancelled_says_so_and_entices_nobody(pdf_text: PdfText) -> None:
    item = ProgrammeItem(name="Kafé", summary="Kom da!", alert="Avlyst", facts=("Gratis",),
                         is_cancelled=True)  # fmt: skip
    text = pdf_text(programme_pdf(a_programme(item)))
    assert "Avlyst" in text
    assert "Kom da!" not in text
    assert "Gratis" not in text


def test_the_list_has_a_box_for_each_person_and_date(pdf_text: PdfText) -> None:
    rows = (AttendanceRow(name="Anne", size=2, notes=("Allergier: nøtter",)),
            AttendanceRow(name="", size=9))  # fmt: skip
    text = pdf_text(attendance_pdf(a_list(*rows, dates=("7. januar", "14. januar"), capacity=12)))
    assert "11 personer · 12 plasser" in text
    assert text.count("☐") == 4
    assert "Allergier: nøtter" in text
    assert text.count("___ av 9") == 2
    assert "makuler lista når dagen er over" in text


def test_many_dates_turn_the_page(pdf_facts: Facts) -> None:
    row = AttendanceRow(name="Anne")
    wide = attendance_pdf(a_list(row, dates=tuple(f"{day}. januar" for day in range(1, 7))))
    width, height = pdf_facts(wide)["Page size"].split(" x ")
    assert float(width) > float(height.split()[0])


def test_a_list_of_nobody_is_made(pdf_text: PdfText) -> None:
    assert "Ingen har meldt seg på ennå." in pdf_text(attendance_pdf(a_list()))


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_source_is_only_text(text: str, pdf_text: PdfText) -> None:
    for made in all_three(text=text):
        assert text.replace(" ", "") in pdf_text(made).replace(" ", "").replace("\u200b", "")


@pytest.mark.parametrize(
    "text", ["", "\x00\x1b", "😀👩‍👧", "\u202eabc", "中文", "\ud800", "w" * 3000]
)
def test_odd_text_makes_a_pdf_all_the_same(text: str) -> None:
    assert all(made.startswith(b"%PDF-1.7") for made in all_three(text=text))
