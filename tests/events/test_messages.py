"""Word from an organiser reaches each once, also when it is sent twice."""

import uuid

import pytest

from samtun.events.actions import messages
from samtun.events.models import Message, Notice
from tests.desk.party_scenes import meeting
from tests.factories import events as happening

pytestmark = pytest.mark.django_db


def test_the_same_key_again_tells_nobody_twice_nor_whoever_came_after() -> None:
    met, key = meeting(capacity=9), uuid.uuid4()
    for _twice in range(2):
        messages.write(intake=met.intake, subject="Hei", text="Hei", to_waiting=False,
                       by=met.desk.kari, key=key)  # fmt: skip
        happening.party(met.intake)
    assert Message.objects.count() == 1
    assert Notice.objects.count() == 2


def test_two_messages_are_two_matters() -> None:
    met = meeting()
    for _twice in range(2):
        messages.write(intake=met.intake, subject="Hei", text="Hei", to_waiting=False,
                       by=met.desk.kari)  # fmt: skip
    assert Notice.objects.filter(party=met.anne).count() == 2
