"""People's own words bring the right need among the first three, over the example region.

`data/imagined.tsv` is no measure of quality: the search has seen these questions. It is there so
that no later change loses many of them unseen. `benchmarks/relevance` measures.
"""

from pathlib import Path

import pytest

from samtun.search import Index, Query
from samtun.search.tables import Row, table_in
from tests.search import region

ROWS = table_in(Path(__file__).with_name("data") / "imagined.tsv", 3)
ANSWERED = [row for row in ROWS if row[2] != "-"]
FOR_OTHERS = [row for row in ROWS if row[2] == "-"]
EXPECTED, MODEST = 0.9, 0.9


@pytest.fixture(scope="module")
def whole_region(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of the example region."""
    return Index.rebuild(tmp_path_factory.mktemp("region"), region.entries(), region.vocabulary())


def has_an_expected_need(index: Index, row: Row) -> bool:
    _, question, needs = row
    results = index.search(Query(question, scope=region.REGION))
    found = {need for hit in results.hits[:3] for need in region.offers()[hit.id].needs}
    return results.relaxed != "general" and not found.isdisjoint(needs.split())


def test_nine_of_ten_questions_bring_an_expected_need_among_the_first_three(
    whole_region: Index,
) -> None:
    missed = [row[1] for row in ANSWERED if not has_an_expected_need(whole_region, row)]
    assert len(missed) <= (1 - EXPECTED) * len(ANSWERED), missed


def test_what_others_answer_is_not_shown_as_if_it_were_ours(whole_region: Index) -> None:
    bold = [
        question
        for _, question, _ in FOR_OTHERS
        if whole_region.search(Query(question, scope=region.REGION)).relaxed is None
    ]
    assert len(bold) <= (1 - MODEST) * len(FOR_OTHERS), bold


def test_every_need_expected_is_one_that_exists() -> None:
    known = {term.id for term in region.vocabulary().needs}
    assert {need for row in ANSWERED for need in row[2].split()} <= known
