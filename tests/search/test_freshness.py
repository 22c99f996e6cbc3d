"""Silence lowers an entry little by little, and never below what fits less."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from samtun.search import Entry, EntryText, Hit, Index, Query, Vocabulary

TODAY = datetime(2026, 11, 21, 12, tzinfo=UTC)
STEP, YEARS_OF_SILENCE = 15, 900  # days


def entry(days: int | None, name: str = "Temakafé") -> Entry:
    """An offer that somebody confirmed so many days ago; its identifier says when."""
    day: date | None = None if days is None else TODAY.date() - timedelta(days=days)
    return Entry(id=f"{days}", texts={"nb": EntryText(name)}, covers_country=True, assured_on=day)


@pytest.fixture(scope="module")
def hits(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> list[Hit]:
    """Equal offers, confirmed today, a little ago … years ago, and never."""
    entries = [entry(days) for days in range(YEARS_OF_SILENCE, -1, -STEP)] + [entry(None)]
    others = (replace(entry(0, "Turgruppe"), id=f"other {number}") for number in range(2000))
    entries += others  # so that the word asked for says something
    index = Index.rebuild(tmp_path_factory.mktemp("fresh"), entries, vocabulary)
    return list(index.search(Query(text="temakafé", limit=100, now=TODAY)).hits)


def test_of_equal_entries_the_fresher_comes_first(hits: list[Hit]) -> None:
    young = [int(hit.id) for hit in hits if hit.id != "None" and int(hit.id) < 500]
    assert young == sorted(young)


def test_no_day_is_a_cliff(hits: list[Hit]) -> None:
    scores = [hit.score for hit in hits]
    steps = [(before - after) / scores[0] for before, after in pairwise(scores)]
    assert all(0 <= step < 0.004 for step in steps)


def test_silence_never_costs_more_than_a_little(hits: list[Hit]) -> None:
    assert 0.9 < min(hit.score for hit in hits) / max(hit.score for hit in hits) < 0.96


def test_what_fits_better_comes_first_however_silent_it_is(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    entries = [entry(2000, "Temakafé"), entry(0, "Kafé")]
    index = Index.rebuild(tmp_path / "index", entries, vocabulary)
    assert index.search(Query(text="temakafé", now=TODAY)).hits[0].id == "2000"
