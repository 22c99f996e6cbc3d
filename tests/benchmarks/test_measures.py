"""The measures by hand-counted examples."""

from math import log2

import pytest

from benchmarks.relevance import measures

GRADES = {"best": 3, "good": 2, "near": 1}


def test_ndcg_is_one_for_the_ideal_order() -> None:
    assert measures.ndcg(["best", "good", "near"], GRADES) == pytest.approx(1)


def test_ndcg_counts_gain_by_place() -> None:
    ideal = 7 + 3 / log2(3) + 1 / log2(4)
    found = 1 + 7 / log2(3) + 3 / log2(4)
    assert measures.ndcg(["near", "best", "good"], GRADES) == pytest.approx(found / ideal)


def test_ndcg_ignores_what_comes_after_the_fifth() -> None:
    assert measures.ndcg(["a", "b", "c", "d", "e", "best"], GRADES) == 0


def test_ndcg_takes_the_ideal_over_all_judged_but_only_five_of_them() -> None:
    many = {str(number): 3 for number in range(20)}
    assert measures.ndcg(["0", "1", "2", "3", "4"], many) == pytest.approx(1)
    assert measures.ndcg(["0"], many) < 0.5


@pytest.mark.parametrize("found", [[], ["best"]])
def test_ndcg_is_nothing_where_nothing_was_judged_good(found: list[str]) -> None:
    assert measures.ndcg(found, {}) == 0


def test_reciprocal_rank_waits_for_a_good_one() -> None:
    assert measures.reciprocal_rank(["other", "near", "good", "best"], GRADES) == pytest.approx(
        1 / 3
    )


def test_reciprocal_rank_is_nothing_without_a_good_one() -> None:
    assert measures.reciprocal_rank(["near", "other"], GRADES) == 0


def test_means_and_shares_of_nothing_are_nothing() -> None:
    assert measures.mean([]) == measures.share([]) == 0


def test_share_counts_the_flags() -> None:
    assert measures.share([True, False, False, True]) == 0.5


def test_margin_narrows_with_more_numbers() -> None:
    assert measures.margin([0.0, 1.0] * 50) == pytest.approx(0.0985, abs=1e-3)
    assert measures.margin([0.0, 1.0] * 50) < measures.margin([0.0, 1.0] * 5)


def test_margin_of_one_number_is_unknown_and_shown_as_nothing() -> None:
    assert measures.margin([0.5]) == 0
