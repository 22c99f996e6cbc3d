"""A learner's calendar: days that no time zone moves, and sessions by the clock on the wall."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from samtun.learning import tokens
from samtun.learning.actions import obligations
from samtun.learning.ical.due import feed
from samtun.learning.models import Employment, GroupSession, Item, Obligation
from tests.factories import learning

pytestmark = pytest.mark.django_db


@pytest.fixture
def item() -> Item:
    made = learning.item(learning.version(), title="Å se de pårørende")
    learning.rule(made)
    return made


@pytest.fixture
def job(item: Item) -> Employment:
    made = learning.employment()
    obligations.follow(made)
    return made


def entries(job: Employment) -> list[object]:
    calendar = Calendar.from_ical(feed(job.learner, "nb"))
    return list(calendar.walk("VEVENT"))


def test_a_due_date_is_a_whole_day_without_time_zone(job: Employment) -> None:
    Obligation.objects.update(due_on=date(2027, 3, 28))  # summer time begins
    text = feed(job.learner, "nb")
    assert "DTSTART;VALUE=DATE:20270328\r\nDTEND;VALUE=DATE:20270329\r\n" in text
    assert "SUMMARY:Frist: Å se de pårørende\r\n" in text


def test_the_same_entry_moves_when_the_date_does(job: Employment) -> None:
    before = entries(job)[0]["uid"]  # type: ignore[index]
    Obligation.objects.update(due_on=date(2027, 1, 1))
    assert entries(job)[0]["uid"] == before  # type: ignore[index]


def test_what_is_done_or_another_s_is_not_in_it(item: Item, job: Employment) -> None:
    other = learning.employment()
    obligations.follow(other)
    learning.evidence(job.learner, course=item.course)
    obligations.follow(job)
    assert entries(job) == []
    assert len(entries(other)) == 1


def test_a_session_of_the_unit_is_by_the_clock_on_the_wall(job: Employment) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    starts_at = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 13, tzinfo=UTC)
    GroupSession.objects.create(
        module=learning.module(), unit=job.unit, starts_at=starts_at, code="123456"
    )
    text = feed(job.learner, "nb")
    assert "DTSTART;TZID=Europe/Oslo:" in text
    assert "SUMMARY:Sammen: Modul" in text


def test_a_session_of_another_unit_is_not_in_it(job: Employment) -> None:
    other = learning.employment()
    GroupSession.objects.create(
        module=learning.module(), unit=other.unit, starts_at=timezone.now(), code="123456"
    )
    assert len(entries(job)) == 1


def test_the_token_opens_ones_own_calendar_and_no_forged_one_does(job: Employment) -> None:
    token = tokens.calendar_token_of(job.learner)
    assert tokens.learner_of_calendar(token) == job.learner
    assert tokens.learner_of_calendar(f"{token}x") is None
    assert tokens.learner_of_calendar(job.learner.pk.hex) is None
