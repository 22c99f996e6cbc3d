"""What plans ask of somebody today: their obligations in force with the items they are of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from samtun.learning.enums import ObligationState, PlanStatus
from samtun.learning.models import Employment, Item, Learner, Obligation, Plan


@dataclass(frozen=True, slots=True)
class ActiveItem:
    """An obligation in force, its item in the active version, and the plan."""

    obligation: Obligation  # with its employment and unit
    item: Item  # with its course and module
    plan: Plan

    @property
    def is_open(self) -> bool:
        """Whether it is to be done."""
        return self.obligation.state == ObligationState.OPEN


def active_items(person: Learner | Employment) -> list[ActiveItem]:
    """What is asked of the learner, or of one job: what is due first, then offers and what is done.

    Two queries and one for plans. Somebody with two jobs may have an item twice.
    """
    own = {"employment__learner": person} if isinstance(person, Learner) else {"employment": person}
    rows = list(in_force().filter(**own).select_related("employment__unit"))
    items = items_by_key({row.plan_id for row in rows})
    found = [
        ActiveItem(row, item, item.version.plan)
        for row in rows
        if (item := items.get((row.plan_id, row.item_key)))
    ]
    return sorted(found, key=_order)


def in_force() -> QuerySet[Obligation]:
    """Obligations that count today: to do, done or exempt."""
    return Obligation.objects.filter(ended_on__isnull=True)


def items_by_key(plans: Collection[UUID]) -> dict[tuple[UUID, UUID], Item]:
    """The items of the active versions of `plans`, by plan and key; with course and module."""
    rows = Item.objects.filter(version__plan__in=plans, version__status=PlanStatus.ACTIVE)
    found = rows.select_related("version__plan", "course", "module")
    return {(item.version.plan_id, item.key): item for item in found}


def item_of(plan: Plan, key: UUID) -> Item | None:
    """The item of the plan's active version; None when it has none with the key."""
    return items_by_key([plan.pk]).get((plan.pk, key))


_STATES: Sequence[str] = (ObligationState.OPEN, ObligationState.EXEMPT, ObligationState.DONE)


def _order(one: ActiveItem) -> tuple[object, ...]:
    row = one.obligation
    due = row.due_on.isoformat() if row.due_on else "9999"
    state = _STATES.index(row.state) if row.state in _STATES else len(_STATES)
    return state, not row.is_required, due, one.item.position, str(row.pk)
