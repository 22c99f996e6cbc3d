"""An empty PostgreSQL for a measurement, with what a server on it needs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import with_postgresql


@contextmanager
def database(name: str, **variables: str) -> Iterator[Path]:
    """A data folder of its own; the environment says where both are, and `variables` beside it.

    Where PostgreSQL is not installed a line says so, and the program ends.
    """
    binaries = with_postgresql.find_binaries()
    if binaries is None:
        print("  PostgreSQL is not installed")
        raise SystemExit
    with (
        tempfile.TemporaryDirectory(prefix=f"samtun-{name}-") as folder,
        with_postgresql.cluster(binaries) as address,
    ):
        os.environ |= {
            "SAMTUN_DATA_DIR": folder,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "samtun.config.settings",
            **variables,
        }
        yield Path(folder)


@contextmanager
def tables() -> Iterator[None]:
    """Django in this process, on empty tables; its connections are closed when the block ends."""
    import django  # noqa: PLC0415  # the settings read the variables above
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        yield
    finally:
        for one in connections.all():
            one.close()
            one.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's
