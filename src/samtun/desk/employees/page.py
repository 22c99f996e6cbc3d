"""What the desk shows of one employee: the jobs, what is to be done and why, what was decided."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language

from samtun.learning.enums import ObligationState
from samtun.learning.models import Decision, Employment
from samtun.learning.queries.employees import CHANGE, employees_of
from samtun.learning.queries.obligations import why_in_words
from samtun.learning.queries.plans import ActiveItem, active_items
from samtun.people.models import User
from samtun.people.rules import may

_COLORS = {
    ObligationState.OPEN: "info",
    ObligationState.DONE: "success",
    ObligationState.EXEMPT: "neutral",
}


def page_of(person: User, shown: Employment) -> dict[str, Any]:
    """The employee as `person` may see it: jobs in other places than theirs are left out."""
    today = timezone.localdate()
    jobs = employees_of(person).filter(learner=shown.learner_id).select_related("unit", "employer")
    return {
        "of": shown,
        "jobs": [
            (job, _is_over(job)) for job in jobs.order_by(F("left_on").desc(nulls_first=True), "pk")
        ],
        "items": [_item(one) for one in active_items(shown)],
        "decisions": _decisions(shown),
        "may_change": may(person, CHANGE, shown),
        "is_over": _is_over(shown),
        "today": today,
    }


def _is_over(job: Employment) -> bool:
    return job.left_on is not None and job.left_on < timezone.localdate()


def _item(one: ActiveItem) -> dict[str, Any]:
    """Counts and dates only: what somebody answered or wrote is theirs alone."""
    row = one.obligation
    is_late = one.is_open and row.due_on is not None and row.due_on < timezone.localdate()
    return {
        "title": one.item.title,
        "plan": one.plan,
        "row": row,
        "state": ObligationState(row.state).label,
        "color": "warning" if is_late else _COLORS.get(ObligationState(row.state), "neutral"),
        "is_late": is_late,
        "why": why_in_words(row, get_language() or "nb"),
    }


def _decisions(shown: Employment) -> list[Decision]:
    rows = Decision.objects.filter(employment=shown, withdrawn_at__isnull=True)
    return list(rows.select_related("plan", "decided_by").order_by("-decided_at", "pk")[:50])
