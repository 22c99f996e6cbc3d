"""What somebody who signs up, or has signed up, is shown."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from samtun.events.enums import (
    PUBLIC_STATUSES,
    Consent,
    EventStatus,
    OccurrenceStatus,
    PartyState,
    SignUp,
)
from samtun.events.models import Event, Intake, Occurrence, Party

JOIN_BEFORE = timedelta(hours=24)  # how long before a meeting its link is shown
EVALUATED_FOR = timedelta(days=60)
STAYS_FOR = timedelta(days=30)  # after the last date; see `keeping.forgetting`
_MOST_DATES = 60


class Standing(StrEnum):
    """What somebody who wants to come to an intake can do now."""

    OPEN = "open"
    WAITING = "waiting"  # full, with a waiting list
    FULL = "full"
    CLOSED = "closed"
    NOT_OPEN_YET = "not_open_yet"
    OVER = "over"
    CANCELLED = "cancelled"
    JUST_COME = "just_come"


OPEN_STANDINGS = (Standing.OPEN, Standing.WAITING)


def standing(intake: Intake, now: datetime) -> Standing:
    """How things stand with `intake`, whose event is loaded; what stops most comes first."""
    event = intake.event
    is_called_off = event.status in (EventStatus.CANCELLED, EventStatus.DRAFT)
    if is_called_off or intake.starts_at is None:
        return Standing.CANCELLED
    if intake.ends_at is not None and intake.ends_at <= now:
        return Standing.OVER
    if event.status != EventStatus.PUBLISHED:
        return Standing.CLOSED
    if event.sign_up == SignUp.NONE:
        return Standing.JUST_COME
    if intake.is_closed or intake.is_tallied or (intake.closes_at or intake.starts_at) <= now:
        return Standing.CLOSED
    if event.opens_on and timezone.localdate(now) < event.opens_on:
        return Standing.NOT_OPEN_YET
    if intake.free is None or intake.free > 0:
        return Standing.OPEN
    return Standing.WAITING if event.has_waiting_list else Standing.FULL


def public_intake(slug: str, key: UUID, numbers: frozenset[str]) -> Intake | None:
    """What one signs up for with its event, if it is public for people in `numbers`."""
    belongs = Event.municipalities.through.objects.filter(
        event=OuterRef("event_id"), municipality__in=numbers
    )
    found = Intake.objects.select_related("event").filter(
        Exists(belongs), pk=key, event__slug=slug, event__status__in=PUBLIC_STATUSES
    )
    return found.first()


def dates_of(intake: Intake) -> list[Occurrence]:
    """Its dates in order, cancelled ones too, with where they are; two queries."""
    found = intake.occurrences.select_related("location", "event__location")
    found = found.prefetch_related("location__addresses", "event__location__addresses")
    return list(found.order_by("starts_at", "pk")[:_MOST_DATES])


def other_dates(party: Party, now: datetime) -> list[Intake]:
    """The coming intakes of the same event with room for all of `party`, the next first."""
    event = party.intake.event
    found = coming(event, now).exclude(pk=party.intake_id).order_by("starts_at", "pk")
    rows = list(found[:_MOST_DATES])
    for row in rows:
        row.event = event
    return [
        row
        for row in rows
        if standing(row, now) == Standing.OPEN and (row.free is None or row.free >= party.size)
    ]


def coming(event: Event, now: datetime) -> QuerySet[Intake]:
    """The intakes of `event` that have not begun."""
    return event.intakes.filter(starts_at__gt=now)


def may_join(party: Party, date: Occurrence, now: datetime) -> bool:
    """Whether `party` is shown the address of the digital meeting on `date` now."""
    return (
        party.state == PartyState.CONFIRMED
        and party.consent in (Consent.NOT_NEEDED, Consent.GIVEN)
        and party.intake.event.status == EventStatus.PUBLISHED
        and date.intake_id == party.intake_id
        and date.status == OccurrenceStatus.SCHEDULED
        and date.starts_at - JOIN_BEFORE <= now < date.ends_at
    )


def may_evaluate(intake: Intake, now: datetime) -> bool:
    """Whether `intake` is asked about now: from the end of its first date, for sixty days."""
    if not intake.event.evaluates or intake.event.status not in PUBLIC_STATUSES:
        return False
    held = intake.occurrences.filter(status=OccurrenceStatus.SCHEDULED)
    ends = list(held.order_by("starts_at").values_list("ends_at", flat=True))
    return bool(ends) and ends[0] <= now < max(ends) + EVALUATED_FOR
