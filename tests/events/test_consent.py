"""A child signs up: the seat is held, a grown-up is asked, and nothing more is said before that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samtun.events import notices
from samtun.events.actions import intakes, parties
from samtun.events.enums import Channel, EventKind, NoticeKind
from samtun.events.errors import ConsentMissing, GuardianMissing, NotOnTheList
from samtun.events.models import Intake, Party
from tests.events import ledger
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db


def treffpunkt(**fields: object) -> Intake:
    return happening.one_off(is_for_children=True, **{"capacity": 2} | fields)


def child(intake: Intake, **fields: object) -> Party:
    given = {"age": 13, "email": "barn@example.org", "guardian_email": "mor@example.org"}
    return parties.sign_up(intake=intake, **given | fields)


@pytest.mark.parametrize(
    ("fields", "consent"),
    [
        ({}, "asked"),
        ({"age": 15}, "asked"),
        ({"age": None}, "asked"),
        ({"age": 16}, "not_needed"),
        ({"is_guardian": True}, "given"),
        ({"is_guardian": True, "guardian_email": ""}, "given"),
    ],
)
def test_a_grown_up_is_asked_for_whoever_is_not_known_to_be_old_enough(
    fields: dict[str, object], consent: str
) -> None:
    assert child(treffpunkt(), **fields).consent == consent


def test_adults_are_not_asked_about() -> None:
    assert child(happening.one_off(), age=13).consent == "not_needed"


def test_a_child_names_a_grown_up() -> None:
    with pytest.raises(GuardianMissing):
        child(treffpunkt(), guardian_email="")
    assert not Party.objects.exists()


def test_the_seat_is_held_and_only_the_grown_up_hears_of_it() -> None:
    intake = treffpunkt()
    party = child(intake)
    notices.tell(party, NoticeKind.REMINDER, matter="x")
    notices.tell(party, NoticeKind.CHANGED, matter="x")
    intake.refresh_from_db()
    assert (party.state, intake.taken, ledger.live(party)) == ("confirmed", 1, ["consent"])


def test_a_grown_up_with_a_phone_only_is_called() -> None:
    party = child(treffpunkt(), guardian_email="", guardian_phone="91234567")
    notice = party.notices.get()
    assert (notice.channel, notice.settled_at) == (Channel.PHONE, None)


def test_yes_tells_the_child_that_it_has_a_seat() -> None:
    party = child(treffpunkt())
    given = parties.give_consent(party=party)
    assert (given.consent, ledger.live(party)) == ("given", ["confirmed"])  # nobody was asked yet
    parties.give_consent(party=party)
    assert ledger.live(party) == ["confirmed"]


def test_no_cancels_and_the_next_is_offered_the_seat() -> None:
    intake = treffpunkt(capacity=1)
    party, waiting = child(intake), child(intake, is_guardian=True)
    parties.refuse_consent(party=party)
    party.refresh_from_db()
    waiting.refresh_from_db()
    assert (party.state, party.consent, waiting.state) == ("cancelled", "refused", "offered")
    assert ledger.live(party) == ["consent_refused"]
    with pytest.raises(NotOnTheList):
        parties.give_consent(party=party)


def test_a_yes_can_be_taken_back() -> None:
    party = child(treffpunkt())
    parties.give_consent(party=party)
    assert parties.refuse_consent(party=party).state == "cancelled"


def test_nobody_answers_for_a_grown_up() -> None:
    party = parties.sign_up(intake=happening.one_off())
    for answer in (parties.give_consent, parties.refuse_consent):
        with pytest.raises(NotOnTheList):
            answer(party=party)


def waiting_child() -> tuple[Party, Party]:
    intake = treffpunkt(capacity=1)
    first = child(intake, is_guardian=True)
    return first, child(intake)


def test_seats_offered_to_a_child_are_the_grown_ups_to_take() -> None:
    first, party = waiting_child()
    ledger.post_letters()
    ledger.send_letters()
    parties.cancel(party=first)
    with pytest.raises(ConsentMissing):
        parties.accept_offer(party=party)
    assert ledger.live(party) == ["consent", "consent"]  # now there is an answer to give
    assert parties.give_consent(party=party).state == "confirmed"
    assert ledger.live(party) == ["consent", "confirmed"]


def test_a_child_on_the_waiting_list_hears_of_it_with_the_yes() -> None:
    _first, party = waiting_child()
    parties.give_consent(party=party)
    assert ledger.live(party) == ["waiting"]


def test_an_offer_that_no_grown_up_answers_lapses() -> None:
    first, party = waiting_child()
    parties.cancel(party=first)
    intakes.expire_offers(timezone.now() + timedelta(hours=25))
    party.refresh_from_db()
    assert (party.state, ledger.live(party)) == ("lapsed", ["lapsed"])


def test_the_organiser_asks_a_grown_up_too() -> None:
    assert child(treffpunkt(), by=people.person("Kari")).consent == "asked"


def test_a_grown_up_is_called_also_when_the_child_moves_before_the_call() -> None:
    here = treffpunkt(kind=EventKind.SERIES)
    there = happening.occurrence(here.event, happening.soon(days=21)).intake
    party = child(here, guardian_email="", guardian_phone="91234567")
    parties.move(party=party, to=there)
    waiting = party.notices.filter(settled_at__isnull=True)
    assert [(one.kind, one.channel) for one in waiting] == [("consent", Channel.PHONE)]


@pytest.mark.parametrize("guardian", ["email", "phone"])
def test_a_grown_up_is_asked_once_when_the_child_corrects_its_own_address(guardian: str) -> None:
    reached = {"guardian_email": "", "guardian_phone": "91234567"} if guardian == "phone" else {}
    party = child(treffpunkt(), **reached)
    parties.change(party=party, email="rett@example.org")
    assert list(party.notices.filter(settled_at__isnull=True).values_list("kind", flat=True)) == [
        "consent"
    ]


def test_a_grown_up_who_has_been_asked_is_not_asked_anew_about_the_childs_address() -> None:
    party = child(treffpunkt())
    party.notices.update(settled_at=timezone.now())
    parties.change(party=party, email="rett@example.org")
    assert ledger.live(party) == ["consent"]
