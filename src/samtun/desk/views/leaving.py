"""When somebody leaves: one page for all they look after; and their account."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samtun.desk.page import page
from samtun.desk.people.forms import HandOverForm
from samtun.directory.actions.handing_over import HandedOver
from samtun.directory.actions.handing_over import hand_over as hand_over_to
from samtun.directory.queries.looked_after import looked_after_by
from samtun.directory.rules import HOLDERS
from samtun.people.access import PersonRequest, requires
from samtun.people.actions import accounts
from samtun.people.errors import PeopleError
from samtun.people.models import User
from samtun.people.queries.colleagues import Colleague, colleague, others_with
from samtun.people.rules import may
from samtun.people.words import position_name

CHANGE = "people.change_role"


@requires(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: PersonRequest, person: UUID) -> HttpResponse:
    """All that they look after, and who goes on with it."""
    leaving = _colleague_or_404(request, person)
    kinds = HOLDERS["directory.change_service"]
    others = others_with(request.user, kinds, besides=leaving.person)
    given = request.POST if request.method == "POST" else None
    form = HandOverForm(given, colleagues=others)
    if form.is_valid() and (done := _handed_over(request, leaving.person, form)):
        _tell(request, done)
        return redirect("desk:people")
    context = {
        "form": form,
        "colleague": leaving,
        "roles": [
            (position_name(role), may(request.user, CHANGE, role))
            for role in leaving.roles
            if role.is_not_over
        ],
        "looked_after": looked_after_by(leaving.person, seen_by=request.user),
    }
    return page(request, "desk/people_hand_over.html", context, room="people")


def _colleague_or_404(request: PersonRequest, person: UUID) -> Colleague:
    found = colleague(request.user, person)
    if found is None or not any(may(request.user, CHANGE, role) for role in found.roles):
        raise Http404
    return found


def _handed_over(request: PersonRequest, person: User, form: HandOverForm) -> HandedOver | None:
    given = form.cleaned_data
    try:
        return hand_over_to(
            person=person, to=given["to"], takes_roles=given["takes_roles"], by=request.user
        )
    except PeopleError as error:
        form.add_error(None, str(error))
        return None


def _tell(request: PersonRequest, done: HandedOver) -> None:
    told = [
        ngettext("%(n)s offer has a new keeper.", "%(n)s offers have a new keeper.", done.given)
        % {"n": done.given},
        ngettext("%(n)s offer is without owner.", "%(n)s offers are without owner.", done.unowned)
        % {"n": done.unowned},
    ]
    messages.success(request, " ".join(told))
    if done.is_closed:
        messages.success(request, _("No role is left, so the account is closed."))
    if done.roles_left or done.services_left:
        messages.warning(
            request,
            _(
                "Outside your reach, and left as they were: roles %(roles)s, offers %(offers)s. "
                "Tell whoever looks after them."
            )
            % {"roles": done.roles_left, "offers": done.services_left},
        )


def _account_or_404(person: UUID) -> User:
    return get_object_or_404(User, pk=person)


@requires("people.close_account", load=_account_or_404)
@require_POST
def account(request: PersonRequest, person: User) -> HttpResponse:
    """Close an account with all its roles, or open it again without any."""
    try:
        if "open" in request.POST:
            accounts.reopen(person=person, by=request.user)
            messages.success(request, _("The account is open again. It has no roles."))
        else:
            accounts.close(person=person, by=request.user)
            messages.success(request, _("The account is closed, and its roles have ended."))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("desk:people")
