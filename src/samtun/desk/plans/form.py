"""The form of a draft: boxes for the plan, its goals, items and rules. It saves nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from samtun.desk.plans.rows import Rows
from samtun.directory.editing.form_widgets import choice, line, lines, tick
from samtun.learning.enums import ItemKind, Profession
from samtun.learning.queries.plan_content import Content, GoalContent, ItemContent, RuleContent

Data = MultiValueDict[str, str]


class Quiet(forms.Form):
    """Without the browser's own bubbles: errors are said at the field, in the page's language."""

    use_required_attribute = False

    def wrong(self, name: str, text: str) -> None:
        """Put what an action refused beside the box, or on top when there is none."""
        self.add_error(name if name in self.fields else None, text)


def _day(text: object, **more: Any) -> forms.DateField:  # noqa: ANN401  (of Django)
    return forms.DateField(label=text, required=False, widget=line("date"), **more)  # type: ignore[arg-type]  # a lazy text


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
            raise forms.ValidationError(_("Write a number, e.g. 42 or 3,5.")) from error
        if not found.is_finite() or abs(found) >= 10**10:
            raise forms.ValidationError(_("Write a number, e.g. 42 or 3,5."))
        return found


class PlanForm(Quiet):
    """The plan itself."""

    title = forms.CharField(label=lazy("Name of the plan"), max_length=200, widget=line())
    aim = forms.CharField(
        label=lazy("What do you want to achieve?"),
        help_text=lazy("A few sentences that all can stand behind."),
        required=False, max_length=8_000, widget=lines(4),
    )  # fmt: skip
    starting_point = forms.CharField(
        label=lazy("Where do you start from?"),
        help_text=lazy("Figures, what a mapping showed, what you know is lacking."),
        required=False, max_length=8_000, widget=lines(3),
    )  # fmt: skip
    starts_on = _day(lazy("Begins"))
    ends_on = _day(lazy("Ends"))
    what_changed = forms.CharField(
        label=lazy("What is different from the version before, and why?"),
        required=False, max_length=4_000, widget=lines(2),
    )  # fmt: skip


class GoalForm(Quiet):
    """A goal."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    text = forms.CharField(label=lazy("Goal"), max_length=300, widget=line())
    indicator = forms.CharField(
        label=lazy("How will you see it?"),
        help_text=lazy("What you count or ask, e.g. the share of children asked how they are."),
        required=False, max_length=300, widget=line(),
    )  # fmt: skip
    unit_of_measure = forms.CharField(
        label=lazy("Counted in"), required=False, max_length=40,
        widget=line(list="plan-measures"),
    )  # fmt: skip
    baseline = Figure(lazy("Figure at the start"))
    baseline_on = _day(lazy("Measured on"))
    target = Figure(lazy("Target"))
    measured_on = _day(lazy("To be measured on"))
    source = forms.CharField(
        label=lazy("Where the figures come from"), required=False, max_length=300, widget=line()
    )


class ItemForm(Quiet):
    """Something that people do."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    kind = forms.ChoiceField(label=lazy("What is it?"), choices=ItemKind.choices, widget=choice())
    title = forms.CharField(
        label=lazy("What it is called in the plan"),
        help_text=lazy("Leave it empty to call it what the course or the meeting is called."),
        required=False, max_length=200, widget=line(),
    )  # fmt: skip
    course = forms.TypedChoiceField(
        label=lazy("Which course"), required=False, coerce=UUID, empty_value=None, widget=choice()
    )
    module = forms.TypedChoiceField(
        label=lazy("Which module"), required=False, coerce=UUID, empty_value=None, widget=choice()
    )
    event = forms.TypedChoiceField(
        label=lazy("Which meeting"), required=False, coerce=UUID, empty_value=None, widget=choice()
    )
    url = forms.URLField(
        label=lazy("Address of what is to be read"), required=False, max_length=2000,
        assume_scheme="https", widget=line("url"),
    )  # fmt: skip
    description = forms.CharField(
        label=lazy("What is to be done"), required=False, max_length=4_000, widget=lines(2)
    )
    minutes = forms.IntegerField(
        label=lazy("Minutes it takes"), required=False, min_value=0, max_value=30_000,
        widget=line("number", inputmode="numeric", min="0"),
    )  # fmt: skip
    is_required = forms.BooleanField(label=lazy("Required"), required=False, widget=tick())
    is_together = forms.BooleanField(
        label=lazy("Together with colleagues"), required=False, widget=tick()
    )
    valid_months = forms.IntegerField(
        label=lazy("Valid for how many months"),
        help_text=lazy("Leave it empty when once is enough."),
        required=False, min_value=1, max_value=120,
        widget=line("number", inputmode="numeric", min="1"),
    )  # fmt: skip
    renew_days = forms.IntegerField(
        label=lazy("Can be renewed how many days before"), required=False, min_value=0,
        max_value=3_650, widget=line("number", inputmode="numeric", min="0"),
    )  # fmt: skip
    follows_revisions = forms.BooleanField(
        label=lazy("Again when the course is much revised"), required=False, widget=tick()
    )

    def __init__(self, *args: Any, choices: "Choices", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        empty = [("", "–")]
        for name, found in choices.things.items():
            self.fields[name].choices = [*empty, *found]  # type: ignore[attr-defined]  # a choice

    @property
    def number_text(self) -> str:
        """Its place, counted from 0, for names of buttons."""
        return str(self.prefix).rpartition("-")[2]


class RuleForm(Quiet):
    """For whom, and by when."""

    key = forms.UUIDField(widget=forms.HiddenInput())
    unit_to_choose = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput())
    unit = forms.CharField(
        label=lazy("Unit"),
        help_text=lazy("With all that is under it. Leave it empty for everybody in the plan."),
        required=False, max_length=400, widget=line(list="plan-units"),
    )  # fmt: skip
    professions = forms.MultipleChoiceField(
        label=lazy("Only these professions"), choices=Profession.choices, required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ds-input"}),
    )  # fmt: skip
    leaders_only = forms.BooleanField(label=lazy("Leaders only"), required=False, widget=tick())
    joined_from = _day(lazy("Who joined from"))
    joined_until = _day(lazy("Who joined until"))
    due_on = _day(lazy("By this day"))
    due_days = forms.IntegerField(
        label=lazy("Or within how many days"), required=False, min_value=0, max_value=3_650,
        help_text=lazy("Counted from when they joined or the plan began."),
        widget=line("number", inputmode="numeric", min="0"),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: "Choices", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.units = choices.units

    @property
    def is_narrow(self) -> bool:
        """Whether it is for some of the unit only, so that the choice stands open."""
        names = ("professions", "leaders_only", "joined_from", "joined_until")
        return any(self[name].value() or self[name].errors for name in names)

    def clean_unit(self) -> UUID | None:
        """The unit of that name."""
        typed = " ".join(str(self.cleaned_data["unit"]).split()).casefold()
        if typed and typed not in self.units:
            raise forms.ValidationError(_("No unit is called that. Choose one from the list."))
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


@dataclass(frozen=True, slots=True)
class ItemForms:
    """An item's boxes, and those of its rules."""

    form: ItemForm
    rules: list[RuleForm]


class DraftForm:
    """All the boxes of a draft. `is_sent`: they are to be saved, so what is wrong is found."""

    def __init__(self, rows: Rows, choices: Choices, *, is_sent: bool) -> None:
        self._data = rows.data()
        self._is_sent = is_sent
        self.choices = choices
        self.plan = self._made(PlanForm)
        self.goals = [self._made(GoalForm, f"goal-{n}") for n in range(len(rows.goals))]
        self.items = [
            ItemForms(
                self._made(ItemForm, f"item-{n}", choices=choices),
                [
                    self._made(RuleForm, f"item-{n}-rule-{place}", choices=choices)
                    for place in range(len(item.rules))
                ],
            )
            for n, item in enumerate(rows.items)
        ]

    def _made(self, kind: Any, prefix: str | None = None, **more: Any) -> Any:  # noqa: ANN401
        """Boxes that say what was typed; unsent ones are not judged yet."""
        if self._is_sent:
            return kind(self._data, prefix=prefix, **more)
        typed = {}
        for name, field in kind.base_fields.items():
            values = self._data.getlist(f"{prefix}-{name}" if prefix else name)
            is_list = isinstance(field, forms.MultipleChoiceField)
            typed[name] = values if is_list else values[-1] if values else None
        return kind(initial=typed, prefix=prefix, **more)

    def forms(self) -> Iterable[Quiet]:
        """Every part, as the page shows them."""
        yield self.plan
        yield from self.goals
        for item in self.items:
            yield item.form
            yield from item.rules

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What must be put right, with the id of the box it is about."""
        if not self._is_sent:
            return []
        return [
            (one[name].id_for_label if name in one.fields else "", _said(one, name, str(text)))
            for one in self.forms()
            for name, texts in one.errors.items()
            for text in texts
        ]

    def is_valid(self) -> bool:
        """Whether all boxes hold something that can be read."""
        checked = [one.is_valid() for one in self.forms()]  # each one says what is wrong
        return all(checked)

    def content(self) -> Content:
        """What was typed, once it is valid."""
        return Content(
            **{name: value or _empty(value) for name, value in self.plan.cleaned_data.items()},
            goals=tuple(GoalContent(**one.cleaned_data) for one in self.goals),
            items=tuple(self._item(one) for one in self.items),
        )

    def _item(self, item: ItemForms) -> ItemContent:
        typed = dict(item.form.cleaned_data)
        typed["title"] = typed["title"] or self.choices.title_of(typed)
        for name in ("course", "module", "event"):
            typed[name] = typed[name] if typed["kind"] == name else None
        typed["url"] = typed["url"] or ""
        typed["minutes"] = typed["minutes"] or 0
        typed["renew_days"] = 60 if typed["renew_days"] is None else typed["renew_days"]
        return ItemContent(**typed, rules=tuple(_rule(one) for one in item.rules))

    def wrong(self, errors: Mapping[str, str]) -> None:
        """Put what an action refused beside the boxes it is about."""
        by_prefix = {one.prefix or "": one for one in self.forms()}
        for name, text in errors.items():
            prefix, _sep, box = name.rpartition("-")
            by_prefix.get(prefix, self.plan).wrong(box, text)


def _said(form: Quiet, name: str, text: str) -> str:
    """What is wrong, with what the box is called."""
    return f"{form.fields[name].label}: {text}" if name in form.fields else text


def _empty(value: Any) -> Any:  # noqa: ANN401  (what a box holds)
    return value if value is None else ""


def _rule(form: RuleForm) -> RuleContent:
    typed = dict(form.cleaned_data)
    typed["professions"] = tuple(sorted(typed["professions"]))
    rule = RuleContent(**typed)
    return replace(rule, unit_to_choose="") if rule.unit else rule
