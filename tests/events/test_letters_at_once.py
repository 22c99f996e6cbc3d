"""Something is called off or moved while the letter about it is composed.

On PostgreSQL, where both are under way at once; SQLite has one writer at a time.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from samtun.events.actions import events, occurrences
from samtun.events.keeping import rounds
from samtun.events.letters.composing import compose_due
from samtun.events.models import Event, Notice, Occurrence, Party
from samtun.mail.enums import LetterState
from samtun.mail.models import Letter
from tests.factories import events as happening

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="has one writer"),
]


def by_somebody_else(*works: Callable[[], object]) -> None:
    """In a thread with a connection of its own."""
    for work in works:
        work()
    connections.close_all()


@contextmanager
def while_composing(work: Callable[[], object]) -> Iterator[None]:
    """The block runs when letters are written and not committed, and `work` waits for that."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            compose_due()
            begun = pool.submit(by_somebody_else, work)
            time.sleep(0.3)
            assert not begun.done()
            yield
        begun.result(20)


def live() -> list[str]:
    """What the letters are about that go out."""
    told = Letter.objects.exclude(state=LetterState.WITHDRAWN).order_by("posted_at")
    return [purpose.removeprefix("events.") for purpose in told.values_list("purpose", flat=True)]


def tomorrow(kind: str, dates: int) -> Occurrence:
    """A date that somebody signed up for long ago; of a course the first of several."""
    made = happening.event(kind=kind)
    rows = [happening.occurrence(made, happening.soon(days=1 + day)) for day in range(dates)]
    happening.party(rows[0].intake)
    Party.objects.update(signed_up_at=timezone.now() - timedelta(days=9))
    return rows[0]


def remind() -> None:
    rounds.remind(timezone.now())


def first() -> Occurrence:
    return Occurrence.objects.select_related("intake").order_by("starts_at")[0]


def cancel_date() -> None:
    occurrences.cancel(occurrence=first(), notice="Snø", by=None)


def cancel_event() -> None:
    events.cancel(event=Event.objects.get(), notice="Snø", by=None)


def move_date() -> None:
    starts_at = first().starts_at + timedelta(days=7)
    ends_at = starts_at + timedelta(hours=2)
    occurrences.move(occurrence=first(), starts_at=starts_at, ends_at=ends_at, by=None)


CALLED_OFF = [
    ("one_off", 1, cancel_date, "event_cancelled"),
    ("one_off", 1, cancel_event, "event_cancelled"),
    ("course", 2, cancel_date, "changed"),  # the other evening is held
    ("course", 2, cancel_event, "event_cancelled"),
    ("one_off", 1, move_date, "changed"),
]


@pytest.mark.parametrize(("kind", "dates", "call_off", "told"), CALLED_OFF)
def test_a_reminder_that_is_being_composed_is_taken_back(
    kind: str, dates: int, call_off: Callable[[], None], told: str
) -> None:
    tomorrow(kind, dates)
    remind()
    with while_composing(call_off):
        assert live() == ["reminder"]
    compose_due()
    assert live() == [told]


@pytest.mark.parametrize(("kind", "dates", "call_off", "told"), CALLED_OFF)
def test_nobody_is_reminded_of_what_is_being_called_off(
    kind: str, dates: int, call_off: Callable[[], None], told: str
) -> None:
    tomorrow(kind, dates)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        call_off()  # what the worker sees is still as it was
        pool.submit(by_somebody_else, remind, compose_due).result(20)
    compose_due()
    assert live() == [told]


def test_a_date_moved_again_while_that_is_told_makes_one_letter() -> None:
    date = tomorrow("one_off", 1)
    move_date()
    with while_composing(move_date):
        assert live() == ["changed"]
    compose_due()
    assert live() == ["changed"]
    known = Notice.objects.get(is_withdrawn=False).details["dates"][str(date.pk)]
    assert datetime.fromisoformat(known["starts_at"]) == date.starts_at
