"""The dates of one event as the desk lists them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from samtun.events.enums import PartyState
from samtun.events.models import Event, Occurrence, Party

PAGE_SIZE = 40


@dataclass(frozen=True, slots=True)
class Dates:
    """One page of dates, each with its `intake`, `location` and `waiting` (people)."""

    dates: list[Occurrence]
    total: int
    past: int  # how many are over
    page: int
    last: int


def dates_found(event: Event, page: int, *, is_past: bool) -> Dates:
    """Page `page` of the dates to come, or of those that are over; two queries."""
    now = timezone.now()
    counted = event.occurrences.aggregate(
        past=Count("pk", filter=~_ahead(now)), ahead=Count("pk", filter=_ahead(now))
    )
    total = counted["past"] if is_past else counted["ahead"]
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    start = (page - 1) * PAGE_SIZE
    rows = event.occurrences.filter(~_ahead(now) if is_past else _ahead(now))
    rows = _marked(rows).order_by("-starts_at" if is_past else "starts_at", "pk")
    return Dates(list(rows[start : start + PAGE_SIZE]), total, counted["past"], page, last)


def _ahead(now: datetime) -> Q:
    return Q(ends_at__gt=now)


def _marked(rows: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    waiting = Party.objects.filter(intake=OuterRef("intake"), state=PartyState.WAITING)
    each = waiting.order_by().values("intake").annotate(number=Sum("size")).values("number")
    return rows.select_related("intake", "location").annotate(
        waiting=Coalesce(Subquery(each, output_field=IntegerField()), 0)
    )
