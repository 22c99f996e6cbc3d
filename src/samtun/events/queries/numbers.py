"""How many came: the same numbers before and after those who came are forgotten.

Of each party only this is counted, live and in `Tally` alike: with seats in the end (`parties`,
`people`, `first_time` of them), cancelled, or `unmet` (waited in vain, or did not answer); and
`present`, the visits that were marked. Those who just came are in `Headcount`, which stays.

Everything about an intake counts on the day it begins, so a course is in one period as a whole.
What has not begun, drafts and what was cancelled are not counted as meetings that people came to.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from samtun.events.enums import EventStatus, OccurrenceStatus, PartyState
from samtun.events.models import Attendance, Event, Headcount, Intake, Occurrence, Party, Tally
from samtun.events.queries.kept import events_of
from samtun.organisations.queries import with_units
from samtun.people.grants import Person

FEWEST = 5  # of a municipality: fewer could be told apart by those who live there
_HELD = (EventStatus.PUBLISHED, EventStatus.ARCHIVED)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day to a day, both with."""

    first: date
    last: date

    def condition(self, path: str) -> Q:
        """The moment at `path` is within it, and has been."""
        begins, ends = _midnight(self.first), _midnight(self.last + timedelta(days=1))
        upto = min(ends, timezone.now())
        return Q(**{f"{path}__gte": begins, f"{path}__lt": upto})


@dataclass(frozen=True, slots=True)
class Asked:
    """What to count. Empty: all that the person looks after."""

    period: Period
    organization: UUID | None = None
    occasion: str = ""


@dataclass(slots=True)
class Numbers:
    """Sums. Of `uncounted` dates nobody has said how many came."""

    dates: int = 0
    cancelled_dates: int = 0
    uncounted: int = 0
    parties: int = 0
    people: int = 0
    present: int = 0  # visits of those who signed up
    just_came: int = 0
    first_time: int = 0
    cancelled: int = 0
    unmet: int = 0

    @property
    def visits(self) -> int:
        """Everybody who came, each time they came."""
        return self.present + self.just_came

    def __iadd__(self, other: "Numbers") -> "Numbers":
        for field in fields(Numbers):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self


@dataclass(frozen=True, slots=True)
class Row:
    """Numbers of an event."""

    event: Event
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Living:
    """How many came from a municipality; `number` None: not told, "": few, taken together."""

    number: str | None
    people: int  # with seats, or counted on the day
    visits: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was asked about: by event, and where people live."""

    rows: Sequence[Row]
    living: Sequence[Living]

    @property
    def total(self) -> Numbers:
        """All of it together."""
        return together(row.numbers for row in self.rows)


def together(numbers: Iterable[Numbers]) -> Numbers:
    """The sum."""
    total = Numbers()
    for each in numbers:
        total += each
    return total


def report(person: Person, asked: Asked) -> Report:
    """What `person` may count, as `asked`; six queries beside the roles."""
    events = {one.pk: one for one in _events(person, asked)}
    numbers: dict[UUID, Numbers] = defaultdict(Numbers)
    homes: dict[str | None, Counter[str]] = defaultdict(Counter)
    _add_dates(events, asked.period, numbers)
    _add_people(events, asked.period, numbers, homes)
    known = sorted(numbers, key=lambda key: (events[key].name.casefold(), key))
    return Report([Row(events[key], numbers[key]) for key in known], _together_where_few(homes))


def _events(person: Person, asked: Asked) -> QuerySet[Event]:
    found = events_of(person, "events.view_numbers").exclude(status=EventStatus.DRAFT)
    if asked.occasion:
        found = found.filter(occasion=asked.occasion)
    if asked.organization:
        found = found.filter(organization__in=with_units([asked.organization]))
    narrow = found.select_related("organization").only(
        "name", "language", "translations", "occasion", "status", "organization__name"
    )
    begun = Occurrence.objects.filter(event=OuterRef("pk"), starts_at__lt=timezone.now())
    return narrow.filter(Exists(begun))


def _add_dates(events: dict[UUID, Event], period: Period, numbers: dict[UUID, Numbers]) -> None:
    """Dates that were held, cancelled, or held without a count; one query."""
    off = Q(status=OccurrenceStatus.CANCELLED) | Q(event__status=EventStatus.CANCELLED)
    of_intake = {"intake": OuterRef("intake")}
    came = (
        Exists(Attendance.objects.filter(party__intake=OuterRef("intake"), present__gt=0))
        | Exists(Headcount.objects.filter(occurrence__intake=OuterRef("intake")))
        | Exists(Tally.objects.filter(**of_intake, present__gt=0))
    )
    dates = (
        Occurrence.objects.filter(event__in=events, starts_at__lt=timezone.now())
        .alias(begins=Coalesce("intake__starts_at", "starts_at"))
        .filter(period.condition("begins"))
    )
    for row in (
        dates.values("event")
        .annotate(
            held=Count("pk", filter=~off),
            cancelled=Count("pk", filter=off),
            silent=Count("pk", filter=~off & ~Q(came)),
        )
        .order_by()
    ):
        numbers[row["event"]] += Numbers(
            dates=row["held"], cancelled_dates=row["cancelled"], uncounted=row["silent"]
        )


def _add_people(
    events: dict[UUID, Event],
    period: Period,
    numbers: dict[UUID, Numbers],
    homes: dict[str | None, Counter[str]],
) -> None:
    """People of what has begun, from the live lists, the kept counts and the headcounts."""
    begun = Intake.objects.filter(
        period.condition("starts_at"), event__in=events, event__status__in=_HELD
    ).values("pk")
    for rows in (_live(begun), _marked(begun), _kept(begun), _counted(begun)):
        for event, home, each in rows:
            numbers[event] += each
            homes[home]["people"] += each.people + each.just_came
            homes[home]["visits"] += each.visits


Counts = Iterable[tuple[UUID, str | None, Numbers]]
_Begun = QuerySet[Intake, Any]  # their keys


def _live(begun: _Begun) -> Counts:
    """Those who are still on a list; as `keeping.forgetting` counts them."""
    has_seats = Q(state=PartyState.CONFIRMED)
    unmet = ~Q(state__in=(PartyState.CONFIRMED, PartyState.CANCELLED))
    rows = Party.objects.filter(intake__in=begun).values_list("intake__event", "municipality")
    for event, home, parties, people, new, cancelled, missed in rows.annotate(
        parties=Count("pk", filter=has_seats),
        people=Sum("size", filter=has_seats, default=0),
        new=Sum("size", filter=has_seats & Q(is_first_time=True), default=0),
        cancelled=Count("pk", filter=Q(state=PartyState.CANCELLED)),
        missed=Sum("size", filter=unmet, default=0),
    ).order_by():
        yield (
            event,
            home,
            Numbers(
                parties=parties, people=people, first_time=new, cancelled=cancelled, unmet=missed
            ),
        )


def _marked(begun: _Begun) -> Counts:
    rows = Attendance.objects.filter(party__intake__in=begun).values_list(
        "party__intake__event", "party__municipality"
    )
    for event, home, present in rows.annotate(visits=Sum("present")).order_by():
        yield event, home, Numbers(present=present)


def _kept(begun: _Begun) -> Counts:
    """What was counted before those who came were forgotten."""
    names = ("parties", "people", "first_time", "present", "cancelled", "unmet")
    rows = Tally.objects.filter(intake__in=begun).values_list("intake__event", "municipality")
    sums = {f"all_{name}": Sum(name) for name in names}
    for event, home, *found in rows.annotate(**sums).order_by():
        yield event, home, Numbers(**dict(zip(names, found, strict=True)))


def _counted(begun: _Begun) -> Counts:
    rows = Headcount.objects.filter(occurrence__intake__in=begun).values_list(
        "occurrence__intake__event", "municipality"
    )
    for event, home, people, new in rows.annotate(
        all_people=Sum("people"), all_first=Sum("first_time")
    ).order_by():
        yield event, home, Numbers(just_came=people, first_time=new)


def _together_where_few(homes: dict[str | None, Counter[str]]) -> list[Living]:
    """Where people live, the most first; those of small numbers in one row, which is never small.

    A single small number could be found by subtracting the others from the sum, so the next
    smallest joins it until they are enough; when all together are few, nothing is said.
    """
    known = {home: counts for home, counts in homes.items() if home and any(counts.values())}
    by_size = sorted(known, key=lambda home: (known[home]["people"], home))
    few: list[str] = []
    for home in by_size:
        so_far = sum(known[one]["people"] for one in few)
        if known[home]["people"] < FEWEST or (few and so_far < FEWEST):
            few.append(home)
    if sum(known[one]["people"] for one in known) < FEWEST:
        return []
    shown = [_living(home, known[home]) for home in reversed(by_size) if home not in few]
    if few:
        rest: Counter[str] = Counter()
        for home in few:
            rest.update(known[home])
        shown.append(_living("", rest))
    return [*shown, *([_living(None, homes[None])] if any(homes.get(None, {}).values()) else [])]


def _living(home: str | None, counts: Counter[str]) -> Living:
    return Living(home, counts["people"], counts["visits"])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
