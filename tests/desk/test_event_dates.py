"""The dates of a meeting on the desk."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.events.enums import NoticeKind, OccurrenceStatus
from samtun.events.models import Event, Notice, Occurrence
from samtun.events.recurrence import OSLO
from samtun.people.enums import RoleKind
from tests.desk.desk_scenes import Scene, scene
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db
HERE = "/skrivebord/moteplasser/"


@pytest.fixture
def valdres() -> Scene:
    """Kari coordinates the region."""
    return scene()


@pytest.fixture
def kari(valdres: Scene) -> Client:
    """Her browser."""
    return valdres.in_browser(valdres.kari)


@pytest.fixture
def series(valdres: Scene) -> Event:
    """Three dates, and two people who come to the first."""
    made = happening.event(organization=valdres.owner, kind="series", capacity=10)
    for week in (1, 2, 3):
        happening.occurrence(made, happening.soon(days=7 * week))
    first = made.occurrences.order_by("starts_at")[0].intake
    happening.party(first)
    happening.party(first)
    return made


def first_of(event: Event) -> Occurrence:
    """The first date."""
    return event.occurrences.order_by("starts_at")[0]


def sent(client: Client, date: Occurrence, **more: str) -> HttpResponse:
    """The form of a date as it stands, with changes."""
    begins, ends = date.starts_at.astimezone(OSLO), date.ends_at.astimezone(OSLO)
    fields = {"on": begins.date().isoformat(), "begins": f"{begins:%H:%M}",
              "ends": f"{ends:%H:%M}", "do": "save"}  # fmt: skip
    return client.post(f"{HERE}dato/{date.pk}/", fields | more)  # type: ignore[return-value]


def test_a_date_is_moved_after_saying_who_hears_of_it(series: Event, kari: Client) -> None:
    date = first_of(series)
    page = sent(kari, date, begins="17:00", ends="19:00", theme="Søvn").content.decode()
    assert 'value="changed:2|0"' in page
    assert 'value="Søvn"' in page  # nothing typed is lost on the way
    date.refresh_from_db()
    assert date.starts_at.astimezone(OSLO).hour == 18
    assert not Notice.objects.exists()
    sent(kari, date, begins="17:00", ends="19:00", theme="Søvn", told="changed:2|0")
    date.refresh_from_db()
    assert (date.starts_at.astimezone(OSLO).hour, date.theme) == (17, "Søvn")
    assert Notice.objects.filter(kind=NoticeKind.CHANGED).count() == 2


def test_a_new_theme_is_told_nobody(series: Event, kari: Client) -> None:
    date = first_of(series)
    assert sent(kari, date, theme="Søvn").status_code == 302
    assert not Notice.objects.exists()
    assert "Søvn" in kari.get(f"{HERE}{series.pk}/datoer/").content.decode()


def test_a_date_must_end_after_it_begins(series: Event, kari: Client) -> None:
    page = sent(kari, first_of(series), begins="18:00", ends="17:00").content.decode()
    assert "ds-error-summary" in page


def test_a_date_is_cancelled_and_takes_place_after_all(series: Event, kari: Client) -> None:
    date = first_of(series)
    url = f"{HERE}dato/{date.pk}/"
    assert 'value="event_cancelled:2|0"' in kari.get(url).content.decode()
    kari.post(url, {"do": "cancel", "notice": "Sykdom"})  # without having seen who hears of it
    date.refresh_from_db()
    assert date.status == OccurrenceStatus.SCHEDULED
    kari.post(url, {"do": "cancel", "notice": "Sykdom", "told": "event_cancelled:2|0"})
    date.refresh_from_db()
    assert (date.status, date.notice) == (OccurrenceStatus.CANCELLED, "Sykdom")
    assert Notice.objects.filter(kind=NoticeKind.EVENT_CANCELLED).count() == 2
    kari.post(url, {"do": "restore"})
    date.refresh_from_db()
    assert date.status == OccurrenceStatus.SCHEDULED


def test_one_more_date_is_added(series: Event, kari: Client) -> None:
    day = (happening.soon(days=40)).date().isoformat()
    url = f"{HERE}{series.pk}/datoer/"
    fields = {"on": day, "begins": "18:00", "ends": "20:00", "theme": "Sorg", "do": "add"}
    assert kari.post(url, fields).status_code == 302
    assert series.occurrences.count() == 4
    assert kari.post(url, fields | {"ends": ""}).status_code == 200
    assert series.occurrences.count() == 4


def test_a_new_session_of_a_course_is_told_before_it_is_made(valdres: Scene, kari: Client) -> None:
    course = happening.event(organization=valdres.owner, kind="course", capacity=10)
    happening.party(happening.occurrence(course).intake)
    day = (happening.soon(days=40)).date().isoformat()
    fields = {"on": day, "begins": "18:00", "ends": "20:00", "do": "add"}
    url = f"{HERE}{course.pk}/datoer/"
    assert 'value="changed:1|0"' in kari.post(url, fields).content.decode()
    assert course.occurrences.count() == 1
    kari.post(url, fields | {"told": "changed:1|0"})
    assert course.occurrences.count() == 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_outsiders_find_no_date(valdres: Scene, series: Event, method: str) -> None:
    leader = people.person("Leder")
    people.role(leader, RoleKind.LEADER, region=valdres.region)
    for outsider in (valdres.ola, valdres.nils, leader):
        client = valdres.in_browser(outsider)
        assert getattr(client, method)(f"{HERE}dato/{first_of(series).pk}/").status_code == 404


def test_more_dates_cost_no_more_queries(
    series: Event, kari: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    url = f"{HERE}{series.pk}/datoer/"
    with django_assert_max_num_queries(30) as first:
        kari.get(url)
    for week in range(27):
        happening.occurrence(series, happening.soon(days=30 + week))
    happening.occurrence(series, happening.soon() - timedelta(days=60))
    with django_assert_max_num_queries(len(first)):
        page = kari.get(url).content.decode()
    assert "?vis=past" in page
    assert kari.get(f"{url}?vis=past").status_code == 200


def test_going_back_from_the_question_adds_nothing(valdres: Scene, kari: Client) -> None:
    course = happening.event(organization=valdres.owner, kind="course", capacity=10)
    happening.party(happening.occurrence(course, happening.soon(days=7)).intake)
    day = happening.soon(days=14).date().isoformat()
    new = {"on": day, "begins": "18:00", "ends": "20:00", "theme": "Søvn"}
    asked = kari.post(f"{HERE}{course.pk}/datoer/", new | {"do": "add"}).content.decode()
    assert 'value="changed:1|0"' in asked
    back = new | {"do": "show", "told": "changed:1|0"}
    page = kari.post(f"{HERE}{course.pk}/datoer/", back).content.decode()
    assert 'value="Søvn"' in page  # what was typed stands there still
    assert course.occurrences.count() == 1
    kari.post(f"{HERE}{course.pk}/datoer/", back | {"do": "add"})
    assert course.occurrences.count() == 2


def test_going_back_from_the_question_keeps_what_was_typed(series: Event, kari: Client) -> None:
    date = first_of(series)
    changes = {"begins": "17:00", "ends": "19:00", "theme": "Søvn", "told": "changed:2|0"}
    page = sent(kari, date, **changes, do="show").content.decode()
    assert 'value="Søvn"' in page
    assert 'value="17:00"' in page
    assert not Notice.objects.exists()


def test_those_who_just_come_are_counted_from_the_day_itself(valdres: Scene, kari: Client) -> None:
    made = happening.event(organization=valdres.owner, kind="series", sign_up="none")
    now = timezone.now()
    today = happening.occurrence(made, now - timedelta(minutes=1))
    Occurrence.objects.filter(pk=today.pk).update(ends_at=now + timedelta(hours=2))
    later = happening.occurrence(made, happening.soon(days=7))
    page = kari.get(f"{HERE}{made.pk}/datoer/").content.decode()
    assert f"/oppmote/{today.pk}/" in page
    assert f"/oppmote/{later.pk}/" not in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-30"])
def test_a_date_is_not_added_at_the_ends_of_time(series: Event, kari: Client, day: str) -> None:
    sent = {"on": day, "begins": "18:00", "ends": "20:00"}
    response = kari.post(f"{HERE}{series.pk}/datoer/", sent)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert series.occurrences.count() == 3
