"""Attendance on the day: one tap a party, once, also when it is sent twice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.events.enums import OccurrenceStatus
from samtun.events.models import Attendance, Headcount
from tests.desk.party_scenes import Meeting, meeting, today
from tests.factories import directory as make
from tests.factories import events as happening

pytestmark = pytest.mark.django_db


@pytest.fixture
def met() -> Meeting:
    found = meeting()
    today(found)
    return found


def address(met: Meeting, view: str = "attendance") -> str:
    return reverse(f"desk:{view}", args=[met.date.pk])


def test_a_tap_marks_all_of_them_and_leads_back_to_the_row(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    for _twice in range(2):
        answer = browser.post(address(met), {"party": met.bo.pk, "present": "1"})
        assert answer["Location"] == f"{address(met)}#p-{met.bo.pk}"
    assert Attendance.objects.get().present == 1
    page = browser.get(address(met)).content.decode()
    assert 'data-present="1"' in page


def test_fewer_and_undo(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    browser.post(address(met), {"party": met.bo.pk, "present": "2"})
    browser.post(address(met), {"party": met.bo.pk, "present": "0"})
    assert Attendance.objects.get().present == 0
    browser.post(address(met), {"party": met.bo.pk, "present": ""})
    assert not Attendance.objects.exists()


def test_a_script_is_only_told_that_it_is_done(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    sent = {"party": met.bo.pk, "present": "1"}
    assert (
        browser.post(address(met), sent, headers={"X-Requested-With": "fetch"}).status_code == 204
    )
    met.date.intake.occurrences.update(status=OccurrenceStatus.CANCELLED)
    answer = browser.post(address(met), sent, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer["Content-Type"][:10]) == (409, "text/plain")


def test_the_page_has_names_and_no_way_to_reach_anybody(met: Meeting) -> None:
    page = met.desk.in_browser(met.desk.kari).get(address(met)).content.decode()
    assert "Anne Hemmelig" in page
    assert "90 00 00 01" not in page
    assert "@example.org" not in page
    assert "Cille" not in page


@pytest.mark.parametrize("present", ["-1", "x", "1.5", "99999", "²"])
def test_odd_numbers_are_refused(met: Meeting, present: str) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    sent = {"party": met.bo.pk, "present": present}
    assert browser.post(address(met), sent).status_code == 404
    sent = {"municipality": "ukjent", "people": present}
    assert browser.post(address(met, "attendance_count"), sent).status_code == 404
    assert not Attendance.objects.exists()


def test_a_party_of_another_date_is_not_marked_here(met: Meeting) -> None:
    other = happening.party(happening.one_off(capacity=5))
    browser = met.desk.in_browser(met.desk.kari)
    browser.post(address(met), {"party": other.pk, "present": "1"})
    browser.post(address(met), {"party": met.cille.pk, "present": "1"})
    assert not Attendance.objects.exists()


def test_before_the_day_nobody_is_marked(met: Meeting) -> None:
    later = timezone.now() + timedelta(days=2)
    met.intake.occurrences.update(starts_at=later, ends_at=later + timedelta(hours=2))
    browser = met.desk.in_browser(met.desk.kari)
    browser.post(address(met), {"party": met.bo.pk, "present": "1"})
    assert not Attendance.objects.exists()
    assert "Anne Hemmelig" not in browser.get(address(met)).content.decode()


def test_those_who_just_came_are_numbers_of_a_municipality(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    sent = {"municipality": "3451", "people": "3", "first_time": "1"}
    for _twice in range(2):
        browser.post(address(met, "attendance_count"), sent)
    row = Headcount.objects.get()
    assert (row.municipality_id, row.people, row.first_time) == ("3451", 3, 1)
    browser.post(address(met, "attendance_count"), {**sent, "people": "0"})
    assert not Headcount.objects.exists()


def test_from_where_may_be_unknown_and_first_time_is_among_them(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    sent = {"municipality": "ukjent", "people": "2", "first_time": "7"}
    browser.post(address(met, "attendance_count"), sent)
    row = Headcount.objects.get()
    assert (row.municipality_id, row.people, row.first_time) == (None, 2, 2)
    assert browser.post(address(met, "attendance_count"), {"municipality": "9"}).status_code == 404


@pytest.mark.parametrize("rows", [0, 30])
def test_the_page_costs_the_same_for_few_and_for_many(
    met: Meeting, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    met.intake.capacity = None
    met.intake.save()
    for number in range(rows):
        happening.party(met.intake)
        place = make.municipality(str(5100 + number), f"By {number}")
        Headcount.objects.create(occurrence=met.date, municipality=place, people=1)
    browser = met.desk.in_browser(met.desk.kari)
    browser.get(address(met))
    with django_assert_num_queries(13):
        browser.get(address(met))
