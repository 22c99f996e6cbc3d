"""Which entries are open at a given minute, kept for that minute."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

MINUTES_A_DAY = 24 * 60
_EARLIEST, _LATEST = date.min.toordinal(), date.max.toordinal()


class _Rule(NamedTuple):
    number: int
    opens: int
    closes: int
    valid_from: int
    valid_to: int


class OpeningTable:
    """All openings by weekday and by named date. Days are ordinals, times minutes."""

    def __init__(self) -> None:
        self._weekly: list[list[_Rule]] = [[] for _ in range(7)]
        self._dated: dict[int, list[_Rule]] = {}
        self._kept: tuple[tuple[int, int], bytes] | None = None

    def add(self, number: int, facts: Sequence[Sequence[Any]]) -> None:
        """The openings of one entry, as `opening_facts` wrote them."""
        self._kept = None
        for weekday, opens, closes, valid_from, valid_to, on_dates in facts:
            first = _EARLIEST if valid_from is None else valid_from
            last = _LATEST if valid_to is None else valid_to
            rule = _Rule(number, opens, closes, first, last)
            for day in on_dates:
                self._dated.setdefault(day, []).append(rule)
            if not on_dates:
                self._weekly[weekday % 7].append(rule)

    def open_at(self, now: datetime, size: int) -> int:
        """The entries open now, as a bitmap. Computed at most once for each minute."""
        today = now.date()
        minute = now.hour * 60 + now.minute
        moment = (today.toordinal() * MINUTES_A_DAY + minute, size)
        kept = self._kept
        if kept is None or kept[0] != moment:
            kept = (moment, self._computed(today, minute, size))
            self._kept = kept
        return int.from_bytes(kept[1], "little")

    def _computed(self, today: date, minute: int, size: int) -> bytes:
        bits = bytearray(size // 8 + 1)
        for rule in self._rules(today):
            closes = rule.closes if rule.closes > rule.opens else rule.closes + MINUTES_A_DAY
            if rule.opens <= minute < closes:
                bits[rule.number >> 3] |= 1 << (rule.number & 7)
        if today > date.min:
            for rule in self._rules(today - timedelta(days=1)):
                if rule.closes <= rule.opens and minute < rule.closes:
                    bits[rule.number >> 3] |= 1 << (rule.number & 7)
        return bytes(bits)

    def _rules(self, day: date) -> list[_Rule]:
        ordinal = day.toordinal()
        weekly = [
            rule
            for rule in self._weekly[day.weekday()]
            if rule.valid_from <= ordinal <= rule.valid_to
        ]
        return weekly + self._dated.get(ordinal, [])
