"""How allauth works here: nobody signs up, letters are ours, and what is stored is little."""

import ipaddress
import logging
import time
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.people import account_letters
from samtun.people.access import STRONG_SIGN_IN
from samtun.people.models import User
from samtun.people.rules import may
from samtun.people.sealing import seal, unseal

log = logging.getLogger(__name__)

_WRONG_PAIR = _("The e-mail address and the password do not belong together. Try again.")
_WRONG_CODE = _("The code is not right. Look at it again, or ask for a new one.")
_TOO_MANY = _(
    "There have been too many tries. Wait five minutes, or sign in with a code by e-mail. "
    "Nobody has got in."
)
# What allauth says once something is done. What is not here is not said.
MESSAGES: dict[str, Promise] = {
    "account/messages/email_confirmed.txt": _("Your e-mail address is changed."),
    "account/messages/email_confirmation_failed.txt": _(
        "The address could not be changed. Is it used by another account?"
    ),
    "account/messages/password_changed.txt": _("Your password is changed."),
    "account/messages/password_set.txt": _("You have a password now."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is ready."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is ready."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes."),
    "socialaccount/messages/account_connected.txt": _("The sign-in is connected."),
    "socialaccount/messages/account_connected_updated.txt": _("The sign-in is connected."),
    "socialaccount/messages/account_connected_other.txt": _(
        "That sign-in belongs to another account here, so it was not connected."
    ),
    "socialaccount/messages/account_disconnected.txt": _("The sign-in is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out everywhere else."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts come from invitations, letters go through our outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _WRONG_PAIR,
        "incorrect_password": _("The password is not right. Try again."),
        "enter_current_password": _("This is not your password of today. Try again."),
        "incorrect_code": _WRONG_CODE,
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _("You were quick. Wait a little and try again."),
        "duplicate_email": _("This is your address already."),
        "same_as_current": _("This is your address already."),
        "email_taken": _("This address cannot be used."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: see `people.accounts.open_account` for how an invitation makes one."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Our letter of that name, in the language of whoever gets it."""
        account_letters.post(template_prefix, email, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """As allauth's, and the letter knows whose account it is about."""
        super().send_notification_mail(
            template_prefix, user, {**(context or {}), "user": user}, email
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what is done, in our words."""
        said = message or MESSAGES.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk, for those who have one; for the others what they learn."""
        has_desk = isinstance(request.user, User) and may(request.user, "people.open_desk")
        return reverse("desk:home" if has_desk else "front:my_learning")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's account."""
        return reverse("account_home")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Back to one's account."""
        return reverse("account_home")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network address, for counting tries only; a socket has none."""
        try:
            return str(super().get_client_ip(request))
        except (PermissionDenied, ImproperlyConfigured):  # a proxy that says too little
            return str(ipaddress.ip_address("0.0.0.0"))  # noqa: S104  (nobody's, not a binding)

    def get_login_stages(self) -> list[str]:
        """As allauth's, with a second factor that a strong provider may answer for."""
        own = f"{SecondFactorStage.__module__}.{SecondFactorStage.__name__}"
        stages: list[str] = super().get_login_stages()
        return [own if stage.endswith(".AuthenticateStage") else stage for stage in stages]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ANN401
        """Not of somebody who signed in a moment ago."""
        request = context.request
        records = get_authentication_records(request, request.user)
        newest = max((float(record["at"]) for record in records), default=0.0)
        return time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth is untyped
    """Asks for the second factor, unless the provider has."""

    def handle(self) -> tuple[Any, bool]:
        """Nothing more to ask when the provider vouches for this person, in this very sign-in."""
        provider_login = (self.login.signal_kwargs or {}).get("sociallogin")
        user = self.login.user
        if user is not None and getattr(provider_login, "vouched_for", "") == str(user.pk):
            self.request.session[STRONG_SIGN_IN] = str(user.pk)
            return None, True
        response, goes_on = super().handle()
        return response, goes_on


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Passkeys that belong to the installation's own address, and a drawing of our own."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Whom a passkey is for: this host, without its port."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Samtun"}

    def encrypt(self, text: str) -> str:
        """How the app's secret and the seed of recovery codes are stored."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` stored; where the key is gone, a secret that no code fits."""
        try:
            return unseal(encrypted_text)
        except ValueError:
            log.error("a sealed secret cannot be read: was the secret key changed?")
            return str(generate_totp_secret())

    def build_totp_svg(self, url: str) -> str:
        """The code to point a phone at."""
        return str(segno.make(url, error="m").svg_inline(scale=5, border=3, light="#fff"))

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        """A name to begin with; the owner may write another."""
        return str(_("My passkey"))


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """A provider opens an account that is there already, and tells us as little as it can."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "no_password": _("Get a password or another way to sign in first."),
        "no_verified_email": _("Confirm your e-mail address first."),
    }

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Any:  # noqa: ANN401
        """Note what matters of what the provider told, and forget the rest before it is stored."""
        told = sociallogin.account.extra_data or {}
        claims = told.get("id_token") or {}
        sociallogin.nonce = str(claims.get("nonce", ""))
        sociallogin.is_strong = sociallogin.provider.vouches(claims)
        sociallogin.account.extra_data = {}
        return sociallogin.user

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        """The account whose confirmed address the provider has confirmed too."""
        for told in sociallogin.email_addresses:
            if not (told.verified and self.can_authenticate_by_email(sociallogin, told.email)):
                continue
            found = EmailAddress.objects.filter(email__iexact=told.email, verified=True)
            if own := found.select_related("user").first():
                return own.user, own.email
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse an answer that is not to our question; remember how strong the sign-in was."""
        if sociallogin.nonce != sociallogin.state.get("nonce"):
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
        translation.activate(sociallogin.state.get("language") or settings.LANGUAGE_CODE)
        is_sign_in = sociallogin.state.get("process", "login") == "login"
        if is_sign_in and sociallogin.is_strong and sociallogin.is_existing:
            sociallogin.vouched_for = str(sociallogin.user.pk)
