"""Last year's once more: texts, rule and themes come along, people and secrets do not."""

from datetime import date, datetime, time, timedelta

import pytest

from samtun.events.actions import events
from samtun.events.enums import EventKind, EventStatus
from samtun.events.models import Event, Party
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent
from tests.factories import directory as make
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db
OSLO = happening.OSLO
# Next year's summer, far from whatever day the tests run on.
YEAR = happening.soon().year + 1


def at(day: date, hour: int = 18) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=OSLO)


def first_of(month: int, weekday: int) -> date:
    day = date(YEAR, month, 1)
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def by_rule(rrule: str, starts_at: datetime, kind: str = EventKind.COURSE) -> Event:
    event = happening.event(
        name="Mestringskurs", kind=kind, rrule=rrule, starts_at=starts_at, capacity=8,
        join_url="https://video.example/i-fjor", keep_until=date(2027, 1, 1), keep_reason="Ja",
        sequence=4,
    )  # fmt: skip
    happening.party(happening.occurrence(event, starts_at).intake)
    return event


def begins(event: Event) -> list[str]:
    found = event.occurrences.order_by("starts_at").values_list("starts_at", flat=True)
    return [f"{one.astimezone(OSLO):%Y-%m-%d %H:%M}" for one in found]


def test_a_course_by_rule_begins_on_the_new_date() -> None:
    spring, autumn = first_of(2, 2), first_of(9, 2)  # winter time, and summer time
    copy = events.copy(event=by_rule("FREQ=WEEKLY;COUNT=3", at(spring)), first_on=autumn, by=None)
    weeks = [autumn + timedelta(weeks=number) for number in range(3)]
    assert begins(copy) == [f"{day} 18:00" for day in weeks]
    assert copy.intakes.count() == 1


def test_the_last_day_of_a_rule_moves_along() -> None:
    spring, autumn = first_of(2, 2), first_of(9, 2)
    last = spring + timedelta(weeks=2)
    event = by_rule(f"FREQ=WEEKLY;UNTIL={last:%Y%m%d}", at(spring))
    assert len(begins(events.copy(event=event, first_on=autumn, by=None))) == 3


def test_a_day_that_the_rule_does_not_name_moves_on_to_one_that_it_does() -> None:
    event = by_rule("FREQ=WEEKLY;BYDAY=WE;COUNT=2", at(first_of(2, 2)))
    copy = events.copy(event=event, first_on=first_of(9, 0), by=None)  # a Monday
    assert begins(copy)[0] == f"{first_of(9, 0) + timedelta(days=2)} 18:00"


def test_dates_chosen_by_hand_lie_as_many_days_later_at_the_same_hour() -> None:
    event = happening.event(kind=EventKind.COURSE, starts_at=at(first_of(2, 0)))
    intake = happening.intake(event)
    for days in (0, 9, 23):
        happening.occurrence(event, at(first_of(2, 0) + timedelta(days=days)), intake=intake)
    copy = events.copy(event=event, first_on=first_of(9, 0), by=None)
    expected = [first_of(9, 0) + timedelta(days=days) for days in (0, 9, 23)]
    assert begins(copy) == [f"{day} 18:00" for day in expected]


def test_themes_come_along_with_dates_chosen_by_hand() -> None:
    event = happening.event(kind=EventKind.COURSE, starts_at=at(first_of(2, 0)))
    happening.occurrence(
        event, at(first_of(2, 0)), theme="Søvn", translations={"nn": {"theme": "Svevn"}}
    )
    copy = events.copy(event=event, first_on=first_of(9, 0), by=None)
    made = copy.occurrences.get()
    assert (made.theme, made.translations) == ("Søvn", {"nn": {"theme": "Svevn"}})


def test_people_and_secrets_stay_behind() -> None:
    event = by_rule("FREQ=WEEKLY;COUNT=3", at(first_of(2, 2)))
    event.terms.set([make.term()])
    copy = events.copy(event=event, first_on=first_of(9, 2), by=None)
    copy.refresh_from_db()
    assert copy.status == EventStatus.DRAFT
    assert (copy.join_url, copy.sequence, copy.keep_reason) == ("", 0, "")
    assert copy.keep_until is None
    assert not Party.objects.filter(intake__event=copy).exists()
    assert copy.copied_from == event
    assert copy.slug != event.slug
    assert list(copy.terms.all()) == list(event.terms.all())
    assert list(copy.municipalities.all()) == list(event.municipalities.all())


def test_a_copy_is_in_the_trail() -> None:
    kari = people.person()
    people.role(kari, RoleKind.COORDINATOR, municipality=make.municipality())
    event = by_rule("FREQ=WEEKLY;COUNT=3", at(first_of(2, 2)))
    copy = events.copy(event=event, first_on=first_of(9, 2), by=kari)
    told = AuditEvent.objects.get()
    assert (told.action, told.object_id) == ("event.copied", str(copy.pk))
