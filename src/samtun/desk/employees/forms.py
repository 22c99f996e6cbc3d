# ruff: noqa: ANN401  (as Django calls it)
"""The forms of employees: adding, changing, leaving, sending in a list, a directory's token."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samtun.desk.employees.filters import unit_options
from samtun.desk.people.forms import Plain
from samtun.learning.enums import Profession
from samtun.learning.models import Employment
from samtun.learning.queries.employees import CHANGE, employers_of, units_of
from samtun.organisations.models import Organization
from samtun.people.models import User


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class EmployeeForm(Plain):
    """Who, where, as what."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address at work"),
        help_text=_("The person signs in with it. May be empty."),
        max_length=254,
        required=False,
    )
    external_id = forms.CharField(
        label=_("Employee number"), max_length=120, required=False, help_text=_("May be empty.")
    )
    unit = forms.ChoiceField(label=_("Unit"))
    profession = forms.ChoiceField(label=_("Profession"), choices=Profession.choices)
    position = forms.CharField(
        label=_("Position"), help_text=_("As it is called at work."), max_length=120, required=False
    )
    is_leader = forms.BooleanField(label=_("Leads the unit"), required=False)
    joined_on = _day(_("First day"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        options = unit_options(person, CHANGE, all_units=True)
        self.fields["unit"].choices = options  # type: ignore[attr-defined]

    def clean_unit(self) -> Organization:
        """One of those that the person looks after."""
        rows = units_of(self.person, CHANGE)
        return rows.select_related("parent_organization").get(pk=self.cleaned_data["unit"])


class ChangeForm(EmployeeForm):
    """The same for somebody who is on the list."""

    def __init__(self, *args: Any, employment: Employment, **kwargs: Any) -> None:
        initial = {
            "name": employment.learner.name,
            "email": employment.learner.work_email,
            "unit": str(employment.unit_id),
            **{
                field: getattr(employment, field)
                for field in ("external_id", "profession", "position", "is_leader", "joined_on")
            },
        }
        super().__init__(*args, initial=initial, **kwargs)


class LeaveForm(Plain):
    """The last day."""

    left_on = _day(_("Last day"), help_text=_("It may be past, today or to come."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"left_on": timezone.localdate()}, **kwargs)


class UploadForm(Plain):
    """A list of employees."""

    employer: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Whose list is it?"), queryset=None
    )
    file = forms.FileField(
        label=_("The file (XLSX or CSV, at most 5 MB)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    is_complete = forms.BooleanField(
        label=_("The list is complete: whoever is not on it has left"), required=False
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employer = self.fields["employer"]
        employer.queryset = employers_of(person).order_by("name", "pk")  # type: ignore[attr-defined]
        if employer.queryset.count() == 1:  # type: ignore[attr-defined]
            employer.initial = employer.queryset.first()  # type: ignore[attr-defined]


class TokenForm(Plain):
    """A token for a directory."""

    employer: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        label=_("Whose employees are in it?"), queryset=None
    )
    label = forms.CharField(
        label=_("What do you call it?"), help_text=_("For instance: Entra ID"), max_length=120
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = employers_of(person).order_by("name", "pk")
        self.fields["employer"].queryset = rows  # type: ignore[attr-defined]


def chosen_units(data: QueryDict) -> dict[str, UUID]:
    """Names of units that somebody has pointed out on the page of a list: field by field."""
    found: dict[str, UUID] = {}
    for name, key in zip(data.getlist("name"), data.getlist("unit"), strict=False):
        with suppress(ValueError):  # none was chosen
            found[name[:300]] = UUID(key)
    return found
