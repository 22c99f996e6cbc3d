"""Which counts of answers are told, so that none of one to four can be worked out.

A count is told when it is 0, or five or more. Neighbours on a scale, and the few of other
questions, are told together until that holds; who knows these rules, and takes groups from the
whole, learns no more. Answers of which each one is ticked or not are told one by one, and with them
those who left them unticked.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from samtun.learning.models.survey import SHOWN_FROM

Classes = tuple[tuple[int, ...], ...]  # positions of answers that are told together, in order
_ABOUT_FROM = 10  # answers


class Told(StrEnum):
    """How the count of something that could be ticked is told."""

    EXACT = "exact"
    FEW = "few"  # one to four have ticked it
    MOST = "most"  # all but one to four have
    SOME = "some"  # neither nobody nor all; with so few answers nothing more


def is_safe(count: int) -> bool:
    """Whether `count` may be told."""
    return count == 0 or count >= SHOWN_FROM


def neighbours(counts: Sequence[int]) -> Classes:
    """The steps of a scale, put together with those beside them where they are too few."""
    classes: list[tuple[int, ...]] = []
    waiting: tuple[int, ...] = ()
    for place in range(len(counts)):
        waiting = (*waiting, place)
        if is_safe(_sum(counts, waiting)):
            classes.append(waiting)
            waiting = ()
    while waiting and classes and not is_safe(_sum(counts, waiting)):
        waiting = (*classes.pop(), *waiting)
    return (*classes, waiting) if waiting else tuple(classes)


def the_few_together(counts: Sequence[int]) -> Classes:
    """Each answer by itself, and those with too few in one class, the last."""
    few = {place for place, count in enumerate(counts) if count < SHOWN_FROM}
    if all(map(is_safe, counts)):
        few = set()
    elif not SHOWN_FROM <= _sum(counts, few) < len(few) * (SHOWN_FROM - 1):
        # Else what they are together told what each of them is.
        least = min((count for count in counts if count >= SHOWN_FROM), default=0)
        few |= {place for place, count in enumerate(counts) if count == least}
    alone = tuple((place,) for place in range(len(counts)) if place not in few)
    return (*alone, tuple(sorted(few))) if few else alone


def counted(counts: Sequence[int], classes: Classes) -> list[int]:
    """The counts of the classes."""
    return [_sum(counts, places) for places in classes]


def _sum(counts: Sequence[int], places: Iterable[int]) -> int:
    return sum(counts[place] for place in places)


def ticked(count: int, of: int) -> Told:
    """How it is told that `count` of `of` have ticked an answer."""
    if count in {0, of} or (is_safe(count) and is_safe(of - count)):
        return Told.EXACT
    if of < _ABOUT_FROM:
        return Told.SOME
    return Told.FEW if count < SHOWN_FROM else Told.MOST


def told_groups(groups: Sequence[Sequence[int]], whole: Sequence[int]) -> set[int]:
    """Places of the groups whose counts are told beside `whole`, which is told.

    What remains when they are taken from the whole is safe, too.
    """
    told = [place for place, counts in enumerate(groups) if all(map(is_safe, counts))]
    told.sort(key=lambda place: (sum(groups[place]), place))
    while told and not all(map(is_safe, _rest(whole, [groups[place] for place in told]))):
        told.pop(0)
    return set(told)


def for_groups(groups: Sequence[Sequence[int]], whole: Classes, counts: Sequence[int]) -> Classes:
    """The steps of a scale as the groups tell them beside `whole`: so that most groups can.

    Classes of the whole, put together where they stand beside each other, but never all of them.
    """

    def gain(classes: Classes) -> tuple[int, int]:
        told = told_groups([counted(each, classes) for each in groups], counted(counts, classes))
        return len(told), len(classes)

    return max((each for each in _coarser(whole) if len(each) > 1), key=gain, default=whole)


def _coarser(classes: Classes) -> Iterator[Classes]:
    """All ways of putting neighbours together, `classes` itself first."""
    if len(classes) < 2:
        yield classes
        return
    for rest in _coarser(classes[1:]):
        yield (classes[0], *rest)
    for rest in _coarser(classes[1:]):
        yield ((*classes[0], *rest[0]), *rest[1:])


def _rest(whole: Sequence[int], groups: Sequence[Sequence[int]]) -> list[int]:
    return [count - sum(each[at] for each in groups) for at, count in enumerate(whole)]


def told_mean(counts: Sequence[int], classes: Classes) -> float | None:
    """The mean of a scale as the told counts show it, so that it tells nothing more than they do.

    To the nearest half when some steps are told together; None when those are most of the answers.
    """
    whole, vague, total = sum(counts), 0, 0.0
    for places, count in zip(classes, counted(counts, classes), strict=True):
        vague += count if len(places) > 1 else 0
        total += count * (1 + sum(places) / len(places))
    if not whole or 2 * vague > whole:
        return None
    return round(2 * total / whole) / 2 if vague else round(total / whole, 1)
