"""Prepares one national set in the data folder of the environment, and times index and search.

    SAMTUN_DATA_DIR=… python -m benchmarks.national_data 4000

prints one JSON object. A process of its own, so that each set has settings of its own.
"""

import json
import sys
from time import perf_counter

import django
from django.core.management import call_command
from django.utils import timezone

from benchmarks import questions

REPEATS = 400


def main(count: int) -> None:
    """Fill, index, search."""
    django.setup()
    from benchmarks import national  # noqa: PLC0415  # models need the settings
    from samtun.directory import finding  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    national.fill(count)
    started = perf_counter()
    finding.rebuild()
    built = perf_counter() - started
    taken = sorted(_searches())
    print(
        json.dumps({"index": built, "p50": taken[REPEATS // 2], "p95": taken[int(REPEATS * 0.95)]})
    )


def _searches() -> list[float]:
    from samtun import search  # noqa: PLC0415
    from samtun.directory import finding  # noqa: PLC0415
    from samtun.organisations.queries import region_scope  # noqa: PLC0415

    scope = region_scope("norge")
    assert scope is not None
    taken = []
    for number in range(REPEATS):
        text = questions.TEXTS[number % len(questions.TEXTS)]
        query = search.Query(text=text, scope=scope.numbers, limit=10, now=timezone.localtime())
        started = perf_counter()
        finding.find(query)
        taken.append((perf_counter() - started) * 1000)
    return taken


if __name__ == "__main__":
    main(int(sys.argv[1]))
