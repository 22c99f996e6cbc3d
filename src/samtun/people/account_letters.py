"""Letters about somebody's own account: short, without secrets but the code that was asked for.

Named as allauth names them. A letter that is not here is not sent.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samtun.mail import actions as mail
from samtun.mail.letters import Button, Part, Text
from samtun.people.models import User

Letter = tuple[str, list[Part]]
Compose = Callable[[dict[str, Any]], Letter]


def post(name: str, email: str, context: dict[str, Any]) -> None:
    """Post the letter `name` to `email`, in the language of the account it is about.

    A stranger who has no account gets one letter a day at most, and in the language of the page.
    """
    compose = _LETTERS.get(name)
    if compose is None:
        return
    person = User.objects.filter(email__iexact=email).first() or context.get("user")
    language = getattr(person, "language", "") or translation.get_language() or "nb"
    with translation.override(language):
        subject, parts = compose(context)
        mail.post(
            to=email,
            subject=subject,
            parts=parts,
            language=language,
            purpose=f"account.{name.rpartition('/')[2]}"[:40],
            key=_once_a_day(email) if name == _UNKNOWN else "",
        )


def _once_a_day(email: str) -> str:
    """Who asks for a stranger again and again must not fill the stranger's box."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{email.lower()}".encode()).hexdigest()
    return f"unknown:{timezone.localdate().isoformat()}:{digest[:32]}"


def _page(name: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name)}"


def _code(subject: str, opening: str, code: str) -> Letter:
    parts: list[Part] = [
        Text(opening),
        Text(code),
        Text(
            _("The code works for 15 minutes. Type it where you asked for it, and nowhere else.")
            + "\n\n"
            + _("Did you not ask for it? Then you need do nothing.")
        ),
    ]
    return subject, parts


def _login_code(context: dict[str, Any]) -> Letter:
    return _code(_("Your code for Samtun"), _("Here is your code for signing in:"), context["code"])


def _reset_code(context: dict[str, Any]) -> Letter:
    return _code(
        _("A new password for Samtun"),
        _("Here is your code for choosing a new password:"),
        context["code"],
    )


def _email_code(context: dict[str, Any]) -> Letter:
    return _code(
        _("Confirm your e-mail address"),
        _("Here is the code that confirms this address for your account in Samtun:"),
        context["code"],
    )


def _unknown(context: dict[str, Any]) -> Letter:
    return _("Signing in to Samtun"), [
        Text(
            _("Somebody, perhaps you, tried to sign in to Samtun with this address.")
            + " "
            + _("There is no account with it.")
        ),
        Text(
            _("Do you work here? Then you may be registered with another address.")
            + " "
            + _("Ask whoever looks after the region for an invitation.")
        ),
        Text(_("Was it not you? Then you need do nothing.")),
    ]


def _told(subject: str, what: str) -> Letter:
    """Something about the account has changed, and whoever owns it should know."""
    parts: list[Part] = [
        Text(what),
        Text(_("Was it not you? Sign in, choose a new password and end all other sessions.")),
        Button(_("Go to my account"), _page("account_home")),
    ]
    return subject, parts


def _email_changed(context: dict[str, Any]) -> Letter:
    """Goes to the old address."""
    return _("Your e-mail address is changed"), [
        Text(_("Your account in Samtun has another e-mail address from now on.")),
        Text(
            _("Was it not you? Tell whoever looks after the region at once.")
            + " "
            + _("They can close the account.")
        ),
    ]


def _changed(subject: Callable[[], str], what: Callable[[], str]) -> Compose:
    return lambda context: _told(subject(), what())


def _provider_name(context: dict[str, Any]) -> str:
    return str(getattr(context.get("provider"), "name", ""))


def _connected(context: dict[str, Any]) -> Letter:
    text = _("You can sign in to your account in Samtun with %(name)s from now on.")
    return _told(_("A new way to sign in"), text % {"name": _provider_name(context)})


def _disconnected(context: dict[str, Any]) -> Letter:
    text = _("You can no longer sign in to your account in Samtun with %(name)s.")
    return _told(_("A way to sign in is removed"), text % {"name": _provider_name(context)})


_UNKNOWN = "account/email/unknown_account"
_LETTERS: dict[str, Compose] = {
    _UNKNOWN: _unknown,
    "account/email/login_code": _login_code,
    "account/email/password_reset_code": _reset_code,
    "account/email/email_confirmation": _email_code,
    "account/email/email_confirmation_signup": _email_code,
    "account/email/email_changed": _email_changed,
    "account/email/password_changed": _changed(
        lambda: _("Your password is changed"),
        lambda: _("The password of your account in Samtun is changed."),
    ),
    "account/email/password_reset": _changed(
        lambda: _("Your password is changed"),
        lambda: _("The password of your account in Samtun is changed."),
    ),
    "account/email/password_set": _changed(
        lambda: _("You have a password now"),
        lambda: _("Your account in Samtun can be opened with a password from now on."),
    ),
    "mfa/email/totp_activated": _changed(
        lambda: _("An authenticator app is added"),
        lambda: _("Your account in Samtun asks for a code from the app from now on."),
    ),
    "mfa/email/totp_deactivated": _changed(
        lambda: _("The authenticator app is removed"),
        lambda: _("Your account in Samtun no longer asks for a code from the app."),
    ),
    "mfa/email/webauthn_added": _changed(
        lambda: _("A passkey is added"),
        lambda: _("Your account in Samtun can be opened with a new passkey from now on."),
    ),
    "mfa/email/webauthn_removed": _changed(
        lambda: _("A passkey is removed"),
        lambda: _("One of the passkeys of your account in Samtun no longer works."),
    ),
    "mfa/email/recovery_codes_generated": _changed(
        lambda: _("New recovery codes"),
        lambda: _("Your account in Samtun has new recovery codes. The old ones no longer work."),
    ),
    "socialaccount/email/account_connected": _connected,
    "socialaccount/email/account_disconnected": _disconnected,
}
