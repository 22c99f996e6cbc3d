"""What a mapping tells: never of fewer than five, and of nobody."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override

from samtun.learning.actions import surveys as actions
from samtun.learning.models import Survey, SurveyGroup, SurveyResponse
from samtun.learning.queries import surveys
from samtun.people.enums import RoleKind
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
SCALE = {"key": "trygg", "kind": "scale", "text": {"nb": "Jeg er trygg."}, "options": []}
TEXT = {"key": "fritt", "kind": "text", "text": {"nb": "Hva trenger du?"}, "options": []}


def survey(**groups: list[dict[str, Any]]) -> Survey:
    """A closed mapping with the answers of each group."""
    today = timezone.localdate()
    made = actions.make(
        plan=learning.plan(),
        title="Hva trenger dere?",
        questions=[SCALE, TEXT],
        opens_on=today - timedelta(days=30),
        closes_on=today - timedelta(days=1),
        by=people.person(),
    )
    for title, answers in groups.items():
        group = SurveyGroup.objects.create(survey=made, title=title)
        for given in answers:
            SurveyResponse.objects.create(id=uuid4(), group=group, answers=given)
    return made


def steps(*values: int) -> list[dict[str, Any]]:
    """Answers to the scale."""
    return [{"trygg": value} for value in values]


def whole_of(made: Survey) -> surveys.Shown:
    """The scale, all groups together."""
    return surveys.result(made, "nb").questions[0].whole


def test_four_answers_are_not_shown_and_five_are() -> None:
    few, enough = survey(tunet=steps(4, 4, 4, 4)), survey(tunet=steps(4, 4, 4, 4, 4))
    assert whole_of(few) == surveys.Shown(0, ())
    assert surveys.result(few, "nb").answered == 0
    assert (whole_of(enough).count, whole_of(enough).mean) == (5, 4.0)


def test_a_small_group_cannot_be_worked_out_from_the_whole() -> None:
    made = survey(tunet=steps(5, 5, 5, 5, 5), skulen=steps(1, 1))
    question = surveys.result(made, "nb").questions[0]
    assert dict(question.groups)["skulen"].count == 0
    assert question.whole == dict(question.groups)["tunet"]


def test_small_groups_count_when_they_are_enough_together() -> None:
    made = survey(tunet=steps(5, 5, 5), skulen=steps(1, 1))
    question = surveys.result(made, "nb").questions[0]
    assert [shown.count for _, shown in question.groups] == [0, 0]
    assert question.whole.count == 5


def test_a_question_that_few_answered_is_not_shown() -> None:
    made = survey(tunet=[*steps(1, 2, 3, 4, 5), {"fritt": "Tid"}])
    assert surveys.result(made, "nb").questions[1].texts == ()


def test_texts_belong_to_no_group() -> None:
    said = [{"fritt": f"Nummer {number}"} for number in range(6)]
    question = surveys.result(survey(tunet=said), "nb").questions[1]
    assert sorted(question.texts) == [f"Nummer {number}" for number in range(6)]
    assert question.groups == ()


def bars(shown: surveys.Shown) -> list[tuple[str, int | None]]:
    """The answers with how many gave them."""
    return [(bar.label, bar.count) for bar in shown.bars]


def test_steps_that_few_chose_are_told_together_with_their_neighbours() -> None:
    shown = whole_of(survey(tunet=steps(*[5] * 8, 4, 4, 4, *[2] * 6)))
    assert bars(shown) == [("1", 0), ("2", 6), ("3", 0), ("4–5", 11)]
    assert shown.mean is None


def test_when_each_answer_was_given_by_few_only_their_number_is_told() -> None:
    shown = whole_of(survey(tunet=steps(1, 2, 3, 4, 5, 5)))
    assert (shown.count, shown.bars, shown.mean, shown.is_spread) == (6, (), None, True)


def test_an_answer_of_few_in_a_group_cannot_be_worked_out_from_the_whole() -> None:
    made = survey(tunet=steps(*[4] * 6, *[5] * 6), skulen=steps(4, 4, 5, 5, 5))
    question = surveys.result(made, "nb").questions[0]
    assert bars(question.whole)[-2:] == [("4", 8), ("5", 9)]
    assert [bars(shown)[-1] for _, shown in question.groups] == [("4–5", 5), ("4–5", 12)]


@override("en")
def test_ticks_of_few_and_of_all_but_few_are_not_counted_out() -> None:
    made = survey(tunet=[{"hva": ["a"]}] * 3 + [{"hva": ["b", "c"]}] * 9)
    options = [{"key": key, "text": {"nb": key}} for key in "abcd"]
    made.questions = [{"key": "hva", "kind": "many", "text": {"nb": "Hva?"}, "options": options}]
    told = [bar.said or bar.count for bar in whole_of(made).bars]
    assert told == ["fewer than five", *["all but fewer than five"] * 2, 0]


@override("en")
def test_a_group_tells_ticks_only_where_it_cannot_be_taken_from_the_whole() -> None:
    made = survey(tunet=[{"hva": ["a", "b"]}] * 7, skulen=[{"hva": ["a"]}] * 5 + [{"hva": []}] * 2)
    options = [{"key": key, "text": {"nb": key}} for key in "ab"]
    made.questions = [{"key": "hva", "kind": "many", "text": {"nb": "Hva?"}, "options": options}]
    question = surveys.result(made, "nb").questions[0]
    assert [bar.said or bar.count for bar in question.whole.bars] == ["all but fewer than five", 7]
    told = {title: [bar.said or bar.count for bar in one.bars] for title, one in question.groups}
    assert told == {"skulen": ["not told", 0], "tunet": ["not told", 7]}


def again(before: Survey) -> Survey:
    """The same asked once more."""
    today = timezone.localdate()
    return actions.make_after(
        before=before, title="Igjen", opens_on=today, closes_on=today, by=people.person()
    )


def test_a_small_group_cannot_be_worked_out_from_the_mapping_after() -> None:
    before = survey(tunet=steps(5, 5, 5, 5, 5), skulen=steps(1, 1))
    beside = surveys.result(again(before), "nb").questions[0].before
    assert beside == whole_of(before)


def test_after_stands_beside_before() -> None:
    before = survey(tunet=steps(*[1] * 5, *[2] * 5))
    after = again(before)
    group = after.groups.get()
    for given in steps(*[4] * 5, *[5] * 5):
        SurveyResponse.objects.create(id=uuid4(), group=group, answers=given)
    question = surveys.result(after, "nb").questions[0]
    assert question.before is not None
    assert (question.before.mean, question.whole.mean) == (1.5, 4.5)
    assert group.code != before.groups.get().code


def test_what_was_asked_stays_when_somebody_has_answered() -> None:
    made = survey(tunet=steps(3))
    with pytest.raises(actions.SurveyError):
        actions.save(
            survey=made, title="Nytt", introduction="", opens_on=made.opens_on,
            closes_on=made.closes_on, questions=[TEXT], groups=[], by=people.person(),
        )  # fmt: skip
    made.refresh_from_db()
    assert made.questions == [SCALE, TEXT]
    assert made.title == "Hva trenger dere?"


@pytest.mark.parametrize("answers", [steps(1, 2, 3, 4, 5), []])
def test_what_has_been_told_is_not_opened_for_one_more_answer(answers: list[Any]) -> None:
    made, today = survey(tunet=answers), timezone.localdate()
    kept: Any = [{**vars(one), "unit": None} for one in made.groups.all()]
    given: Any = {"title": "Nytt", "introduction": "", "opens_on": today, "closes_on": today}
    given |= {"survey": made, "questions": made.questions, "groups": kept, "by": people.person()}
    if answers:
        with pytest.raises(actions.SurveyError):
            actions.save(**given)
    else:
        actions.save(**given)
    made.refresh_from_db()
    assert surveys.is_closed(made, today) is bool(answers)


def test_mappings_are_seen_by_those_whose_plan_it_is() -> None:
    made = survey(tunet=steps(3))
    centre = make.organization()
    made.plan.adviser = centre
    made.plan.save()
    kari, ola, nils = (people.person(name) for name in ("Kari", "Ola", "Nils"))
    people.role(kari, RoleKind.COORDINATOR, municipality=made.plan.municipality)
    people.role(ola, RoleKind.ADVISER, organization=make.organization())
    people.role(nils, RoleKind.LEADER, municipality=make.municipality("3454", "Vang"))
    siv = people.person("Siv")
    people.role(siv, RoleKind.ADVISER, organization=centre)
    assert [surveys.surveys_of(one).count() for one in (kari, siv, ola, nils)] == [1, 1, 0, 0]
