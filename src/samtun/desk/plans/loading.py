"""What the desk's addresses of plans name; what is not there answers 404."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from samtun.learning.actions import plans
from samtun.learning.enums import PlanStatus, Side
from samtun.learning.models import Plan, PlanVersion
from samtun.learning.queries import plan_pages
from samtun.organisations.models import Place
from samtun.people.grants import Person
from samtun.people.rules import may


@dataclass(frozen=True, slots=True)
class Owned:
    """A plan as a thing of its owner and its resource centre only.

    Municipalities of a region read the region's plan; changing it is the region's business.
    """

    plan: Plan

    @property
    def pk(self) -> UUID:
        """The plan's."""
        return self.plan.pk

    @property
    def place(self) -> Place:
        """Where the owner and the resource centre are."""
        return self.plan.place


def plan_with(plan: UUID, **_more: object) -> Plan:
    """The plan, with owner and versions."""
    if found := plan_pages.plan_with(plan):
        for version in found.versions.all():
            version.plan = found
        return found
    raise Http404


def owned_with(plan: UUID, **_more: object) -> Owned:
    """The plan, for those who may change it."""
    return Owned(plan_with(plan))


def readable(person: Person, plan: Plan) -> bool:
    """Whether `person` may read the plan's text: it is theirs, or shared to be copied."""
    if may(person, "learning.view_plan", plan):
        return True
    return plan_pages.to_copy().filter(pk=plan.pk).exists()


def may_change(person: Person, plan: Plan) -> bool:
    """Whether `person` may compose it."""
    return may(person, "learning.change_plan", Owned(plan))


def may_start(person: Person, plan: Plan) -> bool:
    """Whether `person` may let it be followed: whoever composes it or may agree on it."""
    return may_change(person, plan) or bool(plans.sides_of(person, plan))


def draft_of(plan: Plan) -> PlanVersion | None:
    """The version that is being written, if there is one."""
    return _first(plan, PlanStatus.DRAFT)


def waiting_of(plan: Plan) -> PlanVersion | None:
    """The newest version that is agreed on and waits to be followed."""
    newest = _first(plan, PlanStatus.AGREED)
    active = _first(plan, PlanStatus.ACTIVE)
    return None if newest and active and newest.number < active.number else newest


def active_of(plan: Plan) -> PlanVersion | None:
    """The version that is followed."""
    return _first(plan, PlanStatus.ACTIVE)


def _first(plan: Plan, status: PlanStatus) -> PlanVersion | None:
    return next((one for one in plan.versions.all() if one.status == status), None)


def draft_or_404(plan: Plan) -> PlanVersion:
    """The version that is being written."""
    if found := draft_of(plan):
        return found
    raise Http404


def side_in(text: str) -> Side:
    """The side that a form names."""
    if text not in Side.values:
        raise Http404
    return Side(text)
