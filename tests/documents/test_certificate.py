"""Certificates are accessible, say what they should, and take any text."""

from collections.abc import Callable
from datetime import date

import pytest

from samtun.documents.certificate import certificate_pdf
from samtun.documents.certificate_content import CertificatePaper, CertificatePart
from tests.documents.conftest import PdfText
from tests.documents.test_pdf import HOSTILE as TEXTS

HOSTILE = " ".join(TEXTS)
CODE = "ABCD-2345-FGHJ-MNPQ-WXYZ-6789"


def a_paper(**changes: object) -> CertificatePaper:
    """Eli has done a course of two modules."""
    values: dict[str, object] = {
        "language": "nb",
        "name": "Eli Ansatt",
        "title": "Å se de pårørende",
        "publisher": "Pårørendesenteret",
        "parts": (
            CertificatePart(title="Hvem er de?", minutes=8),
            CertificatePart(title="Samtalen", minutes=60),
        ),
        "minutes": 68,
        "done_on": date(2026, 11, 20),
        "made_on": date(2026, 11, 21),
        "code": CODE,
        "url": f"https://samtun.example/kurs/bevis/{CODE}/",
        "version": "3",
    }
    return CertificatePaper(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_is_accessible_and_on_one_page(
    language: str, pdf_facts: Callable[[bytes], dict[str, str]]
) -> None:
    facts = pdf_facts(certificate_pdf(a_paper(language=language)))
    assert (facts["Tagged"], facts["Pages"]) == ("yes", "1")
    assert "Å se de pårørende" in facts["Title"]


def test_it_says_who_what_and_where_to_check(pdf_text: PdfText) -> None:
    text = pdf_text(certificate_pdf(a_paper()))
    for said in ("Eli Ansatt", "Å se de pårørende", "Samtalen", "Pårørendesenteret", CODE, "2026"):
        assert said in text


def test_one_that_is_withdrawn_says_so(pdf_text: PdfText) -> None:
    assert "Gjelder ikke" in pdf_text(certificate_pdf(a_paper(withdrawn="Gjelder ikke lenger.")))


def test_the_same_certificate_is_the_same_file_for_ever() -> None:
    assert certificate_pdf(a_paper()) == certificate_pdf(a_paper())


def test_any_text_can_stand_on_it(pdf_facts: Callable[[bytes], dict[str, str]]) -> None:
    parts = tuple(CertificatePart(title=HOSTILE, minutes=1) for _ in range(40))
    pdf = certificate_pdf(a_paper(name=HOSTILE, title=HOSTILE, publisher=HOSTILE, parts=parts))
    assert pdf_facts(pdf)["Tagged"] == "yes"
