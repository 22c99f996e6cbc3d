"""Two devices that finish at the same moment: one piece of evidence, on both databases."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import migrated
from tests.learning import two_devices

ROUNDS = 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_two_last_lessons_at_once_complete_the_course_once_on_postgresql() -> None:
    assert [two_devices.race() for _ in range(ROUNDS)] == [(1, 1)] * ROUNDS


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of its own")
def test_two_last_lessons_at_once_complete_the_course_once_on_sqlite(tmp_path: Path) -> None:
    migrated.lay(tmp_path)
    environment = {**os.environ, "SAMTUN_DATA_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.learning.two_devices"]
    done = subprocess.run(command, env=environment, capture_output=True, check=True, timeout=300)
    assert done.stdout.decode().split() == ["1", "1"] * ROUNDS
