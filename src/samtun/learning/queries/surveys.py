"""What mappings of needs show, and what they never show.

Answers are told when a mapping has closed: while it is open, each new answer could be read off the
difference. A figure is shown from five answers on; groups with fewer count together with others,
and only when those who are hidden are five or more, so that nobody can be worked out by taking
shown groups from the whole.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from samtun.learning.enums import SurveyKind
from samtun.learning.models import Employment, Plan, Survey, SurveyGroup, SurveyResponse
from samtun.learning.models.survey import SHOWN_FROM
from samtun.organisations.models import Organization
from samtun.organisations.texts import in_language
from samtun.people.grants import Person, grants_of
from samtun.people.rules import HOLDERS

STEPS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Bar:
    """How many chose something."""

    label: str
    count: int
    share: int  # per cent of those who answered the question


@dataclass(frozen=True, slots=True)
class Shown:
    """A question's answers in one group (or in all); `bars` is empty when there are too few."""

    count: int  # 0 when there are too few to say
    bars: tuple[Bar, ...]
    mean: float | None = None  # of a scale


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A question with what was answered, all together and group by group."""

    key: str
    kind: str
    text: str
    whole: Shown
    groups: tuple[tuple[str, Shown], ...]
    texts: tuple[str, ...]  # in no order, of nobody
    before: Shown | None = None  # the same question in the mapping before


@dataclass(frozen=True, slots=True)
class Result:
    """A closed mapping."""

    answered: int  # 0 when there are too few to say
    asked: int | None
    questions: tuple[QuestionResult, ...]


def is_open(survey: Survey, today: date) -> bool:
    """Whether one can answer on `today`."""
    return survey.opens_on <= today <= survey.closes_on


def is_closed(survey: Survey, today: date) -> bool:
    """Whether the last day has passed, so that answers are told."""
    return today > survey.closes_on


def is_answered(survey: Survey) -> bool:
    """Whether anybody has answered."""
    return SurveyResponse.objects.filter(group__survey=survey).exists()


def surveys_of(person: Person) -> QuerySet[Survey]:
    """Mappings of plans that `person` may see, the newest first, with how many have answered."""
    found = Survey.objects.filter(plan__in=plans_of(person)).select_related("plan")
    return found.annotate(answered=Count("groups__responses")).order_by("-opens_on", "pk")


def plans_of(person: Person) -> QuerySet[Plan]:
    """Plans (no templates) that `person` may see, by title; their region along."""
    reach = grants_of(person).reach(HOLDERS["learning.view_plan"])
    found = Plan.objects.filter(is_template=False, archived_at__isnull=True)
    if not reach.everything:
        found = found.filter(
            Q(region__in=reach.regions)
            | Q(municipality__in=reach.municipalities)
            | Q(adviser__in=reach.organizations)
            | Q(region__municipalities__in=reach.municipalities)
        ).distinct()
    return found.select_related("region", "municipality").order_by("title", "pk")


def units_of(plan: Plan) -> list[Organization]:
    """The units with employees in the municipalities that the plan is for, by name."""
    where = Q(municipality=plan.municipality_id)
    if plan.region_id:
        where = Q(municipality__regions=plan.region_id)
    working = Employment.objects.filter(unit=OuterRef("pk"), left_on__isnull=True)
    return list(Organization.objects.filter(where, Exists(working)).order_by("name", "pk"))


def group_called(code: str) -> SurveyGroup | None:
    """The group whose secret link has `code`."""
    return (
        SurveyGroup.objects.select_related("survey__plan", "unit")
        .filter(code=code[:32].replace("\x00", ""))
        .first()
    )


def result(survey: Survey, language: str) -> Result:
    """What was answered, in two queries, or four with the mapping before.

    Call only for one that `is_closed`.
    """
    answers = _answers(survey)
    earlier = _answers(survey.before) if survey.before else None
    questions = tuple(
        _question(question, answers, earlier, language) for question in survey.questions
    )
    count = sum(len(each) for _, each in answers)
    asked = list(survey.groups.values_list("asked", flat=True))
    return Result(
        count if count >= SHOWN_FROM else 0,
        None if None in asked or not asked else sum(n or 0 for n in asked),
        questions,
    )


_Answers = list[tuple[str, list[dict[str, Any]]]]


def _answers(survey: Survey) -> _Answers:
    """(group, its answers) by the groups' titles."""
    groups = list(survey.groups.order_by("title", "pk").values_list("pk", "title"))
    by_group: dict[Any, list[dict[str, Any]]] = {key: [] for key, _ in groups}
    rows = SurveyResponse.objects.filter(group__survey=survey).order_by("pk")
    for group, given in rows.values_list("group", "answers"):
        by_group[group].append(given)
    return [(title, by_group[key]) for key, title in groups]


def _question(
    question: dict[str, Any],
    answers: _Answers,
    earlier: _Answers | None,
    language: str,
) -> QuestionResult:
    key, kind = question["key"], question["kind"]
    by_group = _by_group(key, answers)
    whole = _whole(by_group)
    # As the earlier mapping's own page tells it, so that the two differ in nobody.
    before = None if earlier is None else _whole(_by_group(key, earlier))
    is_text = kind == SurveyKind.TEXT
    return QuestionResult(
        key=key,
        kind=kind,
        text=in_language(question["text"], language).value,
        whole=_shown(question, whole, language),
        groups=() if is_text else tuple(
            (title, _shown(question, each, language)) for title, each in by_group
        ),
        texts=_texts(whole) if is_text else (),
        before=None if before is None else _shown(question, before, language),
    )  # fmt: skip


def _by_group(key: str, answers: _Answers) -> list[tuple[str, list[Any]]]:
    return [(title, _given(key, each)) for title, each in answers]


def _whole(by_group: Sequence[tuple[str, list[Any]]]) -> list[Any]:
    """All answers to a question, without those of small groups that could be worked out."""
    hidden = sum(len(each) for _, each in by_group if 0 < len(each) < SHOWN_FROM)
    # Groups could be taken from the whole: then the whole leaves the hidden ones out.
    if 0 < hidden < SHOWN_FROM:
        return [value for _, each in by_group if len(each) >= SHOWN_FROM for value in each]
    return [value for _, each in by_group for value in each]


def _given(key: str, answers: Iterable[dict[str, Any]]) -> list[Any]:
    return [given[key] for given in answers if key in given]


def _texts(values: Sequence[str]) -> tuple[str, ...]:
    """In a new order each time: the order could tell who wrote."""
    if len(values) < SHOWN_FROM:
        return ()
    return tuple(secrets.SystemRandom().sample(values, len(values)))


def _shown(question: dict[str, Any], values: Sequence[Any], language: str) -> Shown:
    if len(values) < SHOWN_FROM:
        return Shown(0, ())
    if question["kind"] == SurveyKind.TEXT:
        return Shown(len(values), ())
    chosen = Counter(one for value in values for one in _chosen(value))
    bars = tuple(
        Bar(label, chosen[key], round(100 * chosen[key] / len(values)))
        for key, label in _labels(question, language)
    )
    is_scale = question["kind"] == SurveyKind.SCALE
    return Shown(len(values), bars, round(sum(values) / len(values), 1) if is_scale else None)


def _chosen(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _labels(question: dict[str, Any], language: str) -> list[tuple[str, str]]:
    if question["kind"] == SurveyKind.SCALE:
        return [(step, step) for step in STEPS]
    return [
        (option["key"], in_language(option["text"], language).value)
        for option in question["options"]
    ]
