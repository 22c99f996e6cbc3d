"""Times a night's round: an ordinary one, everything due at once, and reminders; peak memory.

    SAMTUN_DATA_DIR=… python -m benchmarks.night 100000

fills the empty database of the environment (DATABASE_URL, else SQLite in that folder) and prints
one JSON object. Half of the entries are kept by a provider with five of them, a quarter by people
who keep a hundred, a tenth by nobody; the rest by one address each.
"""

import json
import os
import resource
import sys
from datetime import date, timedelta
from time import perf_counter

import django
from django.core.management import call_command

TODAY = date(2026, 11, 21)


def main(count: int) -> None:
    """Fill, then three nights."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")
    django.setup()
    from benchmarks import national  # noqa: PLC0415  # models need the settings
    from samtun.directory.editing import confirming  # noqa: PLC0415
    from samtun.directory.keeping import night  # noqa: PLC0415
    from samtun.directory.models import Asking, Service  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    national.fill(count)
    _give_keepers(count)
    before = _memory()
    found: dict[str, object] = {"services": count}
    found["due dates"] = _timed(confirming.renew_due)
    _spread()
    found["an ordinary night"] = _timed(lambda: night.night(TODAY))
    Asking.objects.all().delete()
    Service.objects.update(confirm_due_on=TODAY - timedelta(days=1))
    for name in ("all due at once", "the same night again"):
        found[name] = _timed(lambda: night.night(TODAY))
    Asking.objects.update(since=TODAY - timedelta(days=14))
    found["all to be reminded"] = _timed(lambda: night.night(TODAY))
    Asking.objects.update(since=TODAY - timedelta(days=14))
    found["all to their editors"] = _timed(lambda: night.night(TODAY))
    found["memory before, MB"], found["memory at most, MB"] = before, _memory()
    print(json.dumps(found, indent=1, default=str))


def _spread() -> None:
    """As where all keepers answer: each day a hundred and eightieth of the entries is due."""
    from samtun.directory.models import Service  # noqa: PLC0415

    keys = list(Service.objects.order_by("slug").values_list("pk", flat=True))
    for day in range(180):
        due = TODAY + timedelta(days=day)
        for start in range(day, len(keys), 180 * 900):
            some = keys[start : start + 180 * 900 : 180]
            Service.objects.filter(pk__in=some).update(confirm_due_on=due)


def _timed(work: object) -> list[object]:
    started = perf_counter()
    done = work()  # type: ignore[operator]
    return [round(perf_counter() - started, 2), done]


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _give_keepers(count: int) -> None:
    """Keepers as in the world, and an editor for every tenth organisation."""
    from samtun.directory.models import Service  # noqa: PLC0415
    from samtun.organisations.models import Organization  # noqa: PLC0415
    from samtun.people.enums import RoleKind  # noqa: PLC0415
    from samtun.people.models import Role, User  # noqa: PLC0415

    people = User.objects.bulk_create(
        [User(email=f"keeper{n}@example.org") for n in range(max(count // 400, 1))]
    )
    batch = []
    for number, service in enumerate(
        Service.objects.only("pk", "slug").order_by("slug").iterator()
    ):
        part = number % 20
        if part < 10:
            service.assurer_email = f"post{number // 20 * 2 + part // 5}@provider.example"
        elif part < 15:
            service.keeper = people[number // 400 % len(people)]
        elif part < 18:
            service.assurer_email = f"one{number}@provider.example"
        batch.append(service)
        if len(batch) == 2000:
            Service.objects.bulk_update(batch, ["assurer_email", "keeper"])
            batch = []
    Service.objects.bulk_update(batch, ["assurer_email", "keeper"])
    editors = Organization.objects.order_by("pk")[: max(count // 50, 1)]
    accounts = User.objects.bulk_create(
        [User(email=f"editor{n}@example.org") for n in range(len(editors))]
    )
    Role.objects.bulk_create(
        [
            Role(person=person, kind=RoleKind.ORGANISATION_EDITOR, organization=each)
            for person, each in zip(accounts, editors, strict=True)
        ]
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
