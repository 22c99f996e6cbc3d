"""What those who sign up are asked: a fixed few, each with a reason that they can read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.directory.editing.form_widgets import Data
from samtun.events.enums import QuestionKind
from samtun.organisations.enums import Language

LONGEST = 200
_EXAMPLES = {
    QuestionKind.AGES: _("Example: So that we have something for every age."),
    QuestionKind.ALLERGIES: _("Example: We serve food."),
    QuestionKind.INTERPRETER: _("Example: So that we can order one in time."),
    QuestionKind.ACCESS: _("Example: So that the room fits you."),
    QuestionKind.OTHER: _("Example: So that we talk about what matters to you."),
}


@dataclass(frozen=True, slots=True)
class Box:
    """A box in one language."""

    name: str
    id: str
    language: str
    language_name: str
    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of question, asked or not."""

    kind: QuestionKind
    is_asked: bool
    is_required: bool
    whys: list[Box]
    labels: list[Box]  # only of a question in one's own words
    error: str = ""

    @property
    def name(self) -> str:
        """What it asks about."""
        return str(self.kind.label)

    @property
    def example(self) -> str:
        """A reason, to show what one looks like."""
        return str(_EXAMPLES[self.kind])


class Questions:
    """All kinds, as they were typed."""

    def __init__(self, data: Data, languages: Sequence[str]) -> None:
        """`languages`: those that the event is written in, the original first."""
        self.all = [_read(kind, data, languages) for kind in QuestionKind]

    @property
    def any_asked(self) -> bool:
        """Whether something is asked."""
        return any(each.is_asked for each in self.all)

    def check(self) -> None:
        """A question without a reason is not asked."""
        self.all = [_checked(each) if each.is_asked else each for each in self.all]

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """Anchor, label and message of what is wrong."""
        for each in self.all:
            if each.error:
                boxes = each.labels if each.labels and not each.labels[0].value else each.whys
                yield boxes[0].id, each.name, each.error

    def values(self) -> list[dict[str, Any]]:
        """As the event keeps them."""
        return [
            {
                "kind": str(each.kind),
                "label": _texts(each.labels),
                "why": _texts(each.whys),
                "is_required": each.is_required,
            }
            for each in self.all
            if each.is_asked
        ]


def _read(kind: QuestionKind, data: Data, languages: Sequence[str]) -> Question:
    whys = [_box(kind, "why", each, data) for each in languages]
    labels = [_box(kind, "label", each, data) for each in languages]
    return Question(
        kind=kind,
        is_asked=bool(data.get(f"q-{kind}")),
        is_required=bool(data.get(f"q-{kind}-required")),
        whys=whys,
        labels=labels if kind == QuestionKind.OTHER else [],
    )


def _box(kind: QuestionKind, what: str, language: str, data: Data) -> Box:
    name = f"q-{kind}-{what}-{language}"
    text = (data.get(name) or "").strip()
    return Box(name, f"id_{name}", language, str(Language(language).label), text)


def _checked(question: Question) -> Question:
    error = ""
    if question.labels and not question.labels[0].value:
        error = gettext("Write the question.")
    elif not question.whys[0].value:
        error = gettext("Say why you ask. People see it beside the question.")
    elif any(len(each.value) > LONGEST for each in (*question.whys, *question.labels)):
        error = gettext("At most %(most)s characters.") % {"most": LONGEST}
    return Question(
        question.kind,
        question.is_asked,
        question.is_required,
        question.whys,
        question.labels,
        error,
    )


def _texts(boxes: Sequence[Box]) -> dict[str, str]:
    return {each.language: each.value for each in boxes if each.value}


def fields_of(questions: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """The fields that show stored `questions`."""
    for each in questions:
        kind = each.get("kind", "")
        yield f"q-{kind}", "on"
        if each.get("is_required"):
            yield f"q-{kind}-required", "on"
        for what in ("why", "label"):
            for language, text in (each.get(what) or {}).items():
                yield f"q-{kind}-{what}-{language}", str(text)
