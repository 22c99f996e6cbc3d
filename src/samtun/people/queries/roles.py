"""Who has which role, as far as somebody may see it."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q, QuerySet

from samtun.people.enums import RoleKind
from samtun.people.grants import Person, Reach, grants_of, held_today
from samtun.people.models import Invitation, Role
from samtun.people.models.role import Position
from samtun.people.rules import GIVES, HOLDERS

AnyPosition = TypeVar("AnyPosition", bound=Position)
_SCOPE = ("region", "municipality", "organization")


def roles_of(person: Person, permission: str = "people.view_role") -> QuerySet[Role]:
    """The roles over which `person` has `permission`, of all times; one condition in SQL."""
    return _within(Role.objects.select_related(*_SCOPE), person, permission)


def invitations_of(person: Person, permission: str = "people.change_role") -> QuerySet[Invitation]:
    """The invitations over which `person` has `permission`, also those that are over."""
    return _within(Invitation.objects.select_related(*_SCOPE), person, permission)


def waiting_invitations(person: Person) -> QuerySet[Invitation]:
    """Those that wait for an answer, or have waited in vain."""
    return invitations_of(person).filter(accepted_at=None, withdrawn_at=None)


def own_coordinator_roles(person: Person) -> QuerySet[Role]:
    """The roles that give `person` a public card of their own today."""
    own = Role.objects.filter(held_today(), person=person.pk, kind=RoleKind.COORDINATOR)
    return own.select_related(*_SCOPE).order_by("starts_on", "pk")


def _within(rows: QuerySet[AnyPosition], person: Person, permission: str) -> QuerySet[AnyPosition]:
    grants = grants_of(person)
    if permission != "people.change_role":
        return _reached(rows, [(grants.reach(HOLDERS[permission]), None)])
    given = [(grants.reach_of([kind]), kinds) for kind, kinds in GIVES.items()]
    return _reached(rows, given)


def _reached(
    rows: QuerySet[AnyPosition], reaches: Iterable[tuple[Reach, frozenset[str] | None]]
) -> QuerySet[AnyPosition]:
    """The rows in one of the reaches, of its kinds (`None`: of all)."""
    condition = Q(pk__in=[])
    for reach, kinds in reaches:
        if reach.everything:
            return rows
        if reach:
            condition |= _in(reach) & (Q() if kinds is None else Q(kind__in=kinds))
    return rows.filter(condition)


def _in(reach: Reach) -> Q:
    """A role for an organisation lies where the organisation does."""
    return (reach.condition_of_area() & Q(organization=None)) | reach.condition("organization")
