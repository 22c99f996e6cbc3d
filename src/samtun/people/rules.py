"""Who may do what with people, roles and the trail; the predicates other packages build on."""

from collections.abc import Iterable
from typing import Protocol

from rules.permissions import add_perm, has_perm
from rules.predicates import Predicate, predicate

from samtun.organisations.models import Place
from samtun.people.enums import RoleKind
from samtun.people.grants import Person, grants_of


class Placed(Protocol):
    """Something that belongs somewhere."""

    @property
    def place(self) -> Place:
        """Where."""


# Which kinds of role grant each permission; what `visible_to` functions and the docs read.
HOLDERS: dict[str, frozenset[str]] = {}


def grant(permission: str, kinds: Iterable[RoleKind]) -> None:
    """Give `permission` to the roles of `kinds`, over what each role reaches.

    A system administrator has every permission. Asked without an object, the answer is whether
    the person has it over anything at all.
    """
    HOLDERS[permission] = frozenset({RoleKind.SYSTEM_ADMINISTRATOR, *kinds})
    add_perm(permission, _reaches(permission))


def _reaches(permission: str) -> Predicate:
    def reaches(person: Person, thing: Placed | None = None) -> bool:
        reach = grants_of(person).reach(HOLDERS[permission])
        return bool(reach) if thing is None else thing.place in reach

    return predicate(reaches, name=permission)


def may(person: Person, permission: str, thing: Placed | None = None) -> bool:
    """Whether `person` has `permission` over `thing`, or over anything when there is none.

    Raises:
        KeyError: no such permission is declared.
    """
    if permission not in HOLDERS:
        raise KeyError(permission)
    return bool(has_perm(permission, person, thing))


_EDITORS = (RoleKind.REGION_EDITOR, RoleKind.ORGANISATION_EDITOR)
_DESK = (*_EDITORS, RoleKind.COORDINATOR, RoleKind.LEADER)

grant("people.open_desk", _DESK)
grant("people.view_role", (*_EDITORS, RoleKind.COORDINATOR, RoleKind.LEADER))
grant("people.change_role", _EDITORS)
grant("people.change_card", (RoleKind.REGION_EDITOR,))
grant("people.view_audit", _EDITORS)
grant("people.view_outbox", ())
