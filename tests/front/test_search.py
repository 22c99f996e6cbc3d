"""Results: what is found, how it is narrowed, and that nothing in an address can break it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from samtun.directory.actions import vocabularies
from tests.factories import directory as make
from tests.front import scenes

pytestmark = pytest.mark.django_db


def found(client: Client, language: str = "", **asked: object) -> str:
    """The results page for the parameters."""
    response = client.get(f"{language}/valdres/sok/", asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def offers() -> None:
    """Four offers of different kinds."""
    vocabularies.load_vocabularies()
    scenes.valdres()
    scenes.offer("Temakafé på Fagernes", "temakafe", needs=["moteplass-voksne"], is_free=True)
    scenes.offer("Avlastning i hjemmet", "avlastning", needs=["avlastning-hjemme"], where="3454")
    shelter = scenes.offer("Krisesenteret", "krisesenter", needs=["vold-krisesenter"])
    make.place(shelter, make.location(name="Hemmelig hus", is_confidential=True))
    scenes.offer("Hjelpetelefonen", "hjelpetelefon", needs=["hjelpetelefon"], where="country")
    scenes.finding.rebuild()


@pytest.mark.usefixtures("offers")
class TestFinding:
    def test_everyday_words_find_the_offer(self, client: Client) -> None:
        assert "/valdres/tilbud/temakafe/" in found(client, q="temakafe")

    def test_without_a_question_everything_is_listed(self, client: Client) -> None:
        assert "4 tilbud" in found(client)

    def test_a_chosen_need_narrows_and_can_be_taken_off(self, client: Client) -> None:
        page = found(client, behov="avlastning")
        assert "/valdres/tilbud/avlastning/" in page
        assert "/valdres/tilbud/temakafe/" not in page
        assert 'href="?"><span class="ds-sr-only">Fjern' in page

    def test_needs_below_a_chosen_one_are_offered_with_counts(self, client: Client) -> None:
        page = found(client, behov="avlastning")
        assert 'value="avlastning" checked' in page
        assert 'value="avlastning-hjemme">' in page

    def test_offers_for_the_whole_country_are_there_for_every_municipality(
        self, client: Client
    ) -> None:
        page = found(client, kommune="3454")
        assert "/valdres/tilbud/hjelpetelefon/" in page
        assert "/valdres/tilbud/temakafe/" not in page

    def test_filters_that_leave_nothing_give_what_comes_nearest(self, client: Client) -> None:
        page = found(client, q="temakafe", kommune="3454", gratis="1", alder="0-5", mote="online")
        assert "Ingenting passer til alt du valgte" in page
        assert "/valdres/tilbud/" in page

    def test_nonsense_still_gives_somebody_to_call(self, client: Client) -> None:
        page = found(client, q="qwrtplx")
        assert "10 00 00 01" in page
        assert "Vi fant" in page

    def test_a_misspelt_word_is_corrected_and_said_so(self, client: Client) -> None:
        page = found(client, q="avlastnig")
        assert "Du ser treff for <strong>" in page
        assert "ordrett=1" in page

    def test_the_words_alone_can_be_asked_for(self, client: Client) -> None:
        page = found(client, q="temakafe", ordrett="1")
        assert "Du ser bare tilbud som har ordene dine i seg." in page

    def test_words_of_violence_are_not_in_the_tab(self, client: Client) -> None:
        page = found(client, q="mannen min slår meg")
        assert "<title>Valdres – Samtun</title>" in page
        assert "<title>demens – " in found(client, q="demens")

    def test_words_of_violence_bring_numbers_first_and_a_way_out(self, client: Client) -> None:
        page = found(client, q="mannen min slår meg")
        assert page.index('href="tel:112"') < page.index('class="st-results"')
        assert "data-quick-exit" in page

    def test_words_of_suicide_bring_numbers_first(self, client: Client) -> None:
        page = found(client, "/nn", q="sonen min vil ta livet sitt")
        assert page.index('href="tel:116123"') < page.index('class="st-results"')

    def test_an_ordinary_question_brings_no_alarm(self, client: Client) -> None:
        assert "Er noen i fare nå" not in found(client, q="temakafe i Valdres")

    def test_a_child_in_danger_meets_its_own_number_first(self, client: Client) -> None:
        page = found(client, q="jeg er redd for pappa")
        assert page.index('href="tel:116111"') < page.index('class="st-results"')

    def test_a_confidential_place_is_neither_listed_nor_on_the_map(self, client: Client) -> None:
        assert "Hemmelig" not in found(client, q="krisesenter")
        points = client.get("/valdres/sok/kart.json", {"q": "krisesenter"})
        assert "Hemmelig" not in points.content.decode()


def test_the_map_holds_the_places_of_all_pages(client: Client) -> None:
    scenes.many_offers(25)
    points = client.get("/valdres/sok/kart.json", {"q": "temakafé", "side": "2"}).json()
    assert len(points["features"]) == 25
    assert points["features"][0]["geometry"]["coordinates"] == [9.235, 60.987]


def test_map_pictures_are_allowed_only_when_the_map_is_asked_for(client: Client) -> None:
    scenes.many_offers(1)
    plain = client.get("/valdres/sok/")
    assert "kartverket" not in plain.headers["Content-Security-Policy"]
    with_map = client.get("/valdres/sok/?kart=1")
    assert "https://cache.kartverket.no" in with_map.headers["Content-Security-Policy"]
    assert 'data-url="/valdres/sok/kart.json?"' in with_map.content.decode()


def test_htmx_gets_the_part_below_the_question_field(client: Client) -> None:
    scenes.many_offers(1)
    part = client.get("/valdres/sok/", headers={"HX-Request-Type": "partial"})
    assert part.content.decode().lstrip().startswith('<div id="results"')
    assert "HX-Request-Type" in part.headers["Vary"]


def test_results_come_in_pages_and_the_address_keeps_the_filters(client: Client) -> None:
    scenes.many_offers(45)
    page = found(client, q="temakafé", kommune="3451", side="2")
    assert 'start="11"' in page
    assert "q=temakaf%C3%A9&amp;kommune=3451&amp;side=3" in page


def test_distances_are_measured_from_a_place_or_a_point(client: Client) -> None:
    scenes.many_offers(1)
    make.postal_code("2900", place="Fagernes")
    for asked in ({"sted": "2900"}, {"sted": "fagernes"}, {"naer": "60.986,9.2325"}):
        assert "under 1 km" in found(client, sorter="avstand", **asked)
    assert "Vi kjenner ikke det stedet." in found(client, sted="Langtvekkistan")


def test_a_text_in_another_language_is_marked_so(client: Client) -> None:
    scenes.valdres()
    scenes.offer("Open dør", "open-dor", language="nn")
    scenes.finding.rebuild()
    page = found(client, q="open dør")
    assert '<h3 lang="nn">' in page
    assert "Teksten er på nynorsk" in page


def test_a_stale_offer_says_since_when(client: Client) -> None:
    scenes.valdres()
    scenes.offer("Gammelt", "gammelt", assured_date=timezone.localdate() - timedelta(days=500))
    scenes.offer("Nytt", "nytt", assured_date=timezone.localdate())
    scenes.finding.rebuild()
    page = found(client)
    assert "ikke bekreftet siden" in page
    assert ">bekreftet i " in page


def test_html_in_names_and_questions_is_shown_as_text(client: Client) -> None:
    scenes.valdres()
    scenes.offer("<script>alert(1)</script>", "farlig", summary='"><img src=x>')
    scenes.finding.rebuild()
    page = found(client, q='"><script>alert(2)</script>{[results]}')
    assert "<script>alert" not in page
    assert "<img" not in found(client)


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_of_results_takes_one_query_however_long(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scenes.many_offers(count)
    found(client, q="temakafé")  # remembers labels
    with django_assert_num_queries(1):
        found(client, q="temakafé", kommune="3451")


_PARAMETERS = (
    "q", "behov", "situasjon", "kommune", "alder", "mote", "gratis", "apent", "sorter", "sted",
    "naer", "side", "kart", "ordrett", "liste", "q[]", "__class__",
)  # fmt: skip
_VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["1", "-1", "0", "1e99", "nan,inf", "91,181", "60.9,9.2", "avlastning", "3451", "a" * 9000]
    ),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked=st.lists(st.tuples(st.sampled_from(_PARAMETERS), _VALUES), max_size=6))
def test_no_address_breaks_the_page(client: Client, asked: list[tuple[str, str]]) -> None:
    if not scenes.Region.objects.exists():
        scenes.many_offers(2)
    query = "&".join(f"{name}={quote(value, errors='ignore')}" for name, value in asked)
    assert client.get(f"/valdres/sok/?{query}").status_code == 200
    assert client.get(f"/valdres/sok/kart.json?{query}").status_code == 200


def test_an_enormous_address_and_raw_bytes_give_a_page(client: Client) -> None:
    scenes.many_offers(1)
    raw = ("q=%ff%fe%00", "behov=%00&kommune=%ed%a0%80", "side=9" * 99)
    for query in ("q=" + "å" * 100_000, *raw):
        assert client.get(f"/valdres/sok/?{query}").status_code == 200


def test_an_unknown_region_is_not_found(client: Client) -> None:
    assert client.get("/hallingdal/sok/?q=hjelp").status_code == 404
