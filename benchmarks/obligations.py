"""Times how a plan is worked out: after a rule change, one person's move, a night without news.

    SAMTUN_DATA_DIR=… python -m benchmarks.obligations 5000

fills the empty database of the environment (DATABASE_URL, else SQLite in that folder) with so many
employees in 300 units and a plan of eight items with twelve rules, and prints one JSON object. With
a second number the same is done for so many more, to see how the time grows.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from time import perf_counter, process_time

import django
from django.core.management import call_command
from django.db import transaction

UNITS = 300
PROFESSIONS = ("nurse", "health_worker", "assistant", "teacher", "doctor", "leader")


def main(sizes: list[int]) -> None:
    """Fill and measure, size by size."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    for size in sizes:
        with transaction.atomic():
            plan = fill(size)
        print(json.dumps({"employees": size, **_measured(plan)}, indent=1))


def _measured(plan: object) -> dict[str, object]:
    from django.utils import timezone  # noqa: PLC0415  # models need the settings

    from samtun.learning.actions import obligations  # noqa: PLC0415
    from samtun.learning.models import Employment, Plan  # noqa: PLC0415

    assert isinstance(plan, Plan)
    own = Employment.objects.filter(employer__municipality=plan.municipality)
    found: dict[str, object] = {}
    found["first time"] = _timed(lambda: obligations.recompute(plan))
    found["nothing new"] = _timed(lambda: obligations.recompute(plan))
    with transaction.atomic():
        _change_rules(plan)
    found["after a rule change"] = _timed(lambda: obligations.recompute(plan))
    one = own.order_by("pk")[0]
    one.unit = own.order_by("-pk")[0].unit
    one.save()
    found["one person's move"] = _timed(lambda: obligations.follow(one))
    tomorrow = timezone.localdate() + timedelta(days=1)
    found["a night"] = _timed(lambda: obligations.tonight(tomorrow))
    return found


def _timed(work: Callable[[], object]) -> list[object]:
    """Seconds, seconds of our own processor time, and what was answered."""
    started, busy = perf_counter(), process_time()
    done = work()
    return [round(perf_counter() - started, 3), round(process_time() - busy, 3), done]


def fill(size: int) -> object:
    """A municipality of its own with units under homes, employees, evidence and an active plan."""
    from samtun.learning.models import Employment, Evidence, Learner  # noqa: PLC0415
    from tests.factories import directory as make  # noqa: PLC0415
    from tests.factories import learning  # noqa: PLC0415

    place = make.municipality(str(1000 + size % 9000), f"Kommune {size}")
    top = make.organization(municipality=place)
    homes = [make.organization(parent_organization=top) for _ in range(10)]
    units = [make.organization(parent_organization=homes[n % 10]) for n in range(UNITS - 10)]
    learners = Learner.objects.bulk_create(
        Learner(name="Eli", email=f"eli{n}.{size}@valdres.example") for n in range(size)
    )
    since = learning.timezone.localdate() - timedelta(days=900)
    Employment.objects.bulk_create(
        Employment(
            learner=one, employer=top, unit=units[n % len(units)], joined_on=since,
            unit_since=since, profession=PROFESSIONS[n % 6], is_leader=n % 40 == 0,
            external_id=str(n),
        )
        for n, one in enumerate(learners)
    )  # fmt: skip
    version = learning.version(learning.plan(municipality=place))
    items = [learning.item(version, valid_months=12 if n == 3 else None) for n in range(8)]
    for n, item in enumerate(items):
        learning.rule(item, unit=homes[n] if n > 5 else None)
        if n % 2:
            learning.rule(item, professions=["nurse", "doctor"], due_days=20)
    Evidence.objects.bulk_create(
        Evidence(
            learner=one, kind="course", course=items[n % 5].course, title="Kurs",
            done_on=since, learnt="alone", key=f"{size}:{n}",
        )
        for n, one in enumerate(learners)
    )  # fmt: skip
    return version.plan


def _change_rules(plan: object) -> None:
    """A new version in which one item is gone, one is new, and one date is another."""
    from samtun.learning.models import Item, PlanVersion  # noqa: PLC0415
    from tests.factories import learning  # noqa: PLC0415

    before = PlanVersion.objects.get(plan=plan, status="active")
    PlanVersion.objects.filter(pk=before.pk).update(status="superseded", digest="agreed")
    after = learning.version(before.plan, number=2)
    for item in Item.objects.filter(version=before).exclude(position=0).order_by("position"):
        rules = list(item.rules.order_by("pk"))
        item.pk, item.version, item._state.adding = None, after, True
        item.pk = Item._meta.pk.get_default()
        item.save(force_insert=True)
        for rule in rules:
            due = 60 if item.position == 1 else rule.due_days
            learning.rule(
                item, key=rule.key, unit=rule.unit, professions=rule.professions, due_days=due
            )
    learning.rule(learning.item(after))


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]] or [5_000])
