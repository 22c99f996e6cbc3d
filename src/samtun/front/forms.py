"""What visitors may send us; they validate and save nothing."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.organisations.models import Municipality

LONGEST = 2000
# What is usually wrong, in the words of somebody who just saw it.
ERRORS: dict[str, str | Promise] = {
    "telefon": _("The phone number or e-mail address is not right"),
    "tid": _("The opening hours are not right"),
    "sted": _("The address or the way there is not right"),
    "stengt": _("It has closed, or is no longer offered"),
    "annet": _("Something else"),
}
# Control characters, and those that turn the direction of writing, so that it seems another text.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Words(forms.CharField):
    """Text without control characters, and with one way to end a line."""

    def to_python(self, value: Any) -> str:  # noqa: ANN401  (as the base class has it)
        """What was written, tidied."""
        text = super().to_python(value) or ""
        return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class _Telling(forms.Form):
    """What both forms have. The fields are drawn by the template."""

    epost = forms.EmailField(
        label=_("Your e-mail, if you want to hear what happened"), max_length=254, required=False
    )

    def __init__(self, *args: Any, **fields: Any) -> None:  # noqa: ANN401  (of the base class)
        super().__init__(*args, **fields)
        self.use_required_attribute = False


class ErrorForm(_Telling):
    """Something is wrong with an offer."""

    hva = forms.ChoiceField(
        label=_("What is not right?"),
        choices=list(ERRORS.items()),
        error_messages={"required": _("Choose what is not right.")},
    )
    tekst = Words(label=_("What should it say?"), max_length=LONGEST, required=False)
    field_order = ("hva", "tekst", "epost")

    def clean(self) -> dict[str, Any]:
        """ "Something else" is of no use without words."""
        said = super().clean() or {}
        if said.get("hva") == "annet" and not said.get("tekst") and "tekst" not in self.errors:
            self.add_error("tekst", gettext("Write in a few words what is not right."))
        return said

    def text(self) -> str:
        """What was said, in the language of the page."""
        said = self.cleaned_data
        chosen = "" if said["hva"] == "annet" else str(ERRORS[said["hva"]])
        return "\n\n".join(filter(None, (chosen, said["tekst"])))


class MissingForm(_Telling):
    """An offer that the map lacks."""

    navn = Words(
        label=_("What is it called?"),
        max_length=200,
        error_messages={"required": _("Write what it is called, or what it is.")},
    )
    tekst = Words(label=_("What is it, and for whom?"), max_length=LONGEST, required=False)
    kommune = forms.ChoiceField(label=_("Where is it?"), required=False)
    nettside = Words(label=_("Web page"), max_length=500, required=False)
    telefon = Words(label=_("Phone"), max_length=60, required=False)
    field_order = ("navn", "tekst", "kommune", "nettside", "telefon", "epost")

    def __init__(self, *args: Any, municipalities: Iterable[Municipality], **fields: Any) -> None:  # noqa: ANN401
        """`municipalities`: those of the region."""
        super().__init__(*args, **fields)
        places = [(one.number, one.name) for one in municipalities]
        choice = self.fields["kommune"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101  (for the type checker)
        choice.choices = [("", _("I do not know, or several places")), *places]

    def text(self) -> str:
        """What was said, as an editor reads it."""
        said = self.cleaned_data
        ways = " · ".join(filter(None, (said["nettside"], said["telefon"])))
        return "\n\n".join(filter(None, (said["navn"], said["tekst"], ways)))

    def document(self, language: str) -> dict[str, Any]:
        """The same as the beginning of an offer."""
        said = self.cleaned_data
        phones = [{"id": None, "number": said["telefon"], "description": ""}]
        return {
            "texts": {language: {"name": said["navn"], "description": said["tekst"]}},
            "url": _web_address(said["nettside"]),
            "phones": phones if said["telefon"] else [],
            "covers": [said["kommune"]] if said["kommune"] else [],
        }


def _web_address(text: str) -> str:
    """A whole address, where what was written is one; people leave out https."""
    url = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(url)
    except forms.ValidationError:
        return ""
    return url
