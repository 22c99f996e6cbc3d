"""Dates as lists show them, in two queries however many there are.

What is read here may be shown to anybody: no join address, no number of those who come, and of a
confidential place only that it is one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samtun.directory.enums import Taxonomies
from samtun.events.enums import EventStatus, OccurrenceStatus
from samtun.events.models import Event, Occurrence
from samtun.events.queries.wanted import Wanted
from samtun.events.recurrence import OSLO
from samtun.organisations.queries import region_scope
from samtun.organisations.recent import for_a_minute

_FIELDS = {
    "id": "id",
    "starts_at": "starts_at",
    "ends_at": "ends_at",
    "rule_starts_at": "rule_starts_at",
    "status": "status",
    "theme": "theme",
    "notice": "notice",
    "language": "language",
    "translations": "translations",
    "event": "event_id",
    "slug": "event__slug",
    "name": "event__name",
    "summary": "event__summary",
    "event_language": "event__language",
    "event_translations": "event__translations",
    "event_status": "event__status",
    "kind": "event__kind",
    "sign_up": "event__sign_up",
    "is_free": "event__is_free",
    "in_person": "event__meets_in_person",
    "online": "event__meets_online",
    "minimum_age": "event__minimum_age",
    "maximum_age": "event__maximum_age",
    "for_children": "event__is_for_children",
    "has_waiting_list": "event__has_waiting_list",
    "opens_on": "event__opens_on",
    "intake": "intake_id",
    "capacity": "intake__capacity",
    "taken": "intake__taken",
    "is_closed": "intake__is_closed",
    "closes_at": "intake__closes_at",
    "room": "room",
    "event_room": "event__room",
    "own_location": "location_id",
    "event_location": "event__location_id",
    "own_place": "location__name",
    "own_town": "location__municipality_id",
    "own_is_secret": "location__is_confidential",
    "event_place": "event__location__name",
    "event_town": "event__location__municipality_id",
    "event_is_secret": "event__location__is_confidential",
}


class Dated(NamedTuple):
    """A date with what a list says of it and of its event."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    rule_starts_at: datetime | None
    status: str
    theme: str
    notice: str
    language: str
    translations: dict[str, dict[str, str]]
    event: UUID
    slug: str
    name: str
    summary: str
    event_language: str
    event_translations: dict[str, dict[str, str]]
    event_status: str
    kind: str
    sign_up: str
    is_free: bool | None
    in_person: bool
    online: bool
    minimum_age: int | None
    maximum_age: int | None
    for_children: bool
    has_waiting_list: bool
    opens_on: date | None
    intake: UUID
    capacity: int | None
    taken: int
    is_closed: bool
    closes_at: datetime | None
    room: str
    event_room: str
    own_location: UUID | None
    event_location: UUID | None
    own_place: str | None
    own_town: str | None
    own_is_secret: bool | None
    event_place: str | None
    event_town: str | None
    event_is_secret: bool | None
    municipalities: tuple[str, ...] = ()

    @property
    def is_cancelled(self) -> bool:
        """Whether the date, or all of the event, is cancelled."""
        return (
            self.status == OccurrenceStatus.CANCELLED or self.event_status == EventStatus.CANCELLED
        )

    @property
    def is_moved(self) -> bool:
        """Whether it is at another time than the rule of its series says."""
        return self.rule_starts_at is not None and self.rule_starts_at != self.starts_at

    @property
    def place(self) -> str:
        """What the place is called; nothing of a confidential one."""
        if self.own_location:
            return "" if self.own_is_secret else self.own_place or ""
        return "" if self.event_is_secret else self.event_place or ""

    @property
    def town(self) -> str:
        """The number of the municipality where the place is."""
        if self.own_location:
            return "" if self.own_is_secret else self.own_town or ""
        return "" if self.event_is_secret else self.event_town or ""

    @property
    def location(self) -> UUID | None:
        """Where it is, secret or not."""
        return self.own_location or self.event_location

    @property
    def day(self) -> date:
        """The day in Norway."""
        return self.starts_at.astimezone(OSLO).date()


def midnight(day: date) -> datetime:
    """When `day` begins in Norway."""
    return datetime.combine(day, time(), tzinfo=OSLO)


def coming(found: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """Those that are not over."""
    return found.filter(ends_at__gt=timezone.now())


def between(found: QuerySet[Occurrence], first: date, last: date) -> QuerySet[Occurrence]:
    """Those that begin on the days from `first` to `last`, both included."""
    ends = midnight(last + timedelta(days=1))
    return found.filter(starts_at__gte=midnight(first), starts_at__lt=ends)


def dated(found: QuerySet[Occurrence], start: int = 0, stop: int | None = None) -> list[Dated]:
    """The dates in order of time, from the one numbered `start` up to `stop`; two queries."""
    rows = dated_apart(found, start, stop)
    covered = _municipalities({row.event for row in rows})
    return [row._replace(municipalities=covered.get(row.event, ())) for row in rows]


def dated_apart(
    found: QuerySet[Occurrence], start: int = 0, stop: int | None = None
) -> list[Dated]:
    """The same without saying for which municipalities; one query."""
    ordered = found.order_by("starts_at", "pk").values_list(*_FIELDS.values())
    return [Dated(*row) for row in ordered[start:stop]]


def _municipalities(events: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
    if not events:
        return {}
    through = Event.municipalities.through.objects
    pairs = through.filter(event__in=events).values_list("event_id", "municipality_id")
    numbers: dict[UUID, list[str]] = defaultdict(list)
    for event, number in pairs.order_by("municipality_id"):
        numbers[event].append(number)
    return {event: tuple(own) for event, own in numbers.items()}


def days_of(found: QuerySet[Occurrence]) -> dict[date, int]:
    """How many dates there are on each day; one query."""
    counted: dict[date, int] = defaultdict(int)
    for starts_at in found.values_list("starts_at", flat=True).order_by("starts_at"):
        counted[starts_at.astimezone(OSLO).date()] += 1
    return dict(counted)


def called(
    found: QuerySet[Occurrence], words: Iterable[str], events: Collection[UUID] = ()
) -> QuerySet[Occurrence]:
    """Those of `events`, and those whose name, summary or theme holds all of `words`."""
    holds = Q()
    for word in words:
        # Each event is read once, and not once for each of its dates.
        named = Event.objects.filter(Q(name__icontains=word) | Q(summary__icontains=word))
        holds &= Q(event__in=named.values("pk")) | Q(theme__icontains=word)
    return found.filter(Q(event__in=events) | holds)


@for_a_minute
def is_anything_coming(region: str) -> bool:
    """Whether there is a date to come in the region at all."""
    scope = region_scope(region)
    return scope is not None and coming(Wanted(scope.numbers).occurrences()).exists()


@for_a_minute
def topics(region: str) -> dict[str, frozenset[str]]:
    """The codes of each taxonomy that something coming in the region is about.

    As few as the words of the vocabulary, however many events there are.
    """
    scope = region_scope(region)
    if scope is None:
        return {}
    dates = coming(Wanted(scope.numbers).occurrences())
    pairs = (
        Event.terms.through.objects.filter(event__in=dates.values("event"))
        .values_list("taxonomyterm__taxonomy__slug", "taxonomyterm__code")
        .distinct()
    )
    above = pairs.filter(taxonomyterm__parent__isnull=False).values_list(
        "taxonomyterm__taxonomy__slug", "taxonomyterm__parent__code"
    )
    codes: dict[str, set[str]] = {str(taxonomy): set() for taxonomy in Taxonomies}
    for taxonomy, code in _chained(pairs, above):
        codes.setdefault(taxonomy, set()).add(code)
    return {taxonomy: frozenset(each) for taxonomy, each in codes.items()}


def _chained(*several: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for pairs in several:
        yield from pairs


def events_with_dates(wanted: Wanted, limit: int) -> list[tuple[str, datetime]]:
    """The address and last change of events that something comes of; one query."""
    dates = coming(Occurrence.objects.filter(event=OuterRef("pk")))
    found = wanted.events().filter(Exists(dates)).order_by("slug")
    return list(found.values_list("slug", "last_modified")[:limit])


def one_of_each(rows: Sequence[Dated], limit: int) -> list[Dated]:
    """The first date of each event, at most `limit`."""
    first: dict[UUID, Dated] = {}
    for row in rows:
        first.setdefault(row.event, row)
    return list(first.values())[:limit]
