"""The list of offers, and writing one, as Kari, Ola, Nils, a leader and a stranger."""

import pytest
from django.test import Client

from samtun.directory.editing.forms import data_of
from samtun.directory.editing.reading import document_of
from samtun.directory.models import Service, ServiceVersion
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db

LIST = "/skrivebord/tilbud/"
NEW = "/skrivebord/tilbud/nytt/"


@pytest.fixture
def kari() -> User:
    """She looks after everything of Nord-Aurdal."""
    person = people.person()
    make.region("valdres", make.municipality(), make.municipality("3454", "Vang"))
    people.role(person, RoleKind.COORDINATOR, municipality=make.municipality())
    return person


@pytest.fixture
def service(kari: User) -> Service:
    """An offer of hers."""
    owner = make.organization(municipality=make.municipality(), name="Frivilligsentralen")
    return make.service(organization=owner, name="Temakafé")


def url(service: Service, more: str = "") -> str:
    return f"{LIST}{service.pk}/{more}"


def sent(service: Service, **changes: str) -> dict[str, list[str]]:
    """What a browser sends for the offer, with some boxes changed and the button `save`."""
    data = data_of(document_of(service))
    for name, value in ({"do": "save", "based_on": "0"} | changes).items():
        data[name.replace("__", "-")] = value
    return {name: data.getlist(name) for name in data}


def others() -> dict[str, User]:
    """Those who must not see what is Kari's."""
    ola, nils, visitor = (people.person(name) for name in ("Ola", "Nils", "Visitor"))
    elsewhere = make.organization(municipality=make.municipality())
    people.role(ola, RoleKind.ORGANISATION_EDITOR, organization=elsewhere)
    people.role(nils, RoleKind.COORDINATOR, municipality=make.municipality("5001", "Trondheim"))
    return {"ola": ola, "nils": nils, "without a role": visitor}


def test_the_list_shows_what_is_hers_and_nothing_else(kari: User, service: Service) -> None:
    make.service(name="Langt borte", organization=make.organization())
    page = people.signed_in(kari).get(LIST).content.decode()
    assert "Temakafé" in page
    assert url(service) in page
    assert "Langt borte" not in page


@pytest.mark.parametrize("more", ["", "historikk/", "ta-av-kartet/"])
def test_an_outsider_meets_nothing(service: Service, more: str) -> None:
    for name, person in others().items():
        client = people.signed_in(person)
        assert client.get(url(service, more)).status_code == 404, name


@pytest.mark.parametrize(
    "more", ["", "utkast/", "forhandsvis/", "ta-av-kartet/", "hent-tilbake/", "gjenopprett/"]
)
def test_an_outsider_changes_nothing(service: Service, more: str) -> None:
    for name, person in others().items():
        client = people.signed_in(person)
        answer = client.post(url(service, more), sent(service, **{"nb-name": "Mitt"}))
        assert answer.status_code == 404, name
    service.refresh_from_db()
    assert service.name == "Temakafé"


def test_a_stranger_is_asked_to_sign_in(service: Service) -> None:
    for address in (LIST, NEW, url(service)):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert "/konto/" in answer["Location"]


def test_a_leader_reads_and_changes_nothing(service: Service) -> None:
    leader = people.person("Leder")
    people.role(leader, RoleKind.LEADER, municipality=make.municipality())
    client = people.signed_in(leader)
    page = client.get(url(service)).content.decode()
    assert "Temakafé" in page
    assert "<form" not in page.split("<main")[1]
    assert client.post(url(service), sent(service)).status_code == 404
    assert client.get(NEW).status_code == 404


def test_saving_changes_what_was_changed_and_keeps_the_rest(kari: User) -> None:
    full = make.full_service()
    full.service.organization.municipality = make.municipality()
    full.service.organization.save()
    before = document_of(full.service)
    client = people.signed_in(kari)
    answer = client.post(url(full.service), sent(full.service, **{"nb-name": "Ny kafé"}))
    assert answer.status_code == 302, answer.content.decode()
    after = document_of(Service.objects.get(pk=full.service.pk))
    assert after["texts"]["nb"]["name"] == "Ny kafé"
    before["texts"]["nb"]["name"] = "Ny kafé"
    assert after == before


def test_a_new_offer_is_a_draft_until_it_is_published(kari: User, service: Service) -> None:
    client = people.signed_in(kari)
    fields = {
        "organization": str(service.organization_id),
        "language": "nb",
        "nb-name": "Turgruppe",
    }
    client.post(NEW, fields | {"do": "save"})
    made = Service.objects.get(name="Turgruppe")
    assert made.status == "inactive"
    client.post(url(made), sent(made, do="publish", based_on="1"))
    made.refresh_from_db()
    assert made.status == "active"


def test_one_cannot_give_an_offer_to_an_organisation_out_of_reach(kari: User) -> None:
    far = make.organization()
    fields = {"organization": str(far.pk), "language": "nb", "nb-name": "Turgruppe", "do": "save"}
    answer = people.signed_in(kari).post(NEW, fields)
    assert answer.status_code == 200
    assert not Service.objects.exists()


def test_an_error_stands_at_its_box_and_what_was_typed_stays(kari: User, service: Service) -> None:
    answer = people.signed_in(kari).post(
        url(service), sent(service, url="ikke en adresse", **{"nb-name": "", "nb-summary": "Hei"})
    )
    page = answer.content.decode()
    assert 'href="#id_url"' in page
    assert 'id="id_url_error"' in page
    assert 'href="#id_nb-name"' in page
    assert "ikke en adresse" in page
    assert "Hei" in page
    assert not ServiceVersion.objects.exists()


def test_a_new_offer_like_one_that_exists_is_asked_about_once(kari: User, service: Service) -> None:
    client = people.signed_in(kari)
    fields = {
        "organization": str(service.organization_id),
        "language": "nb",
        "nb-name": "Temakafé",
        "do": "save",
    }
    page = client.post(NEW, fields).content.decode()
    assert url(service) in page
    assert Service.objects.count() == 1
    client.post(NEW, fields | {"not_the_same": "on"})
    assert Service.objects.count() == 2


def test_the_tick_confirms_and_its_absence_does_not(kari: User, service: Service) -> None:
    client = people.signed_in(kari)
    client.post(url(service), sent(service, **{"nb-summary": "Kaffe"}))
    service.refresh_from_db()
    assert service.assured_date is None
    client.post(url(service), sent(service, confirmed="on", based_on="2"))
    service.refresh_from_db()
    assert service.assured_date is not None


def test_archiving_asks_first_and_can_be_undone(kari: User, service: Service) -> None:
    client = people.signed_in(kari)
    client.get(url(service, "ta-av-kartet/"))
    service.refresh_from_db()
    assert service.status == "active"
    client.post(url(service, "ta-av-kartet/"))
    service.refresh_from_db()
    assert service.status == "defunct"
    client.post(url(service, "hent-tilbake/"))
    service.refresh_from_db()
    assert service.status == "inactive"
