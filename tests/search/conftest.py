"""An index of the small corpus, made once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from samtun.search import Index, Query, Results, Vocabulary
from tests.search import corpus

Find = Callable[..., Results]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return corpus.vocabulary()


@pytest.fixture(scope="session")
def shared_index(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Index:
    """For tests that only read."""
    return Index.rebuild(tmp_path_factory.mktemp("shared"), corpus.entries(), vocabulary)


@pytest.fixture
def own_path(tmp_path: Path, vocabulary: Vocabulary) -> Path:
    """An index that the test may change or spoil."""
    path = tmp_path / "index"
    Index.rebuild(path, corpus.entries(), vocabulary)
    return path


@pytest.fixture
def find(shared_index: Index) -> Find:
    """Search the region for a text; keyword arguments go into the query."""

    def found(text: str, **options: object) -> Results:
        return shared_index.search(Query(text, **({"scope": corpus.REGION} | options)))  # type: ignore[arg-type]

    return found
