"""Whatever is asked, the answer is data or a problem that says what was wrong."""

import pytest
from django.db import OperationalError
from django.test import Client

from samtun.api import views
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
ROOT = "/api/hsds/v3"
WRONG = [
    ("page", "0"),
    ("page", "-1"),
    ("page", "two"),
    ("page", "9" * 5000),
    ("per_page", "0"),
    ("per_page", "501"),
    ("per_page", "10001"),
    ("format", "xml"),
    ("full", "perhaps"),
    ("search", "a\x00b"),
    ("search", "a" * 401),
    ("taxonomy_term_id", "respite"),
    ("taxonomy_id", "\x00"),
    ("organization_id", "1234"),
    ("modified_after", "yesterday"),
    ("modified_after", "0001-01-01T00:00:00+14:00"),
    ("modified_after", "9999-12-31T23:59:59-12:00"),
    ("minimum_age", "-1"),
    ("minimum_age", "nan"),
    ("maximum_age", "1e400"),
    ("age", "131"),
    ("day", "someday"),
    ("start_time", "25:00"),
    ("start_time", "10:00Z"),
    ("end_time", "٣٣:٠٠"),
    ("postcode", "290"),
    ("postcode", "٢٩٠٠"),
    ("postcode", "0000"),
    ("region", "nowhere"),
    ("region", "\x00"),
    ("municipality", "9999"),
    ("lang", "de"),
    ("proximity", "1000"),
]


@pytest.mark.parametrize(("parameter", "value"), WRONG)
@pytest.mark.parametrize("path", ["services", "service_at_locations"])
def test_wrong_parameter_is_named(client: Client, path: str, parameter: str, value: str) -> None:
    answer = client.get(f"{ROOT}/{path}", {parameter: value})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["parameter"] == parameter
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("metres", ["0", "-5", "inf", "1e99", "near"])
def test_distance_must_be_possible(client: Client, metres: str) -> None:
    make.postal_code("2900")
    answer = client.get(f"{ROOT}/services", {"postcode": "2900", "proximity": metres})
    assert answer.status_code == 400


def test_postal_code_without_a_point_cannot_measure(client: Client) -> None:
    make.postal_code("9170", latitude=None, longitude=None)
    answer = client.get(f"{ROOT}/services", {"postcode": "9170", "proximity": "1000"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "query", ["%ff%fe", "&&==&", "page=1&page=2", "search=%F0%9F%98%80", "utm_source=x", "a[b]=%"]
)
def test_odd_query_strings_do_no_harm(client: Client, query: str) -> None:
    assert client.get(f"{ROOT}/organizations?{query}").status_code == 200


def test_too_many_parameters_are_refused(client: Client) -> None:
    query = "&".join(f"a{number}=1" for number in range(2000))
    assert client.get(f"{ROOT}/services?{query}").status_code == 400


@pytest.mark.parametrize(
    "path", ["", "hsds", "hsds/v3/nothing", "hsds/v2/services", "x%0Ay", "%00"]
)
def test_unknown_address_is_a_problem(client: Client, path: str) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 404
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    answer = client.generic(method, f"{ROOT}/services")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("database is locked"), 503), (KeyError("x"), 500)]
)
def test_failure_inside_tells_nothing_of_the_inside(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(views.queries, "services", fail)
    answer = client.get(f"{ROOT}/services")
    assert answer.status_code == status
    assert b"locked" not in answer.content
