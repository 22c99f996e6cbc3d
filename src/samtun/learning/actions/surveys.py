"""Mapping of needs: made for a plan, answered by nobody in particular.

What has been asked stays as it was asked: once somebody has answered, questions and groups can no
longer be changed, only the text above them and the last day.
"""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.learning.enums import SurveyKind, SurveyPhase
from samtun.learning.errors import LearningError
from samtun.learning.models import Plan, Survey, SurveyGroup, SurveyResponse
from samtun.learning.queries.surveys import is_answered, is_closed, is_open
from samtun.organisations.models import Organization
from samtun.people import audit
from samtun.people.models import User

MOST_QUESTIONS = 20
MOST_GROUPS = 100
LONGEST_TEXT = 600
LOWEST, HIGHEST = 1, 5


class SurveyError(LearningError):
    """Nothing was changed; says why."""


class AnotherGroupError(SurveyError):
    """The same answers were sent for another group already."""

    def __init__(self) -> None:
        super().__init__(_("These answers were sent for another group. Load the page again."))


class Question(TypedDict):
    """What is asked; `options` only where one chooses between some."""

    key: str
    kind: str
    text: dict[str, str]  # by language
    options: list[dict[str, Any]]  # {"key", "text": {language: text}}


class Group(TypedDict):
    """Who is asked together; without `id` a new one."""

    id: UUID | None
    title: str
    unit: Organization | None
    asked: int | None


@transaction.atomic
def make(
    *,
    plan: Plan,
    title: str,
    questions: Sequence[Question],
    opens_on: date,
    closes_on: date,
    by: User,
) -> Survey:
    """A mapping before the plan, without groups yet."""
    made = Survey.objects.create(
        plan=plan, title=title, language=plan.language, questions=list(questions),
        opens_on=opens_on, closes_on=closes_on, made_by=by,
    )  # fmt: skip
    audit.record("survey.made", by=by, about=plan, details={"survey": str(made.pk)})
    return made


@transaction.atomic
def save(
    *,
    survey: Survey,
    title: str,
    introduction: str,
    opens_on: date,
    closes_on: date,
    questions: Sequence[Question],
    groups: Sequence[Group],
    by: User,
) -> None:
    """Write it as given; `groups` are all there are to be.

    Raises:
        SurveyError: somebody has answered, and questions or groups would be others; or it has
            closed, and would be open again.
    """
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    _hold_what_was_asked(survey, questions, groups)
    _stay_closed(survey, closes_on)
    survey.title, survey.introduction = title, introduction
    survey.opens_on, survey.closes_on = opens_on, closes_on
    survey.questions = list(questions)
    survey.save()
    if not is_answered(survey):
        _write_groups(survey, groups)
    audit.record("survey.changed", by=by, about=survey.plan, details={"survey": str(survey.pk)})


def _hold_what_was_asked(
    survey: Survey, questions: Sequence[Question], groups: Sequence[Group]
) -> None:
    if not is_answered(survey):
        return
    kept = set(survey.groups.values_list("pk", flat=True))
    if list(questions) != survey.questions or {group["id"] for group in groups} != kept:
        raise SurveyError(_("Somebody has answered, so the questions and groups stay as they are."))


def _stay_closed(survey: Survey, closes_on: date) -> None:
    """Once answers have been told, one more could be read off the difference."""
    today = timezone.localdate()
    if is_closed(survey, today) and closes_on >= today and is_answered(survey):
        raise SurveyError(
            _("The answers have been shown, so it stays closed. You can ask the same again.")
        )


def _write_groups(survey: Survey, groups: Sequence[Group]) -> None:
    kept = [group["id"] for group in groups if group["id"]]
    survey.groups.exclude(pk__in=kept).delete()
    for group in groups:
        unit = group["unit"]
        values = {
            "title": group["title"],
            "unit": unit,
            "municipality": unit.municipality if unit else None,
            "asked": group["asked"],
        }
        if group["id"]:
            survey.groups.filter(pk=group["id"]).update(**values)
        else:
            SurveyGroup.objects.create(survey=survey, **values)


@transaction.atomic
def make_after(*, before: Survey, title: str, opens_on: date, closes_on: date, by: User) -> Survey:
    """The same questions to the same groups again, with new links.

    Raises:
        SurveyError: `before` is itself one that is asked afterwards.
    """
    if before.phase != SurveyPhase.BEFORE:
        raise SurveyError(_("Ask again from the mapping that was made before."))
    made = Survey.objects.create(
        plan=before.plan, phase=SurveyPhase.AFTER, before=before, title=title,
        language=before.language, introduction=before.introduction, questions=before.questions,
        opens_on=opens_on, closes_on=closes_on, made_by=by,
    )  # fmt: skip
    for group in before.groups.order_by("title", "pk"):
        SurveyGroup.objects.create(
            survey=made, title=group.title, unit=group.unit,
            municipality=group.municipality, asked=group.asked,
        )  # fmt: skip
    audit.record("survey.made", by=by, about=before.plan, details={"survey": str(made.pk)})
    return made


@transaction.atomic
def answer(*, group: SurveyGroup, answers: dict[str, Any], key: UUID, today: date) -> bool:
    """Keep one set of answers; whether it is new. The same `key` again is the same answers.

    `answers` is cleaned: what does not fit a question is left out. Nothing tells who or when.

    Raises:
        SurveyError: it is not open, or nothing was answered.
        AnotherGroupError: `key` is that of answers for another group.
    """
    survey = Survey.objects.select_for_update(no_key=True).filter(pk=group.survey_id).first()
    if survey is None or not is_open(survey, today):
        raise SurveyError(_("This mapping is closed."))
    cleaned = cleaned_answers(survey.questions, answers)
    if not cleaned:
        raise SurveyError(_("Answer at least one question."))
    try:
        with transaction.atomic():
            SurveyResponse.objects.create(id=key, group=group, answers=cleaned)
    except IntegrityError as error:
        if SurveyResponse.objects.filter(pk=key, group=group).exists():
            return False
        if SurveyResponse.objects.filter(pk=key).exists():
            raise AnotherGroupError from error
        raise
    return True


def cleaned_answers(questions: Sequence[Question], answers: dict[str, Any]) -> dict[str, Any]:
    """What of `answers` fits `questions`, which may be anything a browser sent."""
    cleaned = {}
    for question in questions:
        value = _fitting(question, answers.get(question["key"]))
        if value not in (None, "", []):
            cleaned[question["key"]] = value
    return cleaned


def _fitting(question: Question, value: object) -> object:
    kind = question["kind"]
    if kind == SurveyKind.SCALE:
        is_step = isinstance(value, int) and not isinstance(value, bool)
        return value if is_step and LOWEST <= value <= HIGHEST else None  # type: ignore[operator]
    if kind == SurveyKind.TEXT:
        return value.replace("\x00", "").strip()[:LONGEST_TEXT] if isinstance(value, str) else None
    known = [option["key"] for option in question["options"]]
    if kind == SurveyKind.ONE:
        return value if value in known else None
    return [key for key in known if key in value] if isinstance(value, list) else None


def new_key() -> str:
    """A mark for a question or an option that is not there yet."""
    return secrets.token_hex(4)
