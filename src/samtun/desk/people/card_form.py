"""The form of a coordinator's public card."""

from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.desk.people.forms import Plain
from samtun.organisations.enums import Language
from samtun.organisations.models import RegionContact
from samtun.organisations.spoken import SPOKEN, spoken_name
from samtun.people.actions.cards import CardFields
from samtun.people.models import Role

# The texts of a card, each in three languages: field, legend, what to write, rows.
_TEXTS: tuple[tuple[str, Promise, Promise, int], ...] = (
    ("titles", _("Title"), _("What you are, in plain words."), 1),
    ("abouts", _("What and whom you are there for"), _("What can one come with, and who?"), 3),
    ("hours", _("When one can call"), _("For example: Monday to Friday 9–14."), 1),
)
_LONGEST = 400


class CardForm(Plain):
    """What the public sees; the municipalities follow from the role."""

    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_public = forms.BooleanField(label=_("Show the card to everybody"), required=False)

    def __init__(self, data: Any = None, *, role: Role) -> None:  # noqa: ANN401  (a request's POST)
        super().__init__(data, initial=_initial(role))
        for field, _legend, _about, rows in _TEXTS:
            for code, language in Language.choices:
                self.fields[f"{field}_{code}"] = _text(str(language), code, rows)
        kept = role.card.languages if role.card else []
        codes = dict.fromkeys((*SPOKEN, *kept))
        self.fields["languages"].choices = [(code, spoken_name(code)) for code in codes]  # type: ignore[attr-defined]

    @property
    def texts(self) -> list[tuple[Promise, Promise, list[BoundField]]]:
        """The texts, each with its languages side by side."""
        return [
            (legend, about, [self[f"{field}_{code}"] for code in Language.values])
            for field, legend, about, _rows in _TEXTS
        ]

    @property
    def card(self) -> CardFields:
        """What was written; a text that is empty in a language is left out."""
        given = self.cleaned_data
        texts = {
            field: {
                code: text.strip()
                for code in Language.values
                if (text := given[f"{field}_{code}"]).strip()
            }
            for field, *_rest in _TEXTS
        }
        plain = {name: given[name] for name in type(self).base_fields}
        return cast("CardFields", plain | texts)

    def clean(self) -> dict[str, Any]:
        """Somebody must be able to reach them, and know who they are."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("phone") and not cleaned.get("email"):
            self.add_error("phone", _("Write a telephone number or an e-mail address."))
        if not any(cleaned.get(f"titles_{code}") for code in Language.values):
            self.add_error("titles_nb", _("Write a title in at least one language."))
        return cleaned


def _text(language: str, code: str, rows: int) -> forms.CharField:
    attrs: dict[str, Any] = {"class": "ds-input", "lang": code}
    widget = forms.Textarea({**attrs, "rows": rows}) if rows > 1 else forms.TextInput(attrs)
    return forms.CharField(label=language, required=False, max_length=_LONGEST, widget=widget)


def _initial(role: Role) -> dict[str, Any]:
    card = role.card or RegionContact(
        name=role.person.name,
        email=role.person.email,
        titles={"nb": role.title} if role.title else {},
    )
    texts = {
        f"{field}_{code}": getattr(card, field).get(code, "")
        for field, *_rest in _TEXTS
        for code in Language.values
    }
    plain = {name: getattr(card, name) for name in CardForm.base_fields}
    return plain | texts
