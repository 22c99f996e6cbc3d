"""The lists of the open data: paging, shortening, full, streamed."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from samtun.directory import finding
from samtun.directory.enums import ServiceStatus
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
ROOT = "/api/hsds/v3"


def test_root_says_what_this_is(client: Client) -> None:
    about = client.get(f"{ROOT}/").json()
    assert about["version"] == "3.1"
    assert about["openapi_url"].endswith(f"{ROOT}/openapi.json")


@pytest.mark.parametrize(
    "path",
    ["", "/services", "/organizations", "/service_at_locations", "/taxonomies", "/taxonomy_terms"],
)
def test_every_address_works_with_and_without_a_slash(client: Client, path: str) -> None:
    assert client.get(ROOT + path).status_code == 200
    assert client.get(f"{ROOT}{path}/").status_code == 200


def test_page_says_where_in_the_list_it_is(client: Client) -> None:
    for name in "CAB":
        make.service(name=name)
    page = client.get(f"{ROOT}/services?page=2&per_page=2").json()
    assert [each["name"] for each in page.pop("contents")] == ["C"]
    assert page == {
        "total_items": 3,
        "total_pages": 2,
        "page_number": 2,
        "size": 1,
        "first_page": False,
        "last_page": True,
        "empty": False,
    }


def test_page_beyond_the_end_is_empty(client: Client) -> None:
    make.service()
    page = client.get(f"{ROOT}/services?page=1000000").json()
    assert (page["contents"], page["empty"], page["total_items"]) == ([], True, 1)


def test_service_in_a_list_names_its_organization(client: Client) -> None:
    service = make.service()
    listed = client.get(f"{ROOT}/services").json()["contents"][0]
    assert listed["organization"]["id"] == listed["organization_id"] == str(service.organization_id)


@pytest.mark.parametrize("status", [ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT])
def test_services_no_longer_offered_are_not_listed(client: Client, status: str) -> None:
    gone = make.service(status=status)
    make.place(gone, make.location())
    assert client.get(f"{ROOT}/services").json()["empty"]
    assert client.get(f"{ROOT}/service_at_locations").json()["empty"]
    assert client.get(f"{ROOT}/services/{gone.pk}").status_code == 404


def test_minimal_gives_what_a_copy_needs_in_one_page(client: Client) -> None:
    for _ in range(60):
        make.service()
    page = client.get(f"{ROOT}/services?minimal=true").json()
    assert page["size"] == 60
    assert set(page["contents"][0]) == {"id", "name", "status", "last_modified", "modified_date"}
    assert page["contents"][0]["modified_date"] == "2026-05-04T12:30:15.250Z"


def test_full_nests_what_belongs_to_a_service(client: Client) -> None:
    make.full_service()
    service = client.get(f"{ROOT}/services?full=true").json()["contents"][0]
    assert service["service_at_locations"][0]["location"]["addresses"][0]["city"] == "Fagernes"
    assert service["phones"][0]["languages"][0]["code"] == "en"
    assert service["contacts"][0]["phones"]


def test_ndjson_streams_all_without_pages(client: Client) -> None:
    made = {str(make.service().pk) for _ in range(450)}
    answer = client.get(f"{ROOT}/services?format=ndjson&per_page=10")
    assert answer["Content-Type"] == "application/x-ndjson"
    lines = answer.getvalue().decode().splitlines()
    assert len(lines) == 450
    assert {json.loads(line)["id"] for line in lines} == made


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("services", 3),
        ("services?minimal=true", 3),
        ("services?full=true", 16),
        ("services?lang=nn", 3),
        ("services?format=ndjson", 3),
        ("organizations", 3),
        ("organizations?full=true", 14),
        ("organizations?full_service=true", 27),
        ("service_at_locations", 3),
        ("service_at_locations?full=true", 15),
        ("taxonomy_terms", 3),
    ],
)
def test_a_list_takes_as_many_queries_for_thirty_rows_as_for_one(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    queries: int,
    rows: int,
) -> None:
    for _ in range(rows):
        make.full_service()
    with django_assert_num_queries(queries):
        client.get(f"{ROOT}/{path}").getvalue()


def test_search_puts_the_best_first(client: Client) -> None:
    for name in ("Turgruppe", "Kaffe og prat", "Temakafé"):
        make.service(name=name, description="Ta gjerne med kaffe.")
    finding.rebuild()
    page = client.get(f"{ROOT}/services", {"search": "kaffe"}).json()
    assert page["contents"][0]["name"] == "Kaffe og prat"


def test_search_and_filters_add_up(client: Client) -> None:
    wanted = make.service(name="Kaffe her", minimum_age=18)
    make.service(name="Kaffe der", minimum_age=10)
    place = make.place(wanted, make.location())
    finding.rebuild()
    asked = {"search": "kaffe", "minimum_age": "18"}
    services = client.get(f"{ROOT}/services", asked).json()
    places = client.get(f"{ROOT}/service_at_locations", asked).json()
    assert [each["id"] for each in services["contents"]] == [str(wanted.pk)]
    assert [each["id"] for each in places["contents"]] == [str(place.pk)]


def test_organization_comes_with_its_services(client: Client) -> None:
    made = make.full_service()
    simple = client.get(f"{ROOT}/organizations/{made.organization.pk}").json()
    nested = client.get(f"{ROOT}/organizations/{made.organization.pk}?full_service=true").json()
    assert [each["id"] for each in simple["services"]] == [str(made.service.pk)]
    assert "phones" not in simple["services"][0]
    assert nested["services"][0]["phones"]


@pytest.mark.parametrize(
    "path", ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"]
)
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    for key in (str(uuid4()), "nobody", "%00", "1" * 3000):
        answer = client.get(f"{ROOT}/{path}/{key}")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
