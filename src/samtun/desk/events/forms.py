"""The form of an event: drawn from the fields as they were typed, never from the model."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict
from django.utils.formats import date_format
from django.utils.translation import gettext

from samtun.desk.events.choices import EventChoices
from samtun.desk.events.facts import FactsForm
from samtun.desk.events.questions import Questions
from samtun.desk.events.texts import Texts
from samtun.desk.events.when import DateRow, WhenForm
from samtun.directory.editing.form_boxes import Boxes, boxes
from samtun.directory.editing.form_texts import TextRow
from samtun.directory.editing.form_widgets import Data
from samtun.events.actions.values import EventValues

MORE_ROWS = 3
# Where an action calls something else than its box is called.
_BOX_OF = {"starts_at": "on", "minutes": "ends", "dates": "on", "rrule": "rhythm",
           "place": "location", "terms": "needs"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right: the box it stands at, what the box is called, what is wrong."""

    anchor: str
    label: str
    message: str


class EventForm:
    """The whole form. `checked=False`: nothing is said about what is missing yet."""

    def __init__(
        self, data: Data, choices: EventChoices, *, kept_rule: str = "", checked: bool = True
    ) -> None:
        """`kept_rule`: see `WhenForm`."""
        self.data = data
        self.choices = choices
        self.texts = Texts(data)
        self.when = WhenForm(data, kept=kept_rule)
        self.facts = FactsForm(data, choices)
        self.questions = Questions(data, self.texts.languages)
        self.extra: list[Problem] = []
        if checked:
            self.texts.check()
            self.questions.check()
            _dress(self.when)
            _dress(self.facts)
        else:
            _forget(self.facts)

    def is_valid(self) -> bool:
        """Whether all of it can be saved."""
        return not self.problems

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, in the order of the page."""
        found = [Problem(*each) for each in self.texts.problems()]
        found += [*_problems(self.when), *_problems(self.facts)]
        found += [Problem(*each) for each in self.questions.problems()]
        return found + self.extra

    def refuse(self, errors: dict[str, str]) -> None:
        """Say what an action found wrong, at its box where there is one."""
        for path, message in errors.items():
            name = _BOX_OF.get(path, path)
            if name in self.texts.forms[0].fields:
                self.texts.forms[0].wrong(name, [message])
            elif name in self.when.fields:
                self.when.add_error(name, message)
            elif name in self.facts.fields:
                self.facts.add_error(name, message)
            else:
                self.extra.append(Problem("", "", message))

    def values(self) -> EventValues:
        """What to save; after `is_valid`."""
        texts = self.texts
        said: dict[str, Any] = texts.of(texts.original)
        said |= {"translations": texts.translations(), "questions": self.questions.values()}
        return cast("EventValues", said | self.when.values() | self.facts.values())

    # -- what the page draws ----------------------------------------------------------------------

    @property
    def text_rows(self) -> dict[str, TextRow]:
        """Each text beside itself in the other languages."""
        return self.texts.rows

    @property
    def date_rows(self) -> list[DateRow]:
        """Further dates chosen by hand."""
        return self.when.rows

    @property
    def boxes(self) -> dict[str, Boxes]:
        """Boxes to tick, by the name of their field."""
        known = self.choices.known
        regions = [(one.slug, label) for one, (_slug, label) in self._regions()]
        return {
            "regions": boxes(self.facts["regions"], regions),
            "municipalities": boxes(self.facts["municipalities"], known.municipalities),
            "co_organizers": boxes(self.facts["co_organizers"], self.choices.co_organizers),
            "needs": boxes(self.facts["needs"], known.needs),
            "target_groups": boxes(self.facts["target_groups"], known.target_groups),
        }

    def words(self, name: str, values: list[str]) -> list[str]:
        """What stands in a field as the page says it: the label of a choice, not its code."""
        form = self.when if name in self.when.fields else self.facts
        field = form.fields.get(name)
        if isinstance(field, forms.BooleanField):
            return [gettext("Yes") if any(values) else gettext("No")]
        if isinstance(field, forms.DateField) or name == "row-on":
            return [_day(each) for each in values]
        labels = _labels(getattr(field, "choices", ()))
        return [labels.get(each, each) for each in values if each]

    def _regions(self) -> Iterator[tuple[Any, tuple[str, str]]]:
        offered = cast("forms.MultipleChoiceField", self.facts.fields["regions"]).choices
        yield from zip(self.choices.regions, cast("Any", offered), strict=True)

    @property
    def opens(self) -> dict[str, bool]:
        """Which folded parts hold something."""
        filled = self.data
        return {
            "texts": self.texts.says_more,
            "municipalities": bool(filled.getlist("municipalities")),
            "co_organizers": bool(filled.getlist("co_organizers")),
            "questions": self.questions.any_asked,
            "pauses": bool(self.data.getlist("pauses")),
            "more": bool(filled.get("keep_until")) or "keep_reason" in self.facts.errors,
        }


def _labels(choices: Any) -> dict[str, str]:  # noqa: ANN401  (as Django has them, grouped or not)
    found: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            found |= _labels(label)
        else:
            found[str(value)] = str(label)
    return found


def _day(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "j. F Y")
    except ValueError:
        return text


def _dress(form: forms.Form) -> None:
    """Let the boxes that are wrong name what is wrong with them to a screen reader."""
    for name in form.errors:
        if name in form.fields:
            attributes = form.fields[name].widget.attrs
            attributes["aria-invalid"] = "true"
            attributes["aria-describedby"] = f"id_{name}_error"


def _forget(form: forms.Form) -> None:
    form._errors = ErrorDict()  # type: ignore[attr-defined]  # before Django looks for any


def _problems(form: forms.Form) -> Iterator[Problem]:
    for field in form if form.errors else ():
        anchor = field.id_for_label or str(field.auto_id)
        yield from (Problem(anchor, str(field.label), str(each)) for each in field.errors)
    for message in form.non_field_errors():
        yield Problem("dates", "", str(message))
