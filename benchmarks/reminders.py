"""Times reminders of many sign-ups, from the round to letters in the outbox.

    SAMTUN_DATA_DIR=… python -m benchmarks.reminders 20000

fills the empty database of the environment (DATABASE_URL, else SQLite in that folder) with dates of
a thousand sign-ups each, all within two days, and prints one JSON object.
"""

import json
import os
import sys
from datetime import timedelta
from time import perf_counter, process_time

import django
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

EACH = 1_000


def main(count: int) -> None:
    """Fill, remind, compose, and see that each was told once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")
    django.setup()
    from samtun.events.keeping import rounds  # noqa: PLC0415  # models need the settings
    from samtun.events.letters import composing  # noqa: PLC0415
    from samtun.mail.models import Letter  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _fill(count)
    began, worked = perf_counter(), process_time()
    rounds.remind(timezone.now())
    told = perf_counter()
    longest = 0.0
    while True:
        before = perf_counter()
        if not composing.compose_due():
            break
        longest = max(longest, perf_counter() - before)
    composed, worked = perf_counter(), process_time() - worked
    letters = Letter.objects.filter(purpose="events.reminder")
    assert letters.values("to").distinct().count() == letters.count() == count
    found = {
        "sign-ups": count,
        "the round, s": round(told - began, 1),
        "composing, s": round(composed - told, 1),
        "together, s": round(composed - began, 1),
        "of that this process worked, s": round(worked, 1),
        "longest transaction, ms": round(longest * 1000),
    }
    print(json.dumps(found, indent=1))


def _fill(count: int) -> None:
    from samtun.events.models import Party  # noqa: PLC0415
    from tests.factories import events as happening  # noqa: PLC0415

    now = timezone.now()
    for start in range(0, count, EACH):
        begins = now + timedelta(hours=4 + start // EACH)
        intake = happening.one_off(starts_at=begins)
        Party.objects.bulk_create(
            Party(
                intake=intake,
                turn=number,
                state="confirmed",
                name="Anne",
                email=f"person{start + number}@example.org",
                signed_up_at=now - timedelta(days=9),
            )
            for number in range(1, min(EACH, count - start) + 1)
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
