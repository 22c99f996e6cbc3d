"""What every test can use. No test reaches the network, and none sees the data in var/."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation
from pytest_django import Settings

from samtun.directory import finding
from samtun.organisations import recent
from tests import migrated

# Migrations with triggers that refuse to empty a table.
HELD_BY_THE_DATABASE = (
    "samtun.people.migrations.0003_audit_is_append_only",
    "samtun.learning.migrations.0002_versions_are_frozen",
    "samtun.learning.migrations.0004_evidence_only_grows",
    "samtun.learning.migrations.0005_frozen_plans",
)
REQUIRED = frozenset(os.environ.get("SAMTUN_REQUIRE", "").replace(",", " ").split())


@pytest.fixture(autouse=True)
def _own_data(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Each test has a data folder of its own and remembers nothing of the one before.

    A missing index is not rebuilt behind a test's back: the thread would outlive its database.
    The minute for which small tables are remembered does not turn in the middle of a test.
    """
    settings.DATA_DIR = tmp_path
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    monkeypatch.setattr(finding.KeptIndex, "rebuild_in_background", lambda _index: None)
    translation.activate(settings.LANGUAGE_CODE)  # a page read in a test before may have changed it
    monkeypatch.setattr(recent, "MINUTE", float("inf"))
    recent.forget()
    yield
    recent.forget()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """The tables are made once for all runs, as long as no migration changes."""
    with migrated.kept():
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With a second database (PostgreSQL) run again what asks a database, and nothing else."""
    if connection.vendor == "sqlite":
        return
    silent = [item for item in items if not _asks_a_database(item)]
    config.hook.pytest_deselected(items=silent)
    items[:] = [item for item in items if _asks_a_database(item)]


def _asks_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return "django_db_setup" in fixtures or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def _trail_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions empty all tables afterwards; the trail refuses that otherwise.

    Only Django's own emptying is let through, so every test still meets the refusal.
    """
    held = [import_module(name) for name in HELD_BY_THE_DATABASE]
    flush = BaseDatabaseOperations.execute_sql_flush

    def emptied(self: BaseDatabaseOperations, statements: list[str]) -> Any:  # noqa: ANN401
        for one in held:
            one.allow(connection)
        try:
            return flush(self, statements)
        finally:
            for one in held:
                one.forbid(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", emptied)
        yield
