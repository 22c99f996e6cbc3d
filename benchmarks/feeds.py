"""Times the calendar of a region with many events, as a program that subscribes gets it.

    SAMTUN_DATA_DIR=… python -m benchmarks.feeds 2000

fills the empty database of the environment with half one-offs and half series with a themed date,
asks through the whole stack (without a network) and prints one JSON object.
"""

import json
import os
import statistics
import sys
from collections.abc import Callable
from datetime import timedelta
from time import perf_counter

import django
from django.core.management import call_command
from django.db import transaction

TIMES = 20


def main(count: int) -> None:
    """Fill, derive, ask."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from samtun.events.ical import feeds  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _fill(count)
    began = perf_counter()
    feeds.refresh_all()
    derived = perf_counter() - began
    client, address = Client(), "/valdres/kalender.ics"
    whole = client.get(address)
    assert whole.content.count(b"RRULE:FREQ=MONTHLY") == count // 2
    zipped = {"Accept-Encoding": "gzip"}
    found = {
        "events": count,
        "size, kB": len(whole.content) // 1000,
        "deriving all in three languages, s": round(derived, 1),
        "whole, ms": _median(lambda: client.get(address)),
        "whole as gzip, ms": _median(lambda: client.get(address, headers=zipped)),
        "unchanged, ms": _median(
            lambda: client.get(address, headers={"If-None-Match": whole["ETag"]})
        ),
    }
    print(json.dumps(found, indent=1))


def _median(ask: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        began = perf_counter()
        ask()
        times.append((perf_counter() - began) * 1000)
    return round(statistics.median(times), 1)


def _fill(count: int) -> None:
    from samtun.events.enums import EventKind  # noqa: PLC0415
    from tests.factories import directory as make  # noqa: PLC0415
    from tests.factories import events as happening  # noqa: PLC0415

    region = make.region()
    places = list(region.municipalities.all())
    organization, location = make.organization(), make.location()
    for number in range(count):
        series = {"kind": EventKind.SERIES, "rrule": "FREQ=MONTHLY"} if number % 2 else {}
        event = happening.event(
            *places,
            organization=organization,
            location=location,
            starts_at=happening.soon(days=number % 28),
            **series,
        )
        first = event.starts_at
        happening.occurrence(event, first, rule_starts_at=first if series else None)
        if series:
            later = first + timedelta(hours=1)
            happening.occurrence(event, later, theme="Hvile")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
