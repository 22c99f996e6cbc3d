"""The empty test database on SQLite, kept from the last run while no migration has changed."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.core import management
from django.db import connection


@contextmanager
def kept_in(folder: Path) -> Iterator[None]:
    """While open, the tests' first `migrate` reads a copy from `folder`, or leaves one there."""
    run = management.call_command

    def call(name: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401  (as Django has it)
        if name != "migrate":
            return run(name, *args, **options)
        copy = folder / f"{_digest()}.sqlite3"
        if copy.exists():
            return _read(copy)
        run(name, *args, **options)
        return _keep(copy)

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(management, "call_command", call)
        yield


def _digest() -> str:
    together = hashlib.sha256(django.__version__.encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            together.update(path.read_bytes())
    return together.hexdigest()[:32]


def _read(copy: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as source:
        source.backup(connection.connection)


def _keep(copy: Path) -> None:
    for old in copy.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    half = copy.with_suffix(f".{id(connection)}")
    with closing(sqlite3.connect(half)) as target:
        connection.connection.backup(target)
    half.replace(copy)  # two workers at once: each leaves a whole copy
