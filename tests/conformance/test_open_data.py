"""Every answer of the open data holds HSDS 3.1's compiled schemas and the ORUK 3.0 profile."""

import json
from typing import Any

import pytest
from django.test import Client

from samtun.directory.models import Phone, Service
from samtun.organisations.models import Organization
from tests.conformance.schemas import faults
from tests.factories import directory as make

pytestmark = [pytest.mark.django_db, pytest.mark.standards]

ROOT = "/api/hsds/v3"
HSDS = "hsds-3.1/schema/compiled"
ORUK = "oruk-3.0"
SERVICE = (f"{HSDS}/service.json.gz", f"{HSDS}/service_list.json", f"{ORUK}/uk_service.json")
ORGANIZATION = (
    f"{HSDS}/organization.json.gz",
    f"{HSDS}/organization_list.json",
    f"{ORUK}/uk_organization.json",
)
PLACE = (
    f"{HSDS}/service_at_location.json.gz",
    f"{HSDS}/service_at_location_list.json",
    f"{ORUK}/uk_service_at_location.json",
)
LISTS = [
    ("services", SERVICE),
    ("services?minimal=true", SERVICE),
    ("services?full=true", SERVICE),
    ("services?full=true&lang=nn", SERVICE),
    ("organizations", ORGANIZATION),
    ("organizations?full=true", ORGANIZATION),
    ("organizations?full_service=true&lang=en", ORGANIZATION),
    ("service_at_locations", PLACE),
    ("service_at_locations?full=true", PLACE),
]


@pytest.fixture(params=["well kept", "dirty", "empty"])
def directory(request: pytest.FixtureRequest) -> make.FullService:
    """The same directory as it should be, as imports leave it, and with hardly a field filled."""
    made = make.full_service()
    if request.param == "dirty":
        _spoil()
    if request.param == "empty":
        make.service(description="", organization=make.organization(description=""))
    return made


def _spoil() -> None:
    """What no form lets through, but another system's dump may have left in the tables."""
    Service.objects.update(
        url="www.kafé.example/a b",
        email="kari (at) x",
        fees_description="",
        additional_urls=[{"url": "javascript:alert(1)"}, "x", {"url": "https://bø.example/å"}],
        maximum_age=None,
        minimum_age=0,
    )
    Organization.objects.update(website="http://", logo="\u00f8", email="a@b", uri="x:y z")
    Phone.objects.update(extension=0, description="")


@pytest.mark.parametrize(("path", "schemas"), LISTS)
def test_lists_hold_the_schemas(
    client: Client, directory: make.FullService, path: str, schemas: tuple[str, ...]
) -> None:
    contents = client.get(f"{ROOT}/{path}").json()["contents"]
    assert contents
    assert_valid(contents, schemas)


@pytest.mark.parametrize(("path", "schemas"), LISTS)
def test_streams_hold_the_schemas(
    client: Client, directory: make.FullService, path: str, schemas: tuple[str, ...]
) -> None:
    joined = "&" if "?" in path else "?"
    text = client.get(f"{ROOT}/{path}{joined}format=ndjson").getvalue().decode()
    assert_valid([json.loads(line) for line in text.splitlines()], schemas)


def test_single_things_hold_the_schemas(client: Client, directory: make.FullService) -> None:
    for path, key, schemas in (
        ("services", directory.service.pk, SERVICE),
        ("organizations", directory.organization.pk, ORGANIZATION),
        ("service_at_locations", directory.service_at_location.pk, PLACE),
    ):
        assert_valid([client.get(f"{ROOT}/{path}/{key}").json()], schemas)


def test_taxonomies_and_terms_hold_the_schema(client: Client, directory: make.FullService) -> None:
    """Their own schema files refer to others, so the schema of a service's attribute is asked."""
    terms = client.get(f"{ROOT}/taxonomy_terms").json()["contents"]
    terms.append(client.get(f"{ROOT}/taxonomy_terms/{directory.term.pk}").json())
    taxonomies = client.get(f"{ROOT}/taxonomies").json()["contents"]
    taxonomies.append(client.get(f"{ROOT}/taxonomies/{directory.term.taxonomy_id}").json())
    nested = [term | {"taxonomy_detail": each} for term in terms for each in taxonomies]
    service = client.get(f"{ROOT}/services/{directory.service.pk}").json()
    attribute = service["attributes"][0]
    service["attributes"] = [attribute | {"taxonomy_term": term} for term in [*terms, *nested]]
    assert_valid([service], SERVICE[:1])


def test_what_cannot_be_made_valid_is_left_out(client: Client) -> None:
    made = make.full_service()
    _spoil()
    service = client.get(f"{ROOT}/services/{made.service.pk}").json()
    assert "url" not in service
    assert "email" not in service
    assert [each["url"] for each in service["additional_urls"]] == [
        "https://xn--b-5ga.example/%C3%A5"
    ]
    assert service["minimum_age"] == 0


def test_nothing_is_null(client: Client, directory: make.FullService) -> None:
    for path, _ in LISTS:
        assert b"null" not in client.get(f"{ROOT}/{path}").content


def assert_valid(things: list[Any], schemas: tuple[str, ...]) -> None:
    """Each of the things holds each of the schemas."""
    for schema in schemas:
        for thing in things:
            assert faults(schema, thing) == []
