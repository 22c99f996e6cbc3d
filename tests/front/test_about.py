"""Pages about the site itself."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.front import scenes

pytestmark = pytest.mark.django_db

PAGES = ("/om/", "/om/tilgjengelighet/", "/om/personvern/", "/om/data/")


@pytest.mark.parametrize("prefix", ["", "/nn", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_text_in_every_language(client: Client, path: str, prefix: str) -> None:
    response = client.get(f"{prefix}{path}")
    assert response.status_code == 200
    assert f'<html lang="{prefix.strip("/") or "nb"}"' in response.content.decode()
    assert "<h2>" in response.content.decode().partition("<article")[2].partition("</article>")[0]


def test_the_accessibility_statement_says_what_is_left_and_where_to_complain(
    client: Client,
) -> None:
    page = client.get("/om/tilgjengelighet/").content.decode()
    assert "WCAG 2.2" in page
    assert "Hva som gjenstår" in page
    assert 'href="https://www.uutilsynet.no/"' in page


def test_whoever_runs_the_site_is_named_when_known(client: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = "hei@samtun.example"
    assert "mailto:hei@samtun.example" in client.get("/om/tilgjengelighet/").content.decode()
    assert "mailto:hei@samtun.example" in client.get("/om/personvern/").content.decode()


def test_every_page_says_where_the_facts_come_from(client: Client) -> None:
    page = client.get("/om/data/").content.decode()
    for owner in (
        "Kartverket, CC BY 4.0",
        "Språkrådet",
        "SSB, tabell 07459",
        "Erik Bolstad, CC BY 3.0",
    ):
        assert owner in page


def test_example_data_is_called_so(client: Client) -> None:
    assert "eksempeldata" not in client.get("/om/data/").content.decode().casefold()
    scenes.valdres()
    assert "Dette er eksempeldata." not in client.get("/om/personvern/").content.decode()


def test_no_page_sets_a_cookie(client: Client) -> None:
    for path in PAGES:
        assert client.get(path).cookies == {}
