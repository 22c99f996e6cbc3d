"""What is decided about one person and one item of a plan, and what is done without a course.

A reason is about the work and the plan, never about health; the form says so.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from samtun.learning.actions import obligations
from samtun.learning.enums import DecisionKind
from samtun.learning.models import Decision, Employment, Plan
from samtun.people import audit
from samtun.people.models import User


@transaction.atomic
def exempt(
    *,
    employment: Employment,
    plan: Plan,
    item_key: UUID,
    reason: str,
    until: date | None = None,
    by: User | None,
) -> Decision:
    """Let `employment` go without the item, through the day `until` or for good."""
    made = _decide(DecisionKind.EXEMPT, employment, plan, item_key, reason, until, by)
    obligations.follow(employment)
    return made


@transaction.atomic
def extend(
    *,
    employment: Employment,
    plan: Plan,
    item_key: UUID,
    reason: str,
    until: date,
    by: User | None,
) -> Decision:
    """Give more time: the item is due on `until`. A date that is later anyway stays."""
    made = _decide(DecisionKind.EXTENDED, employment, plan, item_key, reason, until, by)
    obligations.follow(employment)
    return made


def _decide(  # a decision has these
    kind: DecisionKind,
    employment: Employment,
    plan: Plan,
    item_key: UUID,
    reason: str,
    until: date | None,
    by: User | None,
) -> Decision:
    """Write it; one of the same kind that stood before is withdrawn."""
    standing = Decision.objects.filter(
        employment=employment, plan=plan, item_key=item_key, kind=kind, withdrawn_at__isnull=True
    )
    standing.update(withdrawn_at=timezone.now())
    made = Decision.objects.create(
        employment=employment, plan=plan, item_key=item_key, kind=kind, reason=reason.strip(),
        until=until, decided_by=by,
    )  # fmt: skip
    details: dict[str, object] = {"plan": str(plan.pk), "item": str(item_key)}
    audit.record(f"decision.{kind}", by=by, about=made, details=details)
    return made


@transaction.atomic
def withdraw(*, decision: Decision, by: User | None) -> None:
    """Let it no longer count; it stays to be read."""
    Decision.objects.filter(pk=decision.pk).update(withdrawn_at=timezone.now())
    audit.record("decision.withdrawn", by=by, about=decision, details={"kind": decision.kind})
    obligations.follow(decision.employment)
