"""Reference facts as they lie in the package's own tables; see NOTICE for whom to thank."""

import csv
from collections.abc import Iterator
from pathlib import Path

POPULATION_YEAR = 2026
_FOLDER = Path(__file__).parent / "data"


def rows(table: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file with a header line."""
    with table.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream, delimiter="\t")


def municipalities() -> Iterator[dict[str, str]]:
    """The 357 municipalities of 2026."""
    return rows(_FOLDER / "municipalities.tsv")


def population() -> Iterator[tuple[str, int, int | None, int]]:
    """(municipality number, youngest, oldest or None, inhabitants) for every age band."""
    for row in rows(_FOLDER / f"population_{POPULATION_YEAR}.tsv"):
        number = row.pop("municipality")
        for band, count in row.items():
            youngest, _, oldest = band.partition("-")
            yield number, int(youngest), int(oldest) if oldest else None, int(count)


def postal_codes() -> Iterator[dict[str, str]]:
    """Every postal code in use, with a point where one is known."""
    return rows(_FOLDER / "postal_codes.tsv")
