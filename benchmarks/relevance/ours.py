"""Samtun's own search over the example region, as `samtun search` asks it.

`answers` runs this file as a process of its own, with a data folder that is thrown away; it reads
queries, one a line, and prints one JSON object a line.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import call_command
from django.utils import timezone

DEPTH = 10
GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Answer:
    """Offer keys, best first; `relaxed` as in `samtun.search.Results`."""

    found: list[str]
    relaxed: str | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing of its own: no offer, or only the general help shown when nothing matches."""
        return not self.found or self.relaxed == GENERAL


def answers(queries: Sequence[str]) -> list[Answer]:
    """The answers to `queries`, in order.

    Raises:
        subprocess.CalledProcessError: the region could not be imported or searched.
    """
    with tempfile.TemporaryDirectory(prefix="samtun-relevance-") as folder:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment["SAMTUN_DATA_DIR"] = folder
        environment["DJANGO_SETTINGS_MODULE"] = "samtun.config.settings"
        command = [sys.executable, "-m", "benchmarks.relevance.ours"]
        asked = "\n".join(queries).encode()
        done = subprocess.run(
            command, env=environment, input=asked, check=True, stdout=subprocess.PIPE
        )
    return [Answer(**json.loads(line)) for line in done.stdout.splitlines()]


def main() -> None:
    """Import the region, then answer standard input."""
    django.setup()
    from benchmarks.relevance.offers import REGION  # noqa: PLC0415  # models need the settings
    from samtun.directory import finding  # noqa: PLC0415
    from samtun.directory.exchange import import_region  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    import_region(Path(REGION))
    finding.rebuild()
    for line in sys.stdin.buffer.read().decode().splitlines():
        print(json.dumps(_answer(line)))


def _answer(text: str) -> dict[str, object]:
    from samtun import search  # noqa: PLC0415
    from samtun.directory import finding  # noqa: PLC0415
    from samtun.directory.queries.listed import listings_of  # noqa: PLC0415
    from samtun.organisations.queries import region_scope  # noqa: PLC0415

    scope = region_scope("valdres")
    assert scope is not None
    query = search.Query(text=text, scope=scope.numbers, limit=DEPTH, now=timezone.localtime())
    answer = finding.find(query)
    assert not answer.is_plain, "the index cannot answer"
    results = answer.results
    listings = listings_of([hit.id for hit in results.hits])
    return {"found": [data["slug"] for _, data in listings], "relaxed": results.relaxed}


if __name__ == "__main__":
    main()
