"""Many who want the last place in the same moment, in threads with a connection each.

The benchmark `last_place` runs the same rounds by the thousand.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

from django.db import connection, connections
from django.db.models import Sum

from samtun.events.actions import parties
from samtun.events.models import Event, Intake, Party
from tests.factories import events as happening

AT_ONCE = 8


@contextmanager
def shared(folder: Path, *, mode: str = "IMMEDIATE") -> Iterator[None]:
    """A database that threads can share: on SQLite a file, with the transactions of `mode`."""
    settings = connections.settings["default"]
    before = {"NAME": settings["NAME"], "OPTIONS": settings["OPTIONS"]}
    if connection.vendor == "sqlite":
        name = str(folder / "shared.sqlite3")
        with sqlite3.connect(name) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = WAL")
        copy.close()
        settings["NAME"] = name
        settings["OPTIONS"] = before["OPTIONS"] | {"transaction_mode": mode}
    try:
        yield
    finally:
        settings.update(before)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each of `works` gave, or the name of what it raised, all begun in the same moment."""
    barrier = Barrier(len(works))

    def run(work: Callable[[], Any]) -> object:
        try:
            barrier.wait(timeout=60)
            return work()
        except Exception as error:  # noqa: BLE001  (told to whoever counts)
            return type(error).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def elsewhere(work: Callable[[], Any]) -> Any:  # noqa: ANN401  (whatever the work gives)
    """What `work` gives in a thread of its own, which uses the shared database."""

    def run() -> object:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def event() -> Event:
    """Of one seat a date; who comes too late waits."""
    return happening.event(kind="series", capacity=1)


def round_of(event: Event, *, clients: int = AT_ONCE) -> str:
    """Everybody signs up for a new date at once: what they were told, and what the books say."""
    intake = elsewhere(lambda: happening.occurrence(Event.objects.get(pk=event.pk)).intake)

    def sign_up() -> str:
        seen = Intake.objects.get(pk=intake.pk)
        return parties.sign_up(intake=seen, email="anne@example.org").state

    answers = Counter(at_once(*[sign_up] * clients))
    return elsewhere(lambda: _verdict(intake, answers))


def _verdict(intake: Intake, answers: Counter[str]) -> str:
    intake.refresh_from_db()
    seated = Party.objects.filter(intake=intake, state__in=("confirmed", "offered"))
    sold = seated.aggregate(people=Sum("size"))["people"] or 0
    told = ", ".join(f"{number} {answer}" for answer, number in sorted(answers.items()))
    return f"{told}; {sold} sold, {intake.taken} in the books"


def right(clients: int = AT_ONCE) -> str:
    """What `round_of` gives when all is well."""
    return f"1 confirmed, {clients - 1} waiting; 1 sold, 1 in the books"
