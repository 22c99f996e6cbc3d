"""One's own account: what is known about oneself, and how one signs in."""

from typing import cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samtun.people import accounts, own_data, words
from samtun.people.access import has_second_factor, signed_in
from samtun.people.account_forms import Profile
from samtun.people.grants import grants_of
from samtun.people.models import User
from samtun.people.rules import may

AFTER_SECOND_FACTOR = "samtun_after_second_factor"


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """My account: name, language, ways to sign in, sessions and roles."""
    person = cast("User", request.user)
    form = Profile(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        accounts.change_profile(person=person, by=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account_home")
    context = {
        "form": form,
        "has_desk": may(person, "people.open_desk"),
        "roles": [
            {
                "name": role.title or words.kind_name(role),
                "for": words.scope_name(role),
                "ends_on": role.ends_on,
            }
            for role in grants_of(person).roles
        ],
        "email": EmailAddress.objects.get_primary_email(person) or person.email,
        "has_second_factor": has_second_factor(request, person),
        "needs_second_factor": grants_of(person).need_second_factor,
        "passkeys": own_data.passkeys_of(person),
        "has_app": Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists(),
    }
    return render(request, "people/account.html", context)


@signed_in
def download(request: HttpRequest) -> HttpResponse:
    """All that is stored about me here, as a file."""
    response = JsonResponse(
        own_data.of(cast("User", request.user)),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response["Content-Disposition"] = 'attachment; filename="samtun-konto.json"'
    return response


@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and the two ways to get one."""
    person = cast("User", request.user)
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        request.session[AFTER_SECOND_FACTOR] = wanted
    if has_second_factor(request, person):
        return redirect(way_on(request))
    return render(request, "people/second_factor.html")


@signed_in
def carry_on(request: HttpRequest) -> HttpResponse:
    """To what somebody was about to do when the second factor came in between."""
    return redirect(way_on(request))


def way_on(request: HttpRequest) -> str:
    """The kept address, once; else one's account."""
    kept: str = request.session.pop(AFTER_SECOND_FACTOR, "")
    is_ours = url_has_allowed_host_and_scheme(kept, allowed_hosts=None)
    return kept if is_ours else reverse("account_home")


@signed_in
@require_POST
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    """Sign out one other machine of mine."""
    person = cast("User", request.user)
    if not accounts.end_session(person=person, session=session, by=person):
        raise Http404
    messages.success(request, _("That machine is signed out."))
    return redirect("usersessions_list")
