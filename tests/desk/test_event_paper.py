"""The list on paper: for who organises, with no more than the door needs, and in the trail."""

from typing import Any

import pytest
from django.test import Client

from samtun.desk.events.attendance_paper import attendance_list
from samtun.documents import pdf
from samtun.documents.errors import DocumentError
from samtun.documents.event_content import AttendanceList
from samtun.events.enums import Consent
from samtun.events.models import Party
from samtun.people.models import AuditEvent
from tests.desk.party_scenes import Meeting, meeting
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was asked to be printed; nothing is typeset."""
    contents: list[Any] = []

    def keep(content: object) -> bytes:
        contents.append(content)
        return b"%PDF-1.7"

    monkeypatch.setattr(pdf, "attendance_pdf", keep)
    return contents


def address(found: Meeting) -> str:
    """The list's."""
    return f"/skrivebord/pamelding/{found.intake.pk}/liste.pdf"


def listed(found: Meeting, made: list[Any], query: str = "") -> AttendanceList:
    """What stands on the list that Kari prints."""
    response = signed_in(found.desk.kari).get(address(found) + query)
    assert response["Content-Type"] == "application/pdf"
    content: AttendanceList = made[-1]
    return content


def test_the_list_has_those_with_seats_and_those_who_wait(made: list[Any]) -> None:
    found = meeting()
    content = listed(found, made)
    assert [row.name for row in content.rows] == ["Anne Hemmelig", "Bo"]
    assert [(row.name, row.size) for row in content.waiting] == [("Cille", 2)]
    assert len(content.dates) == 1
    assert content.capacity == 3


def test_how_to_reach_them_is_there_only_when_asked_for(made: list[Any]) -> None:
    found = meeting()
    assert {row.contact for row in listed(found, made).rows} == {""}
    contacts = [row.contact for row in listed(found, made, "?kontakt=1").rows]
    assert contacts == [found.anne.email, "90 00 00 01"]


def test_what_matters_on_the_day_is_there_and_ages_are_not(made: list[Any]) -> None:
    question = {"kind": "allergies", "label": {"nb": "Tåler du alt?"}, "why": {}}
    found = meeting(questions=[question])
    answers = {"allergies": "nøtter", "ages": "7 og 9"}
    Party.objects.filter(pk=found.anne.pk).update(answers=answers, consent=Consent.ASKED)
    notes = listed(found, made).rows[0].notes
    assert notes == ("En voksen har ikke sagt ja ennå", "Allergier: nøtter")


def test_each_look_is_in_the_trail_without_names(made: list[Any]) -> None:
    found = meeting()
    listed(found, made)
    looked = AuditEvent.objects.get(action="looked.at")
    assert (looked.actor, looked.details) == (found.desk.kari, {"file": "pdf"})


@pytest.mark.parametrize("who", ["ola", "nils"])
def test_outsiders_find_no_list(made: list[Any], who: str) -> None:
    found = meeting()
    assert signed_in(getattr(found.desk, who)).get(address(found)).status_code == 404
    assert made == []


def test_who_has_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(address(meeting())).status_code == 302


def test_a_list_that_cannot_be_made_leads_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(content: object) -> bytes:
        raise DocumentError("Ikke nå.")

    monkeypatch.setattr(pdf, "attendance_pdf", refuse)
    found = meeting()
    response = signed_in(found.desk.kari).get(address(found), follow=True)
    assert "Ikke nå." in response.content.decode()
    assert not AuditEvent.objects.filter(details={"file": "pdf"}).exists()


def test_it_is_a_real_document() -> None:
    assert pdf.attendance_pdf(attendance_list(meeting().intake)).startswith(b"%PDF-1.7")
