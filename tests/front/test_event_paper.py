"""Posters and the month on paper: what visitors see, in both language forms, and no more."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.documents import pdf as documents
from samtun.documents.errors import DocumentError
from samtun.documents.event_content import Poster, Programme
from samtun.events.enums import EventKind, EventStatus, OccurrenceStatus, SignUp
from samtun.events.models import Event, Occurrence
from samtun.events.recurrence import OSLO
from samtun.front.event_paper import shortened
from samtun.front.rhythm import rhythm
from tests.factories import directory as make
from tests.factories import events as happening
from tests.front import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was asked to be printed; nothing is typeset."""
    contents: list[Any] = []

    def keep(content: object) -> bytes:
        contents.append(content)
        return b"%PDF-1.7"

    for name in ("poster_pdf", "programme_pdf"):
        monkeypatch.setattr(documents, name, keep)
    return contents


def series(**fields: Any) -> Event:  # noqa: ANN401  (the fields of an event)
    """A café in Nord-Aurdal on the last Wednesday of each month, with its next three dates."""
    told = {
        "name": "Temakafé",
        "slug": "temakafe",
        "kind": EventKind.SERIES,
        "rrule": "FREQ=MONTHLY;BYDAY=-1WE",
        "translations": {"nn": {"name": "Temakafé på nynorsk"}},
        "sign_up": SignUp.NONE,
        "is_free": True,
    }
    event = happening.event(make.municipality("3451", "Nord-Aurdal"), **told | fields)
    for number in (1, 2, 3):
        happening.occurrence(event, happening.soon(days=7 * number))
    return event


def poster_of(
    client: Client, made: list[Any], path: str = "/valdres/kalender/temakafe/plakat/"
) -> Poster:
    """What stands on the poster."""
    response = client.get(path)
    assert response.status_code == 200
    poster: Poster = made[-1]
    return poster


def test_a_poster_of_a_series_says_its_rule_and_the_next_dates(
    client: Client, made: list[Any]
) -> None:
    scenes.valdres()
    series()
    poster = poster_of(client, made)
    assert poster.rule == "Siste onsdag i måneden kl. 18–20"
    assert len(poster.dates) == 3
    assert {one.hours for one in poster.dates} == {""}, "the rule has said it"
    assert (poster.name, poster.price) == ("Temakafé", "Gratis")
    assert poster.url.endswith("/valdres/kalender/temakafe/")
    assert poster.contact
    assert poster.contact.phone == "10 00 00 01"


def test_a_poster_is_in_the_language_form_of_its_address(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    series()
    poster = poster_of(client, made, "/nn/valdres/kalender/temakafe/plakat/")
    assert (poster.language, poster.name) == ("nn", "Temakafé på nynorsk")
    assert poster.rule == "Siste onsdagen i månaden kl. 18–20"
    assert poster.url.endswith("/nn/valdres/kalender/temakafe/")


def test_a_text_that_the_reader_may_not_know_is_left_out(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    series(
        for_whom="For alle.",
        children="Barn kan bli med.",
        translations={"en": {"name": "Theme café", "for_whom": "For everybody."}},
    )
    poster = poster_of(client, made, "/en/valdres/kalender/temakafe/plakat/")
    assert (poster.name, poster.for_whom) == ("Theme café", "For everybody.")
    assert poster.children == poster.summary == ""


def test_a_poster_names_the_file_and_is_kept_while_it_is_right(
    client: Client, made: list[Any]
) -> None:
    scenes.valdres()
    series()
    path = "/valdres/kalender/temakafe/plakat/"
    first = client.get(path)
    assert first["Content-Disposition"] == 'inline; filename="temakafe-plakat.pdf"'
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert len(made) == 1


def everything_in(content: object) -> str:
    """All texts of a document's content."""
    return repr(content)


def test_no_join_address_and_no_secret_place_comes_on_paper(
    client: Client, made: list[Any]
) -> None:
    scenes.valdres()
    secret = make.location(name="Huset i skogen", is_confidential=True)
    event = series(location=secret, meets_online=True, join_url="https://mote.example/hemmelig")
    Occurrence.objects.filter(event=event).update(join_url="https://mote.example/og-denne")
    client.get("/valdres/kalender/temakafe/plakat/")
    client.get("/valdres/kalender/program/")
    client.get(f"/valdres/kalender/program/?maaned={happening.soon(days=7):%Y-%m}")
    assert len(made) == 3
    said = everything_in(made)
    assert "mote.example" not in said
    assert "Huset i skogen" not in said


def test_nobody_who_comes_is_named_on_paper(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    event = series(sign_up=SignUp.REQUIRED)
    happening.party(event.intakes.order_by("starts_at")[0], name="Gudrunilde")
    client.get("/valdres/kalender/temakafe/plakat/")
    client.get(f"/valdres/kalender/program/?maaned={happening.soon(days=7):%Y-%m}")
    assert "Gudrunilde" not in everything_in(made)


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.ARCHIVED])
def test_what_has_no_page_has_no_poster(client: Client, status: EventStatus) -> None:
    scenes.valdres()
    series(status=status)
    assert client.get("/valdres/kalender/temakafe/plakat/").status_code == 404


def test_an_event_of_another_region_has_no_poster_here(client: Client) -> None:
    scenes.valdres()
    elsewhere = happening.event(make.municipality("3434", "Lom"), slug="i-lom")
    happening.occurrence(elsewhere)
    assert client.get("/valdres/kalender/i-lom/plakat/").status_code == 404


def test_a_cancelled_event_says_so_and_asks_nobody_to_sign_up(
    client: Client, made: list[Any]
) -> None:
    scenes.valdres()
    series(status=EventStatus.CANCELLED, sign_up=SignUp.REQUIRED)
    poster = poster_of(client, made)
    assert poster.alert == "Avlyst"
    assert poster.sign_up == ""


def test_a_cancelled_date_stands_beside_the_others(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    when = series().occurrences.order_by("starts_at")[1]
    Occurrence.objects.filter(pk=when.pk).update(
        status=OccurrenceStatus.CANCELLED, notice="Huset er opptatt."
    )
    notes = [one.note for one in poster_of(client, made).dates]
    assert notes == ["", "Avlyst: Huset er opptatt.", ""]


def test_a_childs_poster_leaves_no_trace(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    series(is_for_children=True)
    response = client.get("/valdres/kalender/temakafe/plakat/")
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "temakafe" not in response["Content-Disposition"]


def test_a_document_that_cannot_be_made_is_explained(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(content: object) -> bytes:
        raise DocumentError("Det ble for mye tekst.")

    monkeypatch.setattr(documents, "poster_pdf", refuse)
    scenes.valdres()
    series()
    response = client.get("/valdres/kalender/temakafe/plakat/")
    assert response.status_code == 503
    assert 'href="/valdres/kalender/temakafe/"' in response.content.decode()


# -- the programme ---------------------------------------------------------------------------------


def next_month() -> date:
    """The first day of the month after this one: all of it lies ahead."""
    return (timezone.localdate().replace(day=28) + timedelta(days=4)).replace(day=1)


def on(day: date, name: str, *municipalities: str, **fields: Any) -> Event:  # noqa: ANN401
    """A one-off on that day at six."""
    numbers = municipalities or ("3451",)
    covered = [make.municipality(number) for number in numbers]
    event = happening.event(*covered, name=name, **fields)
    days = (day - timezone.localdate()).days
    happening.occurrence(event, happening.soon(days=days))
    return event


def programme_of(client: Client, made: list[Any], query: str = "") -> Programme:
    """What stands in the programme."""
    assert client.get(f"/valdres/kalender/program/{query}").status_code == 200
    programme: Programme = made[-1]
    return programme


def names(programme: Programme) -> list[list[str]]:
    """What is on, day by day."""
    return [[item.name for item in day.items] for day in programme.days]


def test_a_month_holds_its_days_and_no_others(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    first = next_month()
    on(first - timedelta(days=1), "Før")
    on(first, "Først")
    on(first, "Også først")
    on(first.replace(day=28), "Sist")
    on(first + timedelta(days=32), "Etter")
    programme = programme_of(client, made, f"?maaned={first:%Y-%m}")
    assert [sorted(day) for day in names(programme)] == [["Først", "Også først"], ["Sist"]]
    assert programme.url.endswith(f"/valdres/kalender/?maaned={first:%Y-%m}")
    assert programme.days[0].number == "1"


def test_a_month_is_narrowed_as_the_calendar_is(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    first = next_month()
    on(first, "I Vang", "3454")
    on(first, "I Nord-Aurdal", "3451")
    query = f"?maaned={first:%Y-%m}&kommune=3454"
    programme = programme_of(client, made, query)
    assert names(programme) == [["I Vang"]]
    assert programme.narrowed == "Vang"
    assert "kommune=3454" in programme.url


@pytest.mark.parametrize(
    "query", ["", "?maaned=2026-13", "?maaned=<script>", "?uke=2026-W02", "?side=9"]
)
def test_what_makes_no_sense_gives_this_month(client: Client, made: list[Any], query: str) -> None:
    scenes.valdres()
    programme = programme_of(client, made, query)
    assert str(timezone.localdate().year) in programme.month
    assert programme.days == ()


def test_paper_does_not_say_how_many_places_are_left(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    first = next_month()
    on(first, "Kurs", sign_up=SignUp.REQUIRED, capacity=1, is_free=True)
    programme = programme_of(client, made, f"?maaned={first:%Y-%m}")
    assert [fact for fact in programme.days[0].items[0].facts if fact] == ["Gratis", "Meld deg på"]


@pytest.mark.parametrize("count", [1, 30])
def test_a_full_month_takes_no_more_queries(
    client: Client, made: list[Any], django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    scenes.valdres()
    for number in range(count):
        on(next_month(), f"Kafé {number}")
    path = f"/valdres/kalender/program/?maaned={next_month():%Y-%m}"
    client.get(path)
    with django_assert_num_queries(2):
        client.get(path)


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "hver tirsdag"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "annenhver tirsdag"),
        ("FREQ=MONTHLY;BYDAY=-1WE", "siste onsdag i måneden"),
        ("FREQ=MONTHLY;BYDAY=1TH;COUNT=6", "første torsdag i måneden"),
        ("FREQ=WEEKLY", "hver onsdag"),
        ("FREQ=MONTHLY;BYMONTH=1;BYDAY=1TH", "første torsdag i måneden, i januar"),
        ("FREQ=DAILY;BYDAY=TU", "hver tirsdag"),
        ("FREQ=YEARLY;BYDAY=20MO", ""),
        ("FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=5", ""),
        ("FREQ=YEARLY;BYMONTHDAY=30,31;BYMONTH=4,5", ""),
        ("hver tirsdag", ""),
        ("", ""),
    ],
)
def test_a_rule_is_said_as_people_say_it(rule: str, words: str) -> None:
    wednesday = happening.soon(days=0)
    wednesday += timedelta(days=(2 - wednesday.weekday()) % 7)
    event = Event(rrule=rule, starts_at=wednesday)
    assert rhythm(event, "nb") == words


MAY = datetime(2026, 5, 12, 18, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("rule", "nb", "nn", "en"),
    [
        ("DAILY", "hver dag", "kvar dag", "every day"),
        ("DAILY;INTERVAL=2", "annenhver dag", "annankvar dag", "every other day"),
        ("DAILY;INTERVAL=3", "hver 3. dag", "kvar 3. dag", "every 3 days"),
        ("DAILY;BYMONTH=6,7", "hver dag, i juni og juli", "kvar dag, i juni og juli",
         "every day, in June and July"),
        ("WEEKLY;BYDAY=TU;BYMONTH=1,2,3,4,5,6,8,9,10,11,12", "hver tirsdag, men ikke i juli",
         "kvar tysdag, men ikkje i juli", "every Tuesday, but not in July"),
        ("MONTHLY;BYDAY=-1WE;BYMONTH=2,10", "siste onsdag i måneden, i februar og oktober",
         "siste onsdagen i månaden, i februar og oktober",
         "last Wednesday of the month, in February and October"),
        ("YEARLY", "hvert år, 12. mai", "kvart år, 12. mai", "every year, 12 May"),
        ("YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=17", "annethvert år, 17. mai",
         "annakvart år, 17. mai", "every other year, 17 May"),
        ("YEARLY;INTERVAL=3;BYMONTH=10;BYDAY=1WE", "hvert 3. år, første onsdag i oktober",
         "kvart 3. år, første onsdagen i oktober", "every 3 years, first Wednesday of October"),
    ],
)  # fmt: skip
def test_days_years_and_months_have_words(rule: str, nb: str, nn: str, en: str) -> None:
    event = Event(rrule=f"FREQ={rule}", starts_at=MAY)
    assert [rhythm(event, language) for language in ("nb", "nn", "en")] == [nb, nn, en]


def test_a_long_text_is_cut_after_a_sentence() -> None:
    assert shortened("Kort.") == "Kort."
    assert shortened("Dette er en setning. " * 20).endswith("setning.")
    assert shortened("ord " * 100).endswith("ord …")
