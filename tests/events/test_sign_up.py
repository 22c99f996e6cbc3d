"""Signing up: seats or the waiting list, and who is turned away."""

import pytest

from samtun.events.actions import parties
from samtun.events.enums import PartyState
from tests.factories import events as happening

pytestmark = pytest.mark.django_db


def test_who_signs_up_has_a_seat() -> None:
    intake = happening.one_off(capacity=2)
    party = parties.sign_up(intake=intake, name="Anne", email="anne@example.org")
    intake.refresh_from_db()
    assert (party.state, party.turn, intake.taken) == (PartyState.CONFIRMED, 1, 1)


def test_who_comes_when_it_is_full_waits() -> None:
    intake = happening.one_off(capacity=1)
    parties.sign_up(intake=intake, email="anne@example.org")
    party = parties.sign_up(intake=intake, email="berit@example.org")
    intake.refresh_from_db()
    assert (party.state, intake.taken) == (PartyState.WAITING, 1)


def test_who_cancels_leaves_the_seat_to_who_waits() -> None:
    intake = happening.one_off(capacity=1)
    first = parties.sign_up(intake=intake, email="anne@example.org")
    second = parties.sign_up(intake=intake, email="berit@example.org")
    parties.cancel(party=first)
    second.refresh_from_db()
    assert second.state == PartyState.OFFERED
