"""Which days a recurrence of HSDS 3.1 (RFC 5545: weekly or monthly) names.

Days are reckoned within the asked window only, never by running through a rule from its start:
rules come from files of others, and one that never comes true, or began in the year 1, must not
keep a page waiting.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Self

from samtun.directory.enums import Frequency
from samtun.directory.models import Schedule

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SOME_MONDAY = date(2024, 1, 1)
_WEEK = timedelta(days=7)
# A rule with COUNT must be counted from its start; one that has run longer is taken as over.
LONGEST_COUNTED = timedelta(days=20 * 366)


class UnreadableRuleError(ValueError):
    """The parts make no rule; such a schedule opens never."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The parts of a recurrence, read; `weekdays` and `nth` (which, weekday) count from Monday."""

    frequency: Frequency
    interval: int
    anchor: date
    week_start: int
    weekdays: frozenset[int]
    nth: frozenset[tuple[int, int]]
    month_days: frozenset[int]
    year_days: frozenset[int]
    weeks: frozenset[int]
    count: int | None

    @classmethod
    def of(cls, schedule: Schedule) -> Self:
        """The rule of `schedule`; days without a frequency are days of the week.

        Raises:
            UnreadableRuleError: a part cannot be read.
        """
        anchor = schedule.dtstart or schedule.valid_from or _SOME_MONDAY
        days = [_weekday(code) for code in _parts(schedule.byday)]
        monthly = schedule.freq == Frequency.MONTHLY
        weekdays = frozenset(day for which, day in days if not (monthly and which))
        nth = frozenset(each for each in days if monthly and each[0])
        month_days = _numbers(schedule.bymonthday, 31)
        year_days = _numbers(schedule.byyearday, 366)
        weeks = _numbers(schedule.byweekno, 53)
        if not (days or month_days or year_days or weeks):
            weekdays = frozenset() if monthly else frozenset({anchor.weekday()})
            month_days = frozenset({anchor.day}) if monthly else frozenset()
        return cls(
            frequency=Frequency.MONTHLY if monthly else Frequency.WEEKLY,
            interval=max(schedule.interval or 1, 1),
            anchor=anchor,
            week_start=_weekday(schedule.wkst)[1] if schedule.wkst else 0,
            weekdays=weekdays,
            nth=nth,
            month_days=month_days,
            year_days=year_days,
            weeks=weeks,
            count=schedule.count,
        )

    def days(self, first: date, last: date) -> list[date]:
        """The days from `first` to `last`, both included."""
        if self.count is None:
            return list(self._days(max(first, self.anchor), last))
        until = min(last, self.anchor + LONGEST_COUNTED)
        counted = islice(self._days(self.anchor, until), self.count)
        return [day for day in counted if day >= first]

    def _days(self, first: date, last: date) -> Iterator[date]:
        monthly = self.frequency == Frequency.MONTHLY
        periods = self._months(first, last) if monthly else self._weeks(first, last)
        for begins, length in periods:
            for number in range(length):
                day = begins + timedelta(days=number)
                if first <= day <= last and self._names(day):
                    yield day

    def _weeks(self, first: date, last: date) -> Iterator[tuple[date, int]]:
        anchored = self._week_of(self.anchor)
        passed = (self._week_of(first) - anchored).days // 7
        begins = anchored + _WEEK * (passed + -passed % self.interval)
        while begins <= last:
            yield begins, 7
            begins += _WEEK * self.interval

    def _week_of(self, day: date) -> date:
        """The first day of the week of `day`, by the rule's own beginning of the week."""
        back = min((day.weekday() - self.week_start) % 7, (day - date.min).days)
        return day - timedelta(days=back)

    def _months(self, first: date, last: date) -> Iterator[tuple[date, int]]:
        month = _month_number(first)
        month += (_month_number(self.anchor) - month) % self.interval
        while month <= _month_number(last):
            begins = date(month // 12, month % 12 + 1, 1)
            yield begins, monthrange(begins.year, begins.month)[1]
            month += self.interval

    def _names(self, day: date) -> bool:
        """Whether the BY parts allow `day`."""
        length = monthrange(day.year, day.month)[1]
        return (
            self._is_right_weekday(day, length)
            and _is_among(self.month_days, day.day, length)
            and _is_among(self.year_days, day.timetuple().tm_yday, _year_length(day.year))
            and (not self.weeks or _is_among(self.weeks, *_iso_week(day)))
        )

    def _is_right_weekday(self, day: date, length: int) -> bool:
        if not (self.weekdays or self.nth):
            return True
        weekday = day.weekday()
        return (
            weekday in self.weekdays
            or ((day.day + 6) // 7, weekday) in self.nth
            or (-((length - day.day) // 7 + 1), weekday) in self.nth
        )


def _is_among(wanted: frozenset[int], number: int, highest: int) -> bool:
    """Whether `number` of `highest`, counted from the start or the end, is wanted."""
    return not wanted or number in wanted or number - highest - 1 in wanted


def _iso_week(day: date) -> tuple[int, int]:
    """The ISO week of `day`, and how many weeks its year has."""
    year, week, _ = day.isocalendar()
    return week, date(year, 12, 28).isocalendar().week


def _year_length(year: int) -> int:
    return date(year, 12, 31).timetuple().tm_yday


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _parts(text: str) -> list[str]:
    return [part.strip().upper() for part in text.split(",") if part.strip()]


def _weekday(code: str) -> tuple[int, int]:
    """`1TH` as (1, 3), `TH` as (0, 3)."""
    which, day = code[:-2], code[-2:].upper()
    if day not in WEEKDAYS:
        raise UnreadableRuleError(code)
    return (_number(which, 53) if which else 0), WEEKDAYS.index(day)


def _numbers(text: str, highest: int) -> frozenset[int]:
    return frozenset(_number(part, highest) for part in _parts(text))


def _number(text: str, highest: int) -> int:
    digits = text.removeprefix("-").removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and 1 <= int(digits[:6]) <= highest):
        raise UnreadableRuleError(text)
    return -int(digits) if text.startswith("-") else int(digits)
