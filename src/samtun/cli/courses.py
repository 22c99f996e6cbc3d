"""`samtun load courses`: courses from plain files."""

import sys
from pathlib import Path

import click
from django.utils import translation

from samtun.editorial.files import loading

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("courses")
@click.argument("folder", type=_FOLDER)
@click.option("--region", default="", help="Whose organisations publish them, by the region's key.")
def load_courses(folder: Path, region: str) -> None:
    """Load and publish courses from a folder with courses.toml and modules/.

    Loading the same again changes nothing. What is wrong is said with file and line, and keeps
    nothing else from being loaded; then the exit code is 1.
    """
    with translation.override("en"):
        loaded = loading.load(folder, region=region)
    for problem in loaded.problems:
        click.echo(str(problem), err=True)
    click.echo(
        f"{loaded.courses} courses with {loaded.modules} modules are read, "
        f"{loaded.published} texts are published."
    )
    if loaded.problems:
        sys.exit(1)
