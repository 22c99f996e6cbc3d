"""How a plan got on, as a line: a small picture beside a table that says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from samtun.learning.queries.plan_pages import Month

WIDTH, HEIGHT = 480, 160
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 10, 10, 20


@dataclass(frozen=True, slots=True)
class Chart:
    """Points for `polyline`, and where the marks stand: as text, for SVG has no decimal comma."""

    done: str
    due: str
    last: tuple[str, str]  # the newest point
    lines: tuple[tuple[str, int], ...]  # height and number
    ends: tuple[tuple[str, Month], ...]  # the first and the last month


def chart(months: Sequence[Month]) -> Chart | None:
    """The lines of done and due, or None when there are fewer than two months."""
    most = max((max(one.done, one.due) for one in months), default=0)
    if len(months) < 2 or not most:
        return None
    step = (WIDTH - _LEFT - _RIGHT) / (len(months) - 1)
    across = [round(_LEFT + step * number, 1) for number in range(len(months))]

    def height(count: int) -> float:
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * count / most, 1)

    done = [(x, height(one.done)) for x, one in zip(across, months, strict=True)]
    due = [(x, height(one.due)) for x, one in zip(across, months, strict=True)]
    return Chart(
        done=_points(done),
        due=_points(due),
        last=(str(done[-1][0]), str(done[-1][1])),
        lines=tuple((str(height(count)), count) for count in sorted({0, most // 2, most})),
        ends=((str(across[0]), months[0]), (str(across[-1]), months[-1])),
    )


def _points(pairs: list[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in pairs)
