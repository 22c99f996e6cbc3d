"""The empty database on SQLite, made once and kept while no migration changes.

A new database takes its migrations most of a minute, and tests need many of them: the tests' own,
the example's, and those that other processes work on.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import django
import pytest
from django.apps import apps
from django.core import management
from django.db import connection

FOLDER = Path(__file__).resolve().parents[1] / ".pytest_cache" / "database"
_MAKE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


@contextmanager
def kept() -> Iterator[None]:
    """While open, the tests' own `migrate` reads the kept database instead."""
    run = management.call_command

    def call(name: str, *args: Any, **options: Any) -> Any:  # noqa: ANN401  (as Django has it)
        return _read() if name == "migrate" else run(name, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(management, "call_command", call)
        yield


def lay(data: Path) -> None:
    """Put an empty database into a data folder that is not used yet."""
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_copy(), data / "samtun.sqlite3")


def _read() -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(_copy())) as source:
        source.backup(connection.connection)


@cache
def _copy() -> Path:
    """The kept database; made by the first who asks, while others wait."""
    copy = FOLDER / f"{_digest()}.sqlite3"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.exists():
            _make(copy)
    return copy


def _make(copy: Path) -> None:
    for old in FOLDER.glob("*.sqlite3"):
        old.unlink()
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        _migrate(Path(folder))
        (Path(folder) / "samtun.sqlite3").replace(copy)


def _migrate(folder: Path) -> None:
    environment = {
        **os.environ,
        "SAMTUN_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "samtun.config.settings",
    }
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", _MAKE], env=environment, check=True)
    with closing(sqlite3.connect(folder / "samtun.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _digest() -> str:
    together = hashlib.sha256(django.__version__.encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            together.update(path.read_bytes())
    return together.hexdigest()[:32]
