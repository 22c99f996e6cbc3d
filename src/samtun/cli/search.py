"""Searching from the command line, for tuning and for judging by others."""

import json
import sys

import click
from django.utils import timezone

from samtun import search as engine
from samtun.directory import finding
from samtun.directory.queries.listed import listings_of
from samtun.organisations.queries import region_scope

MOST = 10


@click.command()
@click.option("--region", "slug", required=True, help="The region's address, e.g. valdres.")
@click.option("--language", type=click.Choice(["nb", "nn", "en"]), default="nb", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def search(slug: str, language: str, *, as_json: bool) -> None:
    """Answer the queries on standard input, one a line; ten services at most for each."""
    scope = region_scope(slug)
    if scope is None:
        raise click.ClickException(f"There is no region at the address «{slug}».")
    for line in sys.stdin.buffer:
        text = line.decode("utf-8", errors="replace").rstrip("\r\n")
        found = _answer(text, scope.numbers, language)
        click.echo(json.dumps(found, ensure_ascii=False) if as_json else _readable(found))


def _answer(text: str, numbers: frozenset[str], language: str) -> dict[str, object]:
    query = engine.Query(
        text=text, scope=numbers, language=language, limit=MOST, now=timezone.localtime()
    )
    hits = finding.find(query).results.hits
    return {
        "query": text,
        "results": [
            {
                "id": key,
                "name": data["texts"][data["language"]]["name"],
                "needs": data["needs"],
                "municipalities": data["municipalities"],
            }
            for key, data in listings_of([hit.id for hit in hits])
        ],
    }


def _readable(found: dict[str, object]) -> str:
    results = found["results"]
    names = [one["name"] for one in results] if isinstance(results, list) else []
    return "\n  ".join([str(found["query"]), *names])
