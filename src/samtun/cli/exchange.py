"""`samtun import`, `samtun export` and `samtun load los`: data in and out."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.db import DatabaseError
from django.utils import translation

from samtun.directory import exchange
from samtun.directory.exchange import wording

_PATH = click.Path(exists=True, path_type=Path)
_NEW_PATH = click.Path(path_type=Path)
_LANGUAGES = click.Choice(["nb", "nn", "en"])
_dry_run = click.option(
    "--dry-run", is_flag=True, help="Say what would be added, changed and gone; change nothing."
)
_report = click.option(
    "--report",
    "report_to",
    type=_NEW_PATH,
    help="Write what became of every row, as CSV or (by the name) JSON.",
)
_language = click.option(
    "--language", type=_LANGUAGES, default="nb", show_default=True, help="Of the report."
)


@click.command("hsds")
@click.argument("path", type=_PATH)
@click.option("--source", help="Name of where the data comes from, the same at each import.")
@_dry_run
@_report
@_language
def import_hsds(
    path: Path, source: str | None, report_to: Path | None, language: str, *, dry_run: bool
) -> None:
    """Import HSDS 1.x to 3.x: JSON, or CSV in a folder or a zip.

    Importing the same again changes nothing. Exit code 1 when nothing could be used.
    """
    _run(
        language,
        lambda: exchange.import_hsds(
            path, source=source, dry_run=dry_run, report_to=report_to, progress=_progress
        ),
    )


@click.command("region")
@click.argument("path", type=_PATH)
@_dry_run
@_report
@_language
def import_region(path: Path, report_to: Path | None, language: str, *, dry_run: bool) -> None:
    """Import a region's plain files (a folder with region.toml)."""
    _run(
        language,
        lambda: exchange.import_region(
            path, dry_run=dry_run, report_to=report_to, progress=_progress
        ),
    )


@click.command("hsds")
@click.option("--region", "region", help="Only what covers the region at this address.")
@click.option(
    "--to",
    "to",
    type=_NEW_PATH,
    required=True,
    help="A folder or .zip for JSON and the CSV data package, or a .json file for JSON alone.",
)
def export_hsds(region: str | None, to: Path) -> None:
    """Export the public directory as HSDS 3.1."""
    with _told("en"):
        counts = exchange.export_hsds(to, region=region, progress=_progress)
    click.echo(f"{counts['service']} services are written to {to}.")


@click.command("los")
@click.argument("path", type=_PATH)
def load_los(path: Path) -> None:
    """Load the subject words LOS from their RDF file."""
    with _told("en"):
        count = exchange.load_los(path)
    click.echo(f"{count} LOS subjects are loaded.")


def _run(language: str, work: Callable[[], exchange.Report]) -> None:
    with _told(language):
        report = work()
        _progress("", 0)
        for line in wording.summary(report):
            click.echo(line)
    if not report.is_usable:
        sys.exit(1)


@contextmanager
def _told(language: str) -> Iterator[None]:
    """What goes wrong is said in `language`, on one line, with exit code 1."""
    with translation.override(language):
        try:
            yield
        except exchange.ExchangeError as error:
            raise click.ClickException(str(error)) from error
        except DatabaseError as error:
            reason = (
                f"The database says “{str(error).strip()}”. A new one is set up by: samtun migrate"
            )
            raise click.ClickException(reason) from error
        finally:
            _progress("", 0)


def _progress(stage: str, done: int) -> None:
    """One line on standard error that rewrites itself; silent when that is no terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{stage} {done}" if stage else "\r\x1b[K", nl=False, err=True)
    elif stage and done % 50_000 == 0:
        click.echo(f"{stage} {done}", err=True)
