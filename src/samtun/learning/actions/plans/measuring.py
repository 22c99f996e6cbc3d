"""Figures of the goals: outside what was agreed on, so they come at any time."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.learning.actions.plans.drafting import locked_plan
from samtun.learning.actions.plans.errors import Invalid
from samtun.learning.models import Goal, Measurement, Plan
from samtun.people import audit
from samtun.people.models import User

_MOST = Decimal("9999999999.99")


@transaction.atomic
def measure(
    *,
    plan: Plan,
    goal_key: UUID,
    measured_on: date,
    value: Decimal,
    by: User | None,
    note: str = "",
) -> Measurement:
    """Write what a goal was at on a day; the same day again replaces it.

    Raises:
        Invalid: the plan has no such goal, the day is to come, or the figure is too long.
    """
    plan = locked_plan(plan)
    if not Goal.objects.filter(version__plan=plan, key=goal_key).exists():
        raise Invalid(goal=_("Choose one of the goals."))
    if measured_on > timezone.localdate():
        raise Invalid(measured_on=_("The day is still to come."))
    if not value.is_finite() or abs(value) > _MOST:
        raise Invalid(value=_("The figure is too long."))
    made, _new = Measurement.objects.update_or_create(
        plan=plan,
        goal_key=goal_key,
        measured_on=measured_on,
        defaults={
            "value": value.quantize(Decimal("0.01")),
            "note": note.strip()[:300],
            "made_by": by,
            "made_at": timezone.now(),
        },
    )
    audit.record("plan.measured", by=by, about=plan, details={"goal": str(goal_key)})
    return made


@transaction.atomic
def take_away_measurement(*, measurement: Measurement, by: User | None) -> None:
    """Take away a figure that was wrong."""
    details: dict[str, object] = {"goal": str(measurement.goal_key)}
    audit.record("plan.measurement_removed", by=by, about=measurement.plan, details=details)
    measurement.delete()
