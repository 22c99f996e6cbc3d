"""Dates are added, moved, cancelled and held after all; who is concerned is told, once."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from samtun.events import notices
from samtun.events.actions import events, occurrences
from samtun.events.actions.errors import Invalid, NotPossible
from samtun.events.enums import EventKind, NoticeKind, OccurrenceStatus, PartyState
from samtun.events.models import Notice, Occurrence, Party
from samtun.mail.models import Letter
from tests.factories import directory as make
from tests.factories import events as happening

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def series(**fields: object) -> Occurrence:
    """A date of a series."""
    event = happening.event(kind=EventKind.SERIES, **fields)
    return happening.occurrence(event, happening.soon(days=21))


def untold(party: Party) -> list[str]:
    found = Notice.objects.filter(party=party, is_withdrawn=False).order_by("made_at")
    return list(found.values_list("kind", flat=True))


def move(date: Occurrence, by: timedelta) -> Occurrence:
    date.refresh_from_db()
    return occurrences.move(
        occurrence=date, starts_at=date.starts_at + by, ends_at=date.ends_at + by, by=None
    )


@pytest.mark.parametrize("state", ["confirmed", "offered", "waiting"])
def test_a_moved_date_is_told_to_those_who_come_or_wait(state: str) -> None:
    date = series(capacity=4)
    happening.party(date.intake, size=3)
    size = 2 if state == "waiting" else 1
    until = happening.soon(days=1) if state == "offered" else None
    party = happening.party(date.intake, state=state, answer_by=until, size=size)
    before = date.starts_at
    move(date, HOUR)
    told = Notice.objects.get(party=party)
    assert told.kind == NoticeKind.CHANGED
    assert told.matter == f"{date.pk}:1"
    assert datetime.fromisoformat(told.details["dates"][str(date.pk)]["starts_at"]) == before


@pytest.mark.parametrize("state", ["cancelled", "lapsed"])
def test_a_moved_date_is_not_told_to_those_who_do_not_come(state: str) -> None:
    date = series()
    party = happening.party(date.intake, state=state)
    move(date, HOUR)
    assert untold(party) == []


def test_a_moved_date_is_not_told_to_those_of_another_date() -> None:
    date = series()
    other = happening.occurrence(date.event, happening.soon(days=28))
    party = happening.party(other.intake)
    move(date, HOUR)
    assert untold(party) == []


def test_two_moves_before_anybody_is_told_are_one_matter_that_says_what_they_knew() -> None:
    date = series()
    party = happening.party(date.intake)
    before = date.starts_at
    move(date, HOUR)
    move(date, HOUR)
    left = Notice.objects.get(party=party, is_withdrawn=False)
    assert left.matter == f"{date.pk}:2"
    assert datetime.fromisoformat(left.details["dates"][str(date.pk)]["starts_at"]) == before


def test_a_date_moved_back_before_anybody_was_told_is_told_to_nobody() -> None:
    date = series()
    party = happening.party(date.intake)
    move(date, HOUR)
    move(date, -HOUR)
    assert untold(party) == []


def test_a_move_that_was_told_and_another_are_two_matters() -> None:
    date = series()
    party = happening.party(date.intake)
    move(date, HOUR)
    Notice.objects.update(settled_at=timezone.now())
    move(date, HOUR)
    assert untold(party) == [NoticeKind.CHANGED] * 2
    assert Letter.objects.count() == 0


def test_a_moved_date_moves_what_one_signs_up_for() -> None:
    date = series(closes_hours_before=24)
    moved = move(date, timedelta(days=2))
    moved.intake.refresh_from_db()
    assert moved.intake.starts_at == moved.starts_at
    assert moved.intake.ends_at == moved.ends_at
    assert moved.intake.closes_at == moved.starts_at - timedelta(hours=24)


def test_a_date_cannot_end_before_it_starts() -> None:
    date = series()
    with pytest.raises(Invalid):
        occurrences.move(occurrence=date, starts_at=date.starts_at, ends_at=date.starts_at, by=None)


def test_a_reminder_that_waits_is_taken_back_when_the_date_moves() -> None:
    date = series()
    party = happening.party(date.intake)
    notices.tell(party, NoticeKind.REMINDER, matter="x", occurrence=date)
    move(date, HOUR)
    assert untold(party) == [NoticeKind.CHANGED]


def test_another_room_is_told_another_theme_is_not() -> None:
    date = series()
    party = happening.party(date.intake)
    occurrences.change(occurrence=date, theme="Arv og vergemål", by=None)
    assert untold(party) == []
    occurrences.change(occurrence=date, room="Peisestua", by=None)
    assert untold(party) == [NoticeKind.CHANGED]


def test_another_place_of_one_date_is_told() -> None:
    date = series()
    party = happening.party(date.intake)
    place = make.location(name="Biblioteket")
    occurrences.change(occurrence=date, location=place, by=None)
    assert untold(party) == [NoticeKind.CHANGED]


def test_a_changed_theme_leaves_no_translation_of_the_old_one() -> None:
    date = series()
    date.theme, date.translations = "Arv", {"nn": {"theme": "Arv", "notice": "Hugs"}}
    date.save()
    changed = occurrences.change(occurrence=date, theme="Søvn", by=None)
    assert changed.translations == {"nn": {"notice": "Hugs"}}


def test_a_cancelled_date_ends_all_sign_ups_and_tells_each_once() -> None:
    date = series(capacity=3)
    comes = happening.party(date.intake, size=2)
    waits = happening.party(date.intake, size=2, state=PartyState.WAITING)
    gone = happening.party(date.intake, state=PartyState.CANCELLED)
    notices.tell(comes, NoticeKind.REMINDER, matter="x", occurrence=date)
    occurrences.cancel(occurrence=date, notice="Kursleder er syk.", by=None)
    occurrences.cancel(occurrence=date, notice="Kursleder er syk.", by=None)
    assert set(Party.objects.values_list("state", flat=True)) == {PartyState.CANCELLED}
    assert untold(comes) == untold(waits) == [NoticeKind.EVENT_CANCELLED]
    assert untold(gone) == []
    date.intake.refresh_from_db()
    assert date.intake.taken == 0


def test_a_move_that_was_not_told_is_not_told_of_a_cancelled_date() -> None:
    date = series()
    party = happening.party(date.intake)
    move(date, HOUR)
    occurrences.cancel(occurrence=date, by=None)
    assert untold(party) == [NoticeKind.EVENT_CANCELLED]


def course(sessions: int = 3) -> tuple[list[Occurrence], Party]:
    event = happening.event(kind=EventKind.COURSE, capacity=8)
    intake = happening.intake(event)
    dates = [
        happening.occurrence(event, happening.soon(days=7 * week), intake=intake)
        for week in range(1, sessions + 1)
    ]
    return dates, happening.party(intake)


def test_a_cancelled_session_is_a_change_for_those_on_the_course() -> None:
    dates, party = course()
    occurrences.cancel(occurrence=dates[0], by=None)
    party.refresh_from_db()
    assert party.state == PartyState.CONFIRMED
    assert untold(party) == [NoticeKind.CHANGED]
    party.intake.refresh_from_db()
    assert party.intake.starts_at == dates[1].starts_at


def test_two_sessions_that_change_before_anybody_is_told_are_one_matter() -> None:
    dates, party = course()
    move(dates[0], HOUR)
    move(dates[1], HOUR)
    left = Notice.objects.get(party=party, is_withdrawn=False)
    assert set(left.details["dates"]) == {str(dates[0].pk), str(dates[1].pk)}


def test_a_reminder_of_another_session_stands() -> None:
    dates, party = course()
    notices.tell(party, NoticeKind.REMINDER, matter="x", occurrence=dates[0])
    move(dates[1], HOUR)
    assert untold(party) == [NoticeKind.REMINDER, NoticeKind.CHANGED]


def test_a_course_ends_with_its_last_session() -> None:
    dates, party = course(2)
    occurrences.cancel(occurrence=dates[0], by=None)
    occurrences.cancel(occurrence=dates[1], by=None)
    party.refresh_from_db()
    assert party.state == PartyState.CANCELLED
    assert untold(party) == [NoticeKind.EVENT_CANCELLED]


def test_a_session_more_is_told_to_those_on_the_course() -> None:
    dates, party = course()
    begins = happening.soon(days=40)
    occurrences.add(event=dates[0].event, starts_at=begins, ends_at=begins + HOUR, by=None)
    assert untold(party) == [NoticeKind.CHANGED]
    party.intake.refresh_from_db()
    assert party.intake.ends_at == begins + HOUR


def test_a_date_more_of_a_series_is_signed_up_for_by_itself() -> None:
    date = series(capacity=7)
    party = happening.party(date.intake)
    begins = happening.soon(days=40)
    made = occurrences.add(
        event=date.event, starts_at=begins, ends_at=begins + HOUR, theme="Søvn", by=None
    )
    assert made.intake != date.intake
    assert made.intake.capacity == 7
    assert made.intake.closes_at == begins
    assert made.theme == "Søvn"
    assert untold(party) == []


def test_a_date_held_after_all_does_not_bring_back_those_who_were_told() -> None:
    date = series()
    party = happening.party(date.intake)
    occurrences.cancel(occurrence=date, notice="Storm", by=None)
    held = occurrences.restore(occurrence=date, by=None)
    party.refresh_from_db()
    assert held.status == OccurrenceStatus.SCHEDULED
    assert held.notice == ""
    assert held.sequence == 2
    assert party.state == PartyState.CANCELLED
    assert untold(party) == [NoticeKind.EVENT_CANCELLED]


def test_a_session_cancelled_and_held_after_all_before_anybody_knew_is_told_to_nobody() -> None:
    dates, party = course()
    occurrences.cancel(occurrence=dates[0], by=None)
    occurrences.restore(occurrence=dates[0], by=None)
    assert untold(party) == []


def test_a_date_of_a_cancelled_event_is_not_held_after_all() -> None:
    date = series()
    events.cancel(event=date.event, notice="", by=None)
    with pytest.raises(NotPossible):
        occurrences.restore(occurrence=date, by=None)


def test_a_cancelled_date_cannot_be_moved() -> None:
    date = series()
    occurrences.cancel(occurrence=date, by=None)
    with pytest.raises(NotPossible):
        move(date, HOUR)


def test_a_later_closing_time_lets_those_who_wait_have_what_is_free() -> None:
    date = series(capacity=2)
    date.intake.closes_at = timezone.now() - HOUR
    date.intake.save()
    party = happening.party(date.intake, state=PartyState.WAITING)
    move(date, timedelta(days=3))
    party.refresh_from_db()
    assert party.state == PartyState.OFFERED
