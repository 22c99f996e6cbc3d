"""Signing in: allauth's views, each marked with who may open it."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from samtun.people import demo
from samtun.people.access import public
from samtun.people.provider import offered


class Login(account.LoginView):  # type: ignore[misc]  # allauth is untyped
    """All ways in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """With the providers of this installation, and in the demo whom to try it as."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "providers": offered(), "demo_people": demo.people()}


login = public(Login.as_view())
logout = public(account.logout)  # signed out already: leads home
inactive = public(account.account_inactive)
request_code = public(account.request_login_code)
confirm_code = public(account.confirm_login_code)
email_code = public(account.email_verification_sent)
reset_password = public(account.password_reset)
reset_code = public(account.confirm_password_reset_code)
new_password = public(account.complete_password_reset)
new_password_done = public(account.password_reset_from_key_done)
second_factor = public(mfa.authenticate)
passkey = public(webauthn.login_webauthn)


@public
@never_cache
def by_invitation(request: HttpRequest) -> HttpResponse:
    """Nobody signs up by themselves: how to get an account."""
    return render(request, "account/signup_closed.html")
