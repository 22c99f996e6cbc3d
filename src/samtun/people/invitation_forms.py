"""The form of somebody who is new here and accepts a role."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from samtun.people.models import User


class NewAccount(forms.Form):
    """A name that colleagues see, and a password."""

    name = forms.CharField(label=_("Your name"), max_length=120, help_text=_("Colleagues see it."))
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A short sentence is easy to remember."),
        strip=False,
        widget=forms.PasswordInput(),
    )

    def __init__(self, data: object = None, *, email: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a request's POST
        self._email = email
        self.fields["name"].widget.attrs = {"class": "ds-input", "autocomplete": "name"}
        password = {"class": "ds-input", "autocomplete": "new-password"}
        self.fields["password"].widget.attrs = password

    def clean_password(self) -> str:
        """The same demands as everywhere."""
        password: str = self.cleaned_data["password"]
        somebody = User(email=self._email, name=self.cleaned_data.get("name", ""))
        validate_password(password, somebody)
        return password
