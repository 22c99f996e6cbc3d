"""Commands for whoever keeps an installation running."""

from pathlib import Path

import click
from django.core.management import call_command

from samtun import search
from samtun.directory import finding
from samtun.directory.actions import vocabularies
from samtun.directory.enums import Taxonomies
from samtun.events import finding as events
from samtun.organisations import actions as organisations
from samtun.organisations.reference import rows


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


@click.command("terms")
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--taxonomy", type=click.Choice(["needs", "target-groups"]), required=True)
def load_terms(table: Path, taxonomy: str) -> None:
    """Add needs or target groups of your own, or other names for ours.

    TABLE is tab-separated with the columns code, nb, nn, en, and parent (needs) or facet
    (target-groups), like the tables that come with Samtun.
    """
    try:
        count = vocabularies.load_terms(Taxonomies(taxonomy), rows(table))
    except vocabularies.VocabularyError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count} terms are loaded. Now run: samtun index rebuild")


@click.command("rebuild")
def rebuild_index() -> None:
    """Make the search index anew from the database."""
    try:
        count = finding.rebuild(progress=_say)
        happening = events.rebuild()
    except search.SearchError as error:
        raise click.ClickException(f"The index was not rebuilt: {error}") from error
    click.echo(f"{count} services are searchable.")
    click.echo(f"{happening} events are searchable.")


def _say(done: int) -> None:
    click.echo(f"\r{done} services read", nl=False, err=True)
    click.echo("", err=True)
