"""What a judge's short notes mean, and that the committed ones mean something."""

from typing import get_args

import pytest

from benchmarks.relevance.judging import NoteError, Part, grades, read_queries, read_topics
from benchmarks.relevance.offers import Offer, read_offers


def offer(key: str, needs: str = "", groups: str = "", covers: str = "3451") -> Offer:
    """An offer that only has what a test speaks of."""
    return Offer(
        key=key,
        needs=frozenset(needs.split()),
        groups=frozenset(groups.split()),
        covers=frozenset(covers.split()),
        meeting=frozenset(),
        is_free=False,
        is_urgent=False,
        for_children=False,
        minimum_age=18,
        maximum_age=None,
        texts={},
        keywords=(),
        provider="",
        places=(),
    )


OFFERS = {
    one.key: one
    for one in (
        offer("cafe", "moteplass"),
        offer("dementia-cafe", "moteplass", "demens"),
        offer("vang-cafe", "moteplass", covers="3454"),
        offer("course", "kurs", "partner"),
    )
}
TOPICS = {"meet": "need:moteplass=2 course=1", "learn": "need:kurs=3 dementia-cafe=0"}


@pytest.mark.parametrize(
    ("note", "meaning"),
    [
        ("need:kurs=3", {"course": 3}),
        ("need:moteplass&everyone=3", {"cafe": 3, "vang-cafe": 3}),
        ("need:moteplass&!group:demens=2", {"cafe": 2, "vang-cafe": 2}),
        ("group:demens,partner=1", {"dementia-cafe": 1, "course": 1}),
        ("need:moteplass=2 cafe=3 vang-cafe=0", {"cafe": 3, "dementia-cafe": 2}),
        ("cafe,course=2 cafe=1", {"cafe": 1, "course": 2}),
        ("need:moteplass=3 !covers:3454<=1", {"cafe": 1, "dementia-cafe": 1, "vang-cafe": 3}),
        ("need:kurs=3 age:20<=2", {"course": 2}),
    ],
)
def test_rule_means(note: str, meaning: dict[str, int]) -> None:
    assert grades(note, OFFERS, TOPICS) == meaning


def test_of_several_topics_the_kinder_grade_stands() -> None:
    assert grades("@meet @learn", OFFERS, TOPICS)["course"] == 3
    assert grades("@learn @meet", OFFERS, TOPICS)["dementia-cafe"] == 2


def test_own_grade_goes_before_a_topic() -> None:
    assert "course" not in grades("@learn course=0", OFFERS, TOPICS)


@pytest.mark.parametrize("note", ["tea=3", "need:tea=3", "cafe=4", "cafe", "@tea", "colour:red=1"])
def test_note_that_says_nothing_is_refused(note: str) -> None:
    with pytest.raises(NoteError):
        grades(note, OFFERS, TOPICS)


def test_every_topic_can_be_read() -> None:
    offers = read_offers()
    assert all(3 in grades(note, offers, {}).values() for note in read_topics().values())


@pytest.mark.parametrize("part", get_args(Part))
def test_every_query_has_a_right_answer_unless_it_should_have_none(part: Part) -> None:
    for query in read_queries(part, read_offers()):
        assert (3 in query.grades.values()) == (query.kind != "no_answer"), query.query


def test_no_query_stands_in_both_parts() -> None:
    offers = read_offers()
    texts = [query.query for part in get_args(Part) for query in read_queries(part, offers)]
    assert len(texts) == len(set(texts)) >= 240
