"""A leader's page over 300 units with 5 000 employees: `python -m benchmarks.leader [employees]`.

The leader of a municipality opens it again and again, through the whole of Django (session, roles,
second factor, templates). The database is that of DATABASE_URL, else SQLite in a folder of its own.
"""

import os
import sys
import tempfile

EMPLOYEES = 5_000
PAGE = "/skrivebord/opplaering/enheter/"
WANTED = 60.0  # milliseconds, 95 of 100


def main(employees: int) -> None:
    """Fill a database and measure."""
    with tempfile.TemporaryDirectory(prefix="samtun-leader-") as folder:
        os.environ |= {
            "SAMTUN_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "samtun.config.settings",
        }
        import django  # noqa: PLC0415  # the settings read the folder chosen above
        from django.core.management import call_command  # noqa: PLC0415

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from benchmarks import desk  # noqa: PLC0415

        person = _leader(employees)
        print(f"{employees} employees in 300 units, leader of the municipality")
        desk.measure("units", PAGE, WANTED, person)


def _leader(employees: int) -> object:
    from django.db import transaction  # noqa: PLC0415

    from benchmarks import obligations as filled  # noqa: PLC0415
    from samtun.learning.actions import obligations  # noqa: PLC0415
    from samtun.learning.models import Plan  # noqa: PLC0415
    from samtun.people.enums import RoleKind  # noqa: PLC0415
    from tests.factories import people  # noqa: PLC0415

    with transaction.atomic():
        plan = filled.fill(employees)
        assert isinstance(plan, Plan)
        obligations.recompute(plan)
        person = people.person("Lise Leder")
        people.second_factor(person)
        people.role(person, RoleKind.LEADER, municipality=plan.municipality)
    return person


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EMPLOYEES)
