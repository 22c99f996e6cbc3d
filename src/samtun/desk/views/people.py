"""Who has which role; every look at others is in the trail."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samtun.desk.area import regions_kept_by
from samtun.desk.page import page
from samtun.desk.people.choices import Choice
from samtun.people import audit
from samtun.people.access import PersonRequest, requires
from samtun.people.enums import CoordinatorKind, RoleKind
from samtun.people.models import Invitation, Role
from samtun.people.queries.colleagues import Colleague, Wanted, colleague, colleagues
from samtun.people.queries.roles import waiting_invitations
from samtun.people.rules import may
from samtun.people.words import kind_name, position_name, scope_name

VIEW = "people.view_role"
CHANGE = "people.change_role"


@requires(VIEW)
@require_safe
def people(request: PersonRequest) -> HttpResponse:
    """Those with a role in my scope, and the invitations that wait."""
    wanted = Wanted(
        text=request.GET.get("q", "")[:100],
        kind=request.GET.get("rolle", ""),
        with_ended="tidligere" in request.GET,
    )
    number = _page_number(request)
    found, are_more = colleagues(request.user, wanted, page=number)
    context = {
        "wanted": wanted,
        "kinds": _kinds(),
        "people": [_row(one) for one in found],
        "older_page": number + 1 if are_more else None,
        "newer_page": number - 1,
        "invitations": [_waiting(each) for each in _invitations(request)] if number == 1 else [],
        "may_invite": may(request.user, CHANGE),
        "regions": regions_kept_by(request.user, get_language() or "nb"),
    }
    response = page(request, "desk/people.html", context, room="people")
    audit.looked(by=request.user, at="people", details={"page": number})
    return response


@requires(VIEW)
@require_safe
def person(request: PersonRequest, person: UUID) -> HttpResponse:
    """One of them: the roles that I may see, and what can be done."""
    found = colleague(request.user, person)
    if found is None:
        raise Http404
    changeable = {role.pk for role in found.roles if may(request.user, CHANGE, role)}
    context = {
        "colleague": found,
        "roles": [_role(role, may_change=role.pk in changeable) for role in found.roles],
        "may_hand_over": bool(changeable) and found.person.is_active,
        "may_close": may(request.user, "people.close_account"),
        "is_me": found.person == request.user,
    }
    response = page(request, "desk/people_person.html", context, room="people")
    if found.person != request.user:
        details: dict[str, object] = {"person": str(found.person.pk)}
        audit.looked(by=request.user, at=found.roles[0], details=details)
    return response


def _page_number(request: PersonRequest) -> int:
    given = request.GET.get("side", "")
    return int(given) if given.isascii() and given.isdigit() and 0 < int(given) < 10_000 else 1


def _kinds() -> list[Choice]:
    return [
        *((kind.value, str(kind.label)) for kind in RoleKind),
        *((kind.value, str(kind.label)) for kind in CoordinatorKind),
    ]


def _row(one: Colleague) -> dict[str, object]:
    return {"colleague": one, "roles": [_role(role) for role in one.roles]}


def _role(role: Role, *, may_change: bool = False) -> dict[str, object]:
    is_coordinator = role.kind == RoleKind.COORDINATOR
    return {
        "role": role,
        "kind": kind_name(role),
        "scope": scope_name(role),
        "may_change": may_change,
        "has_card": is_coordinator and role.is_not_over,
    }


def _invitations(request: PersonRequest) -> list[Invitation]:
    rows = waiting_invitations(request.user).select_related("made_by")
    return list(rows.order_by("-made_at", "pk")[:100])


def _waiting(invitation: Invitation) -> dict[str, object]:
    return {"invitation": invitation, "name": position_name(invitation)}
