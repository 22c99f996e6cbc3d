"""Whatever is typed, there is an answer."""

from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samtun.search import Index, Query, Vocabulary, understand

KEEP = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@KEEP
@given(text=st.text(max_size=300))
def test_any_text_is_answered(shared_index: Index, text: str) -> None:
    shared_index.search(Query(text))


@KEEP
@given(text=st.text(alphabet='+-"():~^*?[]{}\\/!&|<>= \t\n\x00abcæøå', max_size=60))
def test_query_syntax_means_nothing(shared_index: Index, text: str) -> None:
    shared_index.search(Query(text))


@pytest.mark.parametrize("piece", ["a", "å ", "\x00", "avlastningsopphold", "mor far ", "𝕏", "́"])
def test_a_very_long_text_is_answered_soon(shared_index: Index, piece: str) -> None:
    started = perf_counter()
    shared_index.search(Query(piece * (100_000 // len(piece))))
    assert perf_counter() - started < 2


@pytest.mark.parametrize("scope", [frozenset(), frozenset({"", "x y", "9999"})])
def test_any_scope_is_answered(shared_index: Index, scope: frozenset[str]) -> None:
    assert shared_index.search(Query("telefon", scope=scope)).total > 0


def test_lone_surrogates_are_answered(shared_index: Index) -> None:
    shared_index.search(Query("avlastning \ud800 \udfff"))


def test_a_question_is_understood_without_an_index(vocabulary: Vocabulary) -> None:
    assert "omsorgsstonad" in understand("omsorgsløn", vocabulary).needs
