"""What somebody meets who opens the link of an invitation. Opening it changes nothing.

The role can only go to the address that was invited. Somebody who got the letter from another is
told so: they can sign in as the one it is for, or ask for an invitation of their own.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.people import accounts, invitations
from samtun.people.access import public
from samtun.people.actions import invitations as actions
from samtun.people.addresses import has_address, person_at
from samtun.people.enums import ROLE_DESCRIPTIONS, RoleKind
from samtun.people.errors import PeopleError
from samtun.people.invitation_forms import NewAccount
from samtun.people.models import Invitation, User
from samtun.people.words import position_name

AFTERWARDS = "desk:home"


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered, by whom, and a button."""
    found = invitations.read(token)
    if found is None:
        raise Http404
    if not invitations.is_open(found, token):
        return _private(render(request, "people/invitation_gone.html", status=410))
    try:
        return _private(_answer(request, found, token))
    except PeopleError as error:
        context = {"reason": str(error)}
        return _private(render(request, "people/invitation_gone.html", context, status=410))


def _answer(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    person = request.user
    if isinstance(person, User):
        if not has_address(person, found.email):
            return _page(request, found, "stranger")
        return _for_me(request, found, token, person)
    owner = person_at(found.email)
    if owner and owner.is_active:
        return _page(request, found, "known", sign_in_url=_sign_in(request))
    return _for_somebody_new(request, found, token)


def _for_me(request: HttpRequest, found: Invitation, token: str, person: User) -> HttpResponse:
    if request.method == "POST":
        actions.accept(invitation=found, token=token, by=person)
        messages.success(request, _("Welcome. The role is yours."))
        return redirect(AFTERWARDS)
    return _page(request, found, "mine")


def _for_somebody_new(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = NewAccount(request.POST or None, email=found.email)
    if request.method == "POST" and form.is_valid():
        person = actions.accept_as_new(invitation=found, token=token, **form.cleaned_data)
        return accounts.sign_in(request, person, next_url=reverse(AFTERWARDS))
    return _page(request, found, "new", form=form)


def _page(request: HttpRequest, found: Invitation, state: str, **more: Any) -> HttpResponse:  # noqa: ANN401  (template context)
    context = {
        "invitation": found,
        "state": state,
        "role": position_name(found),
        "about": ROLE_DESCRIPTIONS[RoleKind(found.kind)],
        "who": str(found.made_by or "Samtun"),
        **more,
    }
    return render(request, "people/invitation.html", context)


def _sign_in(request: HttpRequest) -> str:
    return f"{reverse('account_login')}?next={request.path}"


def _private(response: HttpResponse) -> HttpResponse:
    """The link is a key: no copy of the page, and no other site hears of the address."""
    add_never_cache_headers(response)
    response["Referrer-Policy"] = "no-referrer"
    return response
