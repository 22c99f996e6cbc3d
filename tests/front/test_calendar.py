"""The calendar: what comes, by week and month, narrowed, and never a dead end."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samtun.directory.enums import Taxonomies
from samtun.events import finding
from samtun.events.enums import EventKind, EventStatus, OccurrenceStatus, SignUp
from samtun.front import calendar_shell
from samtun.front.calendar_asked import month_parameter, week_parameter
from samtun.front.frame import Frame
from samtun.organisations import recent
from samtun.organisations.models import Municipality
from tests.factories import directory as make
from tests.factories import events as happening
from tests.front import scenes

pytestmark = pytest.mark.django_db
PAGE = "/valdres/kalender/"


@pytest.fixture(autouse=True)
def _valdres() -> None:
    scenes.valdres()


def page_at(client: Client, query: str = "") -> str:
    """The HTML of the calendar."""
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_date_says_when_where_for_whom_and_that_one_may_just_come(client: Client) -> None:
    place = make.location(name="Biblioteket", municipality=make.municipality())
    event = happening.event(name="Kafé", sign_up=SignUp.NONE, location=place, is_free=True)
    happening.occurrence(event, happening.soon(days=1))
    page = page_at(client)
    for said in ("I morgen", "kl. 18–20", "Biblioteket, Nord-Aurdal", "Bare kom", "Gratis"):
        assert said in page
    assert "for Nord-Aurdal" in page


def test_a_date_of_a_series_has_a_page_of_its_own_and_a_course_one_for_all(client: Client) -> None:
    series = happening.occurrence(happening.event(kind=EventKind.SERIES, slug="serie"))
    happening.occurrence(happening.event(kind=EventKind.ONE_OFF, slug="kurs"))
    page = page_at(client)
    assert f'href="/valdres/kalender/serie/{series.pk}/"' in page
    assert 'href="/valdres/kalender/kurs/"' in page


@pytest.mark.parametrize(
    ("capacity", "taken", "said"),
    [(20, 3, "Ledige plasser"), (5, 3, "Få plasser igjen"), (3, 3, "Fullt – venteliste")],
)
def test_whether_there_is_room_is_said_without_numbers(
    client: Client, capacity: int, taken: int, said: str
) -> None:
    intake = happening.one_off(capacity=capacity)
    intake.taken = taken
    intake.save()
    page = page_at(client)
    assert said in page
    assert f"{capacity - taken} ledig" not in page


def test_where_nobody_need_sign_up_one_just_comes(client: Client) -> None:
    happening.one_off(capacity=20, sign_up=SignUp.ANONYMOUS)
    page = page_at(client)
    assert "Bare kom" in page
    assert "Ledige plasser" not in page


def test_what_is_full_without_a_waiting_list_closed_or_not_open_yet_says_so(client: Client) -> None:
    happening.party(happening.one_off(capacity=1, has_waiting_list=False, name="A"))
    closed = happening.one_off(name="B")
    closed.is_closed = True
    closed.save()
    happening.one_off(name="C", opens_on=timezone.localdate() + timedelta(days=3))
    page = page_at(client)
    assert ">Fullt<" in page
    assert "Påmeldingen er stengt" in page
    assert "Påmelding fra " in page


def test_a_cancelled_and_a_moved_date_say_so(client: Client) -> None:
    event = happening.event(kind=EventKind.SERIES)
    happening.occurrence(event, status=OccurrenceStatus.CANCELLED, notice="Huset er stengt")
    happening.occurrence(
        event, happening.soon(days=20), rule_starts_at=happening.soon(days=21), notice="Ny dag"
    )
    page = page_at(client)
    for said in ("Avlyst", "Huset er stengt", "Flyttet", "Ny dag"):
        assert said in page


def test_what_is_over_is_not_listed_but_stands_in_its_month(client: Client) -> None:
    past = happening.soon(days=-40)
    happening.occurrence(happening.event(name="Høsttreff"), past)
    assert "Høsttreff" not in page_at(client)
    assert "Høsttreff" in page_at(client, f"?maaned={month_parameter(past.date())}")


def test_a_week_holds_its_days_only(client: Client) -> None:
    first = happening.soon(days=21)
    happening.occurrence(happening.event(name="Uka"), first)
    happening.occurrence(happening.event(name="Neste"), first + timedelta(days=7))
    page = page_at(client, f"?uke={week_parameter(first.date())}")
    assert "Uka" in page
    assert ">Neste</a>" not in page


def test_a_month_is_a_table_whose_days_lead_into_the_list(client: Client) -> None:
    moment = happening.soon(days=21)
    happening.occurrence(happening.event(name="Kafé"), moment)
    page = page_at(client, f"?maaned={month_parameter(moment.date())}")
    key = f"dag-{moment:%Y-%m-%d}"
    assert f'<a href="#{key}">' in page
    assert f'id="{key}"' in page
    assert 'scope="row"' in page


def test_a_month_with_more_than_a_page_leads_to_the_weeks(client: Client) -> None:
    first = timezone.localdate().replace(day=1) + timedelta(days=62)
    start = happening.soon().replace(year=first.year, month=first.month, day=10)
    event = happening.event(kind=EventKind.SERIES)
    for number in range(51):
        happening.occurrence(event, start + timedelta(minutes=number))
    page = page_at(client, f"?maaned={month_parameter(start.date())}")
    assert f"uke={week_parameter(start.date())}#dag-{start:%Y-%m-%d}" in page


def test_filters_narrow_and_are_shown_as_chosen(client: Client) -> None:
    need = make.term("sorg", name="Sorg")
    event = happening.event(name="Sorggruppe")
    event.terms.add(need)
    happening.occurrence(event)
    happening.occurrence(happening.event(name="Gåtur"))
    page = page_at(client, "?behov=sorg")
    assert "Sorggruppe" in page
    assert "Gåtur" not in page
    assert 'value="sorg" checked' in page
    assert '<a class="ds-chip" data-wrap="wrap" href="?">' in page


def test_the_words_of_a_question_are_found_in_names_and_themes(client: Client) -> None:
    event = happening.event(kind=EventKind.SERIES, name="Temakafé")
    happening.occurrence(event, theme="Søvn og hvile")
    happening.occurrence(happening.event(name="Gåtur"))
    assert "Gåtur" not in page_at(client, "?q=hvile")
    assert "Søvn og hvile" in page_at(client, "?q=hvile")


def test_nothing_found_comes_with_what_is_near_and_somebody_to_call(client: Client) -> None:
    happening.occurrence(happening.event(name="Gåtur"))
    page = page_at(client, "?form=digital")
    assert "Vi fant ingenting som passer med alt dette." in page
    assert "Gåtur" in page
    assert "10 00 00 01" in page


def test_an_empty_week_leads_to_what_comes_later(client: Client) -> None:
    happening.occurrence(happening.event(name="Gåtur"), happening.soon(days=40))
    page = page_at(client, f"?uke={week_parameter(timezone.localdate())}")
    assert "Ingenting er planlagt disse dagene." in page
    assert "Gåtur" in page


ODD = (
    *("uke=2026-W99", "uke=0000-W01", "uke=9999-W52", "uke=2100-W52", "kommune=0301", "alder=-1"),
    *("maaned=xxxx", "maaned=2026-13", "maaned=9999-12", "maaned=2000-01", "maaned=2100-12"),
    *("side=-4", "side=99999999", "q=%00", "organisasjon=x", "behov=finnes-ikke"),
)


@pytest.mark.parametrize("query", ODD)
def test_odd_addresses_are_answered_kindly(client: Client, query: str) -> None:
    happening.occurrence(happening.event())
    assert "Det skjer i Valdres" in page_at(client, f"?{query}")


def test_no_cookie_is_set(client: Client) -> None:
    assert not client.get(PAGE).cookies


def test_what_is_hostile_is_shown_as_text(client: Client) -> None:
    event = happening.event(name="<script>alert(1)</script>", summary='"><img src=x>')
    happening.occurrence(event, theme="<b>", notice="<i>")
    for query in ("", "?q=%3Cscript%3E", f"?maaned={month_parameter(happening.soon().date())}"):
        page = page_at(client, query)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b></span>" not in page
        assert "<i>" not in page


def test_a_secret_place_and_the_way_into_a_digital_meeting_are_never_told(client: Client) -> None:
    place = make.location(name="Skjulestedet", is_confidential=True)
    event = happening.event(location=place, join_url="https://video.example.org/rom")
    happening.occurrence(event, join_url="https://video.example.org/i-dag")
    page = page_at(client)
    assert "Skjulestedet" not in page
    assert "video.example.org" not in page


def test_drafts_and_other_regions_are_not_there(client: Client) -> None:
    happening.occurrence(happening.event(name="Utkast", status=EventStatus.DRAFT))
    happening.occurrence(happening.event(make.municipality("0301", "Oslo"), name="Oslotreff"))
    page = page_at(client)
    assert "Utkast" not in page
    assert "Oslotreff" not in page


def test_htmx_gets_the_part_below_the_question(client: Client) -> None:
    response = client.get(PAGE, headers={"HX-Request-Type": "partial"})
    assert response.content.decode().lstrip().startswith('<div id="happenings"')
    assert "HX-Request-Type" in response["Vary"]


def test_whoever_subscribes_gets_the_same_filters(client: Client) -> None:
    make.term("sorg")
    page = page_at(client, "?behov=sorg&uke=2026-W48&q=kafe")
    assert "/valdres/kalender.ics?behov=sorg&quot;" not in page
    assert 'href="webcal://' in page
    assert '/valdres/kalender.ics?behov=sorg"' in page


def test_the_page_is_in_nynorsk_and_english_too(client: Client) -> None:
    event = happening.event(translations={"nn": {"name": "Kafé på nynorsk"}})
    happening.occurrence(event, happening.soon(days=1))
    assert "Kafé på nynorsk" in client.get(f"/nn{PAGE}").content.decode()
    english = client.get(f"/en{PAGE}").content.decode()
    assert "Tomorrow" in english
    assert 'lang="nb"' in english


def _many(count: int) -> None:
    group = make.term("demens", taxonomy=make.taxonomy(Taxonomies.TARGET_GROUPS))
    vang = Municipality.objects.get(number="3454")
    for number in range(count):
        event = happening.event(make.municipality(), vang, location=make.location())
        event.terms.add(group)
        happening.occurrence(event, happening.soon(days=7) + timedelta(minutes=number))


@pytest.mark.parametrize("view", ["", "?maaned=", "?uke="])
def test_thirty_dates_take_no_more_queries_than_one(client: Client, view: str) -> None:
    day = happening.soon(days=7).date()
    value = {"?maaned=": month_parameter(day), "?uke=": week_parameter(day)}.get(view, "")

    def queries() -> int:
        recent.forget()
        with CaptureQueriesContext(connection) as found:
            page_at(client, view + value)
        return len(found)

    _many(1)
    few = queries()
    _many(29)
    assert queries() == few <= 13


def test_what_a_series_is_stands_at_its_first_date_only(client: Client) -> None:
    walk = happening.event(kind=EventKind.SERIES, summary="Vi går sakte.", is_free=True)
    for days in (3, 10, 17):
        happening.occurrence(walk, happening.soon(days=days), notice="Ta med brodder")
    page = page_at(client)
    assert page.count("Vi går sakte.") == page.count(">Gratis<") == 1
    assert page.count("Ledige plasser") == page.count("Ta med brodder") == 3


def test_nothing_about_the_words_leads_to_all_help_and_to_nothing_cancelled(client: Client) -> None:
    off = happening.event(kind=EventKind.SERIES, name="Avlyst kveld")
    happening.occurrence(off, status=OccurrenceStatus.CANCELLED)
    happening.occurrence(happening.event(name="Kafé"))
    page = page_at(client, "?q=qwxyzzy")
    assert "Avlyst kveld" not in page
    assert "Kafé" in page
    assert 'href="/valdres/sok/?q=qwxyzzy"' in page


def test_results_of_help_lead_to_what_happens_below_them(client: Client) -> None:
    happening.occurrence(happening.event(name="Mestringskurs om demens"))
    finding.rebuild()
    page = client.get("/valdres/sok/", {"q": "kurs om demens"}).content.decode()
    assert page.index('href="#happenings"') < page.index('id="happenings"')


@pytest.mark.parametrize(
    "query",
    ["", "?q=kafe&form=in_person", "?kommune=3451&ledig=1", "?side=2", "uke", "maaned"],
)
def test_the_page_made_from_its_shape_is_that_of_the_templates(
    client: Client, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    day = happening.soon(days=3).date()
    days = {"uke": f"?uke={week_parameter(day)}", "maaned": f"?maaned={month_parameter(day)}"}
    query = days.get(query, query)
    series = happening.event(make.municipality("3451"), name="Kafé {[facets]}", kind="series")
    for _number in range(25):
        happening.occurrence(series, happening.soon(days=3))

    def plainly(template: str, _asked: object, frame: Frame, found: Any, _query: str) -> str:  # noqa: ANN401
        return render_to_string(
            template, frame.context() | found, RequestFactory().get(PAGE + query)
        )

    assert "{[facets]}" in page_at(client, query)
    quick = [page_at(client, query) for _again in range(2)]
    monkeypatch.setattr(calendar_shell, "fill", plainly)
    assert quick == [page_at(client, query)] * 2
