"""Reminders and the question afterwards: each once, and none after a cancellation."""

import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from samtun.events import notices
from samtun.events.actions import occurrences, parties
from samtun.events.enums import Consent, EventStatus, NoticeKind, OccurrenceStatus, PartyState
from samtun.events.keeping import rounds
from samtun.events.letters.composing import compose_due
from samtun.events.models import Attendance, Event, Intake, Notice, Occurrence, Party
from samtun.mail.enums import LetterState
from samtun.mail.models import Letter
from samtun.mail.sending import send_due
from tests.factories import events as happening
from tests.mail.conftest import Post, post_office
from tests.mail.processes import Workers

__all__ = ["post_office"]  # a fixture
pytestmark = pytest.mark.django_db


@pytest.fixture
def intake() -> Intake:
    """What begins tomorrow, signed up for long ago."""
    return happening.one_off(starts_at=happening.soon(days=1))


def long_ago() -> None:
    """As if all had signed up last week."""
    Party.objects.update(signed_up_at=timezone.now() - timedelta(days=9))
    Notice.objects.update(made_at=timezone.now() - timedelta(days=9))


def reminded() -> list[str]:
    """Whom a reminder would reach now."""
    rounds.remind(timezone.now())
    compose_due()
    told = Letter.objects.filter(purpose="events.reminder").exclude(state=LetterState.WITHDRAWN)
    return sorted(told.values_list("to", flat=True))


def test_those_with_seats_are_reminded_once(intake: Intake) -> None:
    party = happening.party(intake)
    happening.party(intake, state=PartyState.WAITING)
    happening.party(intake, state=PartyState.CANCELLED)
    long_ago()
    assert reminded() == [party.email]
    assert reminded() == [party.email]
    assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("consent", "is_told"),
    [(Consent.ASKED, False), (Consent.REFUSED, False), (Consent.GIVEN, True)],
)
def test_a_child_is_reminded_when_a_grown_up_has_said_yes(
    intake: Intake, consent: Consent, *, is_told: bool
) -> None:
    happening.party(intake, consent=consent)
    long_ago()
    assert bool(reminded()) == is_told


def test_not_too_early_and_not_when_it_has_begun(intake: Intake) -> None:
    happening.party(intake)
    long_ago()
    for starts_at in (timezone.now() + timedelta(hours=49), timezone.now() - timedelta(minutes=1)):
        Occurrence.objects.update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
        assert reminded() == []


def test_who_signs_up_after_the_moment_has_the_confirmation(intake: Intake) -> None:
    parties.sign_up(intake=intake, name="Anne", email="anne@example.org")
    assert reminded() == []


def test_who_got_the_place_after_the_moment_has_the_confirmation(intake: Intake) -> None:
    party = happening.party(intake)
    long_ago()
    notices.tell(party, NoticeKind.CONFIRMED)
    assert reminded() == []


def noted() -> int:
    """How many reminders there are to tell, before composing looks once more; calls have no more.

    Somebody else is reminded a week ahead.
    """
    happening.event(remind_hours_before=168)
    rounds.remind(timezone.now())
    return Notice.objects.filter(kind=NoticeKind.REMINDER).count()


@pytest.mark.parametrize(
    ("change", "reminders"),
    [
        (lambda: None, 1),
        (lambda: Occurrence.objects.update(status=OccurrenceStatus.CANCELLED), 0),
        (lambda: Event.objects.update(status=EventStatus.CANCELLED), 0),
        (lambda: Event.objects.update(remind_hours_before=0), 0),
        (lambda: Event.objects.update(remind_hours_before=6), 0),
        (lambda: Occurrence.objects.update(starts_at=timezone.now() - timedelta(minutes=1)), 0),
        (lambda: Party.objects.update(signed_up_at=timezone.now()), 0),
    ],
)
def test_nobody_is_called_either(
    intake: Intake, change: Callable[[], object], reminders: int
) -> None:
    happening.party(intake, email="", phone="61 00 00 00")
    long_ago()
    change()
    assert noted() == reminders


@pytest.mark.parametrize("kind", ["confirmed", "moved", "changed"])
def test_who_has_just_heard_when_it_is_is_not_told_again(intake: Intake, kind: NoticeKind) -> None:
    party = happening.party(intake)
    long_ago()
    notices.tell(party, kind, occurrence=intake.occurrences.get())
    assert noted() == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda: Occurrence.objects.update(status=OccurrenceStatus.CANCELLED),
        lambda: Event.objects.update(status=EventStatus.CANCELLED),
        lambda: Party.objects.update(state=PartyState.CANCELLED),
    ],
)
def test_what_is_cancelled_before_composing_is_not_reminded_of(
    intake: Intake, change: Callable[[], int]
) -> None:
    happening.party(intake)
    long_ago()
    rounds.remind(timezone.now())
    change()  # as if nobody had withdrawn the notice
    compose_due()
    assert not Letter.objects.exists()
    assert Notice.objects.get().is_withdrawn


def test_a_reminder_in_the_outbox_is_taken_back(intake: Intake, post_office: Post) -> None:
    party = happening.party(intake)
    long_ago()
    assert reminded() == [party.email]
    parties.cancel(party=party)
    compose_due()
    send_due()
    assert not [one for one in post_office.taken if "reminder" in str(one)]
    assert Letter.objects.get(purpose="events.reminder").state == LetterState.WITHDRAWN


def test_a_date_moved_far_away_is_reminded_of_anew(intake: Intake) -> None:
    party = happening.party(intake)
    long_ago()
    assert reminded() == [party.email]
    Letter.objects.update(state=LetterState.SHOWN)
    date = intake.occurrences.get()
    starts_at = happening.soon(days=30)
    occurrences.move(
        occurrence=date, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), by=None
    )
    long_ago()
    rounds.remind(starts_at - timedelta(hours=20))
    assert party.notices.filter(kind=NoticeKind.REMINDER).count() == 2


def test_the_morning_after_those_who_came_are_asked(intake: Intake) -> None:
    came, absent = happening.party(intake), happening.party(intake)
    happening.party(intake, state=PartyState.LAPSED)
    by_phone = happening.party(intake, email="", phone="61 00 00 00")
    for party, present in ((came, 1), (absent, 0)):
        date = intake.occurrences.get()
        Attendance.objects.create(party=party, occurrence=date, present=present)
    morning = intake.ends_at + timedelta(hours=13)
    for _ in range(2):
        rounds.evaluate(morning)
    assert [one.party for one in Notice.objects.all()] == [came]
    assert not by_phone.notices.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda: Occurrence.objects.update(status=OccurrenceStatus.CANCELLED),
        lambda: Event.objects.update(status=EventStatus.CANCELLED),
        lambda: Event.objects.update(evaluates=False),
        lambda: Party.objects.update(consent=Consent.ASKED),
    ],
)
def test_of_what_was_not_held_or_is_not_asked_about_nobody_is_asked(
    intake: Intake, change: Callable[[], int]
) -> None:
    happening.party(intake)
    change()
    rounds.evaluate(intake.ends_at + timedelta(hours=13))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("hours", [1, 24 * 6])
def test_nobody_is_asked_the_same_evening_or_weeks_later(intake: Intake, hours: int) -> None:
    happening.party(intake)
    rounds.evaluate(intake.ends_at + timedelta(hours=hours))
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_cancels_while_the_reminder_is_composed_gets_none(intake: Intake) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    party = happening.party(intake)
    long_ago()
    rounds.remind(timezone.now())

    def cancel() -> None:
        parties.cancel(party=party)
        connections.close_all()

    with transaction.atomic():
        compose_due()
        thread = Thread(target=cancel)
        thread.start()
        time.sleep(0.3)  # it waits for us
        assert Letter.objects.get(purpose="events.reminder").state == LetterState.WAITING
    thread.join(20)
    assert Letter.objects.get(purpose="events.reminder").state == LetterState.WITHDRAWN


MANY = 800
_PROGRAM = f"""
from datetime import timedelta
from django.utils import timezone
from samtun.events.models import *
from tests.factories import events as happening
intake = happening.one_off(starts_at=timezone.now() + timedelta(hours=20))
Party.objects.bulk_create(
    Party(intake=intake, turn=n, state="confirmed", email=f"person{{n}}@example.org",
          signed_up_at=timezone.now() - timedelta(days=9))
    for n in range(1, {MANY} + 1)
)
"""
_REMIND = """
from django.utils import timezone
from samtun.events.keeping import rounds
from samtun.events.letters import composing
rounds.remind(timezone.now())
while composing.compose_due(limit=50):
    print("some", flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_reminds_nobody_twice(
    tmp_path: Path, post_office: Post
) -> None:
    workers = Workers(tmp_path / "shared", post_office.url)
    workers.ask(_PROGRAM)
    for batches in (3, 4):
        with workers.begin(_REMIND) as process:
            assert process.stdout
            for _ in range(batches):
                assert process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            process.wait(10)
    written = int(workers.ask("print(Letter.objects.count())"))
    assert 0 < written < MANY  # it was in the middle
    workers.ask(_REMIND)
    told = workers.ask("print(*Letter.objects.values_list('to', flat=True))").split()
    assert (len(told), set(Counter(told).values())) == (MANY, {1})
    assert (
        workers.ask(
            "from samtun.events.models import Notice\n"
            "print(Notice.objects.filter(settled_at=None).count(), Notice.objects.count())"
        )
        == f"0 {MANY}"
    )
