"""Anything in any order: the books are kept, the order too, and letters match states."""

import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from samtun.events.actions import intakes, parties
from samtun.events.errors import SignUpError
from samtun.events.models import Intake, Party
from samtun.people.models import User
from tests.events import ledger
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("SAMTUN_HISTORIES", "25"))
Step = tuple[str, int, int]  # what, which, how many


class History:
    """Two dates of a series for children, and what happens to them."""

    def __init__(self, capacity: int) -> None:
        series = happening.event(
            kind="series", capacity=capacity, maximum_party=4, is_for_children=True, answer_hours=24
        )
        self.by: User = people.person("Kari")
        self.dates = [
            happening.occurrence(series, happening.soon(days=days)).intake for days in (3, 4)
        ]
        self.passed_over: list[str] = []

    def date(self, which: int) -> Intake:
        return Intake.objects.get(pk=self.dates[which % 2].pk)

    def party(self, which: int) -> Party | None:
        """A stale object, as a view may hold one; sometimes of long ago."""
        found = Party.objects.order_by("signed_up_at", "pk")
        return found[which % len(found)] if found else None

    def organiser(self, which: int) -> User | None:
        return self.by if which % 3 == 0 else None


def sign_up(history: History, which: int, number: int) -> None:
    reach = ({"email": "anne@example.org"}, {"phone": "91234567"}, {})[which % 3]
    child = {"age": 12, "guardian_email": "mor@example.org"} if number == 4 else {"age": 17}
    parties.sign_up(
        intake=history.date(which), size=number, by=history.organiser(which // 2), **reach, **child
    )


def of_party(action: Callable[..., object], *, by: bool = False) -> Callable[..., None]:
    def step(history: History, which: int, number: int) -> None:
        if party := history.party(which):
            organiser = {"by": history.organiser(number)} if by else {}
            action(party=party, **organiser)

    return step


def resize(history: History, which: int, number: int) -> None:
    if party := history.party(which):
        parties.change(party=party, size=number, by=history.organiser(which))


def readdress(history: History, which: int, number: int) -> None:
    if party := history.party(which):
        parties.change(party=party, email=f"ny{number}@example.org")


def move(history: History, which: int, number: int) -> None:
    if party := history.party(which):
        parties.move(party=party, to=history.date(number), by=history.organiser(which))


def set_capacity(history: History, which: int, number: int) -> None:
    intakes.set_capacity(intake=history.date(which), capacity=number * 2 - 2, by=history.by)


def close(history: History, which: int, number: int) -> None:
    act = intakes.close if number % 2 else intakes.reopen
    act(intake=history.date(which), by=history.by)


def wait(history: History, which: int, number: int) -> None:
    """Hours pass: all that is written in the future comes nearer."""
    hours = timedelta(hours=(1, 12, 25)[number % 3])
    Intake.objects.update(closes_at=F("closes_at") - hours, starts_at=F("starts_at") - hours)
    Party.objects.filter(state="offered").update(answer_by=F("answer_by") - hours)
    if which % 2:
        intakes.expire_offers(timezone.now())


STEPS: dict[str, Callable[[History, int, int], None]] = {
    "sign_up": sign_up,
    "sign_up_again": sign_up,  # twice as often
    "cancel": of_party(parties.cancel, by=True),
    "accept": of_party(parties.accept_offer),
    "decline": of_party(parties.decline_offer),
    "consent": of_party(parties.give_consent),
    "refuse": of_party(parties.refuse_consent),
    "seat": of_party(parties.seat, by=True),
    "resize": resize,
    "readdress": readdress,
    "move": move,
    "capacity": set_capacity,
    "close": close,
    "wait": wait,
    "post": lambda *_: ledger.post_letters(),
    "send": lambda *_: ledger.send_letters(),
}
step = some.tuples(some.sampled_from(sorted(STEPS)), some.integers(0, 11), some.integers(1, 4))


def is_open(intake: Intake) -> bool:
    intake.refresh_from_db()
    return not intake.is_closed and intake.closes_at > timezone.now()


def take(history: History, what: Step) -> list[str]:
    """What is wrong after a step; a refused one must have changed nothing."""
    waited = {one.pk for one in Party.objects.filter(state="waiting")}
    before = list(Party.objects.order_by("pk").values())
    try:
        with transaction.atomic():
            STEPS[what[0]](history, what[1], what[2])
    except SignUpError:
        assert list(Party.objects.order_by("pk").values()) == before
    found = [] if what[0] in {"seat", "move"} else overtaken(waited)
    for intake in history.dates:
        found += ledger.faults(intake, is_open=is_open(intake))
    return found


def overtaken(waited: set[object]) -> list[str]:
    """Who still waits, though somebody behind it, no smaller, has just been given seats."""
    stood = list(Party.objects.filter(pk__in=waited))
    given = [party for party in stood if party.state in ledger.HOLDING]
    return [
        f"turn {left.turn} overtaken"
        for left in stood
        for one in given
        if left.state == "waiting" and left.intake_id == one.intake_id
        and left.turn < one.turn and left.size <= one.size
    ]  # fmt: skip


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(capacity=some.integers(0, 6), steps=some.lists(step, min_size=8, max_size=25))
def test_whatever_happens_the_books_are_kept(capacity: int, steps: list[Step]) -> None:
    with transaction.atomic():
        history = History(capacity)
        for number, what in enumerate(steps):
            assert take(history, what) == [], steps[: number + 1]
        transaction.set_rollback(True)
