# ruff: noqa: ANN401  (as Django calls it)
"""The forms of the desk's people: inviting, changing a role, ending it, handing over."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.desk.people import choices
from samtun.organisations.enums import Language
from samtun.people.actions.roles import PositionFields
from samtun.people.enums import SCOPES_OF, RoleKind, ScopeKind
from samtun.people.grants import Person
from samtun.people.models import Role, User


class Plain(forms.Form):
    """With the classes of the design."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "ds-input")


def _day(label: Any, *, required: bool, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PositionForm(Plain):
    """Which work, and what for."""

    work = forms.ChoiceField(label=_("Role"))
    scope = forms.ChoiceField(label=_("For what"))
    title = forms.CharField(
        label=_("What the work is called"),
        help_text=_("As it is said at work. May be empty."),
        max_length=120,
        required=False,
    )

    def __init__(
        self, *args: Any, person: Person, find: str = "", role: Role | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        groups, self.are_more = choices.scopes(person, find, role)
        self.fields["work"].choices = choices.works(person)  # type: ignore[attr-defined]
        self.fields["scope"].choices = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each kind of role is for certain kinds of things."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind, _coordinates = choices.kinds_of(cleaned.get("work", ""))
        held_for = cleaned.get("scope", "").partition(":")[0]
        if kind and held_for and held_for not in SCOPES_OF[RoleKind(kind)]:
            fitting = ", ".join(
                str(ScopeKind(each).label).lower() for each in SCOPES_OF[RoleKind(kind)]
            )
            self.add_error("scope", gettext("This role is for: %(what)s.") % {"what": fitting})
        return cleaned

    @property
    def position(self) -> PositionFields:
        """What was chosen."""
        given = self.cleaned_data
        return choices.position_from(given["work"], given["scope"], given["title"])


class InviteForm(PositionForm):
    """Whom to ask, for what, in which language."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=Language.choices, widget=forms.RadioSelect
    )
    field_order = ("email", "work", "scope", "title", "language")


class RoleForm(PositionForm):
    """A role with its period."""

    starts_on = _day(_("First day"), required=True)
    ends_on = _day(_("Last day"), required=False, help_text=_("Empty: until further notice."))

    def __init__(self, *args: Any, role: Role, **kwargs: Any) -> None:
        initial = {
            "work": choices.work_of(role),
            "scope": choices.scope_of(role),
            "title": role.title,
            "starts_on": role.starts_on,
            "ends_on": role.ends_on,
        }
        super().__init__(*args, role=role, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A role ends after it starts."""
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("The last day is before the first."))
        return cleaned


class EndForm(Plain):
    """When a role ends."""

    ends_on = _day(
        _("Last day"), required=False, help_text=_("Empty: the role ends at once, this minute.")
    )

    def clean_ends_on(self) -> Any:
        """Not in the past: what somebody did then was done with the role."""
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(gettext("Choose today or a later day."))
        return day


class HandOverForm(Plain):
    """Who goes on with it."""

    to = forms.ModelChoiceField(
        label=_("Who goes on with it"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody yet: it shows as without owner"),
    )
    takes_roles = forms.BooleanField(
        label=_("They also get the editor's roles"),
        help_text=_("Needed when nobody else has them."),
        required=False,
    )

    def __init__(self, *args: Any, colleagues: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in colleagues]
        self.fields["to"].queryset = User.objects.filter(pk__in=keys).order_by("name", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Roles go to somebody."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("takes_roles") and not cleaned.get("to"):
            self.add_error("to", gettext("Choose who gets the roles."))
        return cleaned
