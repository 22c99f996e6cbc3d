"""What the parts of a question mean together: who asks, about whom, and what is the matter.

Single words say little: "mamma" may be said by a child or by her daughter of sixty, "penger" may
be a wage, a benefit or a debt. `data/combinations.tsv` says what they mean beside each other:

    when	gives

Both columns are separated by spaces. A condition is a mark that the thesaurus gives (about:money,
whom:pupil, group:rus, need:sorggruppe, child, urgent …); "a|b" is either, "!a" is not. What it
gives is written as in the thesaurus; "-need-id*0.3" weakens a need to that share.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from samtun.search.tables import packaged_table
from samtun.search.thesaurus import Gift, gift_of

Given = dict[tuple[str, str], float]
"""Weights by kind and value: ("need", "sykehjem") → 1.0."""

Mark = tuple[str, str]
PRESENT, CLEAR = 0.4, 0.7
_NEED = "need"


class Combination(NamedTuple):
    """When all conditions hold, each by any of its marks, the gifts are given."""

    needed: tuple[frozenset[Mark], ...]
    barred: frozenset[Mark]
    gifts: tuple[Gift, ...]
    weakened: tuple[Gift, ...]


def combine(given: Given) -> None:
    """Adds what the marks mean together, row by row; later rows see the marks of earlier ones."""
    present = {mark for mark, weight in given.items() if weight >= _enough(mark)}
    for combination in combinations():
        if not _holds(combination, present):
            continue
        for gift in combination.weakened:
            key = (gift.kind, gift.value)
            if key in given:
                given[key] *= gift.weight
        for gift in combination.gifts:
            key = (gift.kind, gift.value)
            given[key] = max(given.get(key, 0.0), gift.weight)
            if gift.kind != _NEED:
                present.add(key)


def _enough(mark: Mark) -> float:
    """A need must have been said plainly; a hint at anything else is enough."""
    return CLEAR if mark[0] == _NEED else PRESENT


def _holds(combination: Combination, present: set[Mark]) -> bool:
    return combination.barred.isdisjoint(present) and not any(
        condition.isdisjoint(present) for condition in combination.needed
    )


@cache
def combinations() -> tuple[Combination, ...]:
    """The rows of the table."""
    return tuple(_read(packaged_table("combinations.tsv", 2)))


def _read(rows: Iterable[tuple[str, ...]]) -> Iterable[Combination]:
    for when, gives in rows:
        conditions = when.split()
        yield Combination(
            tuple(_marks(one) for one in conditions if not one.startswith("!")),
            frozenset().union(*(_marks(one[1:]) for one in conditions if one.startswith("!"))),
            _gifts(gives, lambda item: not item.startswith("-")),
            _gifts(gives, lambda item: item.startswith("-")),
        )


def _marks(condition: str) -> frozenset[Mark]:
    return frozenset((gift.kind, gift.value) for gift in map(gift_of, condition.split("|")))


def _gifts(gives: str, chosen: Callable[[str], bool]) -> tuple[Gift, ...]:
    return tuple(gift_of(item.removeprefix("-")) for item in gives.split() if chosen(item))
