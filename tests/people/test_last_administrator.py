"""Two who leave at the same moment: one of them stays, on both databases."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests import migrated
from tests.people import racing

# One is led on; the other is told why not, or has lost the right to ask before they asked.
REFUSED_ONE = ([200, 302], [302, 404])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_of_two_requests_at_once_the_second_is_refused_on_postgresql() -> None:
    assert connection.vendor == "postgresql"
    answers = racing.race(*racing.two_system_administrators())
    assert racing.left() == 1
    assert answers in REFUSED_ONE


def test_of_two_requests_at_once_the_second_is_refused_on_sqlite(tmp_path: Path) -> None:
    environment = {**os.environ, "SAMTUN_DATA_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    migrated.lay(tmp_path)
    command = [sys.executable, "-m", "tests.people.racing"]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=True
    )
    remaining, *answers = done.stdout.split()[-3:]
    assert remaining == "1", done.stderr
    assert [int(answer) for answer in answers] in REFUSED_ONE
