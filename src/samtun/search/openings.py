"""Which entries are open at a given minute, kept for that minute."""

from array import array
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from samtun.search.bitmaps import bitmap

MINUTES_A_DAY = 24 * 60
_EARLIEST, _LATEST = date.min.toordinal(), date.max.toordinal()


class _Hours(NamedTuple):
    opens: int
    closes: int
    valid_from: int = _EARLIEST
    valid_to: int = _LATEST


_Table = dict[_Hours, "array[int]"]
"""The numbers of the entries that keep the same hours: there are many entries, but few hours."""


class OpeningTable:
    """All openings by weekday and by named date. Days are ordinals, times minutes."""

    def __init__(self) -> None:
        self._weekly: list[_Table] = [{} for _ in range(7)]
        self._dated: dict[int, _Table] = {}
        self._kept: tuple[tuple[int, int], int] | None = None

    def add(self, number: int, facts: Sequence[Sequence[Any]]) -> None:
        """The openings of one entry, as `opening_facts` wrote them."""
        self._kept = None
        for weekday, opens, closes, valid_from, valid_to, on_dates in facts:
            first = _EARLIEST if valid_from is None else valid_from
            last = _LATEST if valid_to is None else valid_to
            for day in on_dates:
                dated = self._dated.setdefault(day, {})
                dated.setdefault(_Hours(opens, closes), array("I")).append(number)
            if not on_dates:
                hours = _Hours(opens, closes, first, last)
                self._weekly[weekday % 7].setdefault(hours, array("I")).append(number)

    def open_at(self, now: datetime, size: int) -> int:
        """The entries open now, as a bitmap. Computed at most once for each minute."""
        today = now.date()
        minute = now.hour * 60 + now.minute
        moment = (today.toordinal() * MINUTES_A_DAY + minute, size)
        kept = self._kept
        if kept is None or kept[0] != moment:
            kept = (moment, bitmap(chain.from_iterable(self._open(today, minute)), size))
            self._kept = kept
        return kept[1]

    def _open(self, today: date, minute: int) -> Iterator["array[int]"]:
        for hours, numbers in self._on(today):
            closes = hours.closes + (MINUTES_A_DAY if hours.closes <= hours.opens else 0)
            if hours.opens <= minute < closes:
                yield numbers
        if today > date.min:
            for hours, numbers in self._on(today - timedelta(days=1)):
                if minute < hours.closes <= hours.opens:
                    yield numbers

    def _on(self, day: date) -> Iterator[tuple[_Hours, "array[int]"]]:
        ordinal = day.toordinal()
        for hours, numbers in self._weekly[day.weekday()].items():
            if hours.valid_from <= ordinal <= hours.valid_to:
                yield hours, numbers
        yield from self._dated.get(ordinal, {}).items()
