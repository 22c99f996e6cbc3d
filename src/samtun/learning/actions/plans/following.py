"""From agreed on to followed, evaluated and put away."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.learning.actions import obligations
from samtun.learning.actions.plans.drafting import locked, locked_plan
from samtun.learning.actions.plans.errors import NotPossible
from samtun.learning.enums import PlanStatus
from samtun.learning.models import Plan, PlanVersion
from samtun.people import audit
from samtun.people.models import User

_ENDS = (PlanStatus.ACTIVE, PlanStatus.AGREED)


@transaction.atomic
def activate(*, version: PlanVersion, by: User | None) -> PlanVersion:
    """Follow this version from now on instead of the one before; everybody gets what it says.

    Raises:
        NotPossible: it is not agreed on, a newer one is followed, or the plan is archived.
    """
    version = locked(version)
    plan = version.plan
    if version.status != PlanStatus.AGREED:
        raise NotPossible(_("Only a version that is agreed on, and not yet followed, can start."))
    if plan.archived_at:
        raise NotPossible(_("The plan is archived. Bring it back first."))
    if plan.versions.filter(status=PlanStatus.ACTIVE, number__gt=version.number).exists():
        raise NotPossible(_("A newer version is followed already."))
    now = timezone.now()
    older = plan.versions.filter(status__in=_ENDS, number__lt=version.number)
    older.update(status=PlanStatus.SUPERSEDED, ended_at=now)
    version.status, version.activated_at = PlanStatus.ACTIVE, now
    version.save(update_fields=["status", "activated_at"])
    obligations.recompute(plan)
    audit.record("plan.activated", by=by, about=plan, details={"version": version.number})
    return version


@transaction.atomic
def write_evaluation(*, version: PlanVersion, text: str, by: User | None) -> None:
    """Keep what is written so far on what can and cannot be concluded.

    Raises:
        NotPossible: the version is not followed.
    """
    version = locked(version)
    _check_followed(version)
    version.evaluation = text
    version.save(update_fields=["evaluation"])
    audit.record("plan.evaluation_written", by=by, about=version.plan)


@transaction.atomic
def evaluate(*, version: PlanVersion, text: str, by: User | None) -> None:
    """End the version with its evaluation; nobody has anything to do by it any more.

    Raises:
        NotPossible: the version is not followed, or nothing is written.
    """
    version = locked(version)
    _check_followed(version)
    if not text.strip():
        raise NotPossible(_("Write what can and what cannot be concluded first."))
    version.evaluation, version.status = text, PlanStatus.EVALUATED
    version.ended_at = timezone.now()
    version.save(update_fields=["evaluation", "status", "ended_at"])
    obligations.recompute(version.plan)
    audit.record("plan.evaluated", by=by, about=version.plan, details={"version": version.number})


def _check_followed(version: PlanVersion) -> None:
    if version.status != PlanStatus.ACTIVE:
        raise NotPossible(_("Only the version that is followed now can be evaluated."))


@transaction.atomic
def archive(*, plan: Plan, by: User | None) -> None:
    """Put the plan away; it can be read, and brought back.

    Raises:
        NotPossible: it is followed now.
    """
    plan = locked_plan(plan)
    if plan.versions.filter(status=PlanStatus.ACTIVE).exists():
        raise NotPossible(_("The plan is followed now. Evaluate it first; that ends it."))
    _archived_at(plan, is_archived=True)
    audit.record("plan.archived", by=by, about=plan)


@transaction.atomic
def bring_back(*, plan: Plan, by: User | None) -> None:
    """Take the plan out of the archive."""
    plan = locked_plan(plan)
    _archived_at(plan, is_archived=False)
    audit.record("plan.brought_back", by=by, about=plan)


def _archived_at(plan: Plan, *, is_archived: bool) -> None:
    plan.archived_at = timezone.now() if is_archived else None
    plan.save(update_fields=["archived_at"])
