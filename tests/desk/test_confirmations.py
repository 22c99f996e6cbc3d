"""What is due on the desk, as Kari, Ola and Nils."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from samtun.directory.enums import Answer, AskingStage, ServiceStatus
from samtun.directory.models import Asking, Confirmation, Service
from samtun.directory.queries.confirmations import due_for
from samtun.mail.models import BouncedAddress, Letter
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent, User
from tests.directory.keeping import scenes
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db

PAGE = "/skrivebord/bekreftelser/"
ANSWER = f"{PAGE}svar/"


@pytest.fixture
def owner() -> Organization:
    """An organisation in Nord-Aurdal."""
    make.region("valdres", make.municipality(), make.municipality("3454", "Vang"))
    return make.organization(municipality=make.municipality())


@pytest.fixture
def kari(owner: Organization) -> User:
    """She looks after everything of Nord-Aurdal."""
    person = people.person()
    people.role(person, RoleKind.COORDINATOR, municipality=make.municipality())
    return person


def outsiders() -> list[User]:
    """Ola works in the same municipality, for somebody else; Nils in another."""
    ola, nils = people.person("Ola"), people.person("Nils")
    elsewhere = make.organization(municipality=make.municipality())
    people.role(ola, RoleKind.ORGANISATION_EDITOR, organization=elsewhere)
    people.role(nils, RoleKind.COORDINATOR, municipality=make.municipality("5001", "Trondheim"))
    return [ola, nils]


def test_the_most_pressing_comes_first(kari: User, owner: Organization) -> None:
    for name, stage in (
        ("Spurt", AskingStage.ASKED),
        ("Taus", AskingStage.DESK),
        ("Purret", AskingStage.REMINDED),
        ("Videre", AskingStage.ESCALATED),
    ):
        scenes.asked(scenes.due(name, organization=owner), stage, days=3)
    scenes.due("Uten noen", organization=owner, assurer_email="")
    scenes.due("Ikke ennå", organization=owner, days=-30)
    names = [service.name for service in due_for(kari)]
    assert names == ["Taus", "Videre", "Purret", "Spurt", "Uten noen"]
    page = people.signed_in(kari).get(PAGE).content.decode()
    assert sorted(names, key=page.index) == names
    assert "Ikke ennå" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_as_many_queries_for_thirty_as_for_one(
    kari: User, owner: Organization, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        scenes.due(f"Tilbud {number}", organization=owner)
    client = people.signed_in(kari)
    client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(PAGE)


def test_one_click_says_that_an_entry_is_still_right(kari: User, owner: Organization) -> None:
    service = scenes.due(organization=owner)
    response = people.signed_in(kari).post(ANSWER, {"svar": f"riktig:{service.pk}"}, follow=True)
    assert "1 tilbud er bekreftet." in response.content.decode()
    said = Confirmation.objects.get()
    assert (said.answer, said.person) == (Answer.STILL_RIGHT, kari)
    assert not due_for(kari).exists()
    assert AuditEvent.objects.get(action="service.confirmed").actor == kari


def test_many_are_ticked_and_confirmed_together(kari: User, owner: Organization) -> None:
    services = [scenes.due(f"Tilbud {number}", organization=owner) for number in range(3)]
    ticked = [str(service.pk) for service in services[:2]]
    people.signed_in(kari).post(ANSWER, {"svar": "riktig", "valgt": ticked})
    assert [service.name for service in due_for(kari)] == ["Tilbud 2"]


def test_ticking_nothing_changes_nothing(kari: User, owner: Organization) -> None:
    scenes.due(organization=owner)
    response = people.signed_in(kari).post(ANSWER, {"svar": "riktig"}, follow=True)
    assert "Kryss av" in response.content.decode()
    assert not Confirmation.objects.exists()


def test_no_longer_offered_takes_it_off_the_map(kari: User, owner: Organization) -> None:
    service = scenes.due(organization=owner)
    people.signed_in(kari).post(ANSWER, {"svar": f"slutt:{service.pk}"})
    service.refresh_from_db()
    assert (service.status, service.confirm_due_on) == (ServiceStatus.DEFUNCT, None)
    assert Confirmation.objects.get().answer == Answer.NO_LONGER


def test_asking_again_writes_to_the_keeper_once_a_day(kari: User, owner: Organization) -> None:
    service = scenes.due(organization=owner)
    scenes.asked(service, AskingStage.DESK, days=3)
    client = people.signed_in(kari)
    for said in ("Et brev er på vei.", "Ingen brev ble sendt"):
        response = client.post(ANSWER, {"svar": f"spor:{service.pk}"}, follow=True)
        assert said in response.content.decode()
    assert Letter.objects.get(purpose="confirmation").to == scenes.PROVIDER
    assert Asking.objects.get().stage == AskingStage.ASKED


def test_nobody_writes_to_an_address_that_letters_come_back_from(
    kari: User, owner: Organization
) -> None:
    BouncedAddress.objects.create(address=scenes.PROVIDER)
    service = scenes.due(organization=owner)
    people.signed_in(kari).post(ANSWER, {"svar": f"spor:{service.pk}"})
    assert not Letter.objects.filter(purpose="confirmation").exists()


@pytest.mark.parametrize("do", ["riktig", "slutt", "spor"])
def test_ola_and_nils_neither_see_nor_answer_what_is_karis(owner: Organization, do: str) -> None:
    service = scenes.due("Temakafé", organization=owner)
    before = Service.objects.filter(pk=service.pk).values().get()
    for person in outsiders():
        client = people.signed_in(person)
        assert "Temakafé" not in client.get(PAGE).content.decode()
        assert not due_for(person).exists()
        assert client.post(ANSWER, {"svar": f"{do}:{service.pk}"}).status_code == 404
        ticked = {"svar": do, "valgt": [str(service.pk)]}
        assert client.post(ANSWER, ticked).status_code == 404
    assert Service.objects.filter(pk=service.pk).values().get() == before
    assert not Letter.objects.filter(purpose="confirmation").exists()


def test_a_leader_and_a_stranger_have_no_such_page(owner: Organization) -> None:
    leader = people.person("Leder")
    people.role(leader, RoleKind.LEADER, municipality=make.municipality())
    assert people.signed_in(leader).get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("given", ["tull", "riktig:tull", "riktig:", ""])
def test_what_no_button_sends_is_answered_like_nothing(kari: User, given: str) -> None:
    status = people.signed_in(kari).post(ANSWER, {"svar": given}).status_code
    assert status == (302 if given == "riktig:" else 404)
