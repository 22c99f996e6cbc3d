"""How units stand with what their people are to do: counts, and who is late by name.

Counts are of required obligations in force (`ended_on` is empty) of those who work there today. A
unit's numbers include everything under it. Who may see what is decided by `learning.view_unit`,
whose roles need a second factor.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from samtun.learning.enums import ObligationState, PlanStatus
from samtun.learning.models import Decision, Employment, Item, Obligation
from samtun.organisations.models import Organization
from samtun.organisations.queries import with_parents, with_units
from samtun.people.grants import Person, Reach, grants_of
from samtun.people.rules import HOLDERS

VIEW = "learning.view_unit"
MOST_NAMES = 200


@dataclass(frozen=True, slots=True)
class Counts:
    """People of a unit, and their required obligations by where they stand."""

    people: int = 0
    to_do: int = 0  # open, the late ones among them
    late: int = 0
    done: int = 0
    exempt: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.people + other.people,
            self.to_do + other.to_do,
            self.late + other.late,
            self.done + other.done,
            self.exempt + other.exempt,
        )

    @property
    def share(self) -> int | None:
        """Per cent done of what is done or to do; None when there is nothing."""
        whole = self.done + self.to_do
        return round(100 * self.done / whole) if whole else None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the tree, with the counts of it and all under it."""

    id: UUID
    name: str
    depth: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of an active plan, and how a unit stands with it."""

    plan: UUID
    plan_title: str
    key: UUID
    title: str
    counts: Counts


def employed(today: date) -> Q:
    """The condition on `Employment` that it counts today."""
    return Q(joined_on__lte=today) & (Q(left_on__isnull=True) | Q(left_on__gte=today))


def reach_of(person: Person, permission: str = VIEW) -> Reach:
    """What `person` reaches with the permission."""
    return grants_of(person).reach(HOLDERS[permission])


def units(person: Person, today: date, *, plan: UUID | None = None) -> list[UnitRow]:
    """Every unit with employees that `person` reaches, as a tree; in four queries at most."""
    reach = reach_of(person)
    if not reach:
        return []
    own = _own_counts(reach.condition("unit"), reach.condition("employment__unit"), today, plan)
    return _tree(own, reach)


def one_unit(unit: UUID, today: date) -> Counts:
    """The counts of a unit with all under it, in three queries."""
    below = with_units([unit])
    own = _own_counts(Q(unit__in=below), Q(employment__unit__in=below), today, None)
    return sum(own.values(), Counts())


def _own_counts(
    of_employment: Q, of_obligation: Q, today: date, plan: UUID | None
) -> dict[UUID, Counts]:
    """Of each unit by itself, without what is under it."""
    people = Employment.objects.filter(of_employment, employed(today)).values_list("unit")
    numbers = {unit: Counts(people=n) for unit, n in people.annotate(Count("pk")).order_by()}
    for unit, *rest in _states(of_obligation, today, plan, "employment__unit"):
        numbers[unit] = numbers.get(unit, Counts()) + Counts(0, *rest)
    return numbers


def _states(condition: Q, today: date, plan: UUID | None, *by: str) -> Iterable[tuple[Any, ...]]:
    """(…by, to do, late, done, exempt) of required obligations of those who work there today."""
    now = Q(employment__joined_on__lte=today) & (
        Q(employment__left_on__isnull=True) | Q(employment__left_on__gte=today)
    )
    rows = Obligation.objects.filter(condition, now, is_required=True, ended_on__isnull=True)
    if plan:
        rows = rows.filter(plan=plan)
    is_open = Q(state=ObligationState.OPEN)
    return (
        rows.values_list(*by)
        .order_by()
        .annotate(
            to_do=Count("pk", filter=is_open),
            late=Count("pk", filter=is_open & Q(due_on__lt=today)),
            done=Count("pk", filter=Q(state=ObligationState.DONE)),
            exempt=Count("pk", filter=Q(state=ObligationState.EXEMPT)),
        )
    )


def _tree(own: dict[UUID, Counts], reach: Reach) -> list[UnitRow]:
    """Rows in order of the tree; what is above the reached units is not shown."""
    above = with_parents(list(own))
    found = Organization.objects.filter(reach.condition(), pk__in=above)
    rows = found.order_by("name", "pk").values_list("pk", "name", "parent_organization")
    children: dict[UUID | None, list[tuple[UUID, str]]] = {}
    known = {key for key, _, _ in rows}
    for key, name, parent in rows:
        children.setdefault(parent if parent in known else None, []).append((key, name))
    shown: list[UnitRow] = []
    for key, name in children.get(None, []):
        _add(shown, children, own, UnitRow(key, name, 0, Counts()))
    return shown


def _add(
    shown: list[UnitRow],
    children: dict[UUID | None, list[tuple[UUID, str]]],
    own: dict[UUID, Counts],
    unit: UnitRow,
) -> Counts:
    """Put the unit and those under it into `shown`; give the counts of all of them."""
    position = len(shown)
    shown.append(unit)
    counts = own.get(unit.id, Counts())
    for key, name in children.get(unit.id, []):
        counts += _add(shown, children, own, UnitRow(key, name, unit.depth + 1, Counts()))
    shown[position] = UnitRow(unit.id, unit.name, unit.depth, counts)
    return counts


def items_of(unit: UUID, today: date) -> list[ItemRow]:
    """What the people of a unit (with all under it) have to do, plan by plan; three queries."""
    below = with_units([unit])
    states = {
        (plan, key): Counts(to_do + done + exempt, to_do, late, done, exempt)
        for plan, key, to_do, late, done, exempt in _states(
            Q(employment__unit__in=below), today, None, "plan", "item_key"
        )
    }
    rows = _items({plan for plan, _ in states}).values_list(
        "version__plan", "version__plan__title", "key", "title"
    )
    return [
        ItemRow(plan, plan_title, key, title, states[plan, key])
        for plan, plan_title, key, title in rows
        if (plan, key) in states
    ]


def _items(plans: Collection[UUID]) -> QuerySet[Item]:
    """The items of what the plans are now, in order."""
    now = Q(version__status=PlanStatus.ACTIVE, version__plan__in=plans)
    return Item.objects.filter(now).order_by("version__plan__title", "position", "pk")


def late_in(unit: UUID, today: date) -> QuerySet[Obligation]:
    """What is overdue in a unit with all under it, the longest first; employee and unit along."""
    return (
        Obligation.objects.filter(
            employment__unit__in=with_units([unit]),
            employment__joined_on__lte=today,
            state=ObligationState.OPEN,
            ended_on__isnull=True,
            is_required=True,
            due_on__lt=today,
        )
        .filter(Q(employment__left_on__isnull=True) | Q(employment__left_on__gte=today))
        .select_related("employment__learner", "employment__unit")
        .order_by("due_on", "employment__learner__name", "pk")
    )


def decisions_in(unit: UUID) -> QuerySet[Decision]:
    """What is decided for people of a unit and still counts, the newest first."""
    return (
        Decision.objects.filter(employment__unit__in=with_units([unit]), withdrawn_at__isnull=True)
        .select_related("employment__learner", "employment__unit")
        .order_by("-decided_at", "pk")
    )


def employees_in(unit: UUID, today: date) -> QuerySet[Employment]:
    """Those who work in a unit or under it today, by name."""
    found = Employment.objects.filter(employed(today), unit__in=with_units([unit]))
    return found.select_related("learner", "unit").order_by("learner__name", "pk")


def titles(plans: Collection[UUID]) -> dict[tuple[UUID, UUID], str]:
    """What items are called now, by plan and key."""
    rows = _items(plans).values_list("version__plan", "key", "title")
    return {(plan, key): title for plan, key, title in rows}
