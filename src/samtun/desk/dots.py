"""Municipalities as dots where they lie: a picture beside the table that says the same in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

WIDTH = 360.0
_TALLEST = 520.0
_MARGIN = 58.0
_SMALLEST, _LARGEST = 9.0, 26.0
_LINE = 17.0  # between two names
_LETTER = 7.0  # the width of a letter, about
MOST_NAMED = 24  # more names than that hide each other


Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """A municipality to draw: `share` of its entries (0–100) that are fresh, of `entries`."""

    name: str
    latitude: float
    longitude: float
    entries: int
    share: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A spot drawn. `level` names its pattern: the picture never speaks by colour alone."""

    name: str
    x: int
    y: int
    radius: int
    name_y: int
    share: int
    entries: int
    level: str  # high, middle, low, none


@dataclass(frozen=True, slots=True)
class Picture:
    """All dots within a box."""

    dots: Sequence[Dot]
    width: int
    height: int
    is_named: bool


def picture(spots: Iterable[Spot]) -> Picture | None:
    """The spots on a plane, north up; None when there is nothing to draw."""
    drawn = sorted(spots, key=lambda spot: -spot.latitude)
    if not drawn:
        return None
    middle = cos(radians(sum(spot.latitude for spot in drawn) / len(drawn)))
    xs = [spot.longitude * middle for spot in drawn]
    ys = [-spot.latitude for spot in drawn]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min((WIDTH - 2 * _MARGIN) / (wide or 1), (_TALLEST - 2 * _MARGIN) / (high or 1))
    left = (WIDTH - wide * scale) / 2
    most = max(spot.entries for spot in drawn) or 1
    places = [
        (round(left + (x - min(xs)) * scale), round(_MARGIN + (y - min(ys)) * scale))
        for x, y in zip(xs, ys, strict=True)
    ]
    circles = [_circle(spot, place, most) for spot, place in zip(drawn, places, strict=True)]
    names: list[Box] = []
    dots = [_dot(*each, circles, names) for each in zip(drawn, circles, strict=True)]
    height = round(max([dot.name_y for dot in dots] + [dot.y + dot.radius for dot in dots]) + 16)
    return Picture(dots, round(WIDTH), height, is_named=len(dots) <= MOST_NAMED)


def _circle(spot: Spot, place: tuple[int, int], most: int) -> tuple[int, int, int]:
    """Where, and how large: the area says how many entries."""
    return (*place, round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(spot.entries / most)))


def _dot(
    spot: Spot,
    circle: tuple[int, int, int],
    circles: Sequence[tuple[int, int, int]],
    names: list[Box],
) -> Dot:
    """Its name stands below it, or above, or further down: on no other dot and no other name."""
    x, y, radius = circle
    half = _LETTER * (len(spot.name) + (5 if spot.entries else 0)) / 2
    taken = [(a - r, b - r, a + r, b + r) for a, b, r in circles if (a, b, r) != circle] + names
    below = y + radius + 15
    tries = [below, y - radius - 6, *(round(below + step * _LINE / 2) for step in range(1, 13))]
    boxes = [(x - half, at - 12, x + half, at + 4) for at in tries]
    free = (at for at, box in enumerate(boxes) if not any(_meet(box, one) for one in taken))
    chosen = next(free, 0)
    names.append(boxes[chosen])
    return Dot(spot.name, x, y, radius, tries[chosen], spot.share, spot.entries, _level(spot))


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _level(spot: Spot) -> str:
    if not spot.entries:
        return "none"
    if spot.share >= 80:
        return "high"
    return "middle" if spot.share >= 50 else "low"
