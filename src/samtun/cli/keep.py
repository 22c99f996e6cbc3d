"""Commands for whoever keeps an installation running."""

import click
from django.core.management import call_command

from samtun import search
from samtun.directory import finding
from samtun.directory.actions import vocabularies
from samtun.organisations import actions as organisations


@click.command()
def migrate() -> None:
    """Bring the database to this version's form."""
    call_command("migrate", interactive=False, verbosity=0)
    click.echo("The database is up to date.")


@click.command()
def collect() -> None:
    """Gather static files with hashed names and compressed copies, for a real server."""
    call_command("collectstatic", interactive=False, verbosity=0)
    click.echo("Static files are gathered.")


@click.command("reference")
def load_reference() -> None:
    """Fill or renew municipalities, postal codes, needs and target groups."""
    organisations.load_reference_facts()
    vocabularies.load_vocabularies()
    click.echo("Reference facts are loaded.")


@click.command("rebuild")
def rebuild_index() -> None:
    """Make the search index anew from the database."""
    try:
        count = finding.rebuild(progress=_say)
    except search.SearchError as error:
        raise click.ClickException(f"The index was not rebuilt: {error}") from error
    click.echo(f"{count} services are searchable.")


def _say(done: int) -> None:
    click.echo(f"\r{done} services read", nl=False, err=True)
    click.echo("", err=True)
