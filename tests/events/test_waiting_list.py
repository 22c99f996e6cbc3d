"""The waiting list: who is offered seats, in which order, until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samtun.events.actions import intakes, parties
from samtun.events.enums import OccurrenceStatus, PartyState
from samtun.events.errors import Full, NotOnTheList, OfferOver, SeatsAreTaken
from samtun.events.models import Intake, Party
from samtun.people.models import User
from tests.events import ledger
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari() -> User:
    return people.person("Kari")


def full(*sizes: int, capacity: int = 4, **fields: object) -> tuple[Intake, list[Party]]:
    """An intake whose seats one party has, and parties of the sizes who wait."""
    intake = happening.one_off(capacity=capacity, **fields)
    first = parties.sign_up(intake=intake, size=capacity, email="anne@example.org")
    line = [parties.sign_up(intake=intake, size=size, email="b@example.org") for size in sizes]
    return intake, [first, *line]


def states(line: list[Party]) -> list[str]:
    return [Party.objects.get(pk=party.pk).state for party in line]


def test_seats_are_offered_in_order() -> None:
    _intake, line = full(2, 2, 2)
    parties.cancel(party=line[0])
    assert states(line) == ["cancelled", "offered", "offered", "waiting"]
    assert ledger.live(line[1]) == ["waiting", "offer"][1:]  # the unsent word of waiting gave way


def test_a_party_too_large_is_passed_over_and_keeps_its_turn() -> None:
    _intake, line = full(4, 2)
    parties.change(party=line[0], size=2)
    assert states(line) == ["confirmed", "waiting", "offered"]
    parties.decline_offer(party=line[2])
    parties.cancel(party=line[0])
    assert states(line) == ["cancelled", "offered", "cancelled"]


def test_a_small_party_may_sit_down_while_a_larger_one_waits() -> None:
    intake, line = full(4)
    parties.change(party=line[0], size=3)
    small = parties.sign_up(intake=intake, email="c@example.org")
    assert [*states(line), small.state] == ["confirmed", "waiting", "confirmed"]


def test_an_offer_that_is_accepted_is_a_seat() -> None:
    _intake, line = full(1)
    parties.cancel(party=line[0])
    taken = parties.accept_offer(party=line[1])
    again = parties.accept_offer(party=line[1])
    assert (taken.state, again.state, taken.answer_by) == ("confirmed", "confirmed", None)
    assert ledger.live(line[1]) == ["confirmed"]


def test_an_offer_without_an_answer_goes_to_the_next_and_lapses_once() -> None:
    _intake, line = full(4, 4)
    parties.cancel(party=line[0])
    later = timezone.now() + timedelta(hours=25)
    assert [intakes.expire_offers(later) for _ in range(2)] == [1, 0]
    assert states(line) == ["cancelled", "lapsed", "offered"]
    assert ledger.live(line[1]) == ["lapsed"]
    with pytest.raises(OfferOver):
        parties.accept_offer(party=line[1])


def test_an_offer_is_not_over_before_its_time() -> None:
    _intake, line = full(4)
    parties.cancel(party=line[0])
    assert intakes.expire_offers(timezone.now() + timedelta(hours=23)) == 0


def test_one_offer_that_runs_out_leaves_a_later_one_its_time() -> None:
    _intake, line = full(2, 2)
    parties.cancel(party=line[0])
    later = timezone.now() + timedelta(hours=25)
    Party.objects.filter(pk=line[2].pk).update(answer_by=later + timedelta(hours=1))
    assert intakes.expire_offers(later) == 1
    assert states(line) == ["cancelled", "lapsed", "offered"]


def test_a_round_that_is_stopped_in_the_middle_is_done_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = (full(4, 4)[1] for _ in range(2))
    for line in (first, second):
        parties.cancel(party=line[0])
    later = timezone.now() + timedelta(hours=25)
    with monkeypatch.context() as patch:
        patch.setattr("samtun.events.actions.offering.fill", stop_the_second_time())
        with pytest.raises(KeyboardInterrupt):
            intakes.expire_offers(later)
    halfway = [states(line)[1] for line in (first, second)]
    assert sorted(halfway) == ["lapsed", "offered"]
    assert intakes.expire_offers(later) == 1
    assert [states(line)[1] for line in (first, second)] == ["lapsed", "lapsed"]


def stop_the_second_time() -> object:
    calls: list[object] = []

    def fill(intake: Intake, **_: object) -> None:
        calls.append(intake)
        if len(calls) > 1:
            raise KeyboardInterrupt

    return fill


def test_nobody_has_longer_to_answer_than_until_closing() -> None:
    intake, line = full(4, answer_hours=24)
    closing = timezone.now() + timedelta(hours=5)
    Intake.objects.filter(pk=intake.pk).update(closes_at=closing)
    parties.cancel(party=line[0])
    line[1].refresh_from_db()
    assert line[1].answer_by == closing


def test_close_to_closing_the_seats_are_given() -> None:
    intake, line = full(4)
    closing = timezone.now() + timedelta(minutes=90)
    Intake.objects.filter(pk=intake.pk).update(closes_at=closing)
    parties.cancel(party=line[0])
    assert states(line) == ["cancelled", "confirmed"]
    assert ledger.live(line[1]) == ["confirmed"]


def test_nothing_is_offered_after_closing_but_by_hand(kari: User) -> None:
    intake, line = full(4, 2)
    Intake.objects.filter(pk=intake.pk).update(closes_at=timezone.now())
    parties.cancel(party=line[0])
    assert states(line) == ["cancelled", "waiting", "waiting"]
    parties.seat(party=line[2], by=kari)
    assert states(line) == ["cancelled", "waiting", "confirmed"]


def test_nothing_is_offered_of_what_does_not_take_place() -> None:
    intake, line = full(4)
    intake.occurrences.update(status=OccurrenceStatus.CANCELLED)  # as if some still waited
    parties.cancel(party=line[0])
    assert states(line) == ["cancelled", "waiting"]


def test_closing_by_hand_stops_offers_and_opening_again_makes_them(kari: User) -> None:
    intake, line = full(4)
    intakes.close(intake=intake, by=kari)
    parties.cancel(party=line[0])
    assert states(line) == ["cancelled", "waiting"]
    intakes.reopen(intake=intake, by=kari)
    assert states(line) == ["cancelled", "offered"]


def test_more_seats_are_offered_and_not_just_given(kari: User) -> None:
    intake, line = full(4, 3)
    changed = intakes.set_capacity(intake=intake, capacity=8, by=kari)
    assert (states(line), changed.taken) == (["confirmed", "offered", "waiting"], 8)
    intakes.set_capacity(intake=intake, capacity=None, by=kari)
    assert states(line) == ["confirmed", "offered", "offered"]


def test_there_are_never_fewer_seats_than_are_taken(kari: User) -> None:
    intake, _line = full()
    with pytest.raises(SeatsAreTaken, match="4"):
        intakes.set_capacity(intake=intake, capacity=3, by=kari)
    intake.refresh_from_db()
    assert intake.capacity == 4


def test_nobody_is_seated_by_hand_where_it_is_full_or_who_has_left(kari: User) -> None:
    _intake, line = full(1)
    with pytest.raises(Full):
        parties.seat(party=line[1], by=kari)
    parties.cancel(party=line[1])
    parties.cancel(party=line[0])
    with pytest.raises(NotOnTheList):
        parties.seat(party=line[1], by=kari)
    assert states(line) == ["cancelled", "cancelled"]


def test_who_has_lapsed_can_sign_up_again() -> None:
    intake, line = full(4)
    parties.cancel(party=line[0])
    intakes.expire_offers(timezone.now() + timedelta(hours=25))
    again = parties.sign_up(intake=intake, size=4, email="b@example.org")
    assert (again.state, states(line)) == (PartyState.CONFIRMED, ["cancelled", "lapsed"])
