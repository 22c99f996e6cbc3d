"""The baselines are what they claim: plain searches, each with its own idea of a word."""

import pytest

from benchmarks.relevance.baselines import sqlite_fts5, tantivy_norwegian
from benchmarks.relevance.offers import read_offers

OFFERS = read_offers()
SEARCHES = {"fts5": sqlite_fts5(OFFERS), "tantivy": tantivy_norwegian(OFFERS)}


@pytest.mark.parametrize("name", SEARCHES)
def test_baseline_finds_an_offer_by_its_name(name: str) -> None:
    assert SEARCHES[name]("temakafe fagernes")[0] == "temakafe-fagernes"


@pytest.mark.parametrize("name", SEARCHES)
@pytest.mark.parametrize("query", ["", "   ", '"', "(", "qqq:* -", "\N{SNOWMAN}"])
def test_baseline_takes_whatever_is_typed(name: str, query: str) -> None:
    assert SEARCHES[name](query) == []


@pytest.mark.parametrize("name", SEARCHES)
def test_baseline_does_not_forgive_spelling(name: str) -> None:
    assert SEARCHES[name]("avlasning") == []


def test_only_the_stemmer_sees_through_an_ending() -> None:
    assert "sangstund-for-to-valdres" in SEARCHES["tantivy"]("sangene")
    assert SEARCHES["tantivy"]("rulleringsplassene")
    assert not SEARCHES["fts5"]("rulleringsplassene")
