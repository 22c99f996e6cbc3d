"""The facts of all entries, by number: what filters, facets and orders are computed from."""

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import chain
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple, Self

from samtun.search.bitmaps import Members, bitmap, numbers_in
from samtun.search.openings import OpeningTable

LISTED_FACETS = ("need", "target_group", "municipality", "age", "meeting")
FLAGS = ("free", "country", "urgent", "children")
KEPT_SCOPES = 256
EARTH_RADIUS_KM = 6371.0088

SPARSE = 12
FEW_PER_SET, FEW_PER_SET_AND_ENTRY = 2, 0.0003
"""Up to so many entries are counted one by one; more are counted by comparing whole sets."""


class Texts:
    """Many short texts in one piece of memory."""

    def __init__(self) -> None:
        self._letters = bytearray()
        self._ends = array("L", (0,))

    def append(self, text: str) -> None:
        """Takes in one more."""
        self._letters += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._letters))

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> str:
        written = self._letters[self._ends[number] : self._ends[number + 1]]
        return written.decode("utf-8", "surrogatepass")


class Order(NamedTuple):
    """All entries in an order, and the place of each in it."""

    numbers: "array[int]"
    ranks: "array[int]"


_Sets = dict[str, dict[str, "array[int]"]]


class Columns:
    """Immutable to its readers: a reload with changes makes a new one."""

    def __init__(self, facts: Iterable[Mapping[str, Any]]) -> None:
        self.ids = Texts()
        self.names = Texts()
        self.assured = array("i")
        self.youngest = array("h")
        self.oldest = array("h")
        self._degrees = array("d")
        self._last_degree = array("L", (0,))
        self.openings = OpeningTable()
        self.extra_words: list[str] = []
        self.covered: list[tuple[str, ...]] = []
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._scopes: dict[frozenset[str], int] = {}
        sets: _Sets = {facet: {} for facet in (*LISTED_FACETS, *FLAGS)}
        dead: list[int] = []
        last_number: dict[str, int] = {}
        for fact in facts:
            replaced = last_number.pop(fact["id"], None)
            if replaced is not None:
                dead.append(replaced)
            if "name" in fact:
                last_number[fact["id"]] = len(self.ids)
                self._take(fact, sets)
        self.size = len(self.ids)
        self.alive = ((1 << self.size) - 1) & ~bitmap(dead, self.size)
        self.values = {
            facet: {value: bitmap(found, self.size) & self.alive for value, found in by.items()}
            for facet, by in sets.items()
        }

    def _take(self, fact: Mapping[str, Any], sets: "_Sets") -> None:
        number = len(self.ids)
        self.extra_words.extend(fact.get("words", ()))
        self.ids.append(fact["id"])
        self.names.append(fact["name"])
        covered = tuple(fact["municipality"])
        self.covered.append(self._same.setdefault(covered, covered))
        self.assured.append(fact["assured"])
        youngest, oldest = fact["ages"]
        self.youngest.append(-1 if youngest is None else _small(youngest))
        self.oldest.append(-1 if oldest is None else _small(oldest))
        self._degrees.extend(chain.from_iterable(fact["points"]))
        self._last_degree.append(len(self._degrees))
        if fact["openings"]:
            self.openings.add(number, fact["openings"])
        for facet in LISTED_FACETS:
            for value in fact[facet]:
                sets[facet].setdefault(value, array("I")).append(number)
        for flag in FLAGS:
            if fact[flag]:
                sets[flag].setdefault("yes", array("I")).append(number)

    def flag(self, name: str) -> int:
        """The entries that have a flag: free, country, urgent, children."""
        return self.values[name].get("yes", 0)

    @cached_property
    def country(self) -> Members:
        """The entries that cover the whole country."""
        return Members(self.flag("country"))

    @cached_property
    def children(self) -> Members:
        """The entries that speak to children themselves."""
        return Members(self.flag("children"))

    @cached_property
    def urgent(self) -> Members:
        """The entries that help in a crisis."""
        return Members(self.flag("urgent"))

    def in_scope(self, scope: frozenset[str] | None) -> int:
        """The entries that cover one of these municipalities or the whole country."""
        if scope is None:
            return self.alive
        kept = self._scopes.get(scope)
        if kept is None:
            kept = self.flag("country")
            by_municipality = self.values["municipality"]
            for number in scope:
                kept |= by_municipality.get(number, 0)
            if len(self._scopes) >= KEPT_SCOPES:
                self._scopes.clear()
            self._scopes[scope] = kept
        return kept

    def having(self, facet: str, value: str, now: datetime) -> int:
        """The entries with one value of a facet. National ones count for every municipality."""
        if facet == "open_now":
            return self.openings.open_at(now, self.size) & self.alive
        found = self.values.get(facet, {}).get(value, 0)
        return found | self.flag("country") if facet == "municipality" else found

    @cached_property
    def default_order(self) -> Order:
        """Local before national, recently confirmed first (by month), then by name."""
        country, assured, names = self.country, self.assured, self.names
        keys = [(n in country, -(assured[n] // 31), names[n]) for n in range(self.size)]
        return self._sorted(keys.__getitem__)

    @cached_property
    def name_order(self) -> Order:
        """By name, å last as in Norwegian."""
        keys = [self.names[number].translate(_ALPHABET) for number in range(self.size)]
        return self._sorted(keys.__getitem__)

    def prepare(self) -> Self:
        """Works out now what the first visitor would else wait for."""
        _ = self.default_order, self.name_order
        return self

    def _sorted(self, key: Callable[[int], Any]) -> Order:
        numbers = array("I", sorted(range(self.size), key=key))
        ranks = array("I", bytes(4 * self.size))
        for rank, number in enumerate(numbers):
            ranks[number] = rank
        return Order(numbers, ranks)

    def in_order(self, order: Order, chosen: int) -> Iterator[int]:
        """The chosen entries in this order, lazily."""
        if chosen.bit_count() * SPARSE < self.size:
            return iter(sorted(numbers_in(chosen), key=order.ranks.__getitem__))
        members = Members(chosen)
        return (number for number in order.numbers if number in members)

    def counts(self, facet: str, chosen: int) -> dict[str, int]:
        """How many of the chosen have each value of a listed facet, where any has."""
        return {
            value: count
            for value, its in self.values[facet].items()
            if (count := (chosen & its).bit_count())
        }

    def municipality_counts(
        self, chosen: int, scope: Collection[str] | None = None
    ) -> dict[str, int]:
        """How many of the chosen cover each municipality; those of the whole country, all."""
        country = self.flag("country")
        everywhere = (chosen & country).bit_count()
        found = self._local_counts(chosen & ~country)
        wanted = self.values["municipality"].keys() if scope is None else scope
        if everywhere:
            return {number: found.get(number, 0) + everywhere for number in wanted}
        return {number: count for number, count in found.items() if number in wanted}

    def _local_counts(self, local: int) -> Mapping[str, int]:
        few = len(self.values["municipality"]) * (FEW_PER_SET + FEW_PER_SET_AND_ENTRY * self.size)
        if local.bit_count() > few:
            return self.counts("municipality", local)
        return Counter(chain.from_iterable(map(self.covered.__getitem__, numbers_in(local))))

    def distance_km(self, number: int, origin: tuple[float, float]) -> float | None:
        """From the origin to the nearest point of an entry, as the crow flies."""
        points = range(self._last_degree[number], self._last_degree[number + 1], 2)
        return min((_kilometres(origin, self._degrees[at : at + 2]) for at in points), default=None)


def _small(age: int) -> int:
    return max(0, min(age, 200))


_ALPHABET = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


def _kilometres(here: Sequence[float], there: Sequence[float]) -> float:
    latitude, longitude = radians(here[0]), radians(here[1])
    other_latitude, other_longitude = radians(there[0]), radians(there[1])
    half_chord = (
        sin((other_latitude - latitude) / 2) ** 2
        + cos(latitude) * cos(other_latitude) * sin((other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_chord)))
