"""Rows of the offer form that can be many: phones, people, places, hours, prices, documents.

A row's boxes are called `phones-3-number`; what numbers there are is read from the names that
came, so that rows can be added and taken away in any order, with JavaScript or without.
"""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from samtun.directory.editing.document import MOST
from samtun.directory.editing.form_widgets import (
    Data,
    QuietForm,
    choice_field,
    clock_field,
    day_field,
    line,
    lines,
    text_field,
    tick_field,
    ticks,
)
from samtun.directory.recurrence import WEEKDAYS as DAY_CODES

Choice = tuple[str, str]
_NAME = re.compile(r"(phones|contacts|places|hours|costs|documents)-(\d{1,4})-", re.ASCII)
_WEEKS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "-1": -1}  # of the month
_EVERY = [
    ("week", _("Every week")),
    ("second_week", _("Every second week")),
    ("1", _("The first in the month")),
    ("2", _("The second in the month")),
    ("3", _("The third in the month")),
    ("4", _("The fourth in the month")),
    ("5", _("The fifth in the month")),
    ("-1", _("The last in the month")),
]


class Row(QuietForm):
    """One row. `id` is the part's own, kept through every change; a new one has none."""

    first = ""  # the box to begin in
    counts: tuple[str, ...] = ()  # the boxes that make a row more than an empty one
    keeps: tuple[str, ...] = ()  # the parts of the document that are text as it was typed

    id = forms.CharField(widget=forms.HiddenInput())
    row = forms.CharField(widget=forms.HiddenInput(), initial="1")  # it is there, though empty

    @property
    def at(self) -> str:
        """Which row of its kind it is."""
        return str(self.prefix).rsplit("-", 1)[-1]

    @property
    def boxes(self) -> dict[str, BoundField]:
        """The boxes by name, for templates: a row has a number of its own."""
        return {name: self[name] for name in self.fields}

    def has_something(self) -> bool:
        """Whether anything was written in it."""
        return any(self.typed(name) not in (None, "", []) for name in self.counts)

    def part(self) -> dict[str, Any]:
        """What the document gets of it, not looked at yet."""
        return {"id": self.text("id") or None} | {name: self.text(name) for name in self.keeps}


class PhoneRow(Row):
    """A number and what it is for."""

    first = "number"
    counts = keeps = ("number", "description")
    number = text_field(_("Number"), line("tel"))
    description = text_field(_("What for, and when"))


class ContactRow(Row):
    """Somebody to turn to."""

    first = "name"
    counts = keeps = ("name", "title", "phone", "email")
    name = text_field(_("Name"))
    title = text_field(_("Title"))
    phone = text_field(_("Phone"), line("tel"))
    email = text_field(_("E-mail"), line("email"))


class PlaceRow(Row):
    """Where help is given: a place that is known, or an address to write."""

    first = "location"
    counts = ("location", "name", "address_1", "postal_code", "city", "transportation")
    keeps = ("name", "address_1", "postal_code", "city", "transportation", "accessibility")
    location = choice_field(_("Place"))
    was = forms.CharField(widget=forms.HiddenInput())  # the place whose address the boxes show
    name = text_field(_("Name"))
    address_1 = text_field(_("Address"))
    postal_code = text_field(_("Postal code"), line(inputmode="numeric"))
    city = text_field(_("Town"))
    transportation = text_field(_("How to get there"), lines(2))
    accessibility = text_field(_("What it is like for those who walk, see or hear badly"), lines(2))
    is_confidential = tick_field(_("The address is secret. It is never shown."))
    for_all = tick_field(_("Change it for every offer that is given there"))

    def __init__(self, data: Data | None, *, prefix: str, places: tuple[Choice, ...] = ()) -> None:
        """`places` that can be chosen."""
        super().__init__(data, prefix=prefix)
        self.fields["location"].choices = [("", _("A new address")), *places]  # type: ignore[attr-defined]

    @property
    def is_known(self) -> bool:
        """Whether it is a place that other offers may share."""
        return bool(self.text("location"))

    def part(self) -> dict[str, Any]:
        """A chosen place is named by its identifier."""
        return super().part() | {
            "location": self.text("location") or None,
            "is_confidential": bool(self.typed("is_confidential")),
            "for_all": bool(self.text("for_all")),
        }


class HoursRow(Row):
    """When it is open, without the words of RFC 5545.

    `words`: a rule that is beyond these boxes; it is shown as it reads, and kept.
    """

    first = "every"
    counts = ("days", "opens_at", "closes_at", "description", "words")
    keeps = ("opens_at", "closes_at", "valid_from", "valid_to", "description", "words")
    days = forms.MultipleChoiceField(label=_("Days"), widget=ticks())
    every = choice_field(_("How often"), _EVERY)
    opens_at = clock_field(_("From"))
    closes_at = clock_field(_("To"))
    valid_from = day_field(_("First day"))
    valid_to = day_field(_("Last day"))
    place = choice_field(_("Where"))
    description = text_field(_("More about it"))
    words = forms.CharField(widget=forms.HiddenInput())

    def __init__(self, data: Data | None, *, prefix: str, places: tuple[Choice, ...] = ()) -> None:
        """`places` of this offer, by the number of their row."""
        super().__init__(data, prefix=prefix)
        days = [(code, capfirst(str(WEEKDAYS[at]))) for at, code in enumerate(DAY_CODES)]
        self.fields["days"].choices = days  # type: ignore[attr-defined]  # in the reader's language
        self.fields["place"].choices = [("", _("Everywhere")), *places]  # type: ignore[attr-defined]

    @property
    def said_in_words(self) -> str:
        """The rule that is beyond the boxes."""
        return self.text("words")

    @property
    def has_season(self) -> bool:
        """Whether there is more to it than days and times."""
        more = ("valid_from", "valid_to", "description")
        return any(self.text(name) for name in more) or not self.errors.keys().isdisjoint(more)

    def part(self) -> dict[str, Any]:
        """`place` is still the number of a row."""
        every = self.text("every") or "week"
        return super().part() | {
            "days": list(self.typed("days") or []),
            "every": "month" if every in _WEEKS else every,
            "week": _WEEKS.get(every),
            "place": self.text("place"),
        }


class CostRow(Row):
    """A price."""

    first = "option"
    counts = keeps = ("option", "amount", "description")
    option = text_field(_("What for"))
    amount = text_field(_("Kroner"), line(inputmode="decimal"))
    description = text_field(_("More about it"))


class DocumentRow(Row):
    """What to bring or send."""

    first = "document"
    counts = keeps = ("document", "uri")
    document = text_field(_("What"))
    uri = text_field(_("Where to find it on the web"), line("url"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row: its form, how many there may be, and what its button says."""

    key: str
    form: type[Row]
    most: int
    name: Promise
    add: Promise

    @property
    def template(self) -> str:
        """What draws the boxes of a row."""
        return f"directory/form/_row_{self.key}.html"


KINDS = {
    kind.key: kind
    for kind in (
        Kind("phones", PhoneRow, 20, _("Phone"), _("Add a phone number")),
        Kind("contacts", ContactRow, 20, _("Contact person"), _("Add a contact person")),
        Kind("places", PlaceRow, 20, _("Place"), _("Add a place")),
        Kind("hours", HoursRow, 28, _("Opening hours"), _("Add opening hours")),
        Kind("costs", CostRow, 20, _("Price"), _("Add a price")),
        Kind("documents", DocumentRow, 20, _("Document"), _("Add a document")),
    )
}


@dataclass(slots=True)
class Rows:
    """All rows of one kind, in the order of their numbers."""

    kind: Kind
    forms: list[Row]
    blank: Row  # for the page to copy; its number is `__n__`
    most: int
    had: str  # how many the offer had when the page was first shown
    were_too_many: bool = False

    @property
    def add_id(self) -> str:
        """The identifier of the button that adds one."""
        return f"add-{self.kind.key}"

    @property
    def used(self) -> list[Row]:
        """Rows in which something was written."""
        return [form for form in self.forms if form.has_something()]


def rows_of(key: str, data: Data, extra: dict[str, Any]) -> Rows:
    """The rows of kind `key` that `data` holds; more than there may be are left out, and said."""
    kind = KINDS[key]
    found = numbers_of(key, data)
    most = most_of(data, key)
    made = [kind.form(data, prefix=f"{key}-{number}", **extra) for number in found[:most]]
    blank = kind.form(None, prefix=f"{key}-__n__", **extra)
    had = data.get(f"had-{key}") or "0"
    return Rows(kind, made, blank, most, had, were_too_many=len(found) > most)


def most_of(data: Data, key: str) -> int:
    """How many rows there may be: never fewer than the offer had."""
    had = data.get(f"had-{key}") or ""
    had_rows = int(had) if had.isascii() and had.isdigit() and len(had) < 4 else 0
    return max(KINDS[key].most, min(had_rows, MOST[key]))


def numbers_of(key: str, data: Data) -> list[int]:
    """The numbers of the rows of kind `key`, in order."""
    found = {int(match[2]) for name in data if (match := _NAME.match(name)) and match[1] == key}
    return sorted(found)
