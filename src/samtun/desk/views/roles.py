"""Inviting, and changing and ending roles."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.desk.page import page
from samtun.desk.people.forms import EndForm, InviteForm, RoleForm
from samtun.mail.queries import is_bounced
from samtun.people.access import PersonRequest, requires
from samtun.people.actions import invitations, roles
from samtun.people.errors import PeopleError
from samtun.people.models import Invitation, Role
from samtun.people.words import position_name

CHANGE = "people.change_role"
_SCOPE = ("region", "municipality", "organization")


def role_or_404(role: UUID) -> Role:
    """The role with what it is for."""
    return get_object_or_404(Role.objects.select_related("person", "card", *_SCOPE), pk=role)


def _invitation_or_404(invitation: UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related(*_SCOPE), pk=invitation)


@requires(CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PersonRequest) -> HttpResponse:
    """Ask somebody by letter."""
    find = request.GET.get("finn", "")[:100]
    form = InviteForm(
        request.POST or None,
        person=request.user,
        find=find,
        initial={"language": request.user.language, "scope": request.GET.get("for", "")},
    )
    if request.method == "POST" and form.is_valid() and _invited(request, form):
        return redirect("desk:people")
    context = {"form": form, "find": find, "are_more": form.are_more}
    return page(request, "desk/people_invite.html", context, room="people")


def _invited(request: PersonRequest, form: InviteForm) -> bool:
    given = form.cleaned_data
    try:
        sent = invitations.invite(
            email=given["email"],
            position=form.position,
            language=given["language"],
            by=request.user,
        )
    except PeopleError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The letter to %(email)s is on its way.") % {"email": sent.email})
    if is_bounced(sent.email):
        messages.warning(request, _("Letters to this address have come back before."))
    return True


@requires(CHANGE, load=_invitation_or_404)
@require_POST
def send_again(request: PersonRequest, invitation: Invitation) -> HttpResponse:
    """A new letter; the link in the old one no longer holds."""
    try:
        invitations.send_again(invitation=invitation, by=request.user)
        messages.success(request, _("A new letter is on its way."))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("desk:people")


@requires(CHANGE, load=_invitation_or_404)
@require_POST
def withdraw(request: PersonRequest, invitation: Invitation) -> HttpResponse:
    """Take the offer back."""
    try:
        invitations.withdraw(invitation=invitation, by=request.user)
        messages.success(request, _("The invitation is taken back."))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("desk:people")


@requires(CHANGE, load=role_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, role: Role) -> HttpResponse:
    """The kind, what it is for, title and period."""
    find = request.GET.get("finn", "")[:100]
    form = RoleForm(request.POST or None, person=request.user, find=find, role=role)
    if request.method == "POST" and form.is_valid() and _changed(request, role, form):
        return redirect("desk:person", person=role.person_id)
    context = {"form": form, "role": role, "find": find, "are_more": form.are_more}
    return page(request, "desk/people_role.html", context, room="people")


def _changed(request: PersonRequest, role: Role, form: RoleForm) -> bool:
    given = form.cleaned_data
    try:
        roles.change(
            role=role,
            position=form.position,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            by=request.user,
        )
    except PeopleError as error:
        return _said(form, error)
    messages.success(request, _("Saved."))
    return True


@requires(CHANGE, load=role_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PersonRequest, role: Role) -> HttpResponse:
    """At once, or after a day."""
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _ended(request, role, form):
        return redirect("desk:people")
    context = {"form": form, "role": role, "name": position_name(role)}
    return page(request, "desk/people_end.html", context, room="people")


def _ended(request: PersonRequest, role: Role, form: EndForm) -> bool:
    try:
        roles.end(role=role, by=request.user, on=form.cleaned_data["ends_on"])
    except PeopleError as error:
        return _said(form, error)
    messages.success(request, _("The role ends."))
    return True


def _said(form: Form, error: PeopleError) -> bool:
    form.add_error(None, str(error))
    return False
