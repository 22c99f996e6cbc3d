"""Signing up: seats or the waiting list, and who is turned away."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samtun.events.actions import parties
from samtun.events.enums import Channel, EventStatus, PartyState
from samtun.events.errors import Cancelled, Closed, Full, NoSignUp, NotOpenYet, TooLarge
from samtun.events.models import Event, Intake, Notice, Occurrence, Party
from samtun.people.models import AuditEvent
from tests.events import ledger
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_who_signs_up_has_a_seat_and_is_told() -> None:
    intake = happening.one_off(capacity=2)
    party = parties.sign_up(intake=intake, name="Anne", email="anne@example.org")
    intake.refresh_from_db()
    assert (party.state, party.turn, intake.taken) == (PartyState.CONFIRMED, 1, 1)
    assert ledger.live(party) == ["confirmed"]


def test_who_comes_when_it_is_full_waits() -> None:
    intake = happening.one_off(capacity=1)
    parties.sign_up(intake=intake, email="anne@example.org")
    party = parties.sign_up(intake=intake, email="berit@example.org")
    intake.refresh_from_db()
    assert (party.state, intake.taken) == (PartyState.WAITING, 1)
    assert ledger.live(party) == ["waiting"]


def test_without_a_waiting_list_it_is_full() -> None:
    intake = happening.one_off(capacity=2, has_waiting_list=False)
    parties.sign_up(intake=intake, email="anne@example.org")
    with pytest.raises(Full, match="1"):
        parties.sign_up(intake=intake, size=2, email="berit@example.org")


def test_without_a_limit_everybody_has_a_seat() -> None:
    intake = happening.one_off(capacity=None, maximum_party=6)
    made = [parties.sign_up(intake=intake, size=6, email="a@example.org") for _ in range(3)]
    intake.refresh_from_db()
    assert ({party.state for party in made}, intake.taken) == ({"confirmed"}, 18)


def test_the_same_form_twice_makes_one_party() -> None:
    intake = happening.one_off(capacity=1, has_waiting_list=False)
    key = uuid.uuid4()
    made = [parties.sign_up(intake=intake, email="a@example.org", form_key=key) for _ in range(2)]
    intake.refresh_from_db()
    assert (made[0].pk, intake.taken) == (made[1].pk, 1)
    assert Notice.objects.count() == 1


def test_the_same_person_may_sign_up_twice_and_nobody_says_so() -> None:
    intake = happening.one_off(capacity=4)
    made = [parties.sign_up(intake=intake, email="anne@example.org") for _ in range(2)]
    assert made[0].pk != made[1].pk


def change_event(intake: Intake, **fields: Any) -> None:  # noqa: ANN401  (any column)
    Event.objects.filter(pk=intake.event_id).update(**fields)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"status": EventStatus.CANCELLED}, Cancelled),
        ({"status": EventStatus.DRAFT}, NotOpenYet),
        ({"status": EventStatus.ARCHIVED}, Closed),
        ({"sign_up": "none"}, NoSignUp),
        ({"opens_on": timezone.localdate() + timedelta(days=1)}, NotOpenYet),
    ],
)
def test_what_is_not_open_takes_nobody(fields: dict[str, Any], error: type[Exception]) -> None:
    intake = happening.one_off(capacity=4)
    change_event(intake, **fields)
    with pytest.raises(error):
        parties.sign_up(intake=intake, email="anne@example.org")
    assert not Party.objects.exists()


def test_it_opens_on_its_day() -> None:
    intake = happening.one_off(opens_on=timezone.localdate())
    assert parties.sign_up(intake=intake).state == PartyState.CONFIRMED


def test_a_cancelled_date_takes_nobody() -> None:
    intake = happening.one_off(capacity=4)
    Occurrence.objects.update(status="cancelled")
    with pytest.raises(Cancelled):
        parties.sign_up(intake=intake, by=people.person("Kari"))


@pytest.mark.parametrize("fields", [{"is_closed": True}, {"closes_at": timezone.now()}])
def test_after_closing_only_the_organiser_signs_up(fields: dict[str, Any]) -> None:
    intake = happening.one_off(capacity=4)
    Intake.objects.update(**fields)
    with pytest.raises(Closed):
        parties.sign_up(intake=intake, email="anne@example.org")
    party = parties.sign_up(intake=intake, phone="91234567", by=people.person("Kari"))
    assert (party.state, party.by_organiser) == (PartyState.CONFIRMED, True)


def test_a_visitor_brings_no_more_than_the_event_allows_and_the_organiser_may() -> None:
    intake = happening.one_off(capacity=10, maximum_party=3)
    with pytest.raises(TooLarge, match="3"):
        parties.sign_up(intake=intake, size=4)
    assert parties.sign_up(intake=intake, size=8, by=people.person("Kari")).size == 8


def test_nobody_waits_for_more_seats_than_there_are() -> None:
    intake = happening.one_off(capacity=2)
    with pytest.raises(TooLarge, match="2"):
        parties.sign_up(intake=intake, size=3)


def test_where_nobody_gives_a_name_none_is_kept() -> None:
    intake = happening.one_off(sign_up="anonymous")
    given = {"name": "Anne", "email": "anne@example.org", "phone": "91234567"}
    party = parties.sign_up(intake=intake, size=2, answers={"allergies": "Nøtter"}, **given)
    party.refresh_from_db()
    assert {getattr(party, field) for field in given} == {""}
    assert party.answers == {}
    assert list(party.notices.values_list("channel", flat=True)) == [Channel.NONE]


def test_who_phoned_is_not_called_to_hear_what_they_just_heard() -> None:
    intake = happening.one_off(capacity=4)
    party = parties.sign_up(intake=intake, phone="91234567", by=people.person("Kari"))
    assert not party.notices.filter(settled_at=None).exists()


def test_the_trail_says_who_signed_up_somebody_and_not_whom() -> None:
    kari = people.person("Kari")
    party = parties.sign_up(intake=happening.one_off(), name="Anne Eksempel", by=kari)
    entry = AuditEvent.objects.get(action="party.signed_up")
    assert (entry.actor, entry.object_name) == (kari, party.intake.event.name)
    assert "Anne" not in str(entry.details)
    parties.sign_up(intake=party.intake, name="Berit")
    assert AuditEvent.objects.filter(action="party.signed_up").count() == 1


def test_signing_up_asks_the_database_little() -> None:
    intake = happening.one_off(capacity=4)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        parties.sign_up(intake=intake, email="a@example.org", form_key=uuid.uuid4())
    real = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(real) == 6, real
