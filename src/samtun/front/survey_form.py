"""The questions of a mapping, as a form; it validates and saves nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from samtun.learning.actions.surveys import Question, cleaned_answers
from samtun.learning.enums import SurveyKind
from samtun.organisations.texts import Text, in_language

KEY = "nokkel"


class SurveyForm:
    """Every question may be left out; what was chosen stays when something else is wrong."""

    def __init__(
        self, questions: Sequence[Question], language: str, data: QueryDict | None
    ) -> None:
        given = _given(questions, data) if data is not None else {}
        self.answers = cleaned_answers(questions, given)
        self.key = _key(data)
        self.questions = [
            _drawn(question, number, language, self.answers)
            for number, question in enumerate(questions, start=1)
        ]

    def renew_key(self) -> None:
        """What is sent next is other answers."""
        self.key = uuid4()


def _key(data: QueryDict | None) -> UUID:
    """The same form sent twice is one set of answers."""
    try:
        return UUID(data.get(KEY, "") if data else "")
    except ValueError:
        return uuid4()


def _given(questions: Sequence[Question], data: QueryDict) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for question in questions:
        name = question["key"]
        if question["kind"] == SurveyKind.MANY:
            given[name] = data.getlist(name)
        elif question["kind"] == SurveyKind.SCALE:
            text = data.get(name, "")
            given[name] = int(text) if text in {"1", "2", "3", "4", "5"} else None
        else:
            given[name] = data.get(name, "")
    return given


def _drawn(
    question: Question, number: int, language: str, answers: dict[str, Any]
) -> dict[str, Any]:
    """What the template draws: a set of boxes, or a field."""
    chosen = answers.get(question["key"])
    picked = {str(one) for one in (chosen if isinstance(chosen, list) else [chosen])}
    return {
        "key": question["key"],
        "number": number,
        "kind": question["kind"],
        "text": in_language(question["text"], language),
        "value": chosen if question["kind"] == SurveyKind.TEXT else "",
        "options": [
            {"value": value, "text": text, "is_chosen": value in picked}
            for value, text in _options(question, language)
        ],
    }


def _options(question: Question, language: str) -> list[tuple[str, Text | str]]:
    if question["kind"] == SurveyKind.SCALE:
        ends = {1: _("1 – does not fit at all"), 5: _("5 – fits very well")}
        return [(str(step), ends.get(step, str(step))) for step in range(1, 6)]
    return [(one["key"], in_language(one["text"], language)) for one in question["options"]]
