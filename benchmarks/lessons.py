"""Lessons with 200 readers, on PostgreSQL, by the real server: `python -m benchmarks.lessons`.

The longest lesson of the example is what everybody reads. 200 connections stay open, and 20 pages
are opened a second (each reader one in ten seconds), then 50, whether the ones before have been
answered or not, timed from when somebody wanted it. Server, database and load generator share the
cores.
"""

import re
import subprocess
import sys
import threading
from time import perf_counter, sleep

from benchmarks import load, on_postgresql, serving

READERS = 200
EACH = 4
WANTED = 20.0  # milliseconds, 95 of 100
RATES = (20, 50)  # pages a second of all together
WARM_UP = 100


def main() -> None:
    """Start the database and the server, and measure."""
    with on_postgresql.database("lessons") as folder:
        _fill()
        port = serving.free_port()
        with serving.samtun(folder, port):
            visitor = load.Client(port)
            path = _longest(visitor)
            for _ in range(
                WARM_UP
            ):  # each with a connection of its own, so that every worker is warm
                status, page = load.Client(port).get(path)
                assert status == 200, status
            print(f"  {path}: {len(page)} bytes as sent")
            for rate in RATES:
                say(rate, _read(port, path, rate))


def say(rate: int, taken: list[float]) -> None:
    """The figures of one measurement, in milliseconds."""
    ordered = sorted(taken)
    half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    verdict = "reached" if most <= WANTED else "MISSED"
    print(
        f"  lesson, {READERS} at once, {rate} a second: p50 {half:.1f} ms, p95 {most:.1f} ms"
        f" (aim ≤ {WANTED:g}: {verdict})",
        flush=True,
    )


def _read(port: int, path: str, rate: int) -> list[float]:
    """Each reader's turn comes after the others': together they open so many a second."""
    taken: list[float] = []
    begins = perf_counter() + 2

    def reader(number: int) -> None:
        client = load.Client(port)
        for turn in range(EACH):
            due = begins + (turn * READERS + number) / rate
            sleep(max(due - perf_counter(), 0))
            status, _page = client.get(path)
            assert status == 200, status
            taken.append((perf_counter() - due) * 1_000)

    threads = [threading.Thread(target=reader, args=(number,)) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _fill() -> None:
    """The example."""
    command = [sys.executable, "-m", "samtun.cli", "demo", "--prepare-only"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _longest(visitor: load.Client) -> str:
    """The lesson whose page is largest, found by going through the catalogue."""
    lessons = {
        path
        for course in _links(visitor, "/kurs/", r"/kurs/[a-z0-9-]+/")
        for path in _links(visitor, course, r"/kurs/[a-z0-9-]+/[a-z0-9-]+/\d+/")
    }
    return max(lessons, key=lambda path: len(visitor.get(path)[1]))


def _links(visitor: load.Client, path: str, wanted: str) -> set[str]:
    _status, page = visitor.get(path)
    found = set(re.findall(rf'href="({wanted})"', page.decode()))
    return found - {"/kurs/mitt/", "/kurs/med/"}


if __name__ == "__main__":
    main()
