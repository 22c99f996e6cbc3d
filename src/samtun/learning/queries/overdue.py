"""Who is late in a unit, person by person."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Min, QuerySet

from samtun.learning.models import Obligation
from samtun.learning.queries.standing import late_in


def people_late(unit: UUID, today: date) -> QuerySet[Obligation, UUID]:
    """Employments in a unit with all under it that are late, the longest first; two queries."""
    rows = late_in(unit, today).order_by().values("employment")
    counted = rows.annotate(first=Min("due_on"), name=F("employment__learner__name"), n=Count("pk"))
    found: QuerySet[Obligation, UUID] = counted.order_by("first", "name", "employment").values_list(
        "employment", flat=True
    )
    return found


def late_of(unit: UUID, employments: Collection[UUID], today: date) -> dict[UUID, list[Obligation]]:
    """What is overdue for each of `employments`, in their order, the longest first; two queries."""
    found: dict[UUID, list[Obligation]] = {key: [] for key in employments}
    for each in late_in(unit, today).filter(employment__in=found):
        found[each.employment_id].append(each)
    return {key: rows for key, rows in found.items() if rows}
