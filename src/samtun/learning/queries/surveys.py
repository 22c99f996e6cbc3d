"""What mappings of needs show, and what they never show.

Answers are told when a mapping has closed: while it is open, each new answer could be read off the
difference. A figure is shown from five answers on; groups with fewer count together with others,
and only when those who are hidden are five or more, so that nobody can be worked out by taking
shown groups from the whole. Nor is it told that one to four gave a certain answer: see
`small_counts`. Files and the mapping afterwards tell what the page tells, and nothing else.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from samtun.learning.enums import SurveyKind
from samtun.learning.models import Employment, Plan, Survey, SurveyGroup, SurveyResponse
from samtun.learning.models.survey import SHOWN_FROM
from samtun.learning.queries import small_counts
from samtun.organisations.models import Organization
from samtun.organisations.texts import in_language
from samtun.people.grants import Person, grants_of
from samtun.people.rules import HOLDERS

STEPS = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Bar:
    """How many chose something, or one of several things that are told together.

    `count` and `share` are None where only `said` may be told.
    """

    label: str
    count: int | None
    share: int | None  # per cent of those who answered the question
    said: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A question's answers in one group (or in all)."""

    count: int  # 0 when there are too few to say
    bars: tuple[Bar, ...]
    mean: float | None = None  # of a scale
    is_spread: bool = False  # enough have answered, but each answer was given by few


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
    is_text = kind == SurveyKind.TEXT
    before = None
    if earlier is not None:
        # As the earlier mapping's own page tells it, so that the two differ in nobody.
        before = _Table(question, _by_group(key, earlier), language).whole()
    table = _Table(question, by_group, language)
    return QuestionResult(
        key=key,
        kind=kind,
        text=in_language(question["text"], language).value,
        whole=table.whole(),
        groups=() if is_text else table.groups(),
        texts=_texts(whole) if is_text else (),
        before=before,
    )


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


class _Table:
    """A question's answers counted, group by group and all together."""

    def __init__(
        self, question: dict[str, Any], by_group: Sequence[tuple[str, list[Any]]], language: str
    ) -> None:
        self.kind: str = question["kind"]
        self.labels = _labels(question, language)
        self.titles = [title for title, _ in by_group]
        self.sizes = [len(values) for _, values in by_group]
        self.counts = [self._counted(values) for _, values in by_group]
        values = _whole(by_group)
        self.size, self.all = len(values), self._counted(values)
        self.classes = self._classes()

    def _counted(self, values: Sequence[Any]) -> list[int]:
        chosen = Counter(one for value in values for one in _chosen(value))
        return [chosen[key] for key, _ in self.labels]

    def _classes(self) -> small_counts.Classes:
        if self.kind == SurveyKind.SCALE:
            return small_counts.neighbours(self.all)
        if self.kind == SurveyKind.ONE:
            return small_counts.the_few_together(self.all)
        return tuple((place,) for place in range(len(self.labels)))

    def whole(self) -> Shown:
        """All together."""
        if self.size < SHOWN_FROM:
            return Shown(0, ())
        if self.kind == SurveyKind.TEXT:
            return Shown(self.size, ())
        if self.kind == SurveyKind.MANY:
            return Shown(self.size, tuple(map(self._ticked, range(len(self.labels)))))
        if len(self.classes) == 1 < len(self.labels):
            return Shown(self.size, (), is_spread=True)
        return self._shown(self.size, self.all, self.classes)

    def groups(self) -> tuple[tuple[str, Shown], ...]:
        """Each group: its size when that may be told, its answers when they may."""
        shown = [Shown(0, ()) for _ in self.sizes]
        places = [place for place, size in enumerate(self.sizes) if size >= SHOWN_FROM]
        for place in places:
            shown[place] = Shown(self.sizes[place], (), is_spread=True)
        if self.kind == SurveyKind.MANY:
            shown = self._ticked_by_group(shown, places)
        elif self.whole().bars:
            classes, told = self._told_groups(places)
            for place in told:
                shown[place] = self._shown(self.sizes[place], self.counts[place], classes)
        return tuple(zip(self.titles, shown, strict=True))

    def _told_groups(self, places: Sequence[int]) -> tuple[small_counts.Classes, list[int]]:
        counts, classes = [self.counts[place] for place in places], self.classes
        if self.kind == SurveyKind.SCALE:
            classes = small_counts.for_groups(counts, classes, self.all)
        cells = [small_counts.counted(each, classes) for each in counts]
        told = small_counts.told_groups(cells, small_counts.counted(self.all, classes))
        return classes, [places[number] for number in told]

    def _ticked_by_group(self, shown: list[Shown], places: Sequence[int]) -> list[Shown]:
        """Answer by answer: both those who ticked it and those who did not."""
        bars: dict[int, list[Bar]] = {place: [] for place in places}
        for at, (_key, label) in enumerate(self.labels):
            cells = [
                [self.counts[one][at], self.sizes[one] - self.counts[one][at]] for one in places
            ]
            told = small_counts.told_groups(cells, [self.all[at], self.size - self.all[at]])
            is_told = small_counts.ticked(self.all[at], self.size) == small_counts.Told.EXACT
            for number, place in enumerate(places):
                open_ = is_told and number in told
                bars[place].append(_bar(label, cells[number][0], self.sizes[place]) if open_
                                   else Bar(label, None, None, _("not told")))  # fmt: skip
        for place, found in bars.items():
            if any(not bar.said for bar in found):
                shown[place] = Shown(self.sizes[place], tuple(found))
        return shown

    def _shown(self, size: int, counts: Sequence[int], classes: small_counts.Classes) -> Shown:
        cells = small_counts.counted(counts, classes)
        bars = tuple(
            _bar(self._label(places), count, size)
            for places, count in zip(classes, cells, strict=True)
        )
        is_scale = self.kind == SurveyKind.SCALE
        return Shown(size, bars, small_counts.told_mean(counts, classes) if is_scale else None)

    def _label(self, places: Sequence[int]) -> str:
        names = [self.labels[place][1] for place in places]
        if len(names) == 1:
            return names[0]
        if self.kind == SurveyKind.SCALE:
            return f"{names[0]}–{names[-1]}"
        return _("Together: %(answers)s") % {"answers": " / ".join(names)}

    def _ticked(self, at: int) -> Bar:
        """How many ticked an answer; few, and all but few, are not counted out."""
        count, label = self.all[at], self.labels[at][1]
        told = small_counts.ticked(count, self.size)
        if told == small_counts.Told.EXACT:
            return _bar(label, count, self.size)
        said = {
            small_counts.Told.FEW: _("fewer than five"),
            small_counts.Told.MOST: _("all but fewer than five"),
            small_counts.Told.SOME: _("some, not all"),
        }
        return Bar(label, None, None, said[told])


def _bar(label: str, count: int, of: int) -> Bar:
    return Bar(label, count, round(100 * count / of))


def _chosen(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _labels(question: dict[str, Any], language: str) -> list[tuple[str, str]]:
    if question["kind"] == SurveyKind.SCALE:
        return [(step, step) for step in STEPS]
    return [
        (option["key"], in_language(option["text"], language).value)
        for option in question["options"]
    ]
