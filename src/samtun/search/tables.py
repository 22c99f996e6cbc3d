"""Reading the tables in `data/` that an editor can read and extend: tab-separated, # comments."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

Row = tuple[str, ...]


def rows_of(lines: Iterable[str], columns: int) -> Iterator[Row]:
    """The rows of a table, each with exactly `columns` cells; blank lines and comments skipped."""
    for line in lines:
        if line.strip() and not line.startswith("#"):
            cells = [cell.strip() for cell in line.rstrip("\n").split("\t")]
            yield tuple((cells + [""] * columns)[:columns])


@cache
def packaged_table(name: str, columns: int) -> tuple[Row, ...]:
    """A table that comes with the package."""
    text = files("samtun.search").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(rows_of(text.splitlines(), columns))


def table_in(path: Path, columns: int) -> tuple[Row, ...]:
    """A table of an installation's own."""
    return tuple(rows_of(path.read_text(encoding="utf-8").splitlines(), columns))


@cache
def packaged_words(name: str) -> frozenset[str]:
    """All words of a packaged list, wherever the line breaks fall."""
    return frozenset(word for row in packaged_table(name, 1) for word in row[0].split())
