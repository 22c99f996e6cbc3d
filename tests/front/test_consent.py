"""A child signs up, and a grown-up is asked."""

from typing import Any

import pytest
from django.test import Client

from samtun.events import tokens
from samtun.events.enums import Consent, PartyState
from samtun.events.models import Intake, Party
from tests.factories import events as happening
from tests.front import scenes
from tests.front.test_sign_up import address, one_off, sends

pytestmark = pytest.mark.django_db
CHILD = {"hvem": "selv", "alder": "11", "voksen_navn": "Berit", "voksen_epost": "b@hjem.example"}


@pytest.fixture(autouse=True)
def _valdres() -> None:
    scenes.valdres()


@pytest.fixture
def treffpunkt() -> Intake:
    """For children."""
    return one_off(is_for_children=True, name="Treffpunkt", contact_phone="10 00 54 99")


def asked(of: Intake, **fields: Any) -> Party:  # noqa: ANN401  (the fields of a party)
    """A child whose grown-up has not answered."""
    defaults = {
        "name": "Ola", "age": 11, "consent": Consent.ASKED, "guardian_name": "Berit",
        "guardian_email": "b@hjem.example", "answers": {"other": "Mamma er syk"},
    }  # fmt: skip
    return happening.party(of, **defaults | fields)


def page_of(party: Party) -> str:
    """What the grown-up opens."""
    return f"/paamelding/samtykke/{tokens.consent_token_of(party)}/"


def test_age_is_asked_where_it_is_for_children_and_nowhere_else(treffpunkt: Intake) -> None:
    page = Client().get(address(treffpunkt)).content.decode()
    assert 'name="alder"' in page
    assert "10 00 54 99" in page  # whom to call when nobody at home should know
    assert 'name="alder"' not in Client().get(address(one_off())).content.decode()


def test_child_names_a_grown_up_who_is_asked(treffpunkt: Intake) -> None:
    response = sends(treffpunkt, antall="1", **CHILD)
    assert response.status_code == 302, response.context["form"].errors
    party = Party.objects.get()
    assert (party.consent, party.state) == (Consent.ASKED, PartyState.CONFIRMED)
    assert (party.age, party.guardian_name, party.guardian_email) == (11, "Berit", "b@hjem.example")
    assert Client().get(response["Location"]).context["state"] == "asked"


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"hvem": ""}, "hvem"),
        ({"hvem": "naboen"}, "hvem"),
        ({"alder": ""}, "alder"),
        ({"alder": "elleve"}, "alder"),
        ({"alder": "9" * 5000}, "alder"),
        ({"alder": "-3"}, "alder"),
        ({"voksen_navn": ""}, "voksen_navn"),
        ({"voksen_epost": ""}, "voksen_epost"),
        ({"voksen_epost": "b@hjem.example\nBcc: x@y.example"}, "voksen_epost"),
        ({"voksen_vei": "telefon"}, "voksen_telefon"),
        ({"hvem": "barn"}, "foresatt"),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    treffpunkt: Intake, fields: dict[str, str], problem: str
) -> None:
    response = sends(treffpunkt, **CHILD | fields)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [problem]
    assert f'id="id_{problem}"' in response.content.decode()
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    ("age", "line", "consent"),
    [
        ("15", 16, Consent.ASKED),
        ("16", 16, Consent.NOT_NEEDED),
        ("13", 13, Consent.NOT_NEEDED),
        ("17", 18, Consent.ASKED),
    ],
)
def test_organisers_line_decides_whether_a_grown_up_is_asked(
    age: str, line: int, consent: Consent
) -> None:
    sends(one_off(is_for_children=True, consent_age=line), **CHILD | {"alder": age})
    party = Party.objects.get()
    assert party.consent == consent
    assert bool(party.guardian_email) == (consent == Consent.ASKED)


def test_parent_signs_up_the_child_and_nobody_is_asked(treffpunkt: Intake) -> None:
    sends(treffpunkt, hvem="barn", foresatt="ja", alder="x", voksen_epost="halv@")
    party = Party.objects.get()
    assert (party.consent, party.age, party.guardian_email) == (Consent.GIVEN, None, "")


def test_child_cannot_say_that_it_is_its_own_parent(treffpunkt: Intake) -> None:
    sends(treffpunkt, foresatt="ja", **CHILD)
    assert Party.objects.get().consent == Consent.ASKED


def test_page_tells_what_and_when_and_never_why(treffpunkt: Intake) -> None:
    party = asked(treffpunkt)
    response = Client().get(page_of(party))
    page = response.content.decode()
    assert "Treffpunkt" in page
    assert "Ola" in page
    for private in ("Mamma er syk", party.email, tokens.token_of(party)):
        assert private not in page
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("answer", "consent", "state"),
    [("ja", Consent.GIVEN, "confirmed"), ("nei", Consent.REFUSED, "cancelled")],
)
def test_button_answers(treffpunkt: Intake, answer: str, consent: Consent, state: str) -> None:
    party = asked(treffpunkt)
    response = Client(enforce_csrf_checks=True).post(page_of(party), {"svar": answer})
    assert response.status_code == 302
    party.refresh_from_db()
    assert (party.consent, party.state) == (consent, state)
    assert Client().get(response["Location"]).context["state"] == consent


def test_yes_can_be_taken_back_and_no_stays(treffpunkt: Intake) -> None:
    party = asked(treffpunkt, consent=Consent.GIVEN)
    Client().post(page_of(party), {"svar": "nei"})
    party.refresh_from_db()
    assert (party.consent, party.state) == (Consent.REFUSED, PartyState.CANCELLED)
    Client().post(page_of(party), {"svar": "ja"})
    party.refresh_from_db()
    assert (party.consent, party.state) == (Consent.REFUSED, PartyState.CANCELLED)


def test_post_without_an_answer_asks_again(treffpunkt: Intake) -> None:
    party = asked(treffpunkt)
    assert Client().post(page_of(party), {"svar": "kanskje"}).status_code == 422
    party.refresh_from_db()
    assert party.consent == Consent.ASKED


def test_other_links_do_not_open_the_grown_ups_page(treffpunkt: Intake) -> None:
    party = asked(treffpunkt)
    childs = f"/paamelding/samtykke/{tokens.token_of(party)}/"
    grown_up = asked(treffpunkt, consent=Consent.NOT_NEEDED)
    for wrong in (childs, page_of(party).replace(".", ".x", 1), page_of(grown_up)):
        assert Client().get(wrong).status_code == 404
        assert Client().post(wrong, {"svar": "ja"}).status_code == 404
    party.refresh_from_db()
    assert party.consent == Consent.ASKED


def test_after_the_child_has_cancelled_there_is_nothing_to_answer(treffpunkt: Intake) -> None:
    party = asked(treffpunkt, state=PartyState.CANCELLED)
    response = Client().post(page_of(party), {"svar": "ja"})
    assert response.context["state"] == "over"
    party.refresh_from_db()
    assert party.consent == Consent.ASKED
