"""What is decided about one person and one item of a plan, and what is done without a course.

A reason is about the work and the plan, never about health (`REASON_HELP` says so in the form).
Whether somebody may decide is asked where they come in: `learning.decide` over the employment.
Here it is held that nobody does it for themselves, not even with an address that no account is
tied to yet.
"""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samtun.learning.actions import evidence, obligations
from samtun.learning.enums import DecisionKind, EvidenceKind, ItemKind, Learnt
from samtun.learning.errors import LearningError
from samtun.learning.models import Decision, Employment, Evidence, Item, Plan
from samtun.learning.queries.plans import item_of
from samtun.people import audit
from samtun.people.addresses import addresses_of
from samtun.people.models import User

REASON_HELP = _(
    "Say it in terms of the work, e.g. «has the same course from another employer». "
    "Write nothing about health or family."
)
LONGEST_REASON = 300
_WITH_COURSE = (ItemKind.COURSE, ItemKind.MODULE)


class DecisionError(LearningError):
    """It cannot be decided; nothing was changed."""


class NoReasonError(DecisionError):
    """A decision says why."""

    def __init__(self) -> None:
        super().__init__(_("Say why, in a few words."))


class NotInThePlanError(DecisionError):
    """The active version of the plan has no such item."""

    def __init__(self) -> None:
        super().__init__(_("The plan no longer has this item."))


class DoneInACourseError(DecisionError):
    """A course is done by taking it, or counted as learnt earlier."""

    def __init__(self) -> None:
        super().__init__(
            _("A course is done by taking it. What was learnt elsewhere can count instead.")
        )


class OwnCaseError(DecisionError):
    """Nobody decides what they have to do themselves."""

    def __init__(self) -> None:
        super().__init__(_("This is about you. Somebody above you must decide it."))


class NotYetError(DecisionError):
    """A day to come."""

    def __init__(self) -> None:
        super().__init__(_("The day is not here yet."))


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
    """Let the person go without the item, through the day `until` or for good.

    What they have done stays done. An exemption that stood before is replaced.

    Raises:
        NoReasonError, NotInThePlanError, OwnCaseError: as they say.
    """
    _require_another(employment, by)
    made = _decision(DecisionKind.EXEMPT, employment, plan, item_key, reason)
    made.until = until
    return _decided(made, by)


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
    """Give more time: the item is due on `until`. A date that is later anyway stays.

    Raises:
        NoReasonError, NotInThePlanError, OwnCaseError: as they say.
    """
    _require_another(employment, by)
    made = _decision(DecisionKind.EXTENDED, employment, plan, item_key, reason)
    made.until = until
    return _decided(made, by)


@transaction.atomic
def count_equivalent(
    *,
    employment: Employment,
    plan: Plan,
    item_key: UUID,
    reason: str,
    done_on: date,
    by: User | None,
) -> Decision:
    """Let what the person learnt elsewhere on `done_on` count; `reason` says what it was.

    It counts for this plan in all their jobs, until the decision is withdrawn. It gives no course
    certificate: nobody took our course.

    Raises:
        NoReasonError, NotInThePlanError, NotYetError, OwnCaseError: as they say.
    """
    _require_another(employment, by)
    made = _decision(DecisionKind.EQUIVALENT, employment, plan, item_key, reason)
    made.evidence = _evidence(
        employment, _item(plan, item_key), done_on,
        learnt=Learnt.EQUIVALENT, reason=made.reason, key=f"equivalent:{made.pk}", by=by,
    )  # fmt: skip
    return _decided(made, by)


@transaction.atomic
def mark_done(
    *, employment: Employment, plan: Plan, item_key: UUID, done_on: date, by: User | None
) -> Evidence:
    """That the person came to the meeting, did the activity or read the text, on `done_on`.

    Recorded by a leader of theirs. The same day again is the same evidence. It cannot be taken
    back.

    Raises:
        NotInThePlanError, DoneInACourseError, NotYetError, OwnCaseError: as they say.
    """
    _require_another(employment, by)
    item = _item(plan, item_key)
    if item.kind in _WITH_COURSE:
        raise DoneInACourseError
    key = f"item:{item_key}:{employment.learner_id}:{done_on.isoformat()}"
    learnt = Learnt.GROUP if item.kind == ItemKind.EVENT or item.is_together else Learnt.ALONE
    made = _evidence(employment, item, done_on, learnt=learnt, key=key, by=by)
    details: dict[str, object] = {"plan": str(plan.pk), "item": str(item_key)}
    audit.record("item.marked_done", by=by, about=employment, details=details)
    return made


@transaction.atomic
def withdraw(*, decision: Decision, by: User | None) -> None:
    """Let it no longer count, from today; it stays to be read. A second time does nothing."""
    standing = Decision.objects.filter(pk=decision.pk, withdrawn_at__isnull=True)
    if standing.update(withdrawn_at=timezone.now()):
        audit.record("decision.withdrawn", by=by, about=decision, details=_details(decision))
        obligations.follow(decision.employment.learner)


def _require_another(employment: Employment, by: User | None) -> None:
    learner = employment.learner
    if by is None:
        return
    is_asked = learner.user_id is None and learner.email.lower() in addresses_of(by)
    if learner.user_id == by.pk or is_asked:
        raise OwnCaseError


def _decision(
    kind: DecisionKind, employment: Employment, plan: Plan, item_key: UUID, reason: str
) -> Decision:
    _item(plan, item_key)
    if not reason.strip():
        raise NoReasonError
    return Decision(
        kind=kind, employment=employment, plan=plan, item_key=item_key,
        reason=reason.strip()[:LONGEST_REASON],
    )  # fmt: skip


def _decided(made: Decision, by: User | None) -> Decision:
    """Write it in the place of what stood."""
    standing = Decision.objects.filter(
        employment=made.employment, plan=made.plan, item_key=made.item_key, kind=made.kind,
        withdrawn_at__isnull=True,
    )  # fmt: skip
    standing.update(withdrawn_at=timezone.now())
    made.decided_by = by
    made.save(force_insert=True)
    audit.record(f"decision.{made.kind}", by=by, about=made, details=_details(made))
    obligations.follow(made.employment.learner)
    return made


def _details(decision: Decision) -> dict[str, object]:
    return {
        "kind": str(decision.kind),
        "plan": str(decision.plan_id),
        "item": str(decision.item_key),
        "until": decision.until.isoformat() if decision.until else None,
    }


def _evidence(  # what evidence has, beside what the item says
    employment: Employment,
    item: Item,
    done_on: date,
    *,
    learnt: Learnt,
    key: str,
    by: User | None,
    reason: str = "",
) -> Evidence:
    if done_on > timezone.localdate():
        raise NotYetError
    course = item.course or item.module
    return evidence.record(
        learner=employment.learner, kind=EvidenceKind.ACTIVITY, item_key=item.key,
        title=item.title, edition=course.edition if course else 1,
        language=item.version.plan.language, minutes=item.minutes, done_on=done_on, learnt=learnt,
        reason=reason, facts={"contents": [{"title": item.title, "minutes": item.minutes}]},
        key=key, by=by,
    )  # fmt: skip


def _item(plan: Plan, key: UUID) -> Item:
    found = item_of(plan, key)
    if found is None:
        raise NotInThePlanError
    return found
