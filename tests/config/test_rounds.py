"""When the rounds are made, and that each occasion is made once."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from samtun.config.rounds import LOST_AFTER, OSLO, ROUNDS, Daily, Every, Round, start_due
from samtun.config.tasks import RESULTS_STAY, tidy
from samtun.directory.models import SendingDay
from samtun.mail.models import BouncedAddress
from samtun.people.enums import RoleKind
from samtun.people.models import Counted, Invitation

TIDY = Round("samtun.mail.tasks.tidy", Daily(time(3, 30)))
OFTEN = Round("samtun.config.tasks.tidy", Every(timedelta(minutes=10)))


def oslo(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """A moment of 2026 as the clock on the wall shows it."""
    return datetime(2026, month, day, hour, minute, tzinfo=OSLO)


def occasions(when: Daily | Every, day: date) -> list[datetime]:
    """All on the days around `day`, looked for minute by minute."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=12)
    return sorted({when.latest(start + timedelta(minutes=step)) for step in range(48 * 60)})


def test_a_daily_round_is_at_its_time_in_norway() -> None:
    when = Daily(time(3, 30))
    assert when.latest(oslo(22, 3, 30)) == oslo(22, 3, 30)
    assert when.latest(oslo(22, 3, 29)) == oslo(21, 3, 30)
    assert when.latest(oslo(22, 23, 59)) == oslo(22, 3, 30)
    assert when.latest(oslo(22, 12, month=7)).hour == 1  # UTC, in summer


@pytest.mark.parametrize("changes", [date(2026, 3, 29), date(2026, 10, 25)])
@pytest.mark.parametrize("at", [time(1, 30), time(2, 0), time(2, 30), time(3, 0), time(3, 30)])
def test_every_day_has_one_occasion_when_the_clock_changes(changes: date, at: time) -> None:
    days = [moment.astimezone(OSLO).date() for moment in occasions(Daily(at), changes)]
    assert len(days) == len(set(days))
    assert changes in days


def test_a_time_that_is_skipped_or_shown_twice_is_met_once() -> None:
    when = Daily(time(2, 30))
    assert when.latest(oslo(29, 12, month=3)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 03:30
    assert when.latest(oslo(25, 12, month=10)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("changes", [date(2026, 3, 29), date(2026, 10, 25)])
def test_ten_minutes_stay_ten_minutes_when_the_clock_changes(changes: date) -> None:
    moments = occasions(Every(timedelta(minutes=10)), changes)
    steps = {after - before for before, after in pairwise(moments)}
    assert steps == {timedelta(minutes=10)}


def test_every_round_is_a_task_that_is_there() -> None:
    for one in ROUNDS:
        task = import_string(one.task)
        assert isinstance(task, Task)
        assert task.module_path == one.task


@pytest.mark.django_db
def test_an_occasion_is_started_once() -> None:
    assert start_due(oslo(22, 4), (TIDY,)) == 1
    finish()
    assert start_due(oslo(22, 5), (TIDY,)) == 0
    assert start_due(oslo(23, 4), (TIDY,)) == 1


@pytest.mark.django_db
def test_of_all_that_was_missed_the_latest_is_made_up_for() -> None:
    start_due(oslo(1, 4), (TIDY,))
    finish()
    assert start_due(oslo(22, 12), (TIDY,)) == 1
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_a_round_is_not_started_beside_itself() -> None:
    now = timezone.now()
    start_due(now, (OFTEN,))
    assert start_due(now + timedelta(minutes=10), (OFTEN,)) == 0
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now)
    assert start_due(now + timedelta(minutes=10), (OFTEN,)) == 0
    assert start_due(now + LOST_AFTER + timedelta(minutes=10), (OFTEN,)) == 1


@pytest.mark.django_db
def test_when_nothing_is_due_one_question_is_asked(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    start_due(timezone.now())
    with django_assert_num_queries(1):
        assert start_due(timezone.now()) == 0


@pytest.mark.django_db
def test_old_results_are_forgotten() -> None:
    start_due(oslo(22, 4), (TIDY, OFTEN))
    finish()
    DBTaskResult.objects.filter(task_path=TIDY.task).update(
        finished_at=timezone.now() - RESULTS_STAY - timedelta(hours=1)
    )
    tidy.call()
    assert [row.task_path for row in DBTaskResult.objects.all()] == [OFTEN.task]


@pytest.mark.django_db
def test_a_task_that_died_with_its_worker_counts_as_failed() -> None:
    start_due(oslo(22, 4), (TIDY,))
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=timezone.now() - LOST_AFTER * 2
    )
    tidy.call()
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def finish() -> None:
    """As if a worker had done all that waits."""
    DBTaskResult.objects.update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), started_at=timezone.now()
    )


@pytest.mark.django_db
def test_the_rounds_delete_what_has_had_its_time_in_every_package() -> None:
    long_ago = timezone.now() - timedelta(days=400)
    Invitation.objects.create(
        kind=RoleKind.SYSTEM_ADMINISTRATOR, email="a@b.example", expires_at=long_ago
    )
    Counted.objects.create(cache_key="x", value="x", expires=long_ago)
    SendingDay.objects.create(day=long_ago.date(), salt="x")
    BouncedAddress.objects.create(address="a@b.example", bounced_at=long_ago)
    for each in ROUNDS:
        if each.task.endswith(".tidy"):
            import_string(each.task).func()
    kept = [m for m in (Invitation, Counted, SendingDay, BouncedAddress) if m.objects.exists()]
    assert kept == []
