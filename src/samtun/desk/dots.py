"""Municipalities as dots where they lie: a picture beside the table that says the same in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

WIDTH = 360.0
_TALLEST = 520.0
_MARGIN = 58.0
_SMALLEST, _LARGEST = 9.0, 26.0
_LINE = 17.0  # between two names
MOST_NAMED = 24  # more names than that hide each other


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
    dots: list[Dot] = []
    for spot, x, y in zip(drawn, xs, ys, strict=True):
        place = (round(left + (x - min(xs)) * scale), round(_MARGIN + (y - min(ys)) * scale))
        dots.append(_dot(spot, place, most, dots))
    height = round(max([dot.name_y for dot in dots] + [dot.y + dot.radius for dot in dots]) + 16)
    return Picture(dots, round(WIDTH), height, is_named=len(dots) <= MOST_NAMED)


def _dot(spot: Spot, place: tuple[int, int], most: int, before: Sequence[Dot]) -> Dot:
    """The area of a dot says how many entries; its name moves down when another is in the way."""
    radius = round(_SMALLEST + (_LARGEST - _SMALLEST) * sqrt(spot.entries / most))
    x, y = place
    name_y = y + radius + 15
    for other in sorted(before, key=lambda dot: dot.name_y):
        is_near = abs(other.x - x) < 110
        if is_near and abs(other.name_y - name_y) < _LINE:
            name_y = round(other.name_y + _LINE)
    return Dot(spot.name, x, y, radius, name_y, spot.share, spot.entries, _level(spot))


def _level(spot: Spot) -> str:
    if not spot.entries:
        return "none"
    if spot.share >= 80:
        return "high"
    return "middle" if spot.share >= 50 else "low"
