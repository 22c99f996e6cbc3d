"""How good a list of results is, by the grades a judge gave.

`found` is the keys in the order shown; `grades` maps a key to 1, 2 or 3; what it lacks is 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log2, sqrt
from statistics import fmean, stdev

GOOD = 2
DEPTH = 5


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Discounted gain (2^grade − 1) of the first `depth`, as a share of the best possible.

    The best possible is taken over all judged offers. 0 where nothing was judged good.
    """
    best = _gain(sorted(grades.values(), reverse=True)[:depth])
    return _gain(grades.get(key, 0) for key in found[:depth]) / best if best else 0.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """1 through the place of the first good result; 0 where there is none."""
    for place, key in enumerate(found, 1):
        if grades.get(key, 0) >= GOOD:
            return 1 / place
    return 0.0


def share(flags: Iterable[bool]) -> float:
    """How many of the flags are up, 0 to 1; 0 for none."""
    return mean(float(flag) for flag in flags)


def mean(values: Iterable[float]) -> float:
    """The average; 0 for none."""
    numbers = list(values)
    return fmean(numbers) if numbers else 0.0


def margin(values: Iterable[float]) -> float:
    """Half the width of the 95 % interval of the average, by the normal approximation."""
    numbers = list(values)
    return 1.96 * stdev(numbers) / sqrt(len(numbers)) if len(numbers) > 1 else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / log2(place + 1) for place, grade in enumerate(grades, 1))
