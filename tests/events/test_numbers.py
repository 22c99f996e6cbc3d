"""How many came: the sums are the same before and after the names are deleted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samtun.events.enums import EventKind, EventStatus, OccurrenceStatus, PartyState
from samtun.events.keeping import forgetting
from samtun.events.models import Attendance, Event, Headcount, Intake, Occurrence, Party, Tally
from samtun.events.queries.numbers import Asked, Numbers, Period, Report, report
from samtun.organisations.models import Municipality
from tests.desk.desk_scenes import Scene, scene
from tests.factories import directory as make
from tests.factories import events as happening

pytestmark = pytest.mark.django_db


@pytest.fixture
def valdres() -> Scene:
    return scene()


def held(valdres: Scene, days_ago: int = 40, **fields: object) -> Intake:
    """A meeting that is over, with room for all."""
    return happening.one_off(
        organization=valdres.owner, starts_at=happening.soon(days=-days_ago), **fields
    )


def came(of: Intake, *, size: int = 1, present: int | None = None, **fields: object) -> Party:
    """Somebody with seats, of whom so many came."""
    party = happening.party(of, size=size, **fields)
    if present is not None:
        Attendance.objects.create(party=party, occurrence=of.occurrences.get(), present=present)
    return party


def counted(valdres: Scene, days: int = 400) -> Report:
    """All of hers, the last year."""
    today = timezone.localdate()
    return report(valdres.kari, Asked(Period(today - timedelta(days=days), today)))


def full(valdres: Scene) -> Intake:
    """A meeting with one of everything that is counted."""
    of = held(valdres)
    home, vang = make.municipality(), make.municipality("3454", "Vang")
    came(of, size=4, present=3, municipality=home, is_first_time=True)
    came(of, size=2, present=2, municipality=vang)
    came(of, size=2, municipality=None)
    happening.party(of, state=PartyState.CANCELLED, size=3, municipality=home)
    happening.party(of, state=PartyState.WAITING, size=2)
    happening.party(of, state=PartyState.LAPSED, municipality=vang)
    Headcount.objects.create(
        occurrence=of.occurrences.get(), municipality=home, people=5, first_time=2
    )
    return of


def test_each_number_means_what_it_says(valdres: Scene) -> None:
    full(valdres)
    assert counted(valdres).total == Numbers(
        dates=1, cancelled_dates=0, uncounted=0, parties=3, people=8, present=5, just_came=5,
        first_time=6, cancelled=1, unmet=3,
    )  # fmt: skip


def test_the_sums_are_the_same_when_everybody_is_forgotten(valdres: Scene) -> None:
    full(valdres)
    course = happening.event(organization=valdres.owner, kind=EventKind.COURSE)
    of = happening.intake(course)
    for days in (50, 43, 36):
        happening.occurrence(course, happening.soon(days=-days), intake=of)
    happening.party(of, size=7, municipality=make.municipality("3454", "Vang"))
    before = counted(valdres)
    forgetting.tidy(timezone.localdate())
    assert not Party.objects.exists()
    assert Tally.objects.exists()
    after = counted(valdres)
    assert after.total == before.total
    assert [(row.event.pk, row.numbers) for row in after.rows] == [
        (row.event.pk, row.numbers) for row in before.rows
    ]
    assert after.living == before.living


def test_half_forgotten_is_counted_once(valdres: Scene) -> None:
    of = full(valdres)
    before = counted(valdres).total
    Party.objects.filter(state=PartyState.CONFIRMED, municipality=None).delete()
    Tally.objects.create(intake=of, parties=1, people=2)
    assert counted(valdres).total == before


def test_dates_that_nobody_counted_are_said(valdres: Scene) -> None:
    came(held(valdres))
    held(valdres)
    assert counted(valdres).total.uncounted == 2
    full(valdres)
    assert counted(valdres).total.uncounted == 2
    assert counted(valdres).total.dates == 3


def test_what_is_cancelled_a_draft_or_to_come_is_no_meeting(valdres: Scene) -> None:
    off = held(valdres, status=EventStatus.CANCELLED)
    came(off, present=1)
    moved = held(valdres)
    Occurrence.objects.filter(intake=moved).update(status=OccurrenceStatus.CANCELLED)
    Intake.objects.filter(pk=moved.pk).update(starts_at=None, ends_at=None)
    came(held(valdres, status=EventStatus.DRAFT), present=1)
    came(happening.one_off(organization=valdres.owner, capacity=9))
    total = counted(valdres).total
    assert (total.dates, total.cancelled_dates, total.people, total.visits) == (0, 2, 0, 0)


def test_another_period_and_other_peoples_meetings_are_not_counted(valdres: Scene) -> None:
    full(valdres)
    assert counted(valdres, days=10).total == Numbers()
    today = timezone.localdate()
    asked = Asked(Period(today - timedelta(days=400), today))
    for person in (valdres.ola, valdres.nils):
        assert report(person, asked).total == Numbers()


def test_a_kind_and_an_organisation_can_be_chosen(valdres: Scene) -> None:
    full(valdres)
    today = timezone.localdate()
    period = Period(today - timedelta(days=400), today)
    occasion = Event.objects.get().occasion
    assert report(valdres.kari, Asked(period, valdres.owner.pk, occasion)).total.dates == 1
    assert report(valdres.kari, Asked(period, None, "other")).total == Numbers()
    other = make.organization(municipality=make.municipality())
    assert report(valdres.kari, Asked(period, other.pk)).total == Numbers()


def living(valdres: Scene, **people: int) -> dict[str | None, int]:
    """What is told when so many come from each municipality."""
    of = held(valdres)
    for number, many in people.items():
        place: Municipality | None = None
        if number != "unknown":
            place = make.municipality(number.removeprefix("n"), number)
        Headcount.objects.create(occurrence=of.occurrences.get(), municipality=place, people=many)
    return {each.number: each.people for each in counted(valdres).living}


def test_few_from_a_municipality_are_counted_together(valdres: Scene) -> None:
    told = living(valdres, n3451=20, n3452=3, n3454=4, unknown=1)
    assert told == {"3451": 20, "": 7, None: 1}


def test_one_small_number_cannot_be_found_by_subtracting(valdres: Scene) -> None:
    assert living(valdres, n3451=20, n3452=8, n3454=1) == {"3451": 20, "": 9}


def test_when_all_are_few_nothing_is_said(valdres: Scene) -> None:
    assert living(valdres, n3451=2, n3452=1, unknown=9) == {}
