"""The page of a service: next step first, honest about age and language, silent about secrets."""

import json
import re
from datetime import date, datetime, time
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from samtun.directory import finding
from samtun.directory.enums import Taxonomies
from samtun.directory.models import Service
from tests.factories import directory as make
from tests.front import scenes

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))  # a Saturday
HOSTILE = '<script>alert("x")</script><!-- <img src=x onerror=alert(1)> ]]> </title>'


@pytest.fixture(autouse=True)
def _saturday_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def cafe(**fields: Any) -> Service:  # noqa: ANN401  (the fields of a service)
    """Valdres with one offer at /valdres/tilbud/kafe/."""
    scenes.valdres()
    return scenes.offer("Temakafé", "kafe", **fields)


def page_of(client: Client, address: str = "/valdres/tilbud/kafe/") -> str:
    """The HTML of the page."""
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def data_in(page: str) -> dict[str, Any]:
    """The JSON-LD of the page."""
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    described: dict[str, Any] = json.loads(found[0])
    return described


# -- what it says ----------------------------------------------------------------------------------


def test_the_next_step_comes_before_the_description(client: Client) -> None:
    made = cafe(application_process="Bare **møt opp**.", description="Kaffe og prat.")
    make.phone(service=made, number="10 00 40 11")
    page = page_of(client).partition("<main")[2]
    assert page.index("Bare <strong>møt opp</strong>.") < page.index("Kaffe og prat.")
    assert page.index('href="tel:+4710004011"') < page.index("Kaffe og prat.")


def test_the_button_calls_the_number_that_the_next_step_names(client: Client) -> None:
    made = cafe(application_process="Ring Per på 10 00 40 12. Om natta: 10 00 40 11.")
    make.phone(service=made, number="10 00 40 11")
    make.phone(service=made, number="10 00 40 12")
    assert "Ring 10 00 40 12</a>" in page_of(client)


def test_the_next_opening_is_told(client: Client) -> None:
    make.schedule(service=cafe(), byday="TU", opens_at=time(11), closes_at=time(14))
    assert "Neste gang: tirsdag 24. november kl. 11–14" in page_of(client)
    assert "Neste gong: tysdag 24. november kl. 11–14" in page_of(
        client, "/nn/valdres/tilbud/kafe/"
    )
    assert "Next time: Tuesday 24 November, 11:00–14:00" in page_of(
        client, "/en/valdres/tilbud/kafe/"
    )


def test_what_is_open_says_until_when(client: Client) -> None:
    make.schedule(service=cafe(), byday="SA", opens_at=time(10), closes_at=time(14))
    assert "Åpent nå, til kl. 14" in page_of(client)


def test_a_closed_offer_promises_no_opening(client: Client) -> None:
    make.schedule(service=cafe(status="temporarily closed"), byday="SA")
    page = page_of(client)
    assert "Stengt en stund." in page
    assert "Åpent nå" not in page


def test_everything_a_service_has_is_on_its_page(client: Client) -> None:
    scenes.valdres()
    made = make.full_service(slug="alt")
    page = page_of(client, "/valdres/tilbud/alt/")
    for said in (
        made.service.summary, "For alle pårørende.", "Gratis; kaffe koster litt.", "25,50 kr",
        "Stengt i juli", "Tolk etter avtale", "Ingen papirer trengs", "Storgata 1, 2900 Fagernes",
        "Buss 220 stopper utenfor.", "Trinnfri inngang", "00 00 00 01 (12)", "00 00 00 04",
        "00 00 00 05", "Rådgiver", "kafe@fagernes.example", "https://kafe.example/program",
        "en del av Nord-Aurdal kommune", "Fra 18 til 99 år", "1. april 2026",
    ):  # fmt: skip
        assert said in page, said


def test_the_reader_gets_their_own_language_where_it_exists(client: Client) -> None:
    cafe(
        description="Kom innom.",
        translations={"nn": {"name": "Temakafé på nynorsk", "description": "Stikk innom."}},
    )
    page = page_of(client, "/nn/valdres/tilbud/kafe/")
    assert "Stikk innom." in page
    assert "Teksten finst berre" not in page


def test_a_text_in_another_language_is_marked_for_people_and_machines(client: Client) -> None:
    cafe(description="Kom innom.")
    page = page_of(client, "/en/valdres/tilbud/kafe/")
    assert "The text is only in Norwegian (Bokmål)." in page
    assert '<h1 lang="nb">Temakafé</h1>' in page
    assert '<div class="st-prose" lang="nb"><p>Kom innom.</p></div>' in page


@pytest.mark.parametrize(
    ("assured", "said"),
    [
        (date(2026, 9, 14), "Bekreftet 14. september 2026."),
        (date(2025, 11, 21), "Bekreftet 21. november 2025."),
        (date(2025, 11, 20), "Ikke bekreftet siden 20. november 2025."),
        (None, "Ingen har bekreftet dette ennå."),
    ],
)
def test_the_page_says_how_fresh_it_is(client: Client, assured: date | None, said: str) -> None:
    cafe(assured_date=assured)
    assert said in page_of(client)


def test_a_national_fact_names_its_source_and_the_day_it_was_read(client: Client) -> None:
    cafe(source_url="https://www.nav.no/pleiepenger", source_checked_on=date(2026, 11, 21))
    page = page_of(client)
    assert 'href="https://www.nav.no/pleiepenger"' in page
    assert "Sjekket 21. november 2026." in page
    assert "holder teksten ved like" not in page


def test_only_what_is_invented_is_called_example_data(client: Client) -> None:
    cafe()
    assert "Eksempeldata" not in page_of(client)
    scenes.offer("Oppdiktet", "oppdiktet", organization=make.organization(is_example=True))
    page = page_of(client, "/valdres/tilbud/oppdiktet/")
    assert "Eksempeldata" in page
    assert "Tilbudet finnes ikke." in page


def test_needs_and_groups_lead_to_more_of_the_same(client: Client) -> None:
    group = make.term("demens", taxonomy=make.taxonomy(Taxonomies.TARGET_GROUPS))
    make.tag(cafe(), group)
    page = page_of(client)
    assert 'href="/valdres/sok/?behov=moteplass"' in page
    assert 'href="/valdres/sok/?situasjon=demens"' in page


def test_similar_offers_are_those_that_share_needs(client: Client) -> None:
    cafe()
    scenes.offer("Strikkekveld", "strikk")
    scenes.offer("Gjeldsråd", "gjeld", needs=["okonomi"])
    scenes.offer("Strikk i Lom", "lom", where="3434")
    finding.rebuild()
    page = page_of(client)
    assert 'href="/valdres/tilbud/strikk/"' in page
    assert 'href="/valdres/tilbud/gjeld/"' not in page
    assert 'href="/valdres/tilbud/lom/"' not in page


def test_without_a_search_index_the_page_still_answers(client: Client) -> None:
    cafe()
    assert "Temakafé" in page_of(client)


def test_who_has_no_way_to_be_reached_is_reached_through_its_organisation(client: Client) -> None:
    home = make.organization(name="Frivilligsentralen", email="post@sentralen.example")
    cafe(organization=home)
    assert "mailto:post@sentralen.example" in page_of(client)


# -- meta ------------------------------------------------------------------------------------------


def test_the_page_has_an_address_of_its_own_in_every_language(
    client: Client,
    settings: Any,  # noqa: ANN401
) -> None:
    settings.PUBLIC_URL = "https://samtun.example"
    cafe(summary="Kaffe og prat.")
    page = page_of(client)
    assert '<link rel="canonical" href="https://samtun.example/valdres/tilbud/kafe/">' in page
    assert 'hreflang="nn" href="https://samtun.example/nn/valdres/tilbud/kafe/"' in page
    assert '<meta property="og:title" content="Temakafé">' in page
    assert '<meta name="description" content="Kaffe og prat.">' in page
    assert "<title>Temakafé – Valdres – Samtun</title>" in page


def test_structured_data_describes_the_service(client: Client) -> None:
    scenes.valdres()
    make.full_service(slug="alt")
    described = data_in(page_of(client, "/valdres/tilbud/alt/"))
    assert described["@type"] == "GovernmentService"
    assert described["provider"]["parentOrganization"]["name"] == "Nord-Aurdal kommune"
    assert {area["name"] for area in described["areaServed"]} == {"Nord-Aurdal", "Vang"}
    assert described["availableChannel"][0]["serviceLocation"]["name"] == "Kulturhuset"
    assert described["hoursAvailable"][0]["dayOfWeek"] == ["Tuesday"]
    assert described["offers"] == [{"@type": "Offer", "price": "0", "priceCurrency": "NOK"}]


# -- hostile texts ---------------------------------------------------------------------------------


def test_html_in_any_text_is_shown_as_text(client: Client) -> None:
    texts = (
        "summary", "description", "application_process", "eligibility_description", "alert",
        "fees_description", "wait_time", "interpretation_services",
    )  # fmt: skip
    scenes.valdres()
    owner = make.organization(name=HOSTILE)
    made = scenes.offer(HOSTILE, "kafe", organization=owner, **dict.fromkeys(texts, HOSTILE))
    make.place(made, make.location(name=HOSTILE, transportation=HOSTILE), description=HOSTILE)
    make.phone(service=made, number='1"><script>', description=HOSTILE)
    make.contact(service=made, name=HOSTILE, title=HOSTILE)
    page = page_of(client)
    assert "<script>alert" not in page
    assert "<!-- <img" not in page
    assert "<img" not in page
    assert data_in(page)["name"] == HOSTILE


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "file:///etc/passwd",
    ],
)
def test_a_link_goes_only_to_the_web_mail_or_phone(client: Client, link: str) -> None:
    made = cafe(description=f"[Trykk her]({link}) <{link}>")
    Service.objects.filter(pk=made.pk).update(url=link, additional_urls=[{"url": link}])
    assert f'href="{link}"' not in page_of(client)


def test_a_link_in_a_text_gives_nothing_away_to_where_it_leads(client: Client) -> None:
    cafe(description="[Mer](https://kafe.example/)")
    assert '<a href="https://kafe.example/" rel="nofollow noopener">Mer</a>' in page_of(client)


@pytest.mark.parametrize("urls", [None, "x", 7, [None, 3, "x", {}, {"url": None}, {"url": ["x"]}]])
def test_strange_further_addresses_are_left_out(client: Client, urls: object) -> None:
    made = cafe()
    Service.objects.filter(pk=made.pk).update(additional_urls=urls if urls is not None else {})
    page_of(client)


def test_a_text_without_end_is_shown(client: Client) -> None:
    cafe(description="[" * 100_000, summary="*" * 300)
    assert "[[[[" in page_of(client)


# -- secrets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["tilbud/alt/", "sok/?q=tema", "liste/?t=alt", "sok/kart.json", ""]
)
def test_nothing_of_a_confidential_location_leaks(client: Client, path: str) -> None:
    scenes.valdres()
    made = make.full_service(slug="alt")
    finding.rebuild()
    page = page_of(client, f"/valdres/{path}")
    for secret in (*make.SECRET_WORDS, str(made.hidden_location.pk), "60.5", "9.9", "99887766"):
        assert secret not in page, secret


def test_a_secret_address_is_explained(client: Client) -> None:
    made = cafe()
    make.place(made, make.location(name="Krisesenteret", is_confidential=True))
    page = page_of(client)
    assert "Adressen er hemmelig. Ring, så får du vite hvor." in page
    assert "Krisesenteret" not in page
    assert "openstreetmap" not in page


def shelter(client: Client) -> Any:  # noqa: ANN401  (the test client's response)
    """The answer for an offer on violence."""
    scenes.valdres()
    scenes.offer("Krisesenteret", "kafe", needs=["vold-krisesenter"], summary="Trygt sted.")
    return client.get("/valdres/tilbud/kafe/")


def test_a_page_on_violence_can_be_left_at_once_and_leaves_no_name_behind(client: Client) -> None:
    response = shelter(client)
    page = response.content.decode()
    assert "data-quick-exit" in page
    assert "<title>Valdres – Samtun</title>" in page
    assert "og:title" not in page
    assert "Trygt sted" not in page.split("</head>")[0].split("ld+json")[0]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("way", ["child", "group"])
def test_pages_for_children_and_on_violence_have_a_quick_exit(client: Client, way: str) -> None:
    made = cafe(is_for_children=way == "child")
    if way == "group":
        make.tag(made, make.term("vold", taxonomy=make.taxonomy(Taxonomies.TARGET_GROUPS)))
    assert "data-quick-exit" in page_of(client)


def test_other_pages_have_no_quick_exit(client: Client) -> None:
    cafe()
    assert "data-quick-exit" not in page_of(client)


# -- not here --------------------------------------------------------------------------------------


def test_an_unknown_service_is_answered_with_a_search_and_a_person(client: Client) -> None:
    scenes.valdres()
    response = client.get("/valdres/tilbud/finnes-ikke/")
    assert response.status_code == 404
    assert 'action="/valdres/sok/"' in response.content.decode()
    assert "10 00 00 01" in response.content.decode()


def test_a_service_of_another_region_leads_there(client: Client) -> None:
    scenes.valdres()
    lom = make.municipality("3434", "Lom")
    make.region("gudbrandsdal", lom)
    scenes.offer("Kafé i Lom", "lom", where="3434")
    response = client.get("/valdres/tilbud/lom/")
    assert response.status_code == 404
    assert 'href="/gudbrandsdal/tilbud/lom/"' in response.content.decode()


def test_what_is_no_longer_given_leads_to_what_is(client: Client) -> None:
    cafe(status="defunct")
    scenes.offer("Strikkekveld", "strikk")
    finding.rebuild()
    response = client.get("/valdres/tilbud/kafe/")
    assert response.status_code == 404
    assert "Tilbudet finnes ikke lenger" in response.content.decode()
    assert 'href="/valdres/tilbud/strikk/"' in response.content.decode()


def test_a_national_service_is_part_of_every_region(client: Client) -> None:
    scenes.valdres()
    scenes.offer("Hjelpetelefon", "kafe", where="country")
    assert "for hele landet" in page_of(client)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(slug=st.text(min_size=1, max_size=200))
def test_no_address_breaks_the_page(client: Client, slug: str) -> None:
    for path in ("tilbud/{}/", "tilbud/{}/pdf/", "tilbud/kafe/?kommune={}"):
        safe = quote(slug, safe="", errors="replace")
        response = client.get(f"/valdres/{path.format(safe)}")
        assert response.status_code in {200, 301, 404}


# -- speed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    made = cafe()
    for number in range(count):
        there = make.place(made, make.location(name=f"Hus {number}"))
        make.address(there.location)
        someone = make.contact(service=made)
        make.phone(contact=someone)
        make.phone(service=made, number=f"10 00 00 {number:02}")
        make.schedule(service=made, opens_at=time(number % 24))
        make.schedule(service_at_location=there)
        scenes.offer(f"Strikk {number}", f"strikk-{number}")
    finding.rebuild()
    client.get("/valdres/tilbud/kafe/")  # labels and regions are remembered for a minute
    with django_assert_num_queries(14):
        client.get("/valdres/tilbud/kafe/")
