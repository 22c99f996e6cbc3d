"""The form of a draft: all its boxes, row by row. It saves nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from samtun.desk.plans.form import Choices, GoalForm, ItemForm, PlanForm, Quiet, RuleForm
from samtun.desk.plans.rows import Rows
from samtun.learning.queries.plan_content import Content, GoalContent, ItemContent, RuleContent


@dataclass(frozen=True, slots=True)
class ItemForms:
    """An item's boxes, and those of its rules."""

    form: ItemForm
    rules: list[RuleForm]

    @property
    def is_open(self) -> bool:
        """Whether it or one of its rules has to be looked at."""
        return self.form.is_open or any(rule.is_open for rule in self.rules)

    @property
    def lacks_unit(self) -> bool:
        """Whether a unit has to be chosen for one of the rules."""
        return any(rule.lacks_unit for rule in self.rules)


class DraftForm:
    """All the boxes of a draft. `is_sent`: they are to be saved, so what is wrong is found.

    Goals, items and rules stand folded together, but for those that say something else than
    `saved`, have something wrong in them, or are what the button that was pressed leads to.
    """

    def __init__(
        self,
        rows: Rows,
        choices: Choices,
        *,
        is_sent: bool,
        saved: Rows | None = None,
        led_to: str = "",
    ) -> None:
        self._data = rows.data()
        self._is_sent = is_sent
        self._led_to = rows.changed(saved) if saved else set()
        self._led_to |= {led_to, led_to.removeprefix("add-").removesuffix("-rule")}
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
            made = kind(self._data, prefix=prefix, **more)
        else:
            made = kind(initial=self._typed(kind, prefix), prefix=prefix, **more)
        made.is_led_to = prefix in self._led_to
        return made

    def _typed(self, kind: Any, prefix: str | None) -> dict[str, Any]:  # noqa: ANN401
        typed = {}
        for name, field in kind.base_fields.items():
            values = self._data.getlist(f"{prefix}-{name}" if prefix else name)
            is_list = isinstance(field, forms.MultipleChoiceField)
            typed[name] = values if is_list else values[-1] if values else None
        return typed

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
