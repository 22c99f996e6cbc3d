"""Times the letters that remind of training, from the tables to the outbox, each once.

    SAMTUN_DATA_DIR=… python -m benchmarks.learning_reminders 30000

fills the empty database of the environment (DATABASE_URL, else SQLite in that folder) with so many
employees who have two things due, and prints one JSON object.
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


def main(count: int) -> None:
    """Fill, remind twice, and see that each was told once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")
    django.setup()
    from samtun.learning.letters import reminding  # noqa: PLC0415  # models need the settings
    from samtun.mail.models import Letter  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _fill(count)
    now = timezone.now()
    began, busy = perf_counter(), process_time()
    told = reminding.remind(now)
    composed = perf_counter()
    again = reminding.remind(now)
    found = {
        "employees": count,
        "composed, s": round(composed - began, 1),
        "and asked again, s of our own processor time": round(process_time() - busy, 1),
        "asked again, s": round(perf_counter() - composed, 1),
    }
    print(json.dumps(found, indent=1))
    letters = Letter.objects.filter(purpose="learning.reminder")
    assert (told, again) == (count, 0)
    assert letters.values("to").distinct().count() == letters.count() == count


def _fill(count: int) -> None:
    from samtun.learning.models import Employment, Learner, Obligation  # noqa: PLC0415
    from tests.factories import directory as make  # noqa: PLC0415
    from tests.factories import learning  # noqa: PLC0415

    today = timezone.localdate()
    unit = make.organization(municipality=make.municipality())
    version = learning.version()
    items = [learning.item(version, title=f"Kurs nummer {n}") for n in range(4)]
    learners = Learner.objects.bulk_create(
        Learner(name=f"Eli {n}", email=f"eli{n}@valdres.example") for n in range(count)
    )
    since = today - timedelta(days=100)
    jobs = Employment.objects.bulk_create(
        Employment(learner=one, employer=unit, unit=unit, joined_on=since, unit_since=since)
        for one in learners
    )
    Obligation.objects.bulk_create(
        Obligation(
            employment=job, plan=version.plan, item_key=items[(n + k) % 4].key, why={},
            rule_key=items[0].key, is_required=True, opened_on=since,
            due_on=today + timedelta(days=n % 40 - 26),
        )
        for n, job in enumerate(jobs) for k in (0, 1)
    )  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30_000)
