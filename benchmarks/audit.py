"""A million events: how long a page of the trail takes, by reader and by filter.

    SAMTUN_DATA_DIR=$(mktemp -d) python -m benchmarks.audit
    python tests/with_postgresql.py python -m benchmarks.audit

fills the database of the environment and prints the slowest and the middle one of several looks at
the first page, one in the middle and the last, all of the page's work but its template. On a busy
machine SAMTUN_BENCH_CLOCK=process counts processor time only (with SQLite that is all of it).
"""

import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter, process_time
from typing import Any
from uuid import UUID, uuid4

import django

EVENTS = 1_000_000
REGIONS = 60
ORGANIZATIONS = 3_000
UNITS = 250  # of one municipality
PEOPLE = 2_000
LOOKS = 5
LIMIT = 50.0  # milliseconds


def main(events: int) -> None:
    """Fill and look."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  # settings first
    from django.db import connection  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    readers = _fill(events)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{events} events, {connection.vendor}; milliseconds, middle and slowest of {LOOKS}")
    for name, person in readers.items():
        _measure(name, person)


def _fill(events: int) -> dict[str, Any]:
    from django.utils import timezone  # noqa: PLC0415

    from samtun.people.models import AuditEvent, User  # noqa: PLC0415

    random.seed(1)
    regions, organizations, readers = _world()
    actors = [User(email=f"p{number}@example.org") for number in range(PEOPLE)]
    User.objects.bulk_create(actors)
    actors += [*readers.values()] * 20
    objects = [str(uuid4()) for _ in range(events // 20)]
    start = timezone.now() - timedelta(days=3 * 365)
    step = timedelta(days=3 * 365) / events

    def rows() -> Iterator[AuditEvent]:
        for number in range(events):
            place = int(len(organizations) * random.random() ** 3)  # a few do most
            kind = random.choices(
                ("directory.service", "Looked", "people.role", "directory.suggestion"),
                (80, 15, 1, 4),
            )[0]
            yield AuditEvent(
                at=start + step * number,
                actor=random.choice(actors),
                action="service.changed",
                object_type=kind,
                object_id=random.choice(objects),
                object_name="Temakafé",
                organization_id=organizations[place],
                region_id=regions[place % len(regions)],
                details={"fields": ["phones"]},
            )

    made = rows()
    while some := [event for event, _ in zip(made, range(5_000), strict=False)]:
        AuditEvent.objects.bulk_create(some)
    return readers


def _world() -> tuple[list[UUID], list[UUID], dict[str, Any]]:
    from django.utils import timezone  # noqa: PLC0415

    from samtun.organisations.models import Organization, Region  # noqa: PLC0415
    from samtun.people.models import Role, User  # noqa: PLC0415

    now = timezone.now()
    regions = [Region(slug=f"region-{number}") for number in range(REGIONS)]
    Region.objects.bulk_create(regions)
    top = Organization.objects.create(name="Kommunen", last_modified=now)
    others = [
        Organization(
            name=f"Enhet {number}",
            last_modified=now,
            parent_organization=top if number % (ORGANIZATIONS // UNITS) == 0 else None,
        )
        for number in range(ORGANIZATIONS)
    ]
    Organization.objects.bulk_create(others)
    quiet = Organization.objects.create(name="Stille", last_modified=now)
    readers = {
        "system administrator": {"kind": "system_administrator"},
        "region editor, one region": {"kind": "region_editor", "region": regions[0]},
        f"organisation editor, {UNITS} units": {"kind": "organisation_editor", "organization": top},
        "organisation editor, nothing yet": {"kind": "organisation_editor", "organization": quiet},
    }
    found = {}
    for number, (name, fields) in enumerate(readers.items()):
        found[name] = User.objects.create(email=f"reader{number}@example.org", name=name)
        Role.objects.create(person=found[name], **fields)
    return [one.pk for one in regions], [one.pk for one in others], found


def _measure(name: str, person: Any) -> None:  # noqa: ANN401  (a model of later)
    from django.utils import timezone  # noqa: PLC0415

    from samtun.people.models import AuditEvent  # noqa: PLC0415
    from samtun.people.queries.trail import Asked  # noqa: PLC0415

    day = timezone.localdate() - timedelta(days=500)
    some = AuditEvent.objects.order_by("pk")[12_345]
    asked = {
        "all": Asked(),
        "one person": Asked(actor=some.actor_id),
        "themself": Asked(actor=person.pk),
        "one thing": Asked(object_id=some.object_id),
        "a common kind": Asked(object_types=("directory.service",)),
        "a rare kind": Asked(object_types=("people.role", "people.invitation", "people.user")),
        "a month": Asked(since=day, until=day + timedelta(days=30)),
        "person, kind, month": Asked(some.actor_id, ("people.role",), "", day, day),
        "kind that is not there": Asked(object_types=("Looked", "nothing")),
    }
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for what, question in asked.items():
        taken = [_look(person, question, below) for below in (None, last // 2, last // 50)]
        worst = max(slowest for _, slowest in taken)
        figures = "   ".join(f"{middle:6.1f} {slowest:6.1f}" for middle, slowest in taken)
        print(f"  {name:34} {what:24} {figures}   {'' if worst <= LIMIT else 'MISSED'}")


def _look(person: Any, asked: Any, below: int | None) -> tuple[float, float]:  # noqa: ANN401
    from samtun.desk.trail import told  # noqa: PLC0415
    from samtun.people.models import User  # noqa: PLC0415
    from samtun.people.queries.trail import page_of  # noqa: PLC0415

    clock = process_time if os.environ.get("SAMTUN_BENCH_CLOCK") == "process" else perf_counter
    taken = []
    for _ in range(LOOKS):
        reader = User.objects.get(pk=person.pk)
        started = clock()
        told(page_of(reader, asked, below=below).events)
        taken.append((clock() - started) * 1000)
    return sorted(taken)[LOOKS // 2], max(taken)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
