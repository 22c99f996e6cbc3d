"""Dead and moved links are mended from the desk, in one's own entries only."""

from typing import Any

import pytest
from django.urls import reverse

from samtun.directory.enums import LinkProblem, LinkState
from samtun.directory.keeping.links.gathering import gather
from samtun.directory.models import Link, RequiredDocument, Service, ServiceVersion
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
LIST = "/skrivebord/lenker/"
OLD, NEW = "https://gammel.no/tema", "https://ny.no/tema"


@pytest.fixture
def owner() -> Organization:
    """Gives the help, in Nord-Aurdal."""
    make.region("valdres", make.municipality(), make.municipality("3454", "Vang"))
    return make.organization(municipality=make.municipality())


@pytest.fixture
def service(owner: Organization) -> Service:
    """An offer with a link."""
    return make.service(name="Demenskafé", url=OLD, organization=owner)


@pytest.fixture
def kari(owner: Organization) -> User:
    """Looks after the municipality's offers."""
    made = people.person("Kari")
    people.role(made, RoleKind.COORDINATOR, municipality=owner.municipality)
    return made


def found(**fields: Any) -> Link:  # noqa: ANN401  (the fields of a link)
    """What a look at the old address found."""
    gather()
    Link.objects.filter(url=OLD).update(**{"state": LinkState.GONE, "status": 404} | fields)
    return Link.objects.get(url=OLD)


def moved() -> Link:
    """The old address says where it is now."""
    return found(state=LinkState.MOVED, moved_to=NEW, status=200)


def presses(person: User, link: Link, svar: str) -> Any:  # noqa: ANN401
    """`person` presses the button `svar`."""
    url = reverse("desk:link_mend", args=[link.pk])
    return people.signed_in(person).post(url, {"svar": svar})


def test_dead_moved_and_unsafe_links_are_shown_and_others_are_not(
    service: Service, kari: User
) -> None:
    link = found()
    browser = people.signed_in(kari)
    for state, problem, is_shown in (
        (LinkState.GONE, "not_found", True),
        (LinkState.MOVED, "", True),
        (LinkState.DOWN, LinkProblem.CERTIFICATE, True),
        (LinkState.DOWN, "server", False),
        (LinkState.REFUSING, "robots", False),
        (LinkState.FORBIDDEN, "address", False),
        (LinkState.OK, "", False),
    ):
        Link.objects.filter(pk=link.pk).update(state=state, problem=problem)
        assert (OLD in browser.get(LIST).content.decode()) is is_shown


def test_outsiders_neither_see_nor_mend(service: Service) -> None:
    ola, nils = people.person("Ola"), people.person("Nils")
    unit = make.organization(municipality=make.municipality())
    people.role(ola, RoleKind.ORGANISATION_EDITOR, organization=unit)
    people.role(nils, RoleKind.COORDINATOR, municipality=make.municipality("3454", "Vang"))
    link = moved()
    for outsider in (ola, nils):
        assert OLD not in people.signed_in(outsider).get(LIST).content.decode()
        assert presses(outsider, link, "ny").status_code == 404
    service.refresh_from_db()
    assert service.url == OLD


def test_new_address_is_written_into_ones_own_entries_only(
    service: Service, kari: User, owner: Organization
) -> None:
    vang = make.organization(municipality=make.municipality("3454", "Vang"))
    other = make.service(url=OLD, organization=vang)
    link = moved()
    presses(kari, link, "ny")
    service.refresh_from_db()
    other.refresh_from_db()
    assert (service.url, other.url) == (NEW, OLD)
    assert ServiceVersion.objects.filter(service=service, person=kari).exists()
    assert Link.objects.filter(url=NEW, services=service).exists()
    assert OLD not in people.signed_in(kari).get(LIST).content.decode()


def test_new_address_reaches_documents_and_further_addresses(service: Service, kari: User) -> None:
    RequiredDocument.objects.create(service=service, document="Skjema", uri=OLD)
    Service.objects.update(url="", additional_urls=[{"label": "Program", "url": OLD}, "rot"])
    presses(kari, moved(), "ny")
    service.refresh_from_db()
    assert service.additional_urls == [{"label": "Program", "url": NEW}, "rot"]
    assert RequiredDocument.objects.get().uri == NEW


def test_what_works_for_somebody_is_quiet_until_it_changes(service: Service, kari: User) -> None:
    link = found()
    presses(kari, link, "virker")
    browser = people.signed_in(kari)
    assert OLD not in browser.get(LIST).content.decode()
    Link.objects.update(state=LinkState.MOVED)
    assert OLD in browser.get(LIST).content.decode()


def test_look_again_makes_it_due(service: Service, kari: User) -> None:
    link = found()
    presses(kari, link, "igjen")
    link.refresh_from_db()
    assert link.look_again_at is None


def test_button_that_is_not_there_does_nothing(service: Service, kari: User) -> None:
    assert presses(kari, found(), "slett").status_code == 404


def test_list_reads_the_same_number_of_times_for_one_and_for_thirty(
    service: Service,
    kari: User,
    owner: Organization,
    django_assert_num_queries: Any,  # noqa: ANN401
) -> None:
    found()
    browser = people.signed_in(kari)
    browser.get(LIST)
    with django_assert_num_queries(7):
        browser.get(LIST)
    for number in range(29):
        make.service(url=f"https://borte.no/{number}", organization=owner)
    gather()
    Link.objects.update(state=LinkState.GONE)
    with django_assert_num_queries(7):
        assert browser.get(LIST).content.decode().count("borte.no") >= 29
