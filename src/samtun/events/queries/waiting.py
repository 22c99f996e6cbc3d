"""What of the meetings waits for somebody: for the desk, which shows a few lines of each kind."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    Window,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from samtun.events.enums import ACTIVE, Consent, EventStatus, OccurrenceStatus, PartyState
from samtun.events.models import Attendance, Headcount, Intake, Notice, Occurrence, Party
from samtun.events.queries import calls
from samtun.events.rules import HOLDERS
from samtun.people.grants import Reach, grants_of
from samtun.people.models import User

LINES = 5
_CONSENT_BEFORE = timedelta(days=4)
_DAYS_TO_COUNT = 4  # what was on Friday evening can be counted on Monday

Kind = Literal["calls", "consent", "room", "attendance"]


@dataclass(frozen=True, slots=True)
class WaitingMeeting:
    """A meeting that waits, one of those of its kind, which are `total` matters together.

    `id` is the intake's, for attendance the date's. `number` is how many are to be called, have no
    consent, or could get a place.
    """

    kind: Kind
    id: UUID
    name: str
    language: str
    at: datetime | None
    number: int
    total: int


def meetings(person: User) -> list[WaitingMeeting]:
    """The first few of each kind that `person` can do something about, soonest first; one query.

    `calls`: somebody must be called. `consent`: it is soon, and a parent has not answered. `room`:
    after closing, seats are free for somebody who waits. `attendance`: the last days, not counted.
    """
    reach = grants_of(person).reach(HOLDERS["events.change_party"])
    if not reach:
        return []
    now = timezone.now()
    parts = [
        _first("calls", _with(_calls(person), _of(reach))),
        _first("consent", _with(_asked(), _intakes(reach).filter(_soon(now)))),
        _first("room", _with(_fitting(), _intakes(reach).filter(_after_closing(now)))),
        _first("attendance", _uncounted(reach, now)),
    ]
    # Each part stops at its own limit; neither database allows that in a union without brackets.
    together = " UNION ALL ".join(f"SELECT * FROM ({sql}) part" for sql, _ in parts)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(together, [value for _, values in parts for value in values])
        return [_waiting(row) for row in cursor.fetchall()]


def _of(reach: Reach) -> QuerySet[Intake]:
    """Cancelled ones too: that is what one calls about."""
    return Intake.objects.filter(reach.condition("event__organization"))


def _intakes(reach: Reach) -> QuerySet[Intake]:
    return _of(reach).filter(event__status=EventStatus.PUBLISHED)


def _soon(now: datetime) -> Q:
    return Q(starts_at__gt=now, starts_at__lte=now + _CONSENT_BEFORE)


def _after_closing(now: datetime) -> Q:
    closed = Q(is_closed=True) | Q(closes_at__lte=now)
    return closed & Q(starts_at__gt=now)


def _calls(person: User) -> QuerySet[Any]:
    """Parties to call, each once, with their intake."""
    return _counted(calls.waiting(person).filter(party__intake=OuterRef("pk")), "party")


def _asked() -> QuerySet[Any]:
    asked = Party.objects.filter(intake=OuterRef("pk"), consent=Consent.ASKED, state__in=ACTIVE)
    return _counted(asked, "pk")


def _fitting() -> QuerySet[Any]:
    """Parties that wait and would fit in what is free."""
    fits = Q(size__lte=OuterRef("capacity") - OuterRef("taken")) | Q(intake__capacity__isnull=True)
    line = Party.objects.filter(fits, intake=OuterRef("pk"), state=PartyState.WAITING)
    return _counted(line, "pk")


def _counted(rows: QuerySet[Any], whom: str) -> QuerySet[Any]:
    """How many different ones, as a subquery of an intake; nothing when there are none."""
    to_intake = "party__intake" if rows.model is Notice else "intake"
    grouped: QuerySet[Any] = rows.order_by().values(to_intake)
    found: QuerySet[Any] = grouped.annotate(number=Count(whom, distinct=True)).values("number")
    return found


def _with(number: QuerySet[Any], intakes: QuerySet[Intake]) -> QuerySet[Any]:
    found = Coalesce(Subquery(number, output_field=IntegerField()), 0)
    return intakes.annotate(number=found).filter(number__gt=0)


def _uncounted(reach: Reach, now: datetime) -> QuerySet[Any]:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    of_date = {"occurrence": OuterRef("pk")}
    return Occurrence.objects.filter(
        ~Exists(Attendance.objects.filter(**of_date)),
        ~Exists(Headcount.objects.filter(**of_date)),
        reach.condition("event__organization"),
        starts_at__range=(midnight - timedelta(days=_DAYS_TO_COUNT), now),
        status=OccurrenceStatus.SCHEDULED,
        event__status=EventStatus.PUBLISHED,
        intake__is_tallied=False,
    ).annotate(number=Value(1))


def _first(kind: Kind, rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """The query for a few of a kind, with its parameters."""
    model: type[Model] = rows.model
    in_order = rows.order_by("starts_at" if model is Occurrence else F("starts_at").asc(), "pk")
    found = in_order.annotate(
        kind=Value(kind, output_field=CharField()), total=Window(Sum("number"))
    ).values_list("kind", "pk", "event__name", "event__language", "starts_at", "number", "total")
    sql, values = found[:LINES].query.sql_with_params()
    return str(sql), tuple(values)


def _waiting(row: tuple[Any, ...]) -> WaitingMeeting:
    """A row as the database gives it: SQLite keeps identifiers as text and moments without zone."""
    kind, pk, name, language, at, number, total = row
    if at is not None and timezone.is_naive(at):
        at = at.replace(tzinfo=UTC)
    return WaitingMeeting(kind, UUID(str(pk)), name, language, at, number, int(total))
