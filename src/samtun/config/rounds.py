"""What the worker does without being asked, and when.

The queue itself remembers what has been done: the row of an occasion has an identifier made of the
task and the moment, so that no number of workers can start it twice. After a stop only the latest
occasion of each round is made up for.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)

OSLO = ZoneInfo("Europe/Oslo")
# A round that has been running for so long was lost with its worker; it stands in nobody's way.
LOST_AFTER = timedelta(hours=6)
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Daily:
    """Once each day of the calendar, at a time in Norway; summer time moves it along."""

    at: time

    def latest(self, now: datetime) -> datetime:
        """The last occasion that is not after `now`, in UTC.

        A time that the clock skips in spring counts as an hour later, and one that it shows twice
        in autumn as the first.
        """
        today = now.astimezone(OSLO).date()
        moment = datetime.combine(today, self.at, OSLO).astimezone(UTC)
        if moment <= now:
            return moment
        return datetime.combine(today - timedelta(days=1), self.at, OSLO).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, counted in real time."""

    pause: timedelta

    def latest(self, now: datetime) -> datetime:
        """The last occasion that is not after `now`, in UTC."""
        return now.astimezone(UTC) - (now - _EPOCH) % self.pause


@dataclass(frozen=True, slots=True)
class Round:
    """A task without arguments, and when it runs."""

    task: str
    when: Daily | Every

    def occasion(self, now: datetime) -> tuple[UUID, datetime]:
        """The latest occasion: the identifier of its row in the queue, and its moment."""
        moment = self.when.latest(now)
        return uuid5(NAMESPACE_URL, f"samtun:{self.task}@{moment.isoformat()}"), moment


ROUNDS = (
    Round("samtun.directory.tasks.night_round", Daily(time(3, 30))),
    Round("samtun.directory.tasks.tidy", Daily(time(4, 30))),
    Round("samtun.directory.tasks.check_links", Every(timedelta(minutes=10))),
    Round("samtun.people.tasks.tidy", Daily(time(4, 35))),
    Round("samtun.mail.tasks.tidy", Daily(time(4, 40))),
    Round("samtun.events.tasks.tell", Every(timedelta(minutes=5))),
    Round("samtun.events.tasks.renew", Daily(time(3, 10))),
    Round("samtun.events.tasks.tidy", Daily(time(4, 45))),
    Round("samtun.events.tasks.ask", Daily(time(9, 0))),
    Round("samtun.editorial.tasks.publish_due", Every(timedelta(minutes=5))),
    Round("samtun.learning.tasks.tonight", Daily(time(0, 10))),
    Round("samtun.learning.tasks.remind", Daily(time(8, 0))),
    Round("samtun.learning.tasks.tidy", Daily(time(4, 55))),
    Round("samtun.config.tasks.tidy", Daily(time(4, 50))),
)


def start_due(now: datetime, rounds: tuple[Round, ...] = ROUNDS) -> int:
    """Put what is due into the queue, each occasion once; give how many were put there.

    A round that still waits or runs from the occasion before is not started beside itself.
    """
    due = {one: one.occasion(now) for one in rounds}
    keys = [key for key, _ in due.values()]
    started = set(DBTaskResult.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return sum(
        _start(one, key, moment)
        for one, (key, moment) in due.items()
        if key not in started and not _is_busy(one, now)
    )


def _is_busy(one: Round, now: datetime) -> bool:
    rows = DBTaskResult.objects.filter(task_path=one.task)
    running = rows.running().filter(started_at__gt=now - LOST_AFTER)
    return rows.filter(status=TaskResultStatus.READY).exists() or running.exists()


def _start(one: Round, key: UUID, moment: datetime) -> bool:
    task = import_string(one.task)  # fails here and now, not in the worker's queue
    _, is_new = DBTaskResult.objects.get_or_create(
        pk=key,
        defaults={
            "task_path": one.task,
            "args_kwargs": {"args": [], "kwargs": {}},
            "priority": task.priority,
            "queue_name": task.queue_name,
            "backend_name": task.backend,
            "run_after": moment,
        },
    )
    return bool(is_new)
