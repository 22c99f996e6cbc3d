"""The page of an event: everything one wants to know before going, and nothing secret."""

import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samtun.directory import finding
from samtun.directory.enums import Taxonomies
from samtun.events.enums import EventKind, EventStatus, OccurrenceStatus, SignUp
from samtun.events.models import Event
from samtun.organisations import recent
from tests.factories import directory as make
from tests.factories import events as happening
from tests.front import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _valdres() -> None:
    scenes.valdres()


def page_of(client: Client, event: Event, more: str = "", prefix: str = "") -> str:
    """The HTML of the event's page."""
    response = client.get(f"{prefix}/valdres/kalender/{event.slug}/{more}")
    assert response.status_code == 200
    return response.content.decode()


def data_of(page: str) -> dict[str, Any]:
    """What the page tells search engines."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_page_says_what_one_wants_to_know(client: Client) -> None:
    place = make.location(name="Biblioteket", transportation="Ta bussen til torget")
    event = happening.event(
        location=place,
        room="Peisestua",
        for_whom="Deg som er pårørende",
        programme="Kaffe og prat",
        led_by="Kari leder",
        is_free=True,
        children_welcome=True,
        contact_name="Kari Nordmann",
        contact_phone="10 00 00 07",
    )
    event.co_organizers.add(make.organization(name="Valdres sanitetsforening"))
    happening.occurrence(event)
    page = page_of(client, event)
    for said in ("Biblioteket", "Peisestua", "Ta bussen til torget", "Deg som er pårørende"):
        assert said in page
    for said in ("Kaffe og prat", "Kari leder", "Gratis", "Barn kan være med.", "Kari Nordmann"):
        assert said in page
    assert "Valdres sanitetsforening" in page
    assert "10 00 00 07" in page


def test_each_date_of_a_series_can_be_signed_up_for(client: Client) -> None:
    event = happening.event(kind=EventKind.SERIES)
    dates = [happening.occurrence(event, happening.soon(days=day)) for day in (7, 14)]
    page = page_of(client, event)
    for date in dates:
        assert f"/valdres/kalender/{event.slug}/pamelding/{date.intake_id}/" in page
        assert f"/valdres/kalender/{event.slug}/{date.pk}/kalender.ics" in page_of(
            client, event, f"{date.pk}/"
        )


def test_a_course_is_signed_up_for_once(client: Client) -> None:
    event = happening.event(kind=EventKind.COURSE)
    intake = happening.intake(event)
    for day in (7, 14, 21):
        happening.occurrence(event, happening.soon(days=day), intake=intake)
    page = page_of(client, event)
    assert page.count(f"pamelding/{intake.pk}/") == 1
    assert "for hele kurset" in page
    assert page.count('<li><span class="st-leaf"') == 3


@pytest.mark.parametrize(
    ("fields", "said", "has_button"),
    [
        ({"sign_up": SignUp.NONE}, "Du trenger ikke melde deg på.", False),
        ({"sign_up": SignUp.ANONYMOUS}, "Si at du kommer", True),
        ({"sign_up": SignUp.REQUIRED}, "Meld deg på", True),
        ({"capacity": 0}, "Sett deg på venteliste", True),
        ({"capacity": 0, "has_waiting_list": False}, "Fullt", False),
    ],
)
def test_how_one_comes(
    client: Client, fields: dict[str, Any], said: str, *, has_button: bool
) -> None:
    intake = happening.one_off(**fields)
    page = page_of(client, intake.event)
    assert said in page
    assert ("/pamelding/" in page) == has_button


def test_a_cancelled_event_says_so_at_the_top_and_takes_no_sign_up(client: Client) -> None:
    intake = happening.one_off(status=EventStatus.CANCELLED)
    page = page_of(client, intake.event)
    assert "Dette er avlyst" in page
    assert "/pamelding/" not in page
    assert data_of(page)["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_cancelled_date_says_why_and_the_others_stand(client: Client) -> None:
    event = happening.event(kind=EventKind.SERIES)
    off = happening.occurrence(
        event, status=OccurrenceStatus.CANCELLED, notice="Snøstorm", sequence=1
    )
    on = happening.occurrence(event, happening.soon(days=28))
    page = page_of(client, event, f"{off.pk}/")
    assert "Denne datoen er avlyst" in page
    assert "Snøstorm" in page
    assert f"pamelding/{off.intake_id}/" not in page
    assert f"pamelding/{on.intake_id}/" in page


def test_a_moved_date_says_when_it_should_have_been(client: Client) -> None:
    event = happening.event(kind=EventKind.SERIES)
    planned = happening.soon(days=14)
    moved = happening.occurrence(event, happening.soon(days=15), rule_starts_at=planned)
    page = page_of(client, event, f"{moved.pk}/")
    assert "Denne datoen er flyttet" in page
    data = data_of(page)
    assert data["previousStartDate"] == planned.isoformat()
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"


def test_what_is_over_says_so_and_leads_on(client: Client) -> None:
    event = happening.event()
    happening.occurrence(event, happening.soon(days=-10))
    happening.occurrence(happening.event(name="Neste kafé"))
    page = page_of(client, event)
    assert "Det er over" in page
    assert "Neste kafé" in page
    assert "/pamelding/" not in page


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.ARCHIVED])
def test_what_is_not_public_is_answered_like_what_does_not_exist(
    client: Client, status: EventStatus
) -> None:
    hidden = happening.occurrence(happening.event(status=status, slug="skjult"))
    elsewhere = happening.occurrence(
        happening.event(make.municipality("0301", "Oslo"), slug="oslo")
    )
    own = happening.occurrence(happening.event(kind=EventKind.SERIES, slug="eget"))
    missing = client.get("/valdres/kalender/finnes-ikke/")
    paths = [f"skjult/{hidden.pk}/", "skjult/", f"oslo/{elsewhere.pk}/", "oslo/"]
    for path in [*paths, f"eget/{uuid4()}/", f"eget/{elsewhere.pk}/", f"oslo/{own.pk}/"]:
        response = client.get(f"/valdres/kalender/{path}")
        assert response.status_code == missing.status_code == 404, path
        assert "Temakafé" not in response.content.decode()


def test_the_date_of_a_single_event_leads_to_the_event(client: Client) -> None:
    date = happening.occurrence(happening.event(slug="en"))
    response = client.get(f"/valdres/kalender/en/{date.pk}/")
    assert response.status_code == 302
    assert response["Location"] == "/valdres/kalender/en/"


def test_the_way_into_a_digital_meeting_is_nowhere_on_the_page(client: Client) -> None:
    event = happening.event(
        kind=EventKind.SERIES,
        meets_online=True,
        meets_in_person=False,
        join_url="https://video.example.org/rom",
    )
    date = happening.occurrence(event, join_url="https://video.example.org/dato")
    for page in (page_of(client, event), page_of(client, event, f"{date.pk}/")):
        assert "video.example.org" not in page
        assert "Lenken kommer til dem som har meldt seg på." in page
    assert data_of(page)["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


def test_a_secret_place_is_nowhere_on_the_page(client: Client) -> None:
    secret = make.location(
        name="Skjulestedet", transportation="Gå bak kirken", is_confidential=True
    )
    event = happening.event(location=secret, room="Kjelleren", getting_there="Gul dør")
    happening.occurrence(event)
    page = page_of(client, event)
    for word in ("Skjulestedet", "bak kirken", "Kjelleren", "Gul dør"):
        assert word not in page
    assert "Adressen er hemmelig" in page


def test_the_room_of_one_place_is_not_said_of_another(client: Client) -> None:
    event = happening.event(location=make.location(name="Rådhuset"), room="Kjelleren")
    happening.occurrence(event, location=make.location(name="Biblioteket"))
    page = page_of(client, event)
    assert "Biblioteket" in page
    assert "Kjelleren" not in page


@pytest.mark.parametrize("is_child", [True, False])
def test_pages_for_children_and_on_violence_can_be_left_in_a_hurry(
    client: Client, *, is_child: bool
) -> None:
    event = happening.event(is_for_children=is_child, name="Hemmelig navn")
    if not is_child:
        groups = make.taxonomy(Taxonomies.TARGET_GROUPS)
        event.terms.add(make.term("vold", taxonomy=groups))
    happening.occurrence(event)
    response = client.get(f"/valdres/kalender/{event.slug}/")
    page = response.content.decode()
    assert "data-quick-exit" in page
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "Hemmelig navn" not in page.partition("</title>")[0]
    assert "openstreetmap" not in page


def test_what_is_hostile_is_shown_as_text(client: Client) -> None:
    evil = "</script><script>alert(1)</script>"
    fields = ("name", "summary", "description", "for_whom", "programme", "led_by", "price", "room")
    event = happening.event(kind=EventKind.SERIES, **dict.fromkeys(fields, evil))
    happening.occurrence(event, theme=evil, notice=evil)
    page = page_of(client, event)
    assert "<script>alert" not in page
    assert data_of(page)["name"] == evil


def test_search_engines_are_told_of_every_date_with_its_offset(client: Client) -> None:
    event = happening.event(kind=EventKind.SERIES, is_free=True, is_for_children=True)
    date = happening.occurrence(event)
    data = data_of(page_of(client, event))
    assert data["@type"] == "EventSeries"
    found = data["subEvent"][0]
    assert found["@type"] == "ChildrensEvent"
    assert found["startDate"] == happening.soon().isoformat()
    assert found["offers"]["price"] == "0"
    assert found["url"].endswith(f"/valdres/kalender/{event.slug}/{date.pk}/")
    assert found["organizer"]["name"] == event.organization.name


def test_a_course_is_told_of_as_one(client: Client) -> None:
    event = happening.event(kind=EventKind.COURSE)
    intake = happening.intake(event)
    for day in (7, 14):
        happening.occurrence(event, happening.soon(days=day), intake=intake)
    data = data_of(page_of(client, event))
    assert data["@type"] == "Course"
    assert data["provider"]["name"] == event.organization.name
    assert len(data["hasCourseInstance"]["subEvent"]) == 2


def test_texts_in_another_language_are_marked(client: Client) -> None:
    event = happening.event(description="Vi møtes.")
    happening.occurrence(event)
    page = page_of(client, event, prefix="/en")
    assert 'lang="nb"' in page
    assert "The text is only in Norwegian (Bokmål)." in page


def test_the_region_the_service_the_sitemap_and_the_children_know_of_it(client: Client) -> None:
    service = scenes.offer("Temakafé Fagernes", "temakafe")
    finding.rebuild()
    event = happening.event(name="Kafé for barn", service=service, is_for_children=True)
    happening.occurrence(event)
    for path in ("/valdres/", "/valdres/tilbud/temakafe/", "/valdres/barn-og-unge/"):
        assert f"/valdres/kalender/{event.slug}/" in client.get(path).content.decode()
    assert f"/valdres/kalender/{event.slug}/" in client.get("/sitemap.xml").content.decode()


def test_nothing_coming_leaves_no_empty_heading(client: Client) -> None:
    happening.occurrence(happening.event(), happening.soon(days=-3))
    for path in ("/valdres/", "/valdres/barn-og-unge/"):
        assert "st-dates" not in client.get(path).content.decode()


def test_results_mention_what_comes_about_the_same(client: Client) -> None:
    scenes.offer("Sorgtelefonen", "sorgtelefonen", needs=["sorg"])
    finding.rebuild()
    event = happening.event(name="Sorggruppe")
    event.terms.add(make.term("sorg"))
    happening.occurrence(event)
    assert "Sorggruppe" in client.get("/valdres/sok/?behov=sorg").content.decode()
    assert "Sorggruppe" not in client.get("/valdres/sok/?behov=okonomi").content.decode()


def test_sixty_dates_take_no_more_queries_than_one(client: Client) -> None:
    event = happening.event(kind=EventKind.SERIES, location=make.location())
    happening.occurrence(event)

    def queries() -> int:
        recent.forget()
        with CaptureQueriesContext(connection) as found:
            page_of(client, event)
        return len(found)

    few = queries()
    for number in range(60):
        happening.occurrence(event, timezone.now() + timedelta(days=20, hours=number))
    assert queries() == few <= 16


def test_no_cookie_is_set(client: Client) -> None:
    intake = happening.one_off()
    assert not client.get(f"/valdres/kalender/{intake.event.slug}/").cookies
