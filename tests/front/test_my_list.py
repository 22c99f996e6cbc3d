"""My list: the address holds it, and nothing else does."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import directory as make
from tests.front import scenes

pytestmark = pytest.mark.django_db


def page_with(client: Client, listed: str, language: str = "") -> str:
    """The list page for the slugs."""
    response = client.get(f"{language}/valdres/liste/", {"t": listed})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(autouse=True)
def _two_offers() -> None:
    scenes.valdres()
    cafe = scenes.offer("Temakafé", "temakafe")
    make.phone(service=cafe, number="10 00 40 11")
    scenes.offer("Sorggruppe", "sorggruppe")
    scenes.finding.rebuild()


def test_offers_stand_in_the_order_they_were_added(client: Client) -> None:
    page = page_with(client, "temakafe,sorggruppe")
    assert page.index("tilbud/temakafe/") < page.index("tilbud/sorggruppe/")
    page = page_with(client, "sorggruppe,temakafe,sorggruppe")
    assert page.index("tilbud/sorggruppe/") < page.index("tilbud/temakafe/")


def test_an_offer_is_taken_off_by_a_link_that_keeps_the_rest(client: Client) -> None:
    page = page_with(client, "temakafe,sorggruppe")
    assert 'href="/valdres/liste/?t=sorggruppe" rel="nofollow" data-list-remove="temakafe"' in page


def test_more_can_be_added_without_javascript(client: Client) -> None:
    page = page_with(client, "temakafe")
    assert 'href="/valdres/sok/?liste=temakafe"' in page
    found = client.get("/valdres/sok/", {"liste": "temakafe"}).content.decode()
    assert 'href="/valdres/liste/?t=temakafe,sorggruppe"' in found


def test_a_number_to_call_stands_by_each_offer(client: Client) -> None:
    assert 'href="tel:+4710004011"' in page_with(client, "temakafe")


def test_an_offer_that_is_gone_is_told_about_kindly(client: Client) -> None:
    page = page_with(client, "temakafe,lagt-ned")
    assert "Ett av tilbudene i lista er ikke lenger på kartet." in page
    assert "lagt-ned" not in page.split("<main")[1]


def test_an_empty_list_says_how_to_fill_it(client: Client) -> None:
    assert "Lista di er tom" in page_with(client, "")


def test_hostile_addresses_give_an_ordinary_page(client: Client) -> None:
    for listed in ("<script>", "a" * 100_000, "x," * 30_000, "\x00", "../../etc", "temakafe'--"):
        assert "<script>a" not in page_with(client, listed)


def test_a_list_holds_at_most_sixty(client: Client) -> None:
    listed = ",".join([f"borte-{number}" for number in range(60)] + ["temakafe"])
    assert "tilbud/temakafe/" not in page_with(client, listed)


def test_a_list_takes_one_query_however_long(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page_with(client, "temakafe")  # remembers region, contacts and names
    for listed in ("temakafe", "temakafe,sorggruppe"):
        with django_assert_num_queries(1):
            page_with(client, listed)


def test_the_list_says_the_same_in_nynorsk(client: Client) -> None:
    assert "2 tilbod som du har teke vare på." in page_with(client, "temakafe,sorggruppe", "/nn")
