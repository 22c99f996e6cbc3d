"""What lets other web pages and caches use the open data."""

import pytest
from django.test import Client

from tests.factories import directory as make

pytestmark = pytest.mark.django_db
SERVICES = "/api/hsds/v3/services"


def test_any_web_page_may_read(client: Client) -> None:
    answer = client.get(SERVICES, headers={"origin": "https://somewhere.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer


def test_preflight_is_answered(client: Client) -> None:
    answer = client.options(
        SERVICES,
        headers={"origin": "https://somewhere.example", "access-control-request-method": "GET"},
    )
    assert answer.status_code == 204
    assert "GET" in answer["Access-Control-Allow-Methods"]
    assert answer["Access-Control-Allow-Headers"] == "*"


def test_who_has_it_already_gets_304(client: Client) -> None:
    make.service()
    first = client.get(SERVICES)
    again = client.get(SERVICES, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age" in first["Cache-Control"]


def test_tag_changes_with_the_data(client: Client) -> None:
    first = client.get(SERVICES)["ETag"]
    make.service()
    changed = client.get(SERVICES, headers={"if-none-match": first})
    assert changed.status_code == 200
    assert changed["ETag"] != first


def test_head_is_get_without_the_body(client: Client) -> None:
    made, head = client.get(SERVICES), client.head(SERVICES)
    assert head.content == b""
    assert head["Content-Length"] == str(len(made.content))
    assert head["ETag"] == made["ETag"]


def test_the_head_of_a_stream_claims_no_length(client: Client) -> None:
    make.service()
    head = client.head(SERVICES, {"format": "ndjson"})
    assert (head.status_code, "Content-Length" in head) == (200, False)


def test_errors_are_not_kept_by_caches(client: Client) -> None:
    assert client.get(f"{SERVICES}?page=0")["Cache-Control"] == "no-store"
