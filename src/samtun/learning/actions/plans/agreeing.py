"""Two sides say yes to one and the same text."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.learning.actions.plans.checking import check_agreed
from samtun.learning.actions.plans.drafting import locked
from samtun.learning.actions.plans.errors import Changed, NotPossible
from samtun.learning.enums import PlanStatus, Side
from samtun.learning.models import Agreement, Plan, PlanVersion
from samtun.learning.queries.plan_content import content_of
from samtun.learning.queries.plan_content import digest as digest_of
from samtun.organisations.models import Place
from samtun.people import audit
from samtun.people.enums import RoleKind
from samtun.people.grants import Person, grants_of
from samtun.people.models import User
from samtun.people.rules import may

_OWNERS = (RoleKind.LEADER, RoleKind.REGION_EDITOR)
_ADVISERS = (RoleKind.ADVISER,)


def sides_of(person: Person, plan: Plan) -> frozenset[Side]:
    """The sides that `person` may speak for.

    For the owner: a leader or region editor of just that municipality or region; for the resource
    centre: its advisers. A system administrator speaks for nobody.
    """
    if plan.is_template or not may(person, "learning.agree_plan", plan):
        return frozenset()
    grants = grants_of(person)
    owner = Place(municipality=plan.municipality_id or "", region=plan.region_id)
    sides = set()
    if owner in grants.reach_of(_OWNERS):
        sides.add(Side.OWNER)
    if plan.adviser_id and Place(plan.adviser_id) in grants.reach_of(_ADVISERS):
        sides.add(Side.ADVISER)
    return frozenset(sides)


def needed(plan: Plan) -> tuple[Side, ...]:
    """Who has to agree: both, or the owner alone where no resource centre is with it."""
    return (Side.OWNER, Side.ADVISER) if plan.adviser_id else (Side.OWNER,)


@transaction.atomic
def agree(*, version: PlanVersion, side: Side, digest: str, by: User) -> Agreement:
    """Say yes for `side` to the text whose digest is `digest`; the last yes makes it agreed.

    Raises:
        NotPossible: `by` may not speak for that side or already has for the other, or there is
            nothing to agree on, or not what the other side has agreed on.
        Changed: the version no longer says what the page showed.
        Invalid: the plan is not ready to be agreed on.
    """
    version = locked(version)
    _check_who(version, side, by)
    content = content_of(version)
    if digest_of(content) != digest:
        raise Changed(content)
    if version.digest not in ("", digest):  # a meeting was deleted: all else is held
        raise NotPossible(
            _("A meeting is gone since the other side agreed. They have to take back their yes.")
        )
    check_agreed(version.plan, content)
    version.digest = digest
    version.save(update_fields=["digest"])
    made = Agreement.objects.create(
        version=version, side=side, person=by, person_name=by.name[:120], digest=digest
    )
    _settle(version)
    audit.record("plan.agreed", by=by, about=version.plan, details=_details(version, side))
    return made


def _check_who(version: PlanVersion, side: Side, by: User) -> None:
    if side not in sides_of(by, version.plan) or side not in needed(version.plan):
        raise NotPossible(_("You can't agree on behalf of that side."))
    if version.status != PlanStatus.DRAFT or version.plan.archived_at:
        raise NotPossible(_("There is nothing to agree on now."))
    given = {one.side: one for one in version.agreements.all()}
    if side in given:
        raise NotPossible(_("That side has agreed already."))
    if by.pk in {one.person_id for one in given.values()}:
        raise NotPossible(_("One person can't agree for both sides."))


def _settle(version: PlanVersion) -> None:
    sides = set(version.agreements.values_list("side", flat=True))
    if sides >= set(needed(version.plan)):
        version.status = PlanStatus.AGREED
        version.agreed_at = timezone.now()
        version.save(update_fields=["status", "agreed_at"])


@transaction.atomic
def take_back(*, version: PlanVersion, side: Side, by: User) -> None:
    """Take a yes back before the other side has said theirs: then it is a draft to change again.

    Raises:
        NotPossible: both have agreed, or it is not theirs to take back.
    """
    version = locked(version)
    if side not in sides_of(by, version.plan):
        raise NotPossible(_("You can't agree on behalf of that side."))
    if version.status != PlanStatus.DRAFT:
        raise NotPossible(_("Both sides have agreed, so it stands. Make a new version."))
    if not version.agreements.filter(side=side).delete()[0]:
        raise NotPossible(_("That side has not agreed."))
    version.digest = ""
    version.save(update_fields=["digest"])
    audit.record("plan.not_agreed", by=by, about=version.plan, details=_details(version, side))


def _details(version: PlanVersion, side: Side) -> dict[str, object]:
    return {"version": version.number, "side": str(side)}
