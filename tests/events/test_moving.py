"""To another date, more of them or fewer: what is gained and what is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samtun.events import notices
from samtun.events.actions import intakes, parties
from samtun.events.enums import NoticeKind
from samtun.events.errors import Closed, Full, NoRoomForMore, NotOnTheList, SignUpError, TooLarge
from samtun.events.models import Intake, Party
from tests.events import ledger
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db


def two_dates(capacity: int = 2, **fields: object) -> tuple[Intake, Intake]:
    series = happening.event(kind="series", capacity=capacity, **fields)
    dates = [happening.occurrence(series, happening.soon(days=days)) for days in (7, 14)]
    return dates[0].intake, dates[1].intake


def state(party: Party) -> str:
    party.refresh_from_db()
    return party.state


def taken(*dates: Intake) -> list[int]:
    return [Intake.objects.get(pk=intake.pk).taken for intake in dates]


def test_who_moves_leaves_its_seats_to_those_who_wait() -> None:
    here, there = two_dates()
    party = parties.sign_up(intake=here, size=2, email="a@example.org")
    waiting = parties.sign_up(intake=here, size=2, email="b@example.org")
    moved = parties.move(party=party, to=there)
    assert (moved.intake_id, moved.state, taken(here, there)) == (there.pk, "confirmed", [2, 2])
    assert state(waiting) == "offered"


def test_nobody_moves_to_where_it_is_full_and_nothing_is_lost() -> None:
    here, there = two_dates()
    parties.sign_up(intake=there, size=1)
    party = parties.sign_up(intake=here, size=2)
    with pytest.raises(Full, match="1"):
        parties.move(party=party, to=there)
    assert (state(party), party.intake_id, taken(here, there)) == ("confirmed", here.pk, [2, 1])


def test_who_waits_here_may_have_seats_there() -> None:
    here, there = two_dates()
    parties.sign_up(intake=here, size=2)
    party = parties.sign_up(intake=here, email="b@example.org")
    parties.move(party=party, to=there)
    assert (state(party), ledger.live(party)) == ("confirmed", ["confirmed"])


def test_one_letter_tells_of_two_moves_and_none_of_moving_back() -> None:
    here, there = two_dates()
    party = parties.sign_up(intake=here, email="a@example.org")
    ledger.post_letters()
    ledger.send_letters()
    parties.move(party=party, to=there)
    parties.change(party=party, size=2)
    assert ledger.live(party) == ["confirmed", "moved"]
    notice = party.notices.get(kind="moved", is_withdrawn=False)
    assert (notice.details["intake"], notice.details["size"]) == (str(here.pk), 1)
    parties.change(party=party, size=1)
    parties.move(party=party, to=here)
    assert ledger.live(party) == ["confirmed"]


def test_who_has_not_heard_yet_hears_of_the_new_date_only() -> None:
    here, there = two_dates()
    party = parties.sign_up(intake=here, email="a@example.org")
    ledger.post_letters()  # in the outbox, not sent
    parties.move(party=party, to=there)
    ledger.post_letters()
    ledger.send_letters()
    assert ledger.sent(party) == ["confirmed"]


def test_who_moves_hears_no_more_about_the_date_that_was_left() -> None:
    here, there = two_dates()
    party = parties.sign_up(intake=here, email="a@example.org")
    notices.tell(party, NoticeKind.REMINDER, matter="here")
    parties.move(party=party, to=there)
    assert ledger.live(party) == ["confirmed"]


def test_nobody_leaves_what_has_begun_but_with_the_organiser() -> None:
    here, there = two_dates()
    party = parties.sign_up(intake=here)
    Intake.objects.filter(pk=here.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Closed):
        parties.move(party=party, to=there)
    assert parties.move(party=party, to=there, by=people.person("Kari")).intake_id == there.pk


def test_nobody_moves_to_what_is_closed_but_with_the_organiser() -> None:
    here, there = two_dates()
    party, kari = parties.sign_up(intake=here), people.person("Kari")
    intakes.close(intake=there, by=kari)
    with pytest.raises(Closed):
        parties.move(party=party, to=there)
    assert parties.move(party=party, to=there, by=kari).intake_id == there.pk


def test_who_moves_gets_the_next_number_in_the_line_there() -> None:
    here, there = two_dates()
    parties.sign_up(intake=there)
    party = parties.sign_up(intake=here)
    assert (party.turn, parties.move(party=party, to=there).turn) == (1, 2)
    assert Intake.objects.get(pk=there.pk).last_turn == 2


def test_a_party_moves_within_its_event() -> None:
    party = parties.sign_up(intake=two_dates()[0])
    with pytest.raises(ValueError, match="one event"):
        parties.move(party=party, to=two_dates()[1])


def test_who_has_left_cannot_move_or_change() -> None:
    here, there = two_dates()
    party = parties.cancel(party=parties.sign_up(intake=here))
    with pytest.raises(NotOnTheList):
        parties.move(party=party, to=there)
    with pytest.raises(NotOnTheList):
        parties.change(party=party, size=2)


def test_a_party_grows_where_there_is_room_and_else_keeps_what_it_has() -> None:
    here, _there = two_dates(capacity=3)
    party = parties.sign_up(intake=here, size=1)
    parties.sign_up(intake=here, size=1)
    assert parties.change(party=party, size=2).size == 2
    with pytest.raises(NoRoomForMore):
        parties.change(party=party, size=3)
    party.refresh_from_db()
    assert (party.size, taken(here)) == (2, [3])


def test_fewer_of_them_give_seats_to_those_who_wait() -> None:
    here, _there = two_dates()
    party = parties.sign_up(intake=here, size=2)
    waiting = parties.sign_up(intake=here)
    parties.change(party=party, size=1)
    assert (state(waiting), taken(here)) == ("offered", [2])


def test_who_waits_and_becomes_fewer_may_fit() -> None:
    here, _there = two_dates()
    parties.sign_up(intake=here, size=1)
    waiting = parties.sign_up(intake=here, size=2)
    parties.change(party=waiting, size=1)
    assert state(waiting) == "offered"


@pytest.mark.parametrize("size", [4, 3])
def test_a_visitor_grows_no_further_than_the_event_allows(size: int) -> None:
    here, _there = two_dates(capacity=3, maximum_party=2)
    party = parties.sign_up(intake=here)
    with pytest.raises(TooLarge):
        parties.change(party=party, size=size)


def test_after_closing_a_party_shrinks_and_does_not_grow() -> None:
    here, _there = two_dates(capacity=6)
    party = parties.sign_up(intake=here, size=2)
    intakes.close(intake=here, by=people.person("Kari"))
    with pytest.raises(SignUpError):
        parties.change(party=party, size=3)
    assert parties.change(party=party, size=1, name="Anne").name == "Anne"


def test_who_comes_without_a_name_gets_none_by_changing() -> None:
    here, _there = two_dates(capacity=6, sign_up="anonymous")
    party = parties.sign_up(intake=here)
    parties.change(party=party, size=2, name="Anne", email="anne@example.org", phone="90 00 00 01")
    party.refresh_from_db()
    assert (party.size, party.name, party.email, party.phone) == (2, "", "", "")
