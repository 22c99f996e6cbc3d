"""Django's `migrate`, which on an empty database begins with the packages of others.

The order makes no difference to the result. But Wagtail alone brings a hundred migrations, each of
which draws up anew all models that refer to the user; as long as ours are not there yet those are
few, and a new installation is ready in half the time.
"""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

OURS = "samtun."


class Command(migrate.Command):
    """See the module."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  (as Django has it)
        """Migrate others' packages first where nothing is migrated yet, then as Django does."""
        connection = connections[options["database"]]
        loader = MigrationLoader(connection)
        is_whole = not (options["app_label"] or options["check_unapplied"] or options["plan"])
        if is_whole and not loader.applied_migrations:
            MigrationExecutor(connection).migrate(_others(loader))
        super().handle(*args, **options)


def _others(loader: MigrationLoader) -> list[tuple[str, str]]:
    """The newest migrations of packages that are not ours, Wagtail's core before all."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(OURS)}
    leaves = [leaf for leaf in loader.graph.leaf_nodes() if leaf[0] not in ours]
    return sorted(leaves, key=lambda leaf: (leaf[0] != "wagtailcore", leaf))
