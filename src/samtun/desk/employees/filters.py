"""The filters above the list of employees, and the units in them as a tree."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from samtun.learning.actions.employees import counts_on
from samtun.learning.enums import EmployeeSource, Profession
from samtun.learning.models import Employment
from samtun.learning.queries.employees import VIEW, employees_of, units_of
from samtun.organisations.queries import with_units
from samtun.people.grants import Person

Option = tuple[str, str]
_MOST_UNITS = 1_000
_INDENT = "\u2003"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for."""

    unit: UUID | None = None
    profession: str = ""
    has_left: bool = False
    unplaced: bool = False  # put by the directory where nobody knew the unit


def wanted_in(query: QueryDict) -> Wanted:
    """Anything may stand in an address."""
    profession = query.get("yrke", "")
    return Wanted(
        unit=_key(query.get("enhet", "")),
        profession=profession if profession in Profession.values else "",
        has_left="sluttet" in query,
        unplaced="uten-enhet" in query,
    )


def found(person: Person, wanted: Wanted) -> QuerySet[Employment]:
    """The employees whom `person` reaches and the filters let through, by name."""
    rows = employees_of(person)
    today = timezone.localdate()
    rows = rows.filter(left_on__lt=today) if wanted.has_left else rows.filter(counts_on(today))
    if wanted.unit:
        rows = rows.filter(unit__in=with_units([wanted.unit]))
    if wanted.profession:
        rows = rows.filter(profession=wanted.profession)
    if wanted.unplaced:
        rows = rows.filter(is_unplaced())
    return rows.select_related("learner", "unit").order_by("learner__name", "pk")


def is_unplaced() -> Q:
    """The condition that the directory named a unit which nobody knows."""
    return Q(source=EmployeeSource.DIRECTORY, unit__parent_organization=None, left_on__isnull=True)


def unit_options(
    person: Person, permission: str = VIEW, *, all_units: bool = False
) -> list[Option]:
    """Units with employees and what stands above them, as a tree; with `all_units` every unit."""
    rows = units_of(person, permission).order_by("name", "pk")
    listed = rows.values_list("pk", "name", "parent_organization")[:_MOST_UNITS]
    parents = {key: parent for key, _name, parent in listed}
    kept = set(parents) if all_units else _with_parents(person, parents)
    children: dict[UUID | None, list[tuple[UUID, str]]] = defaultdict(list)
    for key, name, parent in listed:
        if key in kept:
            children[parent if parent in kept else None].append((key, name))
    return list(_tree(children, None, 0))


def _with_parents(person: Person, parents: dict[UUID, UUID | None]) -> set[UUID]:
    kept: set[UUID] = set()
    for unit in employees_of(person).values_list("unit", flat=True).distinct():
        above: UUID | None = unit
        while above in parents and above not in kept:
            kept.add(above)
            above = parents[above]
    return kept


def _tree(
    children: dict[UUID | None, list[tuple[UUID, str]]], above: UUID | None, depth: int
) -> list[Option]:
    rows: list[Option] = []
    for key, name in children.get(above, []) if depth < 10 else []:
        rows.append((str(key), f"{_INDENT * depth}{name}"))
        rows += _tree(children, key, depth + 1)
    return rows


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
