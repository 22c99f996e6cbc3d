# ruff: noqa: ANN401  (the values of any field pass through)
"""Events are made, changed and ended; dates that people have signed up for are not lost."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from samtun.events.actions import events, occurrences
from samtun.events.actions.errors import DatesWithParties, Invalid, NotPossible
from samtun.events.actions.values import EventValues
from samtun.events.enums import EventKind, EventStatus, NoticeKind, OccurrenceStatus, PartyState
from samtun.events.models import (
    Evaluation,
    Event,
    Intake,
    Notice,
    Occurrence,
    Party,
    Tally,
)
from samtun.organisations.models import Municipality
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent, User
from tests.factories import directory as make
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db
VANG, ETNEDAL = "3454", "3450"


def next_wednesday() -> datetime:
    """At six, one to two weeks from now."""
    day = timezone.localdate() + timedelta(days=7)
    day += timedelta(days=(2 - day.weekday()) % 7)
    return datetime.combine(day, time(18), tzinfo=happening.OSLO)


def values(**others: Any) -> EventValues:
    given = {
        "organization": make.organization(municipality=make.municipality()).pk,
        "name": "Temakafé",
        "kind": EventKind.SERIES,
        "starts_at": next_wednesday(),
        "rrule": "FREQ=WEEKLY;COUNT=4",
        "minutes": 90,
        "sign_up": "required",
        "capacity": 8,
        "municipalities": [make.municipality().pk],
    }
    return EventValues(**given | others)


def saved(**others: Any) -> Event:
    return events.save(event=None, values=values(**others), by=None)


def begins(event: Event) -> list[datetime]:
    rows = event.occurrences.filter(status=OccurrenceStatus.SCHEDULED).order_by("starts_at")
    return list(rows.values_list("starts_at", flat=True))


def dated(event: Event, number: int = 0) -> Occurrence:
    return event.occurrences.select_related("intake").order_by("starts_at")[number]


def told(party: Party) -> list[str]:
    found = Notice.objects.filter(party=party, is_withdrawn=False).order_by("made_at")
    return list(found.values_list("kind", flat=True))


def resave(event: Event, **others: Any) -> Event:
    return events.save(event=event, values=EventValues(**others), by=None)


def test_a_series_by_rule_gets_its_dates_each_to_be_signed_up_for() -> None:
    event = saved()
    first = next_wednesday()
    assert begins(event) == [first + timedelta(weeks=n) for n in range(4)]
    assert event.status == EventStatus.DRAFT
    intakes = Intake.objects.filter(event=event)
    assert {intake.capacity for intake in intakes} == {8}
    assert len(intakes) == 4
    assert dated(event).intake.closes_at == first


def test_a_course_has_one_sign_up_for_all_sessions() -> None:
    event = saved(kind=EventKind.COURSE)
    assert Intake.objects.get(event=event).ends_at == dated(event, 3).ends_at
    assert len(begins(event)) == 4


def test_a_course_without_an_end_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        saved(kind=EventKind.COURSE, rrule="FREQ=WEEKLY")
    assert list(refused.value.errors) == ["rrule"]


def test_an_event_once_has_one_date() -> None:
    event = saved(kind=EventKind.ONE_OFF, rrule="")
    assert begins(event) == [next_wednesday()]
    with pytest.raises(Invalid):
        saved(kind=EventKind.ONE_OFF)


def test_dates_chosen_by_hand_are_kept_as_chosen() -> None:
    first = next_wednesday()
    spans = [(first + timedelta(days=n), first + timedelta(days=n, hours=1)) for n in (0, 5, 19)]
    event = saved(rrule="", dates=spans)
    assert begins(event) == [starts_at for starts_at, _ends_at in spans]


def test_a_first_date_that_the_rule_does_not_name_moves_on_to_one_that_it_does() -> None:
    event = saved(starts_at=next_wednesday(), rrule="FREQ=WEEKLY;BYDAY=FR;COUNT=2")
    assert event.starts_at == next_wednesday() + timedelta(days=2)
    assert begins(event)[0] == event.starts_at


def test_dates_without_an_end_are_made_a_year_ahead_and_each_once() -> None:
    event = saved(rrule="FREQ=WEEKLY")
    assert 51 <= len(begins(event)) <= 55
    assert occurrences.renew([event]) == 0
    last = event.occurrences.order_by("-starts_at")[0]
    last.intake.delete()
    assert occurrences.renew_all() == 1


def test_a_moved_or_a_cancelled_date_is_not_made_again() -> None:
    event = saved(rrule="FREQ=WEEKLY")
    count = event.occurrences.count()
    moved = dated(event)
    later = moved.starts_at + timedelta(days=1)
    occurrences.move(occurrence=moved, starts_at=later, ends_at=later + timedelta(hours=1), by=None)
    occurrences.cancel(occurrence=dated(event, 1), by=None)
    resave(event, name="Temakafé i Vang")
    resave(event, minutes=60)
    occurrences.renew([event])
    assert event.occurrences.count() == count
    assert dated(event).starts_at == later
    assert dated(event, 1).status == OccurrenceStatus.CANCELLED


def test_dates_without_sign_ups_are_replaced_when_the_rule_changes() -> None:
    event = saved()
    first = next_wednesday() + timedelta(days=1)
    resave(event, starts_at=first)
    assert begins(event) == [first + timedelta(weeks=n) for n in range(4)]
    assert Intake.objects.filter(event=event).count() == 4


def test_another_hour_moves_those_signed_up_and_tells_them_once() -> None:
    event = saved()
    party = happening.party(dated(event).intake)
    key = dated(event).pk
    resave(event, starts_at=next_wednesday() + timedelta(hours=1))
    resave(event, starts_at=next_wednesday() + timedelta(hours=2))
    assert dated(event).pk == key
    assert dated(event).starts_at == next_wednesday() + timedelta(hours=2)
    assert told(party) == [NoticeKind.CHANGED]
    known = Notice.objects.get(party=party, is_withdrawn=False).details["dates"][str(key)]
    assert datetime.fromisoformat(known["starts_at"]) == next_wednesday()


def test_another_length_is_told() -> None:
    event = saved()
    party = happening.party(dated(event).intake)
    resave(event, minutes=60)
    assert dated(event).ends_at == next_wednesday() + timedelta(hours=1)
    assert told(party) == [NoticeKind.CHANGED]


def test_dates_that_people_have_signed_up_for_go_only_when_the_organiser_has_said_so() -> None:
    event = saved()
    party = happening.party(dated(event, 1).intake)
    another_day = next_wednesday() + timedelta(days=1)
    with pytest.raises(DatesWithParties) as asked:
        resave(event, starts_at=another_day)
    assert asked.value.dates == [dated(event, 1)]
    assert begins(event)[0] == next_wednesday()
    resave(event, starts_at=another_day, cancel_dates=True)
    party.refresh_from_db()
    assert party.state == PartyState.CANCELLED
    assert told(party) == [NoticeKind.EVENT_CANCELLED]
    assert begins(event) == [another_day + timedelta(weeks=n) for n in range(4)]


def test_a_course_on_other_days_keeps_its_people_and_tells_them_once() -> None:
    event = saved(kind=EventKind.COURSE)
    party = happening.party(dated(event).intake)
    resave(event, starts_at=next_wednesday() + timedelta(days=1))
    party.refresh_from_db()
    assert party.state == PartyState.CONFIRMED
    assert told(party) == [NoticeKind.CHANGED]
    assert begins(event)[0] == next_wednesday() + timedelta(days=1)


def test_a_shorter_course_asks_before_sessions_go() -> None:
    event = saved(kind=EventKind.COURSE)
    party = happening.party(dated(event).intake)
    with pytest.raises(DatesWithParties):
        resave(event, rrule="FREQ=WEEKLY;COUNT=3")
    resave(event, rrule="FREQ=WEEKLY;COUNT=3", cancel_dates=True)
    assert len(begins(event)) == 3
    assert told(party) == [NoticeKind.CHANGED]


def test_dates_that_are_over_stay_as_they_were() -> None:
    past = timezone.now() - timedelta(days=30)
    event = saved(starts_at=past, rrule="FREQ=WEEKLY;COUNT=8")
    over = [one for one in begins(event) if one < timezone.now()]
    assert len(over) == 5
    resave(event, starts_at=past + timedelta(days=1))
    assert [one for one in begins(event) if one < timezone.now()][: len(over)] == over


def test_a_date_added_by_hand_to_a_rule_survives_a_change_of_the_rule() -> None:
    event = saved()
    extra = next_wednesday() + timedelta(days=3)
    occurrences.add(event=event, starts_at=extra, ends_at=extra + timedelta(hours=1), by=None)
    resave(event, starts_at=next_wednesday() + timedelta(days=1))
    assert extra in begins(event)


def test_more_seats_go_to_dates_that_had_the_old_number() -> None:
    event = saved()
    by_hand = dated(event, 1).intake
    Intake.objects.filter(pk=by_hand.pk).update(capacity=3)
    resave(event, capacity=10)
    counts = [dated(event, number).intake.capacity for number in range(4)]
    assert counts == [10, 3, 10, 10]


def test_fewer_seats_than_are_taken_are_refused() -> None:
    event = saved()
    happening.party(dated(event).intake, size=5)
    with pytest.raises(Invalid) as refused:
        resave(event, capacity=4)
    assert list(refused.value.errors) == ["capacity"]
    event.refresh_from_db()
    assert event.capacity == 8


def test_another_place_is_told_to_all_who_come_but_not_where_a_date_has_its_own() -> None:
    event = saved()
    party = happening.party(dated(event).intake)
    other = happening.party(dated(event, 1).intake)
    Occurrence.objects.filter(pk=dated(event, 1).pk).update(location=make.location())
    resave(event, place={"location": make.location(name="Ungdomshuset").pk})
    assert told(party) == [NoticeKind.CHANGED]
    assert told(other) == []


def test_a_new_link_is_told_to_those_who_have_the_old_one_only() -> None:
    event = saved(starts_at=happening.soon(days=1), rrule="FREQ=WEEKLY;COUNT=2")
    soon, later = (happening.party(dated(event, number).intake) for number in (0, 1))
    resave(event, join_url="https://video.example/ny")
    assert told(soon) == [NoticeKind.CHANGED]
    assert told(later) == []
    assert "video.example" not in str(list(Notice.objects.values_list("details", flat=True)))


def test_texts_change_without_a_word_to_anybody() -> None:
    event = saved()
    party = happening.party(dated(event).intake)
    resave(event, name="Temakafé for alle", summary="Kom!")
    assert told(party) == []
    event.refresh_from_db()
    assert event.sequence == 1


def test_a_place_that_others_share_is_not_changed_from_an_event() -> None:
    shared = make.location(name="Biblioteket")
    make.place(make.service(), shared)
    event = saved(place={"location": shared.pk})
    assert event.location == shared
    resave(event, place={"location": shared.pk, "name": "Biblioteket, 2. etasje"})
    event.refresh_from_db()
    shared.refresh_from_db()
    assert shared.name == "Biblioteket"
    assert event.location is not None
    assert event.location.name == "Biblioteket, 2. etasje"


def test_a_place_of_its_own_is_changed_where_it_stands() -> None:
    event = saved(place={"name": "Samfunnshuset", "address_1": "Tunvegen 1"})
    before = event.location
    assert before is not None
    changed = {"location": before.pk, "name": "Samfunnshuset", "address_1": "Tunvegen 2"}
    resave(event, place=changed)
    event.refresh_from_db()
    assert event.location == before
    assert before.addresses.get().address_1 == "Tunvegen 2"


def test_a_secret_place_is_answered_like_none() -> None:
    secret = make.location(is_confidential=True)
    with pytest.raises(Invalid) as refused:
        saved(place={"location": secret.pk})
    assert list(refused.value.errors) == ["place"]


def test_an_event_at_a_place_that_became_secret_is_not_published() -> None:
    event = saved(place={"name": "Samfunnshuset"})
    assert event.location is not None
    event.location.is_confidential = True
    event.location.save()
    with pytest.raises(Invalid):
        events.publish(event=event, by=None)


def test_addresses_are_readable_and_never_taken_twice_or_reserved() -> None:
    first, second, reserved = saved(), saved(), saved(name="Program")
    assert first.slug == "temakafe"
    assert second.slug.startswith("temakafe-")
    assert reserved.slug != "program"


def kari(municipality: Municipality) -> User:
    person = people.second_factor(people.person())
    people.role(person, RoleKind.COORDINATOR, municipality=municipality)
    return person


def test_an_organisation_beyond_reach_is_answered_like_none() -> None:
    nils = kari(make.municipality(ETNEDAL))
    with pytest.raises(Invalid) as refused:
        events.save(event=None, values=values(), by=nils)
    assert list(refused.value.errors) == ["organization"]
    assert not Event.objects.exists()


def test_an_offer_beyond_reach_is_answered_like_none() -> None:
    home = make.municipality()
    abroad = make.organization(municipality=make.municipality(ETNEDAL))
    strange = make.service(organization=abroad)
    with pytest.raises(Invalid) as refused:
        events.save(event=None, values=values(service=strange.pk), by=kari(home))
    assert list(refused.value.errors) == ["service"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("terms", ["no-such-need"]), ("municipalities", ["9999"]), ("co_organizers", [uuid4()])],
)
def test_what_does_not_exist_is_refused(field: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        saved(**{field: value})
    assert list(refused.value.errors) == [field]


def test_the_trail_says_what_was_changed_and_never_the_link() -> None:
    by = kari(make.municipality())
    event = events.save(event=None, values=values(join_url="https://video.example/x"), by=by)
    events.save(event=event, values={"join_url": "https://video.example/y"}, by=by)
    made, changed = AuditEvent.objects.order_by("pk")
    assert (made.action, changed.action) == ("event.made", "event.changed")
    assert changed.details == {"fields": ["join_url"]}
    assert "video.example" not in str(made.details) + str(changed.details)


def test_an_event_is_published_when_somebody_can_come() -> None:
    event = saved(municipalities=[])
    with pytest.raises(Invalid):
        events.publish(event=event, by=None)
    resave(event, municipalities=[make.municipality().pk])
    assert events.publish(event=event, by=None).status == EventStatus.PUBLISHED
    Occurrence.objects.all().delete()
    again = saved()
    Occurrence.objects.all().delete()
    with pytest.raises(Invalid):
        events.publish(event=again, by=None)


def test_a_cancelled_event_tells_each_party_of_each_date_once() -> None:
    event = events.publish(event=saved(), by=None)
    parties = [happening.party(dated(event, number).intake) for number in (0, 1)]
    events.cancel(event=event, notice="Kurslederen er syk.", by=None)
    events.cancel(event=event, notice="Kurslederen er syk.", by=None)
    assert [told(party) for party in parties] == [[NoticeKind.EVENT_CANCELLED]] * 2
    assert begins(event) == []
    assert dated(event).notice == "Kurslederen er syk."


def test_a_cancelled_course_tells_each_party_once() -> None:
    event = events.publish(event=saved(kind=EventKind.COURSE), by=None)
    party = happening.party(dated(event).intake)
    events.cancel(event=event, notice="", by=None)
    party.refresh_from_db()
    assert told(party) == [NoticeKind.EVENT_CANCELLED]
    assert party.state == PartyState.CANCELLED


def test_what_people_have_signed_up_for_is_not_put_away_in_silence() -> None:
    event = saved()
    happening.party(dated(event).intake)
    with pytest.raises(NotPossible):
        events.archive(event=event, by=None)
    events.cancel(event=event, notice="", by=None)
    assert events.archive(event=event, by=None).status == EventStatus.ARCHIVED


def test_the_kind_stays_when_people_have_signed_up() -> None:
    event = saved()
    happening.party(dated(event).intake)
    with pytest.raises(Invalid):
        resave(event, kind=EventKind.COURSE)


@pytest.mark.parametrize("table", [Tally, Evaluation])
def test_the_kind_stays_when_numbers_are_kept_of_people_who_are_forgotten(table: Any) -> None:
    event = saved()
    answered = {"usefulness": 4} if table is Evaluation else {"people": 12}
    table.objects.create(intake=dated(event).intake, **answered)
    with pytest.raises(Invalid):
        resave(event, kind=EventKind.COURSE)
    assert table.objects.exists()


def test_a_date_that_goes_leaves_what_was_told_to_who_moved_away() -> None:
    event = saved()
    gone, there = event.occurrences.order_by("starts_at")[1:3]
    party = happening.party(there.intake)
    notice = Notice.objects.create(
        party=party, kind=NoticeKind.CHANGED, channel="email", occurrence=gone,
        settled_at=timezone.now(),
    )  # fmt: skip
    Occurrence.objects.filter(event=event).exclude(pk__in=(gone.pk, there.pk)).delete()
    resave(event, rrule="", dates=[(there.starts_at, there.ends_at)], starts_at=there.starts_at)
    assert not Occurrence.objects.filter(pk=gone.pk).exists()
    assert Notice.objects.get() == notice


def test_the_kind_changes_while_nobody_has() -> None:
    event = saved()
    resave(event, kind=EventKind.COURSE)
    assert Intake.objects.get(event=event).occurrences.count() == 4


def test_an_event_once_on_another_day_takes_its_people_along() -> None:
    event = saved(kind=EventKind.ONE_OFF, rrule="")
    party = happening.party(dated(event).intake)
    resave(event, starts_at=next_wednesday() + timedelta(days=9))
    assert begins(event) == [next_wednesday() + timedelta(days=9)]
    assert told(party) == [NoticeKind.CHANGED]


def test_days_are_kept_by_the_wall_clock_when_it_changes() -> None:
    year = timezone.localdate().year + 1
    october = date(year, 10, 31)
    october -= timedelta(days=(october.weekday() + 1) % 7)  # its last Sunday
    first = datetime.combine(october - timedelta(days=4), time(18), tzinfo=happening.OSLO)
    event = saved(starts_at=first, rrule="FREQ=WEEKLY;COUNT=2")
    assert [f"{one:%H%M}" for one in begins(event)] == ["1600", "1700"]  # UTC
