"""The form of an offer: one for the desk, and for a keeper who has only a letter.

How to use it
-------------
Everything is drawn from *data*: the fields as they were typed (`Data`, a `MultiValueDict`).

    choices = choices_for(person, document, language)        # the desk
    choices = choices_for_keeper(document, language)         # a keeper without account

    # A page that was asked for: the offer as it is.
    form = OfferForm(data_of(document), choices, document=document, checked=False)

    # A page that was sent.
    data = typed(request.POST)
    if pressed(data) in SAVING:                              # "save", "publish" …
        form = OfferForm(data, choices, document=document)
        if form.is_valid():
            actions.save(document=form.document(), …)  # Invalid: form.refuse(error.errors)
    else:                                                    # a button that changes the page only
        changed = after_button(data)
        form = OfferForm(changed.data, choices, document=document, checked=False,
                         focus=changed.focus)

    {% include "directory/offer_form.html" with form=form %} # inside your own <form method="post">

`for_keeper=True` leaves out what only the desk decides (organisation, keeper, dates, words to
search for); those stay as they are in `document`. The `<form>` tag, the CSRF token (where there is
one) and the saving buttons belong to the page. The page needs `samtun/build/desk.css`, and
`samtun/build/desk.js` for rows without reloading.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext

from samtun.directory.editing.cleaning import cleaned, errors_of
from samtun.directory.editing.document import Document
from samtun.directory.editing.form_boxes import Boxes, boxes
from samtun.directory.editing.form_buttons import after_button, pressed
from samtun.directory.editing.form_choices import Choices, choices_for, choices_for_keeper
from samtun.directory.editing.form_data import data_of
from samtun.directory.editing.form_facts import FactsForm
from samtun.directory.editing.form_rows import KINDS, Row, Rows, most_of, numbers_of, rows_of
from samtun.directory.editing.form_texts import TEXT_FIELDS, TextRow, TextsForm, text_row
from samtun.directory.editing.form_widgets import Data, QuietForm
from samtun.directory.enums import PUBLIC_STATUSES, ServiceStatus
from samtun.organisations.enums import Language

__all__ = [
    "Choices",
    "Data",
    "OfferForm",
    "after_button",
    "choices_for",
    "choices_for_keeper",
    "data_of",
    "pressed",
    "typed",
]

# Where a box is called something else than what it is about.
_BOX_OF = {"languages": "spoken", "week": "every"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MEANS_NOTHING = frozenset({"csrfmiddlewaretoken"})


def typed(fields: Data) -> Data:
    """What was sent, without control characters, and with one way to end a line."""
    data = Data()
    for name in fields:
        if name not in _MEANS_NOTHING:
            data.setlist(name, [_tidied(value) for value in fields.getlist(name)])
    return data


def _tidied(value: str) -> str:
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right: the box it stands at, what the box is called, what is wrong."""

    anchor: str
    label: str
    message: str


class OfferForm:
    """The whole form, read from `data`; see the module for how to use it."""

    def __init__(
        self,
        data: Data,
        choices: Choices,
        *,
        document: Document,
        checked: bool = True,
        for_keeper: bool = False,
        focus: str = "",
    ) -> None:
        """`document`: the offer as it is; what the form does not show stays as it is there."""
        self.data = _with_chosen_places(data, choices)
        self.choices = choices
        self.base = document
        self.for_keeper = for_keeper
        self.facts = FactsForm(self.data, choices, for_keeper=for_keeper)
        self.original = self._original()
        self.languages = self._languages()
        self.texts = [
            TextsForm(each, self.data, is_original=each == self.original) for each in self.languages
        ]
        self.rows = {key: self._rows(key) for key in KINDS}
        self.focus = focus
        self.problems: list[Problem] = []
        self._document, found = cleaned(self._said(), document)
        if checked:
            self._note_too_many()
            self.refuse(errors_of(found.found, cleaned(document, document)[1].found))
        else:
            self._forget_errors()
        self._begin_in(focus)

    def _original(self) -> str:
        language = self.base["language"] if self.for_keeper else self.data.get("language")
        return language if language in Language.values else str(Language.BOKMAL)

    def _languages(self) -> list[str]:
        """The original first, then those that are shown."""
        shown = {*self.data.getlist("in_language")} or {Language.BOKMAL, Language.NYNORSK}
        others = [each for each in Language.values if each in shown and each != self.original]
        return [self.original, *others]

    def _rows(self, key: str) -> Rows:
        extra: dict[str, Any] = {}
        if key == "places":
            extra = {"places": self.choices.places}
        elif key == "hours":
            extra = {"places": tuple(self._places_by_number())}
        return rows_of(key, self.data, extra)

    def _places_by_number(self) -> Iterator[tuple[str, str]]:
        known = dict(self.choices.places)
        for number in numbers_of("places", self.data)[: most_of(self.data, "places")]:
            before = f"places-{number}-"
            name = known.get(self.data.get(f"{before}location") or "")
            name = name or self.data.get(f"{before}name") or self.data.get(f"{before}address_1")
            yield str(number), name or gettext("Place %(number)s") % {"number": number + 1}

    def _forms(self) -> Iterator[QuietForm]:
        yield self.facts
        yield from self.texts
        for rows in self.rows.values():
            yield from rows.forms

    def _begin_in(self, identifier: str) -> None:
        """Let the page begin in the box `identifier`."""
        for form in self._forms() if identifier else ():
            for field in form:
                if identifier in (field.id_for_label, field.auto_id):
                    field.field.widget.attrs["autofocus"] = True

    # -- what it says -----------------------------------------------------------------------------

    def document(self) -> Document:
        """The offer as the form has it, in the right shape even where something is wrong."""
        return self._document

    def _said(self) -> dict[str, Any]:
        """The document as it was typed."""
        said = self.facts.said()
        if self.base["status"] in PUBLIC_STATUSES and "is_closed" in self.facts.fields:
            closed = self.facts.typed("is_closed")
            said["status"] = (
                ServiceStatus.TEMPORARILY_CLOSED if closed else ServiceStatus.ACTIVE
            ).value
        texts = dict(self.base["texts"])
        for form in self.texts:
            texts[form.language] = {field.key: form.text(field.key) for field in TEXT_FIELDS}
        return said | {"texts": texts} | self._parts()

    def _parts(self) -> dict[str, list[dict[str, Any]]]:
        """The rows in which something stands; hours name their place by where it stands."""
        parts = {key: [form.part() for form in rows.used] for key, rows in self.rows.items()}
        at = {form.at: position for position, form in enumerate(self.rows["places"].used)}
        for hours in parts["hours"]:
            hours["place"] = at.get(hours["place"])
        for place in parts["places"]:
            self._check_place(place)
        return parts

    def _check_place(self, place: dict[str, Any]) -> None:
        """Only a place that can be chosen; a keeper never changes what other offers share."""
        if place["location"] not in {None, *dict(self.choices.place_facts)}:
            place["location"] = None
        if self.for_keeper:
            place["for_all"] = False

    # -- what is wrong ----------------------------------------------------------------------------

    def is_valid(self) -> bool:
        """Whether all of it can be saved."""
        return not self.problems and not self.facts.errors

    def refuse(self, errors: dict[str, list[str]]) -> None:
        """Say what is wrong, at the box where there is one; `errors` as `Invalid` has them."""
        for path, messages in errors.items():
            form, name = self._box_at(path)
            if form:
                form.wrong(name, messages)
            else:
                self.problems += [Problem("", "", message) for message in messages]
        self.problems = [one for one in self.problems if not one.anchor] + list(self._at_boxes())

    def _box_at(self, path: str) -> tuple[QuietForm | None, str]:
        """The box of a part of the document: `url`, `texts.nb.name`, `phones.0.number`."""
        first, *rest = path.split(".")
        form: QuietForm | None = None
        name = _BOX_OF.get(rest[-1] if rest else first, rest[-1] if rest else first)
        if first == "texts" and len(rest) == 2:
            form = next((each for each in self.texts if each.language == rest[0]), None)
        elif first in self.rows and len(rest) == 2 and rest[0].isdigit():
            form = next(iter(self.rows[first].used[int(rest[0]) :]), None)
        elif not rest:
            form = self.facts
        return (form, name) if form and name in form.fields else (None, "")

    def _at_boxes(self) -> Iterator[Problem]:
        """What stands at the boxes, in the order of the page."""
        for form in self._forms():
            for field in form if form.errors else ():
                for message in field.errors:
                    anchor = field.id_for_label or str(field.auto_id)
                    yield Problem(anchor, self._label(form, field), str(message))

    def _label(self, form: QuietForm, field: BoundField) -> str:
        if isinstance(form, TextsForm):
            return f"{field.label} ({form.language_name})"
        if isinstance(form, Row):
            rows = next(each for each in self.rows.values() if form in each.forms)
            number = rows.forms.index(form) + 1
            return f"{rows.kind.name} {number}: {field.label}"
        return str(field.label)

    def _note_too_many(self) -> None:
        for rows in self.rows.values():
            if rows.were_too_many:
                said = gettext("There can be no more than %(count)s. The rest is left out.")
                message = said % {"count": len(rows.forms)}
                self.problems.append(Problem("", str(rows.kind.name), message))

    def _forget_errors(self) -> None:
        for form in self._forms():
            form.errors.clear()

    # -- what the page draws ----------------------------------------------------------------------

    @property
    def text_rows(self) -> dict[str, TextRow]:
        """Each text beside itself in the other languages, by its key."""
        return {field.key: text_row(field, self.texts) for field in TEXT_FIELDS}

    def anchor_of(self, path: str) -> str:
        """Where to go on the page for a part of the document, e.g. `texts.nb.name`, `phones`."""
        if path in self.rows:
            return f"add-{path}"
        form, name = self._box_at(path)
        box = form[name] if form else None
        return (box.id_for_label or str(box.auto_id)) if box else ""

    @property
    def languages_to_add(self) -> list[tuple[str, str]]:
        """Languages that are not shown yet."""
        return [(each.value, str(each.label)) for each in Language if each not in self.languages]

    @property
    def has_places(self) -> bool:
        """Whether hours can be told apart by place."""
        return bool(self.rows["places"].forms)

    @property
    def says_more(self) -> bool:
        """Whether there are other names, or something that matters just now."""
        more = ("alternate_name", "alert")
        written = any(form.text(key) or key in form.errors for form in self.texts for key in more)
        return written or bool(self.facts.text("keywords")) or "keywords" in self.facts.errors

    @property
    def copies(self) -> list[tuple[str, str]]:
        """Buttons that fill empty boxes: what the button sends, and what it says."""
        said = gettext("Copy to empty boxes: %(source)s → %(target)s")
        names = dict(Language.choices)
        return [
            (f"copy:{self.original}:{each}", said % {"source": source, "target": names[each]})
            for source in [names[self.original]]
            for each in self.languages
            if each != self.original
        ]

    @property
    def boxes(self) -> dict[str, Boxes]:
        """Boxes to tick, by the name of their field."""
        choices = self.choices
        return {
            "needs": boxes(self.facts["needs"], choices.needs),
            "target_groups": boxes(self.facts["target_groups"], choices.target_groups),
            "covers": boxes(self.facts["covers"], choices.municipalities),
            "spoken": boxes(self.facts["spoken"], choices.spoken),
        }


def _with_chosen_places(data: Data, choices: Choices) -> Data:
    """Where another place was chosen, the boxes of its row say what that place is like."""
    data = data.copy()
    for number in numbers_of("places", data):
        before = f"places-{number}-"
        chosen = data.get(f"{before}location") or ""
        facts = choices.place_facts.get(chosen)
        if facts and chosen != data.get(f"{before}was"):
            for key, value in facts.items():
                data[before + key] = ("on" if value else "") if isinstance(value, bool) else value
            data.pop(f"{before}for_all", None)
        data[f"{before}was"] = chosen
    return data
