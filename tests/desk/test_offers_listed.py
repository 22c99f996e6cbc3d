"""Finding one's offers in the list, and their history."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from samtun.directory.enums import LinkState
from samtun.directory.models import Link, Service
from samtun.people.enums import RoleKind
from tests.desk.test_offers import LIST, NEW, sent, url
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """The browser of somebody who looks after Nord-Aurdal."""
    make.region("valdres", make.municipality(), make.municipality("3454", "Vang"))
    person = people.person()
    people.role(person, RoleKind.COORDINATOR, municipality=make.municipality())
    return people.signed_in(person)


@pytest.fixture
def two() -> tuple[Service, Service]:
    """Two offers of hers."""
    owner = make.organization(municipality=make.municipality())
    first = make.service(organization=owner, name="Ålesundgruppa", assurer_email="a@b.example")
    return first, make.service(organization=owner, name="Turgruppe", assurer_email="a@b.example")


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=ålesund", [True, False]), ("q=tur", [False, True]), ("tilstand=draft", [False, True]),
     ("arbeid=dead", [True, False]), ("kommune=3454", [False, True]), ("behov=sorg", [True, False]),
     ("virksomhet=x", [False, False]), ("side=99999999999&sorter=x&kommune=%00", [True, True]),
     ("arbeid=unkept", [False, False])],
)  # fmt: skip
def test_the_list_is_narrowed(
    client: Client, two: tuple[Service, Service], query: str, found: list[bool]
) -> None:
    first, second = two
    Service.objects.filter(pk=second.pk).update(status="inactive")
    Link.objects.create(url="https://gone.example", state=LinkState.GONE).services.add(first)
    make.area(second, make.municipality("3454", "Vang"))
    make.tag(first, make.term("sorg"))
    page = client.get(f"{LIST}?{query}").content.decode()
    assert [url(one) in page for one in two] == found


def test_what_needs_work_comes_first(client: Client, two: tuple[Service, Service]) -> None:
    Service.objects.filter(pk=two[1].pk).update(confirm_due_on="2020-01-01")
    page = client.get(LIST).content.decode()
    assert page.index("Turgruppe") < page.index("Ålesundgruppa")
    page = client.get(f"{LIST}?sorter=name").content.decode()
    assert page.index("Turgruppe") < page.index("Ålesundgruppa")


@pytest.mark.parametrize("address", [LIST, NEW])
def test_more_offers_cost_no_more_queries(
    client: Client,
    two: tuple[Service, Service],
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(30) as first:
        client.get(address)
        count = len(first)
    for number in range(28):
        place = make.location(name=f"Hus {number}", organization=two[0].organization)
        make.place(make.service(organization=two[0].organization), place)
        make.organization(municipality=make.municipality())
    with django_assert_max_num_queries(count):
        client.get(address)


def test_the_form_costs_the_same_however_much_hangs_on_the_offer(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    full = make.full_service()
    full.service.organization.municipality = make.municipality()
    full.service.organization.save()
    client.get(url(full.service))
    with django_assert_max_num_queries(45) as first:
        client.get(url(full.service))
        count = len(first)
    for number in range(30):
        make.phone(service=full.service, number=f"61 00 00 {number}")
        make.contact(service=full.service)
        make.place(full.service, make.location(name=f"Hus {number}"))
    with django_assert_max_num_queries(count):
        client.get(url(full.service))


def test_history_compares_and_brings_back(client: Client, two: tuple[Service, Service]) -> None:
    service = two[0]
    assert client.get(url(service, "historikk/")).status_code == 200
    client.post(url(service), sent(service, **{"nb-name": "Ny gruppe"}))
    page = client.get(url(service, "historikk/?fra=1&til=2")).content.decode()
    assert "<del>Ålesundgruppa</del>" in page
    assert "<ins>Ny gruppe</ins>" in page
    client.post(url(service, "gjenopprett/"), {"version": "1"})
    service.refresh_from_db()
    assert service.name == "Ålesundgruppa"
    assert client.post(url(service, "gjenopprett/"), {"version": "99"}).status_code == 404
    assert client.get(url(service, "historikk/?fra=x&til=9&side=0")).status_code == 200


def test_history_costs_the_same_with_many_versions(
    client: Client,
    two: tuple[Service, Service],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    service = two[0]
    client.post(url(service), sent(service, **{"nb-name": "Navn 0"}))
    with django_assert_max_num_queries(20) as first:
        client.get(url(service, "historikk/"))
        count = len(first)
    for number in range(1, 22):
        fields = sent(service, **{"nb-name": f"Navn {number}", "based_on": str(number + 1)})
        client.post(url(service), fields)
    with django_assert_max_num_queries(count):
        page = client.get(url(service, "historikk/")).content.decode()
    assert "side=2" in page
