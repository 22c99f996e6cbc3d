"""What every test can use. No test reaches the network, and none sees the data in var/."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from pytest_django import Settings

from samtun.directory import finding
from samtun.organisations import recent

REQUIRED = frozenset(os.environ.get("SAMTUN_REQUIRE", "").replace(",", " ").split())


@pytest.fixture(autouse=True)
def _own_data(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Each test has a data folder of its own and remembers nothing of the one before.

    A missing index is not rebuilt behind a test's back: the thread would outlive its database.
    """
    settings.DATA_DIR = tmp_path
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    monkeypatch.setattr(finding, "_rebuild_in_background", lambda: None)
    translation.activate(settings.LANGUAGE_CODE)  # a page read in a test before may have changed it
    recent.forget()
    yield
    recent.forget()
