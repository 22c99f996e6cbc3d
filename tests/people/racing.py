"""Two last administrators who leave at the same moment, in a database file of their own.

    SAMTUN_DATA_DIR=… python -m tests.people.racing

prints how many are left and what each was answered. SQLite's test database lives in memory, where
two connections cannot wait for each other; so this is a process of its own.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samtun.people.models import User


def race(first: "User", second: "User") -> list[int]:
    """Each ends the role of the other, by a request of their own, at once; the answers."""
    from django.db import connections  # noqa: PLC0415

    from tests.factories import people  # noqa: PLC0415

    barrier = Barrier(2, timeout=20)
    addresses = [f"/skrivebord/folk/rolle/{one.roles.get().pk}/avslutt/" for one in (second, first)]
    clients = [people.signed_in(one) for one in (first, second)]

    def leave(number: int) -> int:
        try:
            barrier.wait()
            return clients[number].post(addresses[number], {"ends_on": ""}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(leave, range(2)))


def two_system_administrators() -> "tuple[User, User]":
    """They alone run the installation."""
    from samtun.people.enums import RoleKind  # noqa: PLC0415
    from tests.factories import people  # noqa: PLC0415

    made = (people.person("Kari"), people.person("Ola"))
    for one in made:
        people.role(one, RoleKind.SYSTEM_ADMINISTRATOR)
    return made


def left() -> int:
    """How many administrators there still are."""
    from samtun.people.grants import not_over  # noqa: PLC0415
    from samtun.people.models import Role  # noqa: PLC0415

    return Role.objects.filter(not_over()).count()


def main() -> None:
    """Set up, race, tell."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    answers = race(*two_system_administrators())
    print(left(), *answers)


if __name__ == "__main__":
    main()
