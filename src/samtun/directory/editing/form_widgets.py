"""Boxes of the offer form, dressed as Designsystemet has them.

The boxes never judge what stands in them: `cleaning` does, for every way in, and what it says is
put beside the box it is about.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict

Data = MultiValueDict[str, str]  # the fields as they were typed


class QuietForm(forms.Form):
    """Shows what was typed, and what was found wrong with it; finds nothing wrong itself."""

    use_required_attribute = False

    def __init__(self, data: Data | None, *, prefix: str | None = None) -> None:
        """`data`: the fields as they were typed."""
        super().__init__(data, prefix=prefix)
        self._errors = ErrorDict()

    def typed(self, name: str) -> Any:  # noqa: ANN401  (what the box holds: text, a list, a tick)
        """What stands in the box `name`."""
        value = self[name].value()
        return value.strip() if isinstance(value, str) else value

    def text(self, name: str) -> str:
        """What stands in the box `name`, empty when there is no such box."""
        return str(self.typed(name) or "") if name in self.fields else ""

    def wrong(self, name: str, messages: Iterable[str]) -> None:
        """Put `messages` beside the box `name`."""
        known = self.errors.setdefault(name, self.error_class(error_class="ds-validation-message"))
        known.extend(messages)


def line(kind: str = "text", **attributes: object) -> forms.TextInput:
    """A box of one line."""
    widget = forms.TextInput(attrs={"class": "ds-input", "autocomplete": "off", **attributes})
    widget.input_type = kind
    return widget


def lines(rows: int, **attributes: object) -> forms.Textarea:
    """A box of several lines."""
    return forms.Textarea(attrs={"class": "ds-input", "rows": rows, "cols": None, **attributes})


def choice() -> forms.Select:
    """One of a list."""
    return forms.Select(attrs={"class": "ds-input"})


def tick() -> forms.CheckboxInput:
    """Yes or no."""
    return forms.CheckboxInput(attrs={"class": "ds-input"})


def ticks() -> forms.CheckboxSelectMultiple:
    """Some of a list."""
    return forms.CheckboxSelectMultiple(attrs={"class": "ds-input"})


def text_field(label: object, widget: forms.Widget | None = None, help_text: object = "") -> Any:  # noqa: ANN401
    """A text; the box of it is one line unless `widget` says else."""
    return forms.CharField(label=label, widget=widget or line(), help_text=help_text)  # type: ignore[arg-type]


def tick_field(label: object, help_text: object = "") -> Any:  # noqa: ANN401
    """Yes or no."""
    return forms.BooleanField(label=label, widget=tick(), help_text=help_text)  # type: ignore[arg-type]


def choice_field(label: object, choices: Any = (), help_text: object = "") -> Any:  # noqa: ANN401
    """One of a list."""
    return forms.ChoiceField(label=label, choices=choices, widget=choice(), help_text=help_text)  # type: ignore[arg-type]


def day_field(label: object, help_text: object = "") -> Any:  # noqa: ANN401
    """A day."""
    return text_field(label, line("date"), help_text)


def clock_field(label: object) -> Any:  # noqa: ANN401
    """A time of day."""
    return text_field(label, line("time"))
