"""A plan on paper."""

from datetime import date

import pytest

from samtun.documents.plan_content import PaperGoal, PaperItem, PaperMonth, PlanPaper
from samtun.documents.plan_paper import plan_page, plan_pdf

PAPER = PlanPaper(
    language="nn",
    title="Opplæringsplan «saman» <b>",
    owner="Vang",
    made_on=date(2026, 11, 22),
    status="Versjon 2: aktiv",
    agreed=("Kommune: Lise sa ja 1. november 2026.",),
    aim="Å sjå alle.\n\n- barna\n- dei vaksne",
    goals=(PaperGoal(text="Fleire", measured=(("1. mai 2026", "40 %"),), target="80 %"),),
    items=(PaperItem(title="Å sjå", who=("alle i planen: innan 90 dagar",), url="https://a.no/b"),),
    months=(PaperMonth(name="november 2026", done="12", due="30"),),
    evaluation="Vi veit ikkje alt.",
)


def test_a_plan_becomes_an_accessible_pdf() -> None:
    made = plan_pdf(PAPER)
    assert made.startswith(b"%PDF-")
    assert b"pdfuaid" in made


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_an_empty_plan_is_drawn_too(language: str) -> None:
    paper = PlanPaper(language=language, title="Plan", owner="", made_on=date(2026, 11, 22))
    assert plan_pdf(paper).startswith(b"%PDF-")


def test_an_address_that_is_none_is_no_link() -> None:
    paper = PlanPaper(
        language="nb",
        title="Plan",
        owner="",
        made_on=date(2026, 11, 22),
        items=(PaperItem(title="Les", url="javascript:alert(1)"),),
    )
    assert plan_page(paper)["items"][0]["address"]["url"] == ""
