"""Brings the rows of many or of one in line with what the rules say for today."""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from samtun.learning.actions.obligations import reading, working_out
from samtun.learning.actions.obligations.calling import call_of
from samtun.learning.actions.obligations.calling_off import call_off
from samtun.learning.actions.obligations.facts import Asked, Decided, Job, Row
from samtun.learning.actions.obligations.reading import Known, Tree
from samtun.learning.actions.obligations.writing import difference, write
from samtun.learning.enums import PlanStatus
from samtun.learning.models import Employment, Learner, Obligation, Plan, PlanVersion

log = logging.getLogger(__name__)

AT_ONCE = 1_000  # employments


@transaction.atomic
def recompute(plan: Plan, *, today: date | None = None) -> int:
    """Make the obligations of `plan` what its rules say for today; how many rows changed.

    Call it inside the transaction of whatever changed the plan: a version that begins to hold, is
    replaced or evaluated, or a plan that is archived.
    """
    return sum(_recompute(plan.pk, today or timezone.localdate()))


@transaction.atomic
def follow(person: Learner | Employment, *, today: date | None = None) -> int:
    """The same for one learner (all their jobs) or one job, in all plans; how many rows changed.

    Call it inside the transaction of whatever changed: a job, evidence, a decision.
    """
    own = {"learner": person} if isinstance(person, Learner) else {"pk": person.pk}
    return _follow(Employment.objects.filter(**own).values_list("pk", flat=True), today)


@transaction.atomic
def follow_all(employments: Iterable[Employment], *, today: date | None = None) -> int:
    """The same for many jobs, e.g. after an import; a fixed number of queries for a thousand."""
    return _follow([one.pk for one in employments], today)


def tonight(today: date) -> int:
    """The same for everybody: people join and leave, and requirements run out; rows changed.

    Each thousand jobs have a transaction of their own, so that nobody waits for the whole night. A
    plan that cannot be worked out does not stop the others.
    """
    count = 0
    for plan in _plans_in_force().values_list("pk", flat=True):
        try:
            count += sum(_recompute(plan, today))
        except Exception as error:  # noqa: BLE001  # whatever it is: its words may quote people
            log.error("obligations of plan %s: %s", plan, type(error).__name__)
    return count


def _plans_in_force() -> QuerySet[Plan]:
    active = PlanVersion.objects.filter(plan=OuterRef("pk"), status=PlanStatus.ACTIVE)
    held = Obligation.objects.filter(plan=OuterRef("pk"), ended_on__isnull=True)
    return Plan.objects.filter(Exists(active) | Exists(held))


def _recompute(plan: UUID, today: date) -> Iterator[int]:
    """Piece by piece; the plan is read anew for each, since it may have changed meanwhile."""
    tree = Tree()
    for asked in reading.plans_asked([plan]):
        keys = reading.employments_of(asked, tree).order_by("pk").values_list("pk", flat=True)
        for some in _pieces(list(keys)):
            with transaction.atomic():
                _lock(some)
                yield _bring(some, reading.plans_asked([plan]), today, tree)


def _follow(keys: Iterable[UUID], today: date | None) -> int:
    """Locks before it reads, so that what is decided meanwhile is seen by one of the two."""
    count = 0
    for some in _pieces(sorted(keys)):
        _lock(some)
        count += _bring(some, _plans_of(some), today or timezone.localdate())
    return count


def _pieces(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _lock(keys: Sequence[UUID]) -> None:
    """Always in the same order; who writes obligations of these waits until the commit."""
    held = Employment.objects.filter(pk__in=keys).select_for_update(no_key=True)
    list(held.order_by("pk").values_list("pk"))


def _plans_of(keys: Sequence[UUID]) -> list[Asked]:
    """Plans that these may come under, or have obligations of."""
    units = Employment.objects.filter(pk__in=keys).values_list("unit_id", flat=True)
    tree = Tree(set(units))
    places = [tree.where(unit) for unit in tree]
    numbers = {place.municipality for place in places if place.municipality}
    regions = {place.region for place in places if place.region}
    held = Obligation.objects.filter(
        plan=OuterRef("pk"), employment__in=keys, ended_on__isnull=True
    )
    found = Plan.objects.filter(
        Q(municipality__in=numbers)
        | Q(region__in=regions)
        | Q(region__municipalities__in=numbers)
        | Exists(held)
    )
    return reading.plans_asked(set(found.values_list("pk", flat=True)))


def _bring(
    keys: Sequence[UUID], plans: Collection[Asked], today: date, tree: Tree | None = None
) -> int:
    """The rows of these jobs in these plans to what they should be."""
    some = reading.jobs(Employment.objects.filter(pk__in=keys), tree)
    there = reading.known(some, plans)
    count = 0
    for plan in plans:
        found = difference(plan.id, _pairs(plan, some, there, today))
        count += write(found)
        call_off(found.settled)
    return count


def _pairs(
    plan: Asked, some: Sequence[Job], there: Known, today: date
) -> Iterator[tuple[Sequence[Row], Sequence[Row]]]:
    """For each job and item the rows there are, and those there should be."""
    asked = {item.key for item in plan.items}
    of_jobs = {job.id for job in some}
    for (of, job_id, item_key), rows in there.rows.items():
        if of == plan.id and item_key not in asked and job_id in of_jobs:
            yield rows, working_out.without_call(rows, today)
    for job in some:
        for item in plan.items:
            place = (plan.id, job.id, item.key)
            rows = there.rows.get(place, [])
            call = call_of(job, item, plan, today)
            if call is None:
                if rows:
                    yield rows, working_out.without_call(rows, today)
                continue
            done = there.of(plan.id, job, item)
            decided = there.decided.get(place, Decided())
            yield rows, working_out.with_call(call, rows, done, there.lost, decided, today)
