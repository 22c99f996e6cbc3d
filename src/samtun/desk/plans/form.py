"""The boxes of a draft: those of the plan, of a goal, an item and a rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from samtun.directory.editing.form_widgets import choice, line, lines, tick
from samtun.learning.enums import ItemKind, Profession


class Quiet(forms.Form):
    """Without the browser's own bubbles: errors are said at the field, in the page's language."""

    use_required_attribute = False
    is_led_to = False  # it was changed and is not saved, or one comes to it now

    @property
    def is_open(self) -> bool:
        """Whether it stands open on the page: it has to be looked at."""
        return self.is_led_to or (self.is_bound and bool(self.errors))

    def typed(self, name: str) -> str:
        """What stands in a box, whatever it is."""
        return str(self[name].value() or "").strip()

    def wrong(self, name: str, text: str) -> None:
        """Put what an action refused beside the box, or on top when there is none."""
        self.add_error(name if name in self.fields else None, text)


def _day(text: object, **more: Any) -> forms.DateField:  # noqa: ANN401  (of Django)
    return forms.DateField(label=text, required=False, widget=line("date"), **more)  # type: ignore[arg-type]  # a lazy text


def _one_of(text: object) -> forms.TypedChoiceField:
    """A thing that is chosen by its id, or none."""
    return forms.TypedChoiceField(
        label=text,  # type: ignore[arg-type]  # a lazy text
        required=False,
        coerce=UUID,
        empty_value=None,
        widget=choice(),
    )


class Figure(forms.CharField):
    """A number with a comma or a point, and spaces between thousands."""

    def __init__(self, label: object) -> None:
        super().__init__(label=label, required=False, widget=line(inputmode="decimal"))  # type: ignore[arg-type]  # a lazy text

    def clean(self, value: Any) -> Decimal | None:  # noqa: ANN401  (what was typed)
        """The number, with two decimals at most."""
        typed = "".join(str(value or "").split()).replace(",", ".")
        if not typed:
            return None
        try:
            found = Decimal(typed).quantize(Decimal("0.01"))
        except InvalidOperation as error:
            raise forms.ValidationError(gettext("Write a number, e.g. 42 or 3,5.")) from error
        if not found.is_finite() or abs(found) >= 10**10:
            raise forms.ValidationError(gettext("Write a number, e.g. 42 or 3,5."))
        return found


class PlanForm(Quiet):
    """The plan itself."""

    title = forms.CharField(label=_("Name of the plan"), max_length=200, widget=line())
    aim = forms.CharField(
        label=_("What do you want to achieve?"),
        help_text=_("A few sentences that all can stand behind."),
        required=False, max_length=8_000, widget=lines(4),
    )  # fmt: skip
    starting_point = forms.CharField(
        label=_("Where do you start from?"),
        help_text=_("Figures, what a mapping showed, what you know is lacking."),
        required=False, max_length=8_000, widget=lines(3),
    )  # fmt: skip
    starts_on = _day(_("Begins"))
    ends_on = _day(_("Ends"))
    what_changed = forms.CharField(
        label=_("What is different from the version before, and why?"),
        required=False, max_length=4_000, widget=lines(2),
    )  # fmt: skip


class GoalForm(Quiet):
    """A goal."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    text = forms.CharField(label=_("Goal"), max_length=300, widget=line())
    indicator = forms.CharField(
        label=_("How will you see it?"),
        help_text=_("What you count or ask, e.g. the share of children asked how they are."),
        required=False, max_length=300, widget=line(),
    )  # fmt: skip
    unit_of_measure = forms.CharField(
        label=_("Counted in"), required=False, max_length=40,
        widget=line(list="plan-measures"),
    )  # fmt: skip
    baseline = Figure(_("Figure at the start"))
    baseline_on = _day(_("Measured on"))
    target = Figure(_("Target"))
    measured_on = _day(_("To be measured on"))
    source = forms.CharField(
        label=_("Where the figures come from"),
        required=False,
        max_length=300,
        widget=line(),
    )


class ItemForm(Quiet):
    """Something that people do."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=_("What is it?"), choices=ItemKind.choices, widget=choice())
    title = forms.CharField(
        label=_("What it is called in the plan"),
        help_text=_("Leave it empty to call it what the course or the meeting is called."),
        required=False, max_length=200, widget=line(),
    )  # fmt: skip
    course = _one_of(_("Which course"))
    module = _one_of(_("Which module"))
    event = _one_of(_("Which meeting"))
    url = forms.URLField(
        label=_("Address of what is to be read"), required=False, max_length=2000,
        assume_scheme="https", widget=line("url"),
    )  # fmt: skip
    description = forms.CharField(
        label=_("What is to be done"), required=False, max_length=4_000, widget=lines(2)
    )
    minutes = forms.IntegerField(
        label=_("Minutes it takes"), required=False, min_value=0, max_value=30_000,
        widget=line("number", inputmode="numeric", min="0"),
    )  # fmt: skip
    is_required = forms.BooleanField(label=_("Required"), required=False, widget=tick())
    is_together = forms.BooleanField(
        label=_("Together with colleagues"), required=False, widget=tick()
    )
    valid_months = forms.IntegerField(
        label=_("Valid for how many months"),
        help_text=_("Leave it empty when once is enough."),
        required=False, min_value=1, max_value=120,
        widget=line("number", inputmode="numeric", min="1"),
    )  # fmt: skip
    renew_days = forms.IntegerField(
        label=_("Can be renewed how many days before"), required=False, min_value=0,
        max_value=3_650, widget=line("number", inputmode="numeric", min="0"),
    )  # fmt: skip
    follows_revisions = forms.BooleanField(
        label=_("Again when the course is much revised"), required=False, widget=tick()
    )

    def __init__(self, *args: Any, choices: "Choices", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.choices = choices
        empty = [("", "–")]
        for name, found in choices.things.items():
            self.fields[name].choices = [*empty, *found]  # type: ignore[attr-defined]  # a choice

    @property
    def name(self) -> str:
        """What it is called so far."""
        kind = self.typed("kind")
        chosen = {"kind": kind, kind: self.typed(kind) if kind in self.choices.things else ""}
        return self.typed("title") or self.choices.title_of(chosen)

    @property
    def number_text(self) -> str:
        """Its place, counted from 0, for names of buttons."""
        return str(self.prefix).rpartition("-")[2]


class RuleForm(Quiet):
    """For whom, and by when."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    unit_to_choose = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput())
    unit = forms.CharField(
        label=_("Unit"),
        help_text=_("With all that is under it. Leave it empty for everybody in the plan."),
        required=False, max_length=400, widget=line(list="plan-units"),
    )  # fmt: skip
    professions = forms.MultipleChoiceField(
        label=_("Only these professions"), choices=Profession.choices, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
    )  # fmt: skip
    leaders_only = forms.BooleanField(label=_("Leaders only"), required=False, widget=tick())
    joined_from = _day(_("Who joined from"))
    joined_until = _day(_("Who joined until"))
    due_on = _day(_("By this day"))
    due_days = forms.IntegerField(
        label=_("Or within how many days"), required=False, min_value=0, max_value=3_650,
        help_text=_("Counted from when they joined or the plan began."),
        widget=line("number", inputmode="numeric", min="0"),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: "Choices", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.units = choices.units

    @property
    def name(self) -> str:
        """For whom and by when, as far as it is written."""
        kinds = dict(Profession.choices)
        wanted = [
            str(kinds[one]).lower() for one in self["professions"].value() or () if one in kinds
        ]
        who = ", ".join(wanted)
        said = [
            self.typed("unit") or ("" if self.lacks_unit else gettext("everybody in the plan")),
            who,
            gettext("leaders only") if self.typed("leaders_only") else "",
            self._joined(),
            self._by_when(),
        ]
        return " · ".join(one for one in said if one)

    def _joined(self) -> str:
        days = {"first": self._day("joined_from"), "last": self._day("joined_until")}
        if all(days.values()):
            return gettext("joined from %(first)s to %(last)s") % days
        if days["first"]:
            return gettext("joined from %(first)s on") % days
        return gettext("joined until %(last)s") % days if days["last"] else ""

    def _by_when(self) -> str:
        if day := self._day("due_on"):
            return gettext("by %(day)s") % {"day": day}
        days = self.typed("due_days")
        if not days.isdecimal():
            return "" if days else gettext("when it suits")
        return ngettext("within %(n)d day", "within %(n)d days", int(days[:9])) % {
            "n": int(days[:9])
        }

    def _day(self, name: str) -> str:
        """As one writes it; what is no day stays as it was typed."""
        try:
            return date_format(date.fromisoformat(self.typed(name)), "j. F Y")
        except ValueError:
            return self.typed(name)

    @property
    def lacks_unit(self) -> bool:
        """Whether it came with another's plan, and a unit has to be chosen."""
        return bool(self.typed("unit_to_choose")) and not self.typed("unit")

    @property
    def is_narrow(self) -> bool:
        """Whether it is for some of the unit only, so that the choice stands open."""
        names = ("professions", "leaders_only", "joined_from", "joined_until")
        return any(self[name].value() or self[name].errors for name in names)

    def clean_unit(self) -> UUID | None:
        """The unit of that name."""
        typed = " ".join(str(self.cleaned_data["unit"]).split()).casefold()
        if typed and typed not in self.units:
            raise forms.ValidationError(
                gettext("No unit is called that. Choose one from the list.")
            )
        return self.units.get(typed)


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: `things` by the box's name, units by their names in small letters."""

    things: Mapping[str, list[tuple[str, str]]]
    units: Mapping[str, UUID]
    unit_names: Mapping[UUID, str]

    def title_of(self, item: Mapping[str, Any]) -> str:
        """What the chosen course, module or meeting is called."""
        key = str(item.get(item["kind"]) or "")
        return dict(self.things.get(item["kind"], ())).get(key, "") if key else ""
