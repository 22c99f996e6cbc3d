"""The last place, wanted by many at once, on both databases; and proof that the test bites."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from time import sleep

import pytest
from django.db import connection

from samtun.events.actions import books, parties
from samtun.events.models import Event, Intake, Party
from tests.events import racing
from tests.factories import events as happening

pytestmark = pytest.mark.django_db(transaction=True)

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="locks rows")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="has one writer")
ROUNDS = int(os.environ.get("SAMTUN_ROUNDS", "6"))


@pytest.fixture
def event() -> Event:
    return racing.event()


@pytest.fixture
def _shared(event: Event, tmp_path: Path) -> Iterator[None]:
    with racing.shared(tmp_path):
        yield


@pytest.mark.usefixtures("_shared")
def test_the_last_place_is_sold_once(event: Event) -> None:
    rounds = [racing.round_of(event) for _ in range(ROUNDS)]
    assert set(rounds) == {racing.right()}


def seen(key: uuid.UUID) -> Intake:
    """The books as somebody reads them who forgot to lock."""
    found = Intake.objects.select_related("event").get(pk=key)
    sleep(0.05)  # all the others read in the meantime
    return found


@on_postgresql
@pytest.mark.usefixtures("_shared")
def test_without_the_lock_people_are_turned_away_by_errors(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "locked_by", seen)
    rounds = [racing.round_of(event) for _ in range(3)]
    assert racing.right() not in rounds
    assert any("IntegrityError" in told for told in rounds), rounds  # one turn for two parties


def grow(event: Event) -> tuple[list[str], int]:
    """Two who have a seat each want the third; their answers, and how many were sold."""
    made = racing.elsewhere(lambda: _two_of_three(event))
    works = [lambda one=one: str(parties.change(party=one, size=2).size) for one in made]
    answers = racing.at_once(*works)
    sizes = racing.elsewhere(lambda: [Party.objects.get(pk=one.pk).size for one in made])
    return sorted(answers), sum(sizes)


def _two_of_three(event: Event) -> list[Party]:
    intake = happening.occurrence(Event.objects.get(pk=event.pk)).intake
    Intake.objects.filter(pk=intake.pk).update(capacity=3)
    return [parties.sign_up(intake=intake) for _ in range(2)]


@pytest.mark.usefixtures("_shared")
def test_of_two_who_want_the_seat_that_is_left_one_gets_it(event: Event) -> None:
    assert [grow(event) for _ in range(3)] == [(["2", "NoRoomForMore"], 3)] * 3


@on_postgresql
@pytest.mark.usefixtures("_shared")
def test_without_the_lock_it_is_sold_to_both(event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books, "locked_by", seen)
    assert (["2", "2"], 4) in [grow(event) for _ in range(3)]


@on_sqlite
def test_with_transactions_that_begin_late_people_are_turned_away_by_errors(
    event: Event, tmp_path: Path
) -> None:
    with racing.shared(tmp_path, mode="DEFERRED"):
        rounds = [racing.round_of(event) for _ in range(3)]
    assert racing.right() not in rounds
    assert any("OperationalError" in told for told in rounds), rounds


@pytest.mark.usefixtures("_shared")
def test_with_what_was_read_before_the_lock_it_is_sold_twice(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "locked", lambda intake: intake)
    assert racing.right() not in [racing.round_of(event) for _ in range(3)]


@pytest.mark.usefixtures("_shared")
def test_two_posts_of_one_form_at_once_make_one_party(event: Event) -> None:
    intake = racing.elsewhere(lambda: happening.occurrence(event).intake)
    key = uuid.uuid4()

    def post() -> uuid.UUID:
        return parties.sign_up(intake=intake, email="anne@example.org", form_key=key).pk

    assert len(set(racing.at_once(*[post] * 4))) == 1
    assert racing.elsewhere(Party.objects.count) == 1


def swap(event: Event) -> list[str]:
    """Two parties who each go where the other is, where there is room, at once."""
    dates = racing.elsewhere(lambda: [_with_two_seats(event) for _ in range(2)])
    moves = racing.elsewhere(
        lambda: [(parties.sign_up(intake=dates[n]), dates[1 - n]) for n in (0, 1)]
    )
    works = [lambda one=one, to=to: parties.move(party=one, to=to).state for one, to in moves]
    return racing.at_once(*works)


def _with_two_seats(event: Event) -> Intake:
    intake = happening.occurrence(Event.objects.get(pk=event.pk)).intake
    Intake.objects.filter(pk=intake.pk).update(capacity=2)
    return intake


@pytest.mark.usefixtures("_shared")
def test_two_who_swap_never_wait_for_each_other(event: Event) -> None:
    assert [swap(event) for _ in range(3)] == [["confirmed", "confirmed"]] * 3


@on_postgresql
@pytest.mark.usefixtures("_shared")
def test_locks_taken_in_any_order_would_stop_them(
    event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_any_order(one: uuid.UUID, other: uuid.UUID) -> tuple[Intake, Intake]:
        first = books.locked_by(one)
        sleep(0.2)
        return first, books.locked_by(other)

    monkeypatch.setattr(books, "locked_both", in_any_order)
    assert "OperationalError" in swap(event)
