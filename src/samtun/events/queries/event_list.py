"""The events that a person looks after, as the desk lists them: filtered, one page, with what
waits at each.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
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
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from samtun.events.enums import PUBLIC_STATUSES, EventStatus, OccurrenceStatus, PartyState
from samtun.events.models import (
    Attendance,
    Evaluation,
    Event,
    Headcount,
    Intake,
    Occurrence,
    Party,
)
from samtun.events.queries.kept import events_of
from samtun.organisations.queries import with_units
from samtun.people.grants import Person, grants_of

PAGE_SIZE = 30
MARK_WITHIN = timedelta(days=60)  # older dates are not asked about
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. Empty: what is coming."""

    words: str = ""
    state: str = ""  # drafts | past
    organization: str = ""
    occasion: str = ""
    has_waiting: bool = False
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of events.

    Each has `next_at`, `last_at`, `dates_left`, the `taken` and `capacity` of the next date (or
    the course), `waiting` (people), `unmarked` (dates), `answers` (evaluations) and `next_intake`.
    """

    events: list[Event]
    total: int
    page: int
    last: int


def events_found(person: Person, wanted: Wanted, page: int) -> Found:
    """Page `page` of the events `wanted` that `person` may see; two queries beside the roles."""
    now = timezone.now()
    matching = _matching(person, wanted, now)
    total = matching.count()
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    rows = _sorted(_marked(matching, now), wanted.state)
    start = (page - 1) * PAGE_SIZE
    found = rows.select_related("organization__municipality")[start : start + PAGE_SIZE]
    return Found(list(found), total, page, last)


def _matching(person: Person, wanted: Wanted, now: datetime) -> QuerySet[Event]:
    events = _in_state(events_of(person), wanted.state, now)
    for word in wanted.words.split()[:_MOST_WORDS]:
        events = events.filter(_has(word))
    if wanted.organization:
        events = events.filter(organization__in=_units(wanted.organization))
    if wanted.occasion:
        events = events.filter(occasion=wanted.occasion)
    if wanted.has_waiting:
        events = events.filter(Exists(_waiting(now)))
    return events.filter(_is_mine(person)) if wanted.is_mine else events


def _in_state(events: QuerySet[Event], state: str, now: datetime) -> QuerySet[Event]:
    """What has no date at all is still coming."""
    if state == "drafts":
        return events.filter(status=EventStatus.DRAFT)
    of_event = Occurrence.objects.filter(event=OuterRef("pk"))
    is_over = Exists(of_event) & ~Exists(of_event.filter(ends_at__gt=now))
    if state == "past":
        over = Q(status__in=PUBLIC_STATUSES) & Q(is_over)
        return events.filter(over | Q(status=EventStatus.ARCHIVED))
    return events.filter(~is_over, status__in=PUBLIC_STATUSES)


def _has(word: str) -> Q:
    """SQLite knows no capitals beyond ASCII, so the word is tried as names are written too."""
    condition = Q()
    for written in {word, word.capitalize(), word.lower()}:
        for field in ("name", "summary", "organization__name", "translations"):
            condition |= Q(**{f"{field}__icontains": written})
    return condition


def _units(organization: str) -> list[UUID]:
    try:
        return list(with_units([UUID(organization)]))
    except ValueError:
        return []


def _is_mine(person: Person) -> Q:
    """Of an organisation or unit that a role is for, or with oneself as the contact."""
    own = with_units(
        {one.organization_id for one in grants_of(person).roles if one.organization_id}
    )
    email = getattr(person, "email", "")
    return Q(organization__in=own) | (Q(contact_email__iexact=email) if email else Q())


def _ahead(now: datetime) -> QuerySet[Occurrence]:
    """The dates of the event that still hold and are not over, the next one first."""
    return Occurrence.objects.filter(
        event=OuterRef("pk"), ends_at__gt=now, status=OccurrenceStatus.SCHEDULED
    ).order_by("starts_at", "pk")


def _waiting(now: datetime) -> QuerySet[Party]:
    return Party.objects.filter(
        intake__event=OuterRef("pk"), intake__ends_at__gt=now, state=PartyState.WAITING
    )


def _unmarked(now: datetime) -> QuerySet[Occurrence]:
    """Dates that are over and that nobody has counted."""
    of_date = {"occurrence": OuterRef("pk")}
    return Occurrence.objects.filter(
        ~Exists(Attendance.objects.filter(**of_date)),
        ~Exists(Headcount.objects.filter(**of_date)),
        event=OuterRef("pk"),
        status=OccurrenceStatus.SCHEDULED,
        ends_at__lte=now,
        ends_at__gt=now - MARK_WITHIN,
    )


def _number(rows: QuerySet[Any], aggregate: Sum | Count) -> Coalesce:
    """The aggregate over `rows`, which name their event as OuterRef("pk"); 0 for none."""
    model: type[Model] = rows.model
    to_event = "event" if model in (Occurrence, Intake) else "intake__event"
    each = rows.order_by().values(to_event).annotate(number=aggregate).values("number")
    return Coalesce(Subquery(each, output_field=IntegerField()), 0)


def _marked(events: QuerySet[Event], now: datetime) -> QuerySet[Event]:
    of_event = Occurrence.objects.filter(event=OuterRef("pk"))
    answers = Evaluation.objects.filter(intake__event=OuterRef("pk"))
    return events.annotate(
        next_at=Subquery(_ahead(now).values("starts_at")[:1]),
        next_intake=Subquery(_ahead(now).values("intake")[:1]),
        next_taken=Subquery(_ahead(now).values("intake__taken")[:1]),
        next_capacity=Subquery(_ahead(now).values("intake__capacity")[:1]),
        last_at=Subquery(of_event.order_by("-starts_at").values("starts_at")[:1]),
        dates_left=_number(_ahead(now), Count("pk")),
        waiting=_number(_waiting(now), Sum("size")),
        unmarked=_number(_unmarked(now), Count("pk")),
        answers=_number(answers, Count("pk")),
    )


def _sorted(events: QuerySet[Event], state: str) -> QuerySet[Event]:
    if state == "drafts":
        return events.order_by("-last_modified", "name", "pk")
    if state == "past":
        return events.order_by(F("last_at").desc(nulls_last=True), "name", "pk")
    return events.order_by(F("next_at").asc(nulls_last=True), "name", "pk")
