"""What is asked of the index, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from samtun.search.understanding import Understanding

Order = Literal["relevance", "distance", "name"]
Relaxed = Literal["filters", "words", "area", "general"]

AGE_BANDS: dict[str, tuple[int, int]] = {
    "0-5": (0, 5),
    "6-12": (6, 12),
    "13-15": (13, 15),
    "16-17": (16, 17),
    "18-25": (18, 25),
    "26-66": (26, 66),
    "67+": (67, 130),
}

FACETS = (
    "need",
    "target_group",
    "municipality",
    "age",
    "meeting",
    "free",
    "open_now",
)
"""The facets counted. The values of `free` and `open_now` are just "yes"."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the visitor narrowed to: values of one facet are alternatives, facets add up.

    `ages` are keys of AGE_BANDS. Unknown values match nothing and harm nothing.
    """

    needs: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    meeting: tuple[str, ...] = ()
    free: bool = False
    open_now: bool = False

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """The facets that narrow, with their values."""
        every = {
            "need": self.needs,
            "target_group": self.target_groups,
            "municipality": self.municipalities,
            "age": self.ages,
            "meeting": self.meeting,
            "free": ("yes",) if self.free else (),
            "open_now": ("yes",) if self.open_now else (),
        }
        return {facet: values for facet, values in every.items() if values}


@dataclass(frozen=True, slots=True)
class Query:
    """One search. `scope` None asks the whole country; `now` must be aware and local."""

    text: str = ""
    scope: frozenset[str] | None = None
    language: str = "nb"
    filters: Filters = field(default_factory=Filters)
    order: Order = "relevance"
    origin: tuple[float, float] | None = None
    offset: int = 0
    limit: int = 20
    now: datetime = field(default_factory=lambda: datetime.now(UTC).astimezone())


@dataclass(frozen=True, slots=True)
class Hit:
    """One found entry. `distance_km` is known when an origin was given and the entry has points."""

    id: str
    score: float
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer. `relaxed` says what had to give when nothing matched as asked:

    "filters" were dropped, the "words" were read loosely, the "area" was widened to the whole
    country, or only "general" help (coordinators, offices, helplines) could be offered.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    understanding: Understanding
    relaxed: Relaxed | None = None
