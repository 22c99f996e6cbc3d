"""The same change to many, as Kari, Ola and Nils: all is told before anything changes."""

import pytest
from django.test import Client

from samtun.desk.offers import bulk_choice
from samtun.directory.enums import ServiceStatus
from samtun.directory.models import Service
from samtun.people.enums import RoleKind
from tests.desk.desk_scenes import Scene, scene
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
PAGE = "/skrivebord/tilbud/samlet/"


@pytest.fixture
def valdres() -> Scene:
    return scene()


@pytest.fixture
def browser(valdres: Scene) -> Client:
    """Kari's."""
    return valdres.in_browser(valdres.kari)


def keys(*services: Service) -> list[str]:
    return [str(service.pk) for service in services]


def test_nothing_chosen_is_said(browser: Client) -> None:
    assert "Nothing" in browser.post(f"/en{PAGE}").content.decode()
    assert browser.get(PAGE).status_code == 302


def test_seeing_what_would_change_changes_nothing(valdres: Scene, browser: Client) -> None:
    one, other = valdres.service("Kafé"), valdres.service("Turlag")
    asked = {"valgt": keys(one, other), "what": "archive"}
    page = browser.post(PAGE, asked).content.decode()
    assert "Kafé" in page
    assert "Turlag" in page
    assert set(Service.objects.values_list("status", flat=True)) == {ServiceStatus.ACTIVE}
    done = browser.post(PAGE, asked | {"bekreft": "1"})
    assert done.status_code == 200
    assert set(Service.objects.values_list("status", flat=True)) == {ServiceStatus.DEFUNCT}


def test_what_is_told_is_what_becomes(valdres: Scene, browser: Client) -> None:
    service = valdres.service("Kafé")
    make.area(service, make.municipality())
    asked = {"valgt": keys(service), "what": "covers", "mode": "add", "covers": ["3454"]}
    page = browser.post(PAGE, asked).content.decode()
    assert "<ins>Vang</ins>" in page
    browser.post(PAGE, asked | {"bekreft": "1"})
    assert set(service.service_areas.values_list("municipality", flat=True)) == {"3451", "3454"}
    browser.post(PAGE, asked | {"bekreft": "1", "mode": "remove"})
    assert set(service.service_areas.values_list("municipality", flat=True)) == {"3451"}


def test_needs_are_added_and_taken_away(valdres: Scene, browser: Client) -> None:
    service = valdres.service("Kafé")
    make.term("sorg")
    asked = {"valgt": keys(service), "what": "needs", "needs": ["sorg"], "bekreft": "1"}
    browser.post(PAGE, asked | {"mode": "add"})
    assert service.attributes.count() == 1
    browser.post(PAGE, asked | {"mode": "remove"})
    assert service.attributes.count() == 0


def test_a_keeper_or_an_address(valdres: Scene, browser: Client) -> None:
    service = valdres.service("Kafé")
    asked = {"valgt": keys(service), "what": "keeper", "bekreft": "1"}
    browser.post(PAGE, asked | {"keeper": str(valdres.kari.pk)})
    service.refresh_from_db()
    assert (service.keeper, service.assurer_email) == (valdres.kari, "")
    browser.post(PAGE, asked | {"email": "ny@sentralen.example"})
    service.refresh_from_db()
    assert (service.keeper, service.assurer_email) == (None, "ny@sentralen.example")


def test_an_organisation_of_hers(valdres: Scene, browser: Client) -> None:
    service, other = valdres.service("Kafé"), make.organization(municipality=make.municipality())
    stranger = make.organization(municipality=make.municipality("5001", "Trondheim"))
    asked = {"valgt": keys(service), "what": "organization", "bekreft": "1"}
    browser.post(PAGE, asked | {"organization": str(stranger.pk)})
    service.refresh_from_db()
    assert service.organization == valdres.owner
    browser.post(PAGE, asked | {"organization": str(other.pk)})
    service.refresh_from_db()
    assert service.organization == other


def test_nothing_chosen_to_do_is_told_at_the_field(valdres: Scene, browser: Client) -> None:
    service = valdres.service("Kafé")
    page = browser.post(PAGE, {"valgt": keys(service), "what": "keeper"}).content.decode()
    assert 'href="#bulk-keeper"' in page


def test_ola_and_nils_and_a_leader_change_nothing(valdres: Scene) -> None:
    service = valdres.service("Kafé")
    lise = people.person("Lise")
    people.role(lise, RoleKind.LEADER, region=valdres.region)
    for person in (valdres.ola, valdres.nils, lise):
        answer = valdres.in_browser(person).post(
            PAGE, {"valgt": keys(service), "what": "archive", "bekreft": "1"}
        )
        assert "Kafé" not in answer.content.decode()
    service.refresh_from_db()
    assert service.status == ServiceStatus.ACTIVE


def test_all_that_a_filter_finds_and_no_more_than_the_limit(
    valdres: Scene, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        valdres.service(f"Kafé {number}")
    valdres.service("Turlag")
    page = browser.post(f"{PAGE}?q=kaf%C3%A9", {"alle": "1"}).content.decode()
    assert page.count('name="valgt"') == 5
    monkeypatch.setattr(bulk_choice, "MOST", 3)
    page = browser.post(f"{PAGE}?q=kaf%C3%A9", {"alle": "1"}).content.decode()
    assert page.count('name="valgt"') == 3


def test_nonsense_among_the_chosen_is_left_out(valdres: Scene, browser: Client) -> None:
    service = valdres.service("Kafé")
    page = browser.post(PAGE, {"valgt": ["tull", "' OR 1=1", str(service.pk)]}).content.decode()
    assert page.count('name="valgt"') == 1


def test_the_list_carries_its_filters_along(valdres: Scene, browser: Client) -> None:
    valdres.service("Kafé")
    page = browser.get("/skrivebord/tilbud/", {"q": "kafé"}).content.decode()
    assert f'action="{PAGE}?q=kaf%C3%A9"' in page
