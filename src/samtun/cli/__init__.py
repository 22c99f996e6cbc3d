"""The `samtun` command: each command imports what it needs when it runs, so that `-h` is quick."""

import importlib
import os
from collections.abc import Mapping

import click
import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samtun.config.settings")


class _Group(click.Group):
    """A group whose commands live in modules that may only be imported once Django is set up."""

    def __init__(self, homes: Mapping[str, str], *, name: str, about: str) -> None:
        super().__init__(name=name, help=about, context_settings=_CONTEXT)
        self.homes = homes

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*self.homes, *self.commands])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in self.homes:
            return super().get_command(context, name)
        django.setup()
        module, _, attribute = self.homes[name].partition(":")
        found = getattr(importlib.import_module(module), attribute)
        return found if isinstance(found, click.Command) else None


_CONTEXT = {"help_option_names": ["-h", "--help"]}

main = _Group(
    {
        "demo": "samtun.cli.demo:demo",
        "serve": "samtun.cli.serve:serve",
        "invite": "samtun.cli.people:invite",
        "migrate": "samtun.cli.keep:migrate",
        "collect": "samtun.cli.keep:collect",
        "search": "samtun.cli.search:search",
        "worker": "samtun.cli.worker:worker",
    },
    name="samtun",
    about="""Samtun: a region's resource map for carers.

    Commands work on the data in SAMTUN_DATA_DIR (in a checkout: var/) and DATABASE_URL.""",
)
main.add_command(
    _Group(
        {
            "hsds": "samtun.cli.exchange:import_hsds",
            "region": "samtun.cli.exchange:import_region",
        },
        name="import",
        about="Bring data in.",
    )
)
main.add_command(
    _Group({"hsds": "samtun.cli.exchange:export_hsds"}, name="export", about="Give data out.")
)
main.add_command(
    _Group(
        {
            "courses": "samtun.cli.courses:load_courses",
            "los": "samtun.cli.exchange:load_los",
            "reference": "samtun.cli.keep:load_reference",
            "terms": "samtun.cli.keep:load_terms",
        },
        name="load",
        about="Load facts and vocabularies.",
    )
)
main.add_command(
    _Group({"rebuild": "samtun.cli.keep:rebuild_index"}, name="index", about="Keep the index.")
)
main.add_command(_Group({"bounce": "samtun.cli.mail:bounce"}, name="mail", about="Mind the post."))
