"""The facts of all entries, by number: what filters, facets and orders are computed from."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from itertools import chain
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from samtun.search.bitmaps import Members, bitmap, numbers_in
from samtun.search.openings import OpeningTable

LISTED_FACETS = ("need", "target_group", "municipality", "age", "meeting")
FLAGS = ("free", "country", "urgent", "children")
KEPT_SCOPES = 256
EARTH_RADIUS_KM = 6371.0088

SPARSE = 12


class Order(NamedTuple):
    """All entries in an order, and the place of each in it."""

    numbers: "array[int]"
    ranks: "array[int]"


class Columns:
    """Immutable to its readers: a reload with changes makes a new one."""

    def __init__(self, facts: Iterable[Mapping[str, Any]]) -> None:
        self.ids: list[str] = []
        self.names: list[str] = []
        self.assured = array("i")
        self.youngest = array("h")
        self.oldest = array("h")
        self.points: dict[int, list[list[float]]] = {}
        self.openings = OpeningTable()
        self.last_number: dict[str, int] = {}
        self.extra_words: list[str] = []
        self.covered: list[tuple[str, ...]] = []
        self._same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._scopes: dict[frozenset[str], int] = {}
        sets: dict[str, dict[str, list[int]]] = {facet: {} for facet in (*LISTED_FACETS, *FLAGS)}
        dead: list[int] = []
        for fact in facts:
            self._take(fact, sets, dead)
        self.size = len(self.ids)
        self.alive = ((1 << self.size) - 1) & ~bitmap(dead, self.size)
        self.values = {
            facet: {value: bitmap(found, self.size) & self.alive for value, found in by.items()}
            for facet, by in sets.items()
        }

    def _take(
        self, fact: Mapping[str, Any], sets: dict[str, dict[str, list[int]]], dead: list[int]
    ) -> None:
        self.extra_words.extend(fact.get("words", ()))
        replaced = self.last_number.pop(fact["id"], None)
        if replaced is not None:
            dead.append(replaced)
        if "name" not in fact:
            return
        number = len(self.ids)
        self.last_number[fact["id"]] = number
        self.ids.append(fact["id"])
        self.names.append(fact["name"])
        covered = tuple(fact["municipality"])
        self.covered.append(self._same.setdefault(covered, covered))
        self.assured.append(fact["assured"])
        youngest, oldest = fact["ages"]
        self.youngest.append(-1 if youngest is None else _small(youngest))
        self.oldest.append(-1 if oldest is None else _small(oldest))
        if fact["points"]:
            self.points[number] = fact["points"]
        if fact["openings"]:
            self.openings.add(number, fact["openings"])
        for facet in LISTED_FACETS:
            for value in fact[facet]:
                sets[facet].setdefault(value, []).append(number)
        for flag in FLAGS:
            if fact[flag]:
                sets[flag].setdefault("yes", []).append(number)

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
        return self._sorted(
            lambda number: (
                number in self.country,
                -(self.assured[number] // 31),
                self.names[number],
            )
        )

    @cached_property
    def name_order(self) -> Order:
        """By name, å last as in Norwegian."""
        return self._sorted(lambda number: _alphabetical(self.names[number]))

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

    def municipality_counts(self, chosen: int) -> Iterator[tuple[str, int]]:
        """How many of the chosen cover each municipality; those of the whole country, all."""
        everywhere = (chosen & self.flag("country")).bit_count()
        local = chosen & ~self.flag("country")
        sets = self.values["municipality"]
        if local.bit_count() > SPARSE * len(sets):
            return (
                (number, (local & its).bit_count() + everywhere) for number, its in sets.items()
            )
        found = Counter(chain.from_iterable(map(self.covered.__getitem__, numbers_in(local))))
        if everywhere:
            return ((number, found[number] + everywhere) for number in sets)
        return iter(found.items())

    def distance_km(self, number: int, origin: tuple[float, float]) -> float | None:
        """From the origin to the nearest point of an entry, as the crow flies."""
        points = self.points.get(number)
        if not points:
            return None
        return min(_kilometres(origin, (latitude, longitude)) for latitude, longitude in points)


def _small(age: int) -> int:
    return max(0, min(age, 200))


_ALPHABET = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


def _alphabetical(name: str) -> str:
    return name.translate(_ALPHABET)


def _kilometres(here: tuple[float, float], there: tuple[float, float]) -> float:
    latitude, longitude = radians(here[0]), radians(here[1])
    other_latitude, other_longitude = radians(there[0]), radians(there[1])
    half_chord = (
        sin((other_latitude - latitude) / 2) ** 2
        + cos(latitude) * cos(other_latitude) * sin((other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half_chord)))
