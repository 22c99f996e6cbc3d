"""What went wrong is said kindly, and never makes it worse."""

import json

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from samtun.config.middleware import KindFailures
from samtun.front.views import errors, region
from tests.front import scenes


@pytest.fixture
def visitor() -> Client:
    """Sees the page that a server error gives, as visitors do."""
    return Client(raise_request_exception=False)


def breaks(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """From now on every page of a region fails with `error`."""

    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(region, "frame_of", fail)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["", "/nn", "/en"])
def test_an_unknown_address_leads_to_help(client: Client, prefix: str) -> None:
    scenes.valdres()
    response = client.get(f"{prefix}/finnes/ikke/")
    page = response.content.decode()
    assert response.status_code == 404
    assert f'href="{prefix}/valdres/"' in page
    assert 'href="tel:113"' in page


@pytest.mark.django_db
def test_an_unknown_address_of_a_region_leads_to_its_search(client: Client) -> None:
    scenes.valdres()
    page = client.get("/nn/valdres/finnes-ikke/").content.decode()
    assert 'action="/nn/valdres/sok/"' in page


def test_a_page_that_is_not_found_is_shown_without_a_database(rf: RequestFactory) -> None:
    # No mark for the database: any query fails this test.
    response = errors.wrong_method(rf.get("/valdres/"))
    assert response.status_code == 405


@pytest.mark.parametrize(("view", "status"), [("bad_request", 400), ("permission_denied", 403)])
def test_a_refusal_needs_no_database(rf: RequestFactory, view: str, status: int) -> None:
    response = getattr(errors, view)(rf.get("/valdres/"), Exception())
    assert response.status_code == status
    assert "Til forsiden" in response.content.decode()


def test_a_server_error_needs_nothing_at_all(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    response = errors.server_error(rf.get("/valdres/"))
    page = response.content.decode()
    assert response.status_code == 500
    assert "Det er vår feil, ikke din." in page
    assert 'href="tel:113"' in page


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (SuspiciousOperation(), 400, "Ingenting er lagret."),
        (PermissionDenied(), 403, "Du kan finne hjelp likevel."),
        (RuntimeError(), 500, "Det er vår feil, ikke din."),
        (OperationalError("database is locked"), 503, "Ingenting er borte."),
        (OperationalError("database or disk is full"), 503, "Ingenting er borte."),
    ],
)
def test_every_failure_has_a_kind_page(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, said: str
) -> None:
    breaks(monkeypatch, error)
    response = visitor.get("/valdres/")
    assert response.status_code == status
    assert said in response.content.decode()


def test_a_locked_database_asks_to_come_back(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    breaks(monkeypatch, OperationalError("database is locked\nDETAIL: Kari Nordmann"))
    response = visitor.get("/nn/valdres/")
    assert response["Retry-After"] == "30"
    assert "Vi når ikkje tilboda" in response.content.decode()
    assert "database is locked" in caplog.text
    assert "Kari" not in caplog.text


def test_the_open_data_says_it_in_their_own_manner(rf: RequestFactory) -> None:
    middleware = KindFailures(lambda request: HttpResponse())
    request = rf.get("/api/hsds/v3/services")
    response = middleware.process_exception(request, OperationalError("database is locked"))
    assert response is not None
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 503


def test_other_failures_are_not_hidden_behind_the_database(rf: RequestFactory) -> None:
    middleware = KindFailures(lambda request: HttpResponse())
    assert middleware.process_exception(rf.get("/"), ValueError("x")) is None


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_that_can_only_be_read_says_so(client: Client, method: str) -> None:
    response = getattr(client, method)("/valdres/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "Denne siden kan bare leses" in response.content.decode()


def test_a_refusal_with_words_of_its_own_keeps_them(rf: RequestFactory) -> None:
    def respond(request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"{}", status=405, headers={"Allow": "GET"})

    assert KindFailures(respond)(rf.post("/api/")).content == b"{}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/%00/", "/%ff%fe/", "/" + "a" * 5000 + "/", "/valdres/%0d%0aX:%20y/"]
)
def test_no_address_is_a_server_error(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_an_unknown_host_is_refused(client: Client) -> None:
    response = client.get("/om/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "Ingenting er lagret." in response.content.decode()
