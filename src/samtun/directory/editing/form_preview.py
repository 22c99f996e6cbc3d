"""An offer as visitors will meet it, from what stands in its form, before anything is saved.

Shows less than the public page does: what the form says, in the same order and look.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from samtun.directory.editing.document import Document, Hours, Place, text_of
from samtun.directory.editing.form_choices import Choices
from samtun.directory.editing.form_facts import flat
from samtun.directory.recurrence import WEEKDAYS as DAY_CODES
from samtun.documents.blocks import Block, safe_url, text_blocks

_LONGEST = 20_000  # a text longer than this is shown without its lists and links


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with what to know about it."""

    name: str
    address: str
    directions: str
    accessibility: str


class Preview:
    """Reads a document for the template `directory/offer_preview.html`."""

    def __init__(self, document: Document, choices: Choices, language: str) -> None:
        """`language` to show it in; what is not written in it is shown in the original's."""
        self.document = document
        self.choices = choices
        self.language = language

    def _text(self, field: str) -> str:
        return text_of(self.document, field, self.language)

    def _prose(self, field: str) -> list[Block]:
        text = self._text(field)
        if len(text) > _LONGEST:
            span = {"text": text, "strong": False, "emphasis": False, "url": ""}
            return [{"kind": "paragraph", "items": [[span]]}]  # type: ignore[list-item]
        return text_blocks(text)

    @property
    def name(self) -> str:
        """What it is called."""
        return self._text("name")

    @property
    def summary(self) -> str:
        """One sentence."""
        return self._text("summary")

    @property
    def description(self) -> list[Block]:
        """What it is."""
        return self._prose("description")

    @property
    def next_step(self) -> list[Block]:
        """What to do first."""
        return self._prose("application_process")

    @property
    def alert(self) -> str:
        """What matters just now."""
        return self._text("alert")

    @property
    def provider(self) -> str:
        """Who gives it, and for whom by where they live."""
        names = self.choices.municipality_names
        covered = [names.get(number, number) for number in self.document["covers"]]
        area = _("The whole country") if self.document["covers_country"] else _listed(covered)
        given_by = dict(self.choices.organizations).get(self.document["organization"], "")
        return " · ".join(filter(None, (given_by, area)))

    @property
    def facts(self) -> Iterator[tuple[str, str]]:
        """Short answers, each with its question."""
        document = self.document
        answers = (
            (_("For whom"), self._text("eligibility_description")),
            (_("Age"), self._ages()),
            (_("Price"), self._price()),
            (_("Waiting time"), self._text("wait_time")),
            (_("How you meet"), self._meetings()),
            (_("Languages"), _listed(self._labels(self.choices.spoken, document["languages"]))),
            (_("Interpreter"), self._text("interpretation_services")),
            (_("To bring"), _listed([one["document"] for one in document["documents"]])),
        )
        yield from ((question, answer) for question, answer in answers if answer)

    def _ages(self) -> str:
        youngest, oldest = self.document["minimum_age"], self.document["maximum_age"]
        if youngest is None and oldest is None:
            return ""
        return f"{youngest or 0}–{oldest}" if oldest is not None else f"{youngest}+"

    def _price(self) -> str:
        free = [_("Free")] if self.document["is_free"] else []
        prices = [
            " ".join(filter(None, (one["option"], f"{amount} kr" if amount else "")))
            for one in self.document["costs"]
            for amount in [(one["amount"] or "").removesuffix(".00")]
        ]
        return ". ".join(filter(None, [*free, self._text("fees_description"), *prices]))

    def _meetings(self) -> str:
        ways = (("meets_in_person", _("In person")), ("meets_by_phone", _("By phone")),
                ("meets_online", _("Online")))  # fmt: skip
        return _listed([name for key, name in ways if self.document[key]])  # type: ignore[literal-required]

    @property
    def phones(self) -> list[tuple[str, str]]:
        """Numbers and what they are for."""
        return [(one["number"], one["description"]) for one in self.document["phones"]]

    @property
    def url(self) -> str:
        """Its page, when it can be gone to."""
        return safe_url(self.document["url"])

    @property
    def places(self) -> list[Spot]:
        """Where it is given; a secret address is not shown here either."""
        shown = [place for place in self.document["places"] if not place["is_confidential"]]
        return [_spot(place) for place in shown]

    @property
    def has_secret_place(self) -> bool:
        """Whether it is given somewhere that is never shown."""
        return any(place["is_confidential"] for place in self.document["places"])

    @property
    def hours(self) -> list[str]:
        """When, a line for each."""
        return [line for each in self.document["hours"] if (line := hours_line(each))]

    @property
    def labels(self) -> list[str]:
        """What it helps with, and in which life situations."""
        needs = self._labels(flat(self.choices.needs), self.document["needs"])
        groups = self._labels(flat(self.choices.target_groups), self.document["target_groups"])
        return needs + groups

    @staticmethod
    def _labels(
        known: "list[tuple[str, str]] | tuple[tuple[str, str], ...]", codes: list[str]
    ) -> list[str]:
        chosen = set(codes)
        return [label for code, label in known if code in chosen]


def _spot(place: Place) -> Spot:
    town = " ".join(filter(None, (place["postal_code"], place["city"])))
    address = ", ".join(filter(None, (place["address_1"], town)))
    return Spot(place["name"], address, place["transportation"], place["accessibility"])


def hours_line(hours: Hours) -> str:
    """`Tuesday and Thursday 10:00–14:00, every second week`."""
    if hours["words"]:
        return hours["words"]
    days = _listed([str(WEEKDAYS[DAY_CODES.index(day)]) for day in hours["days"]])
    opens, closes = hours["opens_at"], hours["closes_at"]
    times = "–".join(filter(None, (opens, closes)))
    if opens == closes == "00:00":
        times = _("day and night")
    said = " ".join(filter(None, (days, times)))
    parts = (said, _how_often(hours) if days else "", hours["description"])
    line = ", ".join(filter(None, parts))
    return line[:1].upper() + line[1:]


def _how_often(hours: Hours) -> str:
    if hours["every"] == "second_week":
        return _("every second week")
    if hours["every"] != "month":
        return ""
    weeks = {
        1: _("the first in the month"),
        2: _("the second in the month"),
        3: _("the third in the month"),
        4: _("the fourth in the month"),
        5: _("the fifth in the month"),
        -1: _("the last in the month"),
    }
    return weeks.get(hours["week"] or 0, "")


def _listed(items: list[str]) -> str:
    named = [item for item in items if item]
    if len(named) < 2:
        return "".join(named)
    return _("%(some)s and %(last)s") % {"some": ", ".join(named[:-1]), "last": named[-1]}
