"""The mapping of needs before the plan, and the same after a year."""

from collections.abc import Sequence
from typing import Any

from samtun.cli.example_training.told import Entry, day, key, person, read, share, unit
from samtun.learning.actions import surveys
from samtun.learning.enums import SurveyKind
from samtun.learning.models import Plan, Survey, SurveyGroup, SurveyResponse
from samtun.learning.standard_questions import standard_questions
from samtun.organisations.models import Organization

_SPREAD = 2.4  # how far answers of a group lie from each other


def load(plan: Plan) -> None:
    """Both, answered and closed."""
    told = read("mapping.toml")
    by = person(read("plan.toml")["adviser_person"])
    opens, closes = map(day, told["before_days"])
    before = surveys.make(
        plan=plan, title=told["title"], questions=_questions(), opens_on=opens, closes_on=closes,
        by=by,
    )  # fmt: skip
    surveys.save(
        survey=before, title=told["title"], introduction=told["introduction"], opens_on=opens,
        closes_on=closes, questions=_questions(), groups=[_group(one) for one in told["group"]],
        by=by,
    )  # fmt: skip
    before.refresh_from_db()
    _answer(before, told, 0)
    opens, closes = map(day, told["after_days"])
    after = surveys.make_after(
        before=before, title=told["title_after"], opens_on=opens, closes_on=closes, by=by
    )
    _answer(after, told, 1)
    Survey.objects.filter(plan=plan).update(is_example=True)


def _questions() -> Sequence[surveys.Question]:
    return list(standard_questions())  # type: ignore[arg-type]  # as the file has them


def _group(entry: Entry) -> surveys.Group:
    where: Organization | None = unit(entry["unit"]) if "unit" in entry else None
    return {"id": None, "title": entry["title"], "unit": where, "asked": entry["asked"]}


def _answer(survey: Survey, told: Entry, turn: int) -> None:
    """As `surveys.answer` keeps them, all at once."""
    groups = {group.title: group for group in survey.groups.all()}
    words = told["words"]["after" if turn else "before"]
    first = dict(
        zip((entry["title"] for entry in told["group"]), words, strict=False)
    )  # one of each group has written
    SurveyResponse.objects.bulk_create(
        _response(
            groups[entry["title"]],
            entry["levels"][turn],
            f"{turn}/{number}",
            "" if number else first.get(entry["title"], ""),
        )
        for entry in told["group"]
        for number in range(entry["answers"][turn])
    )


def _response(group: SurveyGroup, level: float, who: str, words: str) -> SurveyResponse:
    asked = group.survey.questions
    said = {one["key"]: _said(one, level, f"{group.title}/{who}", words) for one in asked}
    cleaned = surveys.cleaned_answers(asked, said)
    return SurveyResponse(id=key("answer", group.title, who), group=group, answers=cleaned)


def _said(question: Entry, level: float, who: str, words: str) -> Any:  # noqa: ANN401  (JSON)
    drawn = share(who, question["key"])
    if question["kind"] == SurveyKind.SCALE:
        own = level + (share(question["key"]) - 0.5) * 0.8  # some questions are harder than others
        return min(5, max(1, round(own + (drawn - 0.5) * _SPREAD)))
    if question["kind"] == SurveyKind.TEXT:
        return words
    options = [option["key"] for option in question["options"]]
    if question["kind"] == SurveyKind.ONE:
        return options[int(drawn * drawn * len(options))]
    return [one for one in options if share(who, one) < 0.4]
