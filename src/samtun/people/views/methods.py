"""Ways to sign in: password, e-mail address, app, passkeys, recovery codes and sessions.

allauth's views for whoever has signed in. What changes how an account is opened asks first for a
proof that is no older than a quarter of an hour.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from allauth.usersessions import views as usersessions
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from samtun.people import devices
from samtun.people.access import has_second_factor, signed_in
from samtun.people.grants import grants_of
from samtun.people.models import User

View = Callable[..., HttpResponse]


def freshly(view: View) -> Callable[..., HttpResponseBase]:
    """Open to whoever has signed in of late.

    allauth asks for the password or the second factor again; who has neither, since letters with
    codes were enough so far, signs in anew.
    """

    @wraps(view)
    def asked(request: HttpRequest, **address: Any) -> HttpResponse:  # noqa: ANN401
        stale = get_adapter().is_reauthentication_required(app="samtun.people")
        if stale and not get_reauthentication_flows(request.user):
            flows.logout.logout(request)
            return redirect_to_login(request.path)
        return view(request, **address)

    return signed_in(asked)


class Index(mfa.IndexView):  # type: ignore[misc]  # allauth is untyped
    """All second factors, and whether one is needed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """What the page says."""
        person = cast("User", self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "has_second_factor": has_second_factor(self.request, person),
            "needs_second_factor": grants_of(person).need_second_factor,
        }


class AddPasskey(webauthn.AddWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """A passkey that can sign in without a password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """What the browser is asked to make."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {**context, "js_data": {"creation_options": options}}


class Sessions(usersessions.ListUserSessionsView):  # type: ignore[misc]  # allauth is untyped
    """Where I am signed in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Each session with its machine in words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = devices.in_words(session.user_agent)
        return context


index = signed_in(Index.as_view())
reauthenticate = signed_in(account.reauthenticate)
reauthenticate_code = signed_in(mfa.reauthenticate)
reauthenticate_passkey = signed_in(webauthn.reauthenticate_webauthn)
email = freshly(account.email)
change_password = signed_in(account.password_change)  # asks for the old one
set_password = freshly(account.password_set)
activate_app = freshly(totp.activate_totp)
remove_app = freshly(totp.deactivate_totp)
recovery = signed_in(recovery_codes.view_recovery_codes)
recovery_file = signed_in(recovery_codes.download_recovery_codes)
new_recovery = freshly(recovery_codes.generate_recovery_codes)
passkeys = signed_in(webauthn.list_webauthn)
add_passkey = freshly(AddPasskey.as_view())
remove_passkey = freshly(webauthn.remove_webauthn)
rename_passkey = freshly(webauthn.edit_webauthn)
sessions = signed_in(Sessions.as_view())
