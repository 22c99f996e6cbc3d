"""The buttons of the offer form that change what stands in it and save nothing.

A button is `name="do"` with a value such as `add:phones`, `remove:phones:3`, `copy:nb:nn`,
`language:en`. They work without JavaScript: the page comes back with the fields as they were typed
and the change made.
"""

from dataclasses import dataclass

from samtun.directory.editing.form_rows import KINDS, most_of, numbers_of
from samtun.directory.editing.form_texts import TEXT_FIELDS
from samtun.directory.editing.form_widgets import Data
from samtun.organisations.enums import Language


@dataclass(frozen=True, slots=True)
class Changed:
    """The fields after a button, and the box to go on in (its identifier), if any."""

    data: Data
    focus: str = ""


def pressed(data: Data) -> str:
    """The first word of the button that sent the form, e.g. `save` or `add`."""
    return (data.get("do") or "refresh").split(":")[0]


def after_button(data: Data) -> Changed:
    """What the fields become after the button in them; as they are when it means nothing here."""
    do, *rest = (data.get("do") or "").split(":")
    changed = data.copy()
    if do == "add" and len(rest) == 1 and rest[0] in KINDS:
        return _add(changed, rest[0])
    if do == "remove" and len(rest) == 2 and rest[0] in KINDS and _is_number(rest[1]):
        return _remove(changed, rest[0], int(rest[1]))
    if do == "copy" and len(rest) == 2 and {*rest} <= {*Language.values}:
        return _copy(changed, *rest)
    if do == "language" and len(rest) == 1 and rest[0] in Language.values:
        return _show_language(changed, rest[0])
    return Changed(changed)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _add(data: Data, key: str) -> Changed:
    numbers = numbers_of(key, data)
    if len(numbers) >= most_of(data, key):
        return Changed(data)
    number = max(numbers, default=-1) + 1
    data[f"{key}-{number}-row"] = "1"
    return Changed(data, f"id_{key}-{number}-{KINDS[key].form.first}")


def _remove(data: Data, key: str, number: int) -> Changed:
    before = f"{key}-{number}-"
    for name in [name for name in data if name.startswith(before)]:
        del data[name]
    if key == "places":
        for hours in numbers_of("hours", data):
            if data.get(f"hours-{hours}-place") == str(number):
                data[f"hours-{hours}-place"] = ""
    return Changed(data, f"add-{key}")


def _copy(data: Data, source: str, target: str) -> Changed:
    """Only into boxes that are empty: nothing written is lost."""
    for field in TEXT_FIELDS:
        name = f"{target}-{field.key}"
        if not (data.get(name) or "").strip():
            data[name] = data.get(f"{source}-{field.key}") or ""
    return Changed(_show_language(data, target).data, f"id_{target}-name")


def _show_language(data: Data, language: str) -> Changed:
    if language not in data.getlist("in_language"):
        data.appendlist("in_language", language)
    return Changed(data, f"id_{language}-name")
