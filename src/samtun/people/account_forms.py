"""The forms of signing in and of one's own account: allauth's, in our words and our look."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.organisations.enums import Language
from samtun.people.models import User

_HELP = {
    "code": _("From the letter we sent. Capitals and hyphens do not matter."),
    "password1": _("At least 12 characters. A short sentence is easy to remember."),
}
_LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password of today"),
    "password1": _("New password"),
    "password2": _("The new password again"),
    "code": _("Code"),
    "name": _("What you call it"),
}


class Calm(forms.Form):
    """Labels instead of text inside the fields, help from the start, classes of the design."""

    labels: dict[str, Any] = {}
    help_texts: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (as allauth calls it)
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name) or _LABELS.get(name) or field.label
            field.help_text = self.help_texts.get(name, _HELP.get(name, ""))
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "ds-input"
            if name == "code":
                field.widget.attrs |= {"autocapitalize": "characters", "spellcheck": "false"}

    def clean(self) -> dict[str, Any]:
        """As allauth's, and two passwords that differ are said so in our words."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "password2" in self.errors and cleaned.get("password1"):
            self.errors["password2"] = self.error_class(
                [gettext("The two passwords are not the same.")]
            )
        return cleaned


class Login(Calm, account.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (as allauth calls it)
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class RequestCode(Calm, account.RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send a code to sign in with."""


class LoginCode(Calm, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the letter."""


class ResetPassword(Calm, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send a code to choose a new password with."""


class ResetCode(Calm, account.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    """The code from the letter."""


class NewPassword(Calm, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password after the code."""


class ChangePassword(Calm, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one."""


class SetPassword(Calm, account.SetPasswordForm):  # type: ignore[misc]
    """A first password, for an account that has none."""


class NewEmail(Calm, account.AddEmailForm):  # type: ignore[misc]
    """Another address, which counts once its code is typed."""

    labels = {"email": _("New e-mail address")}


class EmailCode(Calm, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that was sent to the new address."""


class Reauthenticate(Calm, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""


_FROM_THE_APP = _("Six digits from your authenticator app, or one of your recovery codes.")


class SecondFactor(Calm, mfa.AuthenticateForm):  # type: ignore[misc]
    """The code from the app, or a recovery code."""

    help_texts = {"code": _FROM_THE_APP}


class SecondFactorAgain(Calm, mfa.ReauthenticateForm):  # type: ignore[misc]
    """The code from the app once more."""

    help_texts = {"code": _FROM_THE_APP}


class ActivateApp(Calm, totp.ActivateTOTPForm):  # type: ignore[misc]
    """Proof that the app has the secret."""

    labels = {"code": _("The six digits that the app shows")}
    help_texts = {"code": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (as allauth calls it)
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskey(Calm, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey is always one that can sign in alone: the device asks for finger, face or code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (as allauth calls it)
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]

    def clean(self) -> dict[str, Any]:
        """The device must have made sure who holds it."""
        self.cleaned_data["passwordless"] = True
        return super().clean()


class RenamePasskey(Calm, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""


class Profile(Calm, forms.ModelForm):  # type: ignore[type-arg]  # of our own User
    """The name that colleagues see, and the language of letters."""

    labels = {"name": _("Your name"), "language": _("Language of letters to you")}

    class Meta:
        model = User
        fields = ("name", "language")
        widgets = {"language": forms.RadioSelect(choices=Language.choices)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (as Django calls it)
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["language"].widget.attrs["class"] = "ds-input"
