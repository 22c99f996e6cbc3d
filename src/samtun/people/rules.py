"""Who may do what with people, roles and the trail; the predicates other packages build on."""

from collections.abc import Iterable
from typing import Protocol

from rules.permissions import add_perm, has_perm
from rules.predicates import Predicate, predicate

from samtun.organisations.models import Place
from samtun.people.enums import RoleKind
from samtun.people.grants import Person, grants_of
from samtun.people.models.role import Position


class Placed(Protocol):
    """Something that belongs somewhere."""

    @property
    def place(self) -> Place:
        """Where."""


def places_of(thing: Placed) -> tuple[Place, ...]:
    """All the places that `thing` belongs to: its `places` when it has several, else its place."""
    several: tuple[Place, ...] | None = getattr(thing, "places", None)
    return (thing.place,) if several is None else several


# Which kinds of role grant each permission; what `visible_to` functions and the docs read.
HOLDERS: dict[str, frozenset[str]] = {}
# Permissions that a person also has over what is their own, while they have a role of this kind.
OWN: dict[str, frozenset[str]] = {}

# Which roles a role may give, change and end within what it reaches: nobody gives more than they
# have.
GIVES: dict[str, frozenset[str]] = {
    RoleKind.SYSTEM_ADMINISTRATOR: frozenset(RoleKind),
    RoleKind.REGION_EDITOR: frozenset(RoleKind) - {RoleKind.SYSTEM_ADMINISTRATOR},
    RoleKind.ORGANISATION_EDITOR: frozenset(
        {
            RoleKind.ORGANISATION_EDITOR,
            RoleKind.COORDINATOR,
            RoleKind.LEADER,
            RoleKind.EMPLOYEE,
        }
    ),
}


def grant(permission: str, kinds: Iterable[RoleKind], *, over_own: Iterable[RoleKind] = ()) -> None:
    """Give `permission` to the roles of `kinds`, over what each role reaches.

    A system administrator has every permission. `over_own`: a person with a role of these kinds
    also has it over what is theirs (`thing.person_id`). Asked without an object, the answer is
    whether the person has it over anything at all.
    """
    HOLDERS[permission] = frozenset({RoleKind.SYSTEM_ADMINISTRATOR, *kinds})
    OWN[permission] = frozenset(over_own)
    _declare(permission, _reaches(permission) | _is_own(permission))


def _declare(permission: str, rule: Predicate) -> None:
    add_perm(permission, rule)


def _reaches(permission: str) -> Predicate:
    def reaches(person: Person, thing: Placed | None = None) -> bool:
        reach = grants_of(person).reach(HOLDERS[permission])
        return bool(reach) if thing is None else any(place in reach for place in places_of(thing))

    return predicate(reaches, name=permission)


def _is_own(permission: str) -> Predicate:
    def is_own(person: Person, thing: Placed | None = None) -> bool:
        kinds = {role.kind for role in grants_of(person).roles} & OWN[permission]
        return bool(kinds) and (thing is None or getattr(thing, "person_id", None) == person.pk)

    return predicate(is_own, name=f"{permission} over own")


def grant_giving(permission: str) -> None:
    """Give `permission` over positions (roles, invitations) to those who may give such a one."""
    HOLDERS[permission] = frozenset(GIVES)
    OWN[permission] = frozenset()
    _declare(permission, predicate(_may_give, name=permission))


def _may_give(person: Person, position: Position | None = None) -> bool:
    grants = grants_of(person)
    if position is None:
        return bool(grants.reach(GIVES.keys()))
    givers = [kind for kind, given in GIVES.items() if position.kind in given]
    return position.place in grants.reach_of(givers)


def may(person: Person, permission: str, thing: Placed | None = None) -> bool:
    """Whether `person` has `permission` over `thing`, or over anything when there is none.

    Raises:
        KeyError: no such permission is declared.
    """
    if permission not in HOLDERS:
        raise KeyError(permission)
    return bool(has_perm(permission, person, thing))


_EDITORS = (RoleKind.REGION_EDITOR, RoleKind.ORGANISATION_EDITOR)
_DESK = (*_EDITORS, RoleKind.COORDINATOR, RoleKind.LEADER, RoleKind.ADVISER)

grant("people.open_desk", _DESK)
# Names of colleagues: so only for roles that need a second factor.
grant("people.view_role", (*_EDITORS, RoleKind.COORDINATOR))
grant_giving("people.change_role")
grant("people.change_card", (RoleKind.REGION_EDITOR,), over_own=(RoleKind.COORDINATOR,))
grant("people.close_account", ())
grant("people.view_audit", _EDITORS)
grant("people.view_outbox", ())
