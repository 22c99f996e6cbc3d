"""The door: somebody says where they live and is led on, or met kindly."""

import pytest
from django.test import Client

from tests.factories import directory as make
from tests.front import scenes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", ["Vang", "vang", " VANG ", "3454"])
def test_a_municipality_leads_to_its_region(client: Client, place: str) -> None:
    scenes.valdres()
    response = client.get("/", {"sted": place})
    assert response.headers["Location"] == "/valdres/?kommune=3454"


def test_a_postal_code_leads_to_its_region_in_the_same_language(client: Client) -> None:
    scenes.valdres()
    make.postal_code("2900")
    response = client.get("/nn/", {"sted": "2900"})
    assert response.headers["Location"] == "/nn/valdres/?kommune=3451"


def test_several_municipalities_are_offered_to_choose_from(client: Client) -> None:
    scenes.valdres()
    make.municipality("1111", "Nordre Land")
    page = client.get("/", {"sted": "nord"}).content.decode()
    assert "?sted=3451" in page
    assert "?sted=1111" in page


def test_outside_every_region_there_are_numbers_to_call(client: Client) -> None:
    scenes.valdres()
    make.municipality("0301", "Oslo")
    response = client.get("/", {"sted": "oslo"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Oslo har ikke noe kart her ennå" in page
    assert 'href="tel:116123"' in page


def test_help_for_the_whole_country_is_shown_outside_every_region(client: Client) -> None:
    scenes.valdres()
    make.municipality("0301", "Oslo")
    line = scenes.offer("Pårørendelinjen", "parorendelinjen", where="country")
    make.phone(service=line, number="90 90 48 48")
    scenes.finding.rebuild()
    assert "90 90 48 48" in client.get("/", {"sted": "Oslo"}).content.decode()


def test_no_number_is_said_twice_outside_every_region(client: Client) -> None:
    scenes.valdres()
    make.municipality("0301", "Oslo")
    line = scenes.offer("Hjelpetelefonen", "hjelpetelefonen", where="country")
    make.phone(service=line, number="116 123")
    scenes.finding.rebuild()
    page = client.get("/", {"sted": "Oslo"}).content.decode()
    assert page.count('href="tel:116123"') == 1


def test_the_answer_is_not_pushed_down_by_what_the_visitor_has_read(client: Client) -> None:
    scenes.valdres()
    make.municipality("0301", "Oslo")
    lead = "Du trenger ikke å logge inn"
    assert lead in client.get("/").content.decode()
    assert lead not in client.get("/", {"sted": "oslo"}).content.decode()


def test_an_unknown_place_is_said_back_harmless(client: Client) -> None:
    page = client.get("/", {"sted": "<b>Xyz\x00"}).content.decode()
    assert "Vi kjenner ikke stedet «&lt;b&gt;Xyz»" in page


def test_without_any_region_the_page_still_stands(client: Client) -> None:
    assert "Ingen region er her ennå" in client.get("/").content.decode()
