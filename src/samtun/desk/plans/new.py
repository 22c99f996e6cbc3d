"""The forms with which a plan begins. They validate, and save nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.desk.plans.choices import advisers_for, only_advises, owner_called, owners_for
from samtun.desk.plans.form import Quiet
from samtun.directory.editing.form_widgets import choice, line, tick
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization
from samtun.people.models import User


class CopyForm(Quiet):
    """What the plan is called, whose it is, and who helps with it."""

    title = forms.CharField(label=_("Name of the plan"), max_length=200, widget=line())
    owner = forms.ChoiceField(
        label=_("Whose plan is it?"), required=False, widget=choice(),
        help_text=_("A municipality, or a region whose municipalities have it together."),
    )  # fmt: skip
    adviser = forms.ChoiceField(
        label=_("Resource centre"), required=False, widget=choice(),
        help_text=_("It helps to compose the plan, and agrees on it. It sees totals, no names."),
    )  # fmt: skip
    is_template = forms.BooleanField(
        label=_("A template, for others to begin from"), required=False, widget=tick()
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:  # noqa: ANN401  (of Django)
        super().__init__(*args, **kwargs)
        owners, advisers = owners_for(person), advisers_for(person)
        self.fields["owner"].choices = [("", "–"), *owners]  # type: ignore[attr-defined]  # a choice
        nobody = [] if only_advises(person) else [("", gettext("None: we do it ourselves"))]
        self.fields["adviser"].choices = [*nobody, *advisers]  # type: ignore[attr-defined]  # a choice
        self.fields["adviser"].required = only_advises(person)
        if len(owners) == 1 and not self.is_bound:
            self.initial.setdefault("owner", owners[0][0])

    def clean(self) -> dict[str, Any] | None:
        """A plan is somebody's; a template is nobody's yet."""
        typed = super().clean() or {}
        if not typed.get("owner") and not typed.get("is_template"):
            self.add_error("owner", gettext("Choose whose plan it is."))
        if typed.get("is_template") and not typed.get("adviser") and not typed.get("owner"):
            self.add_error("adviser", gettext("Choose who keeps the template."))
        return typed

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        typed = self.cleaned_data
        return {
            "title": typed["title"],
            "owner": owner_called(typed["owner"]) if typed["owner"] else None,
            "adviser": Organization.objects.filter(pk__in=[typed["adviser"]]).first()
            if typed["adviser"]
            else None,
            "is_template": typed["is_template"],
        }


class NewPlanForm(CopyForm):
    """The same, and the language it is written in."""

    language = forms.ChoiceField(
        label=_("Language of the plan"), choices=Language.choices, widget=choice(),
        initial=Language.BOKMAL,
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return super().values() | {"language": self.cleaned_data["language"]}
