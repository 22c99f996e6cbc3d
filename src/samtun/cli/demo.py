"""`samtun demo`: from nothing to a running example region."""

import hashlib
import os
import sys
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from samtun import search
from samtun.cli import example, example_events, example_training
from samtun.directory import exchange, finding
from samtun.directory.actions import vocabularies
from samtun.editorial.files import loading
from samtun.events import finding as events
from samtun.mail.models import Letter
from samtun.organisations import actions as organisations
from samtun.people import demo as invented

EXAMPLE = Path(settings.CHECKOUT) / "examples" / "valdres"


@click.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--prepare-only", is_flag=True, help="Set everything up, do not serve.")
def demo(port: int, *, prepare_only: bool) -> None:
    """Set up the database with the example region Valdres and serve it on this machine."""
    address = os.environ.get("SAMTUN_PUBLIC_URL", f"http://127.0.0.1:{port}")
    settings.PUBLIC_URL, settings.DEMO = address, True  # the links in the letters that are made
    call_command("migrate", interactive=False, verbosity=0)
    _load_example()
    example.load()
    example_events.load()
    _load_courses()
    example_training.load()
    _readdress_letters(address)
    _check_index()
    if prepare_only:
        return
    click.echo(_WELCOME.format(address=address, people=_people()))
    # A process of its own: it reads the settings anew and keeps none of what loading took.
    os.environ.setdefault("SAMTUN_PUBLIC_URL", address)
    os.environ["SAMTUN_DEMO"] = "1"  # letters are shown, never sent
    os.environ.setdefault("SAMTUN_LOG_LEVEL", "WARNING")  # the welcome stays in sight
    command = [sys.executable, "-m", "samtun.cli", "serve", "--port", str(port), "--with-worker"]
    os.execv(sys.executable, command)  # noqa: S606  # our own command, no shell


def _load_example() -> None:
    """Load the example unless this very content was loaded before."""
    mark = Path(settings.DATA_DIR) / "example.sha256"
    digest = _digest()
    if mark.exists() and mark.read_text(encoding="ascii") == digest:
        return
    click.echo("Loading reference facts and the example region Valdres …")
    organisations.load_reference_facts()
    vocabularies.load_vocabularies()
    exchange.import_region(EXAMPLE)  # makes the search index too
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(digest, encoding="ascii")


def _load_courses() -> None:
    """The courses; what is loaded already is not published again."""
    for problem in loading.load(EXAMPLE / "courses").problems:
        click.echo(str(problem), err=True)


def _readdress_letters(address: str) -> None:
    """Let the links in the letters lead here, when the port is another than last time."""
    mark = Path(settings.DATA_DIR) / "example.address"
    last = mark.read_text(encoding="utf-8") if mark.exists() else address
    if last != address:
        for letter in Letter.objects.filter(text__contains=last):
            letter.text = letter.text.replace(last, address)
            letter.html = letter.html.replace(last, address)
            letter.save(update_fields=["text", "html"])
    mark.write_text(address, encoding="utf-8")


def _digest() -> str:
    """Of everything that is loaded or gathered, and of the code that loads it."""
    together = hashlib.sha256()
    tables = Path(settings.PACKAGE).glob("*/data/*.tsv")
    code = (Path(settings.PACKAGE) / "directory").rglob("*.py")
    static = (path for path in Path(settings.PACKAGE).glob("*/static/**/*") if path.is_file())
    for path in sorted([*EXAMPLE.rglob("*.toml"), *tables, *code, *static]):
        together.update(path.read_bytes())
    return together.hexdigest()


def _check_index() -> None:
    kept = ((finding.state, finding.rebuild), (events.state, events.rebuild))
    for state, rebuild in kept:
        if state() != "ok":
            click.echo("Building the search index …")
            try:
                rebuild()
            except search.SearchError as error:
                raise click.ClickException(str(error)) from error


def _people() -> str:
    """Whom to sign in as, a line each."""
    lines = (f"  {one.email:<44}{one.role.label}" for one in invented.people())
    with translation.override("nb"):
        return "\n".join(lines)


_WELCOME = """
Samtun is running with the example region Valdres (invented offers, real helplines).

  {address}/                    choose a municipality or region
  {address}/valdres/            the resource map of Valdres
  {address}/valdres/sok/?q=sliten+av+å+passe+på+mannen+min
  {address}/valdres/kalender/   what happens: cafés, courses, theme evenings, sign-up
  {address}/nn/valdres/         the same in nynorsk; /en/ in English
  {address}/api/hsds/v3/        the same data, open (HSDS 3.1)
  {address}/skrivebord/         the desk, for those who work here; sign in as one of these
  {address}/utboks/             their password and code, and every letter instead of sending it

{people}

Try: avlastnig · pappa drikker · omsorgslønn · respite care for my mother
In another terminal: echo "temakafe fagernes" | .venv/bin/samtun search --region valdres --json
Stop with Ctrl-C. Started again it is up within seconds.
"""
