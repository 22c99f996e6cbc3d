"""What an answer to a question is worth: kind, exact, and never in trouble."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samtun.learning.content import Block
from samtun.learning.enums import QuizKind
from samtun.learning.grading import grade, shuffled
from tests.factories import learning


def quiz(kind: str, *options: dict[str, Any]) -> Block:
    """A question; what an option does not say is empty."""
    empty = {"text": "", "is_right": False, "match": "", "feedback": ""}
    made = [empty | {"id": f"o{number}"} | one for number, one in enumerate(options, start=1)]
    return learning.quiz(kind, options=made)


ONE = quiz("one", {"is_right": True, "feedback": "Ja."}, {"feedback": "Nei."}, {})
MANY = quiz("many", {"is_right": True}, {"is_right": True}, {"feedback": "Ikke den."})
ORDER = quiz("order", {"text": "Først"}, {"text": "Så"}, {"text": "Sist"})
MATCH = quiz("match", {"match": "skal"}, {"match": "bør"}, {"match": "skal"})
SHORT = quiz("short", {"text": "Barneansvarlig"}, {"text": "barne-ansvarleg"})


def test_one_right_answer_is_told_with_its_own_reason() -> None:
    right, wrong = grade(ONE, "o1"), grade(ONE, "o2")
    assert (right.is_right, [one.feedback for one in right.options]) == (True, ["Ja.", "", ""])
    assert (wrong.is_right, [one.feedback for one in wrong.options]) == (False, ["", "Nei.", ""])


def test_a_wrong_choice_does_not_give_away_the_right_one() -> None:
    assert [one.is_right for one in grade(ONE, "o2").options] == [None, False, None]
    assert [one.is_right for one in grade(MANY, ["o1", "o3"]).options] == [True, None, False]


@pytest.mark.parametrize(
    ("chosen", "is_right", "right"),
    [
        (["o1", "o2"], True, 2),
        (["o2", "o1", "o1"], True, 2),
        (["o1"], False, 1),
        (["o1", "o2", "o3"], False, 2),
        (["o3"], False, 0),
    ],
)
def test_several_right_answers_are_all_to_be_found(
    *, chosen: list[str], is_right: bool, right: int
) -> None:
    graded = grade(MANY, chosen)
    assert (graded.is_right, graded.right, graded.parts) == (is_right, right, 2)


@pytest.mark.parametrize(
    ("order", "is_right", "right"),
    [
        (["o1", "o2", "o3"], True, 3),
        (["o1", "o3", "o2"], False, 1),
        (["o1"], False, 1),
        (["o1", "o1", "o2", "o3"], True, 3),
    ],
)
def test_an_order_counts_what_stands_in_its_place(
    *, order: list[str], is_right: bool, right: int
) -> None:
    graded = grade(ORDER, order)
    assert (graded.is_right, graded.right, graded.parts) == (is_right, right, 3)


def test_matches_that_read_the_same_are_the_same() -> None:
    assert grade(MATCH, {"o1": "o3", "o2": "o2", "o3": "o1"}).is_right
    partly = grade(MATCH, {"o1": "o1", "o2": "o1"})
    assert (partly.is_right, partly.is_partly_right, partly.right) == (False, True, 1)


@pytest.mark.parametrize(
    "text", ["Barneansvarlig", "  barneansvarlig. ", "BARNEANSVARLIG!", "barne ansvarleg"]
)
def test_a_short_answer_is_read_kindly(text: str) -> None:
    assert grade(SHORT, text).is_right


@pytest.mark.parametrize("text", ["", "   ", "?!"])
def test_what_says_nothing_is_no_answer(text: str) -> None:
    assert grade(SHORT, text).is_right is None
    assert grade(quiz("short", {"text": "?"}), text).is_right is None


@pytest.mark.parametrize("kind", QuizKind.values)
@pytest.mark.parametrize(
    "value", [None, "", [], {}, 0, True, ["nei"], "nei", {"o1": "nei"}, {"nei": "o1"}, [None, {}]]
)
def test_what_is_no_option_is_no_answer_or_a_wrong_one(kind: str, value: object) -> None:
    block = {"one": ONE, "many": MANY, "order": ORDER, "match": MATCH, "short": SHORT}[kind]
    assert grade(block, value).is_right in {None, False}


@pytest.mark.parametrize("kind", QuizKind.values)
def test_a_huge_answer_is_cut(kind: str) -> None:
    block = {"one": ONE, "many": MANY, "order": ORDER, "match": MATCH, "short": SHORT}[kind]
    for value in ("a" * 1_000_000, ["a"] * 100_000, {str(one): "o1" for one in range(100_000)}):
        assert grade(block, value).is_right in {None, False}


def test_only_a_question_is_graded() -> None:
    assert grade(learning.block(), "o1").is_right is None
    assert grade(learning.quiz("guess"), "o1").is_right is None
    assert grade(learning.quiz("one", options=[]), "o1").is_right is None


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.sampled_from([ONE, MANY, ORDER, MATCH, SHORT]), anything)
@settings(deadline=None)
def test_no_answer_is_ever_too_strange(block: Block, value: object) -> None:
    graded = grade(block, value)
    assert 0 <= graded.right <= graded.parts


def test_the_mixed_order_is_the_same_every_time_and_never_the_right_one() -> None:
    for _ in range(20):
        block = quiz("order", {}, {}, {})
        assert shuffled(block) == shuffled(block)
        assert shuffled(block) != block["value"]["options"]
        assert sorted(one["id"] for one in shuffled(block)) == ["o1", "o2", "o3"]
