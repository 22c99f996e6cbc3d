"""The page of a region, and the one for children and young people."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from samtun.directory.actions import vocabularies
from tests.front import scenes

pytestmark = pytest.mark.django_db


def page_at(client: Client, address: str) -> str:
    """The HTML of the page."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_unknown_region_is_not_found(client: Client) -> None:
    assert client.get("/hallingdal/").status_code == 404


def test_every_need_and_life_situation_is_a_way_in(client: Client) -> None:
    vocabularies.load_vocabularies()
    scenes.valdres()
    page = page_at(client, "/valdres/")
    assert 'href="/valdres/sok/?behov=avlastning"' in page
    assert 'href="/valdres/sok/?situasjon=demens"' in page
    assert 'href="/valdres/sok/?situasjon=sosken"' in page


def test_the_chosen_municipality_follows_every_way_in(client: Client) -> None:
    vocabularies.load_vocabularies()
    scenes.valdres()
    page = page_at(client, "/valdres/?kommune=3454")
    assert 'href="/valdres/sok/?behov=avlastning&amp;kommune=3454"' in page
    assert '<input type="hidden" name="kommune" value="3454">' in page


def test_contacts_are_those_of_the_whole_region_and_of_the_municipality(client: Client) -> None:
    scenes.valdres()
    assert "10 00 54 10" not in page_at(client, "/valdres/")
    page = page_at(client, "/valdres/?kommune=3454")
    assert "10 00 00 01" in page
    assert "10 00 54 10" in page


def test_a_nynorsk_municipality_offers_the_page_in_nynorsk(client: Client) -> None:
    scenes.valdres()
    assert 'href="/nn/valdres/?kommune=3454"' in page_at(client, "/valdres/?kommune=3454")
    assert "Les sida på nynorsk" not in page_at(client, "/nn/valdres/?kommune=3454")
    assert "Les sida på nynorsk" not in page_at(client, "/valdres/?kommune=3451")


def test_a_municipality_outside_the_region_is_ignored(client: Client) -> None:
    scenes.valdres()
    assert "0301" not in page_at(client, "/valdres/?kommune=0301").replace("?kommune=0301", "")


def test_example_data_is_labelled(client: Client) -> None:
    scenes.valdres()
    assert "Eksempeldata" in page_at(client, "/valdres/")


def test_the_page_for_children_can_be_left_and_has_their_number(client: Client) -> None:
    scenes.valdres()
    page = page_at(client, "/valdres/barn-og-unge/")
    assert "data-quick-exit" in page
    assert 'href="tel:116111"' in page
    assert "Mamma eller pappa drikker for mye" in page


def test_the_page_for_children_is_in_nynorsk_too(client: Client) -> None:
    scenes.valdres()
    assert "Mamma eller pappa drikk for mykje" in page_at(client, "/nn/valdres/barn-og-unge/")


def test_places_for_children_are_only_those_that_speak_to_them(client: Client) -> None:
    scenes.valdres()
    scenes.offer("Snakk med noen om hvordan det er hjemme", "barn", is_for_children=True)
    scenes.offer("Voksne snakker om hvordan det er hjemme", "voksne")
    scenes.finding.rebuild()
    page = page_at(client, "/valdres/barn-og-unge/")
    assert "/valdres/tilbud/barn/" in page
    assert "/valdres/tilbud/voksne/" not in page


def test_the_page_takes_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    scenes.valdres()
    with django_assert_max_num_queries(8):
        client.get("/valdres/")
