"""The form of a mapping: texts, days, questions row by row, and who is asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.desk.people.forms import Plain, _day
from samtun.learning.actions import surveys
from samtun.learning.actions.surveys import Group, Question
from samtun.learning.enums import SurveyKind
from samtun.learning.models import Survey
from samtun.organisations.models import Organization
from samtun.organisations.texts import in_language
from samtun.people.models import User

_CHOSEN = (SurveyKind.ONE, SurveyKind.MANY)
_EMPTY_QUESTIONS, _EMPTY_GROUPS = 1, 2
_MOST_OPTIONS = 12


class SurveyForm(Plain):
    """What stands above the questions, and when one can answer."""

    title = forms.CharField(label=_("Title"), max_length=200)
    introduction = forms.CharField(
        label=_("What those who answer should know"),
        help_text=_("Why you ask, and what happens with the answers."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opens_on = _day(_("First day"), required=True)
    closes_on = _day(
        _("Last day"), required=True, help_text=_("The answers are shown the day after.")
    )

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first."""
        given = super().clean() or {}
        first, last = given.get("opens_on"), given.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", gettext("The last day must come after the first."))
        return given


class Rows:
    """The questions and groups as they were typed; what is wrong is said at its row."""

    def __init__(self, survey: Survey, units: Sequence[Organization]) -> None:
        self.survey, self.units = survey, {str(unit.pk): unit for unit in units}
        self.questions: list[dict[str, Any]] = []
        self.groups: list[dict[str, Any]] = []

    def of_survey(self) -> "Rows":
        """As the mapping is now."""
        language = self.survey.language
        self.questions = [_row_of(question, language) for question in self.survey.questions]
        self.groups = [
            {
                "id": str(group.pk),
                "title": group.title,
                "unit": str(group.unit_id or ""),
                "asked": "" if group.asked is None else str(group.asked),
            }
            for group in self.survey.groups.order_by("title", "pk")
        ]
        return self._with_empty()

    def of_post(self, data: QueryDict) -> "Rows":
        """As they were sent; rows beyond the bounds are left out."""
        self.questions = _sent(data, "q", ("key", "kind", "text", "options"))
        self.groups = _sent(data, "g", ("id", "title", "unit", "asked"))
        for row in self.questions:
            row["error"] = _question_error(row)
        for row in self.groups:
            row["error"] = _group_error(row, self.units)
        return self

    def _with_empty(self) -> "Rows":
        blank = {"key": "", "kind": SurveyKind.SCALE.value, "text": "", "options": ""}
        self.questions += [dict(blank) for _ in range(_EMPTY_QUESTIONS)]
        group = {"id": "", "title": "", "unit": "", "asked": ""}
        self.groups += [dict(group) for _ in range(_EMPTY_GROUPS)]
        return self

    @property
    def is_right(self) -> bool:
        """Whether every row can be kept."""
        return not any(row.get("error") for row in (*self.questions, *self.groups))

    def wanted_questions(self) -> list[Question]:
        """Those with a text, in the order of the rows; other languages of unchanged texts stay."""
        known = {question["key"]: question for question in self.survey.questions}
        return [
            _question_of(row, known.get(row["key"]), self.survey.language)
            for row in self.questions
            if row["text"]
        ]

    def wanted_groups(self) -> list[Group]:
        """Those with a title."""
        return [
            {
                "id": _uuid(row["id"]),
                "title": row["title"],
                "unit": self.units.get(row["unit"]),
                "asked": int(row["asked"]) if row["asked"] else None,
            }
            for row in self.groups
            if row["title"]
        ]

    def save(self, given: dict[str, Any], *, by: User) -> None:
        """Write the mapping with what a valid `SurveyForm` gave.

        Raises:
            SurveyError: somebody has answered, and questions or groups would be others.
        """
        surveys.save(
            survey=self.survey,
            title=given["title"],
            introduction=given["introduction"],
            opens_on=given["opens_on"],
            closes_on=given["closes_on"],
            questions=self.wanted_questions(),
            groups=self.wanted_groups(),
            by=by,
        )


def _row_of(question: Question, language: str) -> dict[str, Any]:
    options = [in_language(one["text"], language).value for one in question["options"]]
    return {
        "key": question["key"],
        "kind": question["kind"],
        "text": in_language(question["text"], language).value,
        "options": "\n".join(options),
    }


def _sent(data: QueryDict, prefix: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """Rows of fields called `q1-text` and so on."""
    most = surveys.MOST_QUESTIONS if prefix == "q" else surveys.MOST_GROUPS
    rows = []
    for number in range(1, most + 1):
        if f"{prefix}{number}-{names[1]}" not in data:
            break
        row = {name: data.get(f"{prefix}{number}-{name}", "") for name in names}
        rows.append({name: _plain(text) for name, text in row.items()})
    return rows


def _plain(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def _question_error(row: Mapping[str, str]) -> str:
    if not row["text"]:
        return ""
    if row["kind"] not in SurveyKind.values:
        return gettext("Choose how the question is answered.")
    if row["kind"] in _CHOSEN and not 2 <= len(_lines(row["options"])) <= _MOST_OPTIONS:
        return gettext("Write at least two answers to choose from, one a line.")
    return ""


def _group_error(row: Mapping[str, str], units: Mapping[str, Organization]) -> str:
    if not row["title"]:
        return ""
    if row["unit"] and row["unit"] not in units:
        return gettext("Choose a unit from the list.")
    asked = row["asked"]
    if asked and not (asked.isascii() and asked.isdigit() and 1 <= int(asked) <= 100_000):
        return gettext("How many are asked is a whole number.")
    return ""


def _lines(text: str) -> list[str]:
    return [line.strip()[:200] for line in text.splitlines() if line.strip()]


def _question_of(row: Mapping[str, str], known: Question | None, language: str) -> Question:
    """What the row says; texts in other languages stay while this one is as it was."""
    if known and _row_of(known, language) == {key: row[key] for key in _row_of(known, language)}:
        return known
    lines = _lines(row["options"]) if row["kind"] in _CHOSEN else []
    return {
        "key": row["key"] or surveys.new_key(),
        "kind": row["kind"],
        "text": {language: row["text"][:300]},
        "options": [{"key": surveys.new_key(), "text": {language: line}} for line in lines],
    }


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def initial(survey: Survey) -> dict[str, str | date]:
    """The form as the mapping is now."""
    return {
        "title": survey.title,
        "introduction": survey.introduction,
        "opens_on": survey.opens_on,
        "closes_on": survey.closes_on,
    }
