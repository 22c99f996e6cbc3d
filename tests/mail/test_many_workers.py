"""Several workers at once, and workers that are killed: no letter is ever sent twice.

The workers are real processes; on SQLite they share a file, on PostgreSQL the test's database.
"""

import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from tests.mail.conftest import Post
from tests.mail.processes import Workers

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 150
PATIENCE = 120  # seconds; a process starts in two, on a busy machine in thirty


@pytest.fixture
def workers(tmp_path: Path, post_office: Post) -> Workers:
    """Ready to start."""
    return Workers(tmp_path / "shared", post_office.url)


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Look again and again."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def test_three_workers_at_once_send_each_letter_once(workers: Workers, post_office: Post) -> None:
    workers.ask(f"for number in range({MANY}): post(number)")
    with workers.start("--once") as one, workers.start("--once") as two, workers.start("--once"):
        wait_until(lambda: one.poll() is not None and two.poll() is not None)
        wait_until(lambda: len(post_office.taken) >= MANY)
    counted = Counter(message["Message-ID"] for message in post_office.taken)
    assert (len(counted), set(counted.values())) == (MANY, {1})
    assert post_office.connections > 1  # they did share the work


def test_a_worker_killed_while_handing_over_leaves_the_letter_uncertain(
    workers: Workers, post_office: Post
) -> None:
    workers.ask("post(1)")
    handed_over, go_on = Event(), Event()
    post_office.before_answer = lambda server: (handed_over.set(), go_on.wait(10))  # type: ignore[func-returns-value]
    with workers.start() as process:
        assert handed_over.wait(60)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    go_on.set()
    assert workers.ask("print(Letter.objects.get().state)") == "sending"
    with workers.start("--once") as process:
        process.wait(60)
    workers.ask(
        "from datetime import timedelta\nfrom samtun.mail.sending import CLAIM_LASTS, send_due\n"
        "for one in Letter.objects.all():\n"
        "    one.claimed_at -= CLAIM_LASTS + timedelta(seconds=1); one.save()\n"
        "send_due()"
    )
    assert workers.ask("print(Letter.objects.get().state)") == "uncertain"
    assert len(post_office.taken) == 1


def test_a_letter_posted_while_a_worker_runs_leaves_within_seconds(
    workers: Workers, post_office: Post
) -> None:
    with workers.start() as process:
        workers.ask("post(1)")
        wait_until(lambda: len(post_office.taken) == 1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert workers.ask("print(Letter.objects.get().state)") == "sent"


def test_a_worker_told_to_stop_finishes_the_letter_at_hand(
    workers: Workers, post_office: Post
) -> None:
    workers.ask("for number in range(50): post(number)")
    handed_over = Event()
    post_office.before_answer = lambda server: (handed_over.set(), time.sleep(0.2))  # type: ignore[func-returns-value]
    with workers.start() as process:
        assert handed_over.wait(60)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    states = workers.ask("print(sorted(set(Letter.objects.values_list('state', flat=True))))")
    assert states == "['sent', 'waiting']"
    assert int(workers.ask("print(Letter.objects.filter(state='sent').count())")) == len(
        post_office.taken
    )


def test_a_worker_ends_with_whoever_started_it(workers: Workers, post_office: Post) -> None:
    with workers.start("--with-parent") as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        assert process.stdin
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_two_workers_make_a_round_once(workers: Workers) -> None:
    with workers.start("--once") as one, workers.start("--once") as two:
        assert (one.wait(180), two.wait(180)) == (0, 0)
    told = workers.ask(
        "from django_tasks_db.models import DBTaskResult\n"
        "from samtun.config.rounds import ROUNDS\n"
        "rows = DBTaskResult.objects.all()\n"
        "print(len(rows) - len(ROUNDS), {len(row.worker_ids) for row in rows})"
    )
    assert told == "0 {1}"
