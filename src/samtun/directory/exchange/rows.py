"""What a reader hands to the import: rows of HSDS tables, whatever the file looked like."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is refused, or what was mended in it: a code of `messages` and its words."""

    code: str
    words: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an HSDS table as it was found.

    `values` holds only what has a value. A `repeats` row is one that a nested file may show
    many times (the organisation inside each of its services): it is joined with its likes and
    counts once. `problem` marks a row that could be found but not read.
    """

    table: str
    values: Mapping[str, Any]
    place: str  # for people: file, and line or path within it
    repeats: bool = False
    problem: Problem | None = None
    repairs: tuple[Problem, ...] = ()  # what the reader mended


class Dump(Protocol):
    """A data set to import."""

    present: set[str]  # tables that it has, known when `rows` is exhausted; empty ones too
    notices: list[Problem]  # what is to be said of whole files

    def rows(self) -> Iterator[Row]:
        """Every row, in the order found; may be called again."""
        ...
