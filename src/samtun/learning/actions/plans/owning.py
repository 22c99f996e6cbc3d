"""Whose a plan is to give away: its text is the municipality's, also when a centre wrote it."""

from django.utils.translation import gettext as _

from samtun.learning.actions.plans.errors import NotPossible
from samtun.learning.models import Plan
from samtun.organisations.models import Place
from samtun.people.enums import RoleKind
from samtun.people.grants import Person, grants_of
from samtun.people.models import User

_OWNERS = (RoleKind.LEADER, RoleKind.REGION_EDITOR, RoleKind.COORDINATOR)


def may_give_away(person: Person, plan: Plan) -> bool:
    """Whether `person` may let others have the text: for its owner; anybody's when it is nobody's.

    A resource centre that advises may not by itself.
    """
    if not (plan.municipality_id or plan.region_id):
        return True
    owner = Place(municipality=plan.municipality_id or "", region=plan.region_id)
    return owner in grants_of(person).reach(_OWNERS)


def require_yes_of_owner(plan: Plan, by: User | None) -> None:
    """Make sure that `by` speaks for the owner.

    Raises:
        NotPossible: `by` is on the resource centre's side alone.
    """
    if by is not None and not may_give_away(by, plan):
        raise NotPossible(
            _("Only the municipality itself can give its plan to others. Ask them to share it.")
        )
