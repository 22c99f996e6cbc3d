"""No count of one to four can be worked out, whoever knows the rules."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise, product

import pytest

from samtun.learning.queries import small_counts

Counts = tuple[int, ...]


def spreads(count: int, answers: int) -> Iterator[Counts]:
    """Every way in which `count` people can give one of so many answers."""
    for bars in combinations(range(count + answers - 1), answers - 1):
        edges = (-1, *bars, count + answers - 1)
        yield tuple(b - a - 1 for a, b in pairwise(edges))


def given_away(told: Callable[[Counts], object], worlds: Iterable[Counts]) -> list[Counts]:
    """The worlds in which what is told leaves one count of one to four only for some answer."""
    like: dict[object, list[Counts]] = defaultdict(list)
    for world in worlds:
        like[told(world)].append(world)
    return [
        same[0]
        for same in like.values()
        if any(len(set(counts)) == 1 and 0 < counts[0] < 5 for counts in zip(*same, strict=True))
    ]


def of_a_scale(counts: Counts) -> object:
    """What is told of a scale."""
    classes = small_counts.neighbours(counts)
    mean = small_counts.told_mean(counts, classes)
    return classes, tuple(small_counts.counted(counts, classes)), mean


def of_options(counts: Counts) -> object:
    """What is told when one answer could be chosen."""
    classes = small_counts.the_few_together(counts)
    return classes, tuple(small_counts.counted(counts, classes))


def of_groups(counts: Counts) -> object:
    """What is told of two groups with three options, and of both together."""
    groups = [counts[:3], counts[3:]]
    whole = [a + b for a, b in zip(*groups, strict=True)]
    classes = small_counts.the_few_together(whole)
    cells = [small_counts.counted(each, classes) for each in groups]
    of_all = small_counts.counted(whole, classes)
    told = small_counts.told_groups(cells, of_all)
    shown = tuple(tuple(cells[place]) if place in told else None for place in (0, 1))
    return classes, tuple(of_all), shown, tuple(map(sum, groups))


@pytest.mark.parametrize("count", [5, 6, 7, 9, 10, 11, 14, 18])
def test_no_step_of_a_scale_is_given_away(count: int) -> None:
    assert given_away(of_a_scale, spreads(count, 5)) == []


@pytest.mark.parametrize(("count", "answers"), [(5, 2), (9, 3), (13, 3), (14, 3), (17, 4), (22, 4)])
def test_no_option_is_given_away(count: int, answers: int) -> None:
    assert given_away(of_options, spreads(count, answers)) == []


@pytest.mark.parametrize(("one", "other"), [(5, 5), (6, 9), (10, 11)])
def test_no_option_is_given_away_when_a_group_is_taken_from_the_whole(one: int, other: int) -> None:
    worlds = (a + b for a, b in product(spreads(one, 3), spreads(other, 3)))
    assert given_away(of_groups, worlds) == []


def of_a_scale_in_groups(counts: Counts) -> object:
    """What is told of a scale of four steps in two groups and together."""
    groups = [counts[:4], counts[4:]]
    whole = [a + b for a, b in zip(*groups, strict=True)]
    fine = small_counts.neighbours(whole)
    classes = small_counts.for_groups(groups, fine, whole)
    cells = [small_counts.counted(each, classes) for each in groups]
    told = small_counts.told_groups(cells, small_counts.counted(whole, classes))
    shown = tuple(tuple(cells[place]) if place in told else None for place in (0, 1))
    return fine, tuple(small_counts.counted(whole, fine)), classes if told else (), shown


@pytest.mark.parametrize(("one", "other"), [(5, 6), (6, 10)])
def test_no_step_is_given_away_when_a_group_is_taken_from_the_whole(one: int, other: int) -> None:
    worlds = (a + b for a, b in product(spreads(one, 4), spreads(other, 4)))
    assert given_away(of_a_scale_in_groups, worlds) == []


@pytest.mark.parametrize("count", [5, 6, 8, 9, 10, 11, 20])
def test_neither_those_who_ticked_nor_those_who_did_not_are_counted_out_when_few(
    count: int,
) -> None:
    like: dict[object, set[int]] = defaultdict(set)
    for ticks in range(count + 1):
        told = small_counts.ticked(ticks, count)
        like[(told, ticks if told == small_counts.Told.EXACT else None)].add(ticks)
    alone = {ticks for same in like.values() if len(same) == 1 for ticks in same}
    assert all(
        small_counts.is_safe(ticks) and small_counts.is_safe(count - ticks) for ticks in alone
    )
