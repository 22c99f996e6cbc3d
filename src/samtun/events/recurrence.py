"""The rules that dates are made of: a part of RFC 5545's RRULE, on Norwegian wall time.

`FREQ` (daily to yearly), `INTERVAL`, `BYDAY`, `BYMONTHDAY`, `BYMONTH`, `COUNT`, `UNTIL` and `WKST`
are understood; anything else is refused. A rule names days; the time of day is that of the first
date, by the clock on the wall, so that six o'clock stays six o'clock in summer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from typing import Self
from zoneinfo import ZoneInfo

from dateutil import rrule
from django.utils.translation import gettext as _

OSLO = ZoneInfo("Europe/Oslo")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST_DATES = 400
LONGEST_TEXT = 300
LONGEST_INTERVAL = 60
# How long a series may have run: what is asked for further away is not counted up to.
LONGEST = timedelta(days=20 * 366)
_YEARS = range(1990, 2101)

_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,3}", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)
_CODES = {code: getattr(rrule, code) for code in FREQUENCIES}


class UnreadableRuleError(ValueError):
    """A text is no rule that we follow; `str()` says why, fit for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, read. `days` are (which, weekday from Monday), which = 0: every one of them."""

    frequency: str
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    count: int | None = None
    until: datetime | None = None  # included; in UTC
    week_start: int = 0

    @classmethod
    def of(cls, text: str) -> Self:
        """The rule that `text` is, with or without `RRULE:` before it.

        `UNTIL` may be a UTC time, a Norwegian time, or a day, which is then included.

        Raises:
            UnreadableRuleError: it is none, or one that we do not follow.
        """
        parts = _parts_of(text)
        made = cls(
            frequency=parts.pop("FREQ", ""),
            interval=_number(parts.pop("INTERVAL", "1"), 1, LONGEST_INTERVAL),
            days=tuple(_day(each) for each in _listed(parts.pop("BYDAY", ""))),
            month_days=_numbers(parts.pop("BYMONTHDAY", ""), -31, 31),
            months=_numbers(parts.pop("BYMONTH", ""), 1, 12),
            count=_count(parts.pop("COUNT", "")),
            until=_until(parts.pop("UNTIL", "")),
            week_start=_weekday(parts.pop("WKST", "MO")),
        )
        if parts:
            raise UnreadableRuleError(
                _("The rule has a part that is not used here: %(part)s")
                % {"part": next(iter(parts))[:20]}
            )
        made._check()
        return made

    def _check(self) -> None:
        if self.frequency not in FREQUENCIES:
            raise UnreadableRuleError(_("The rule does not say how often."))
        if self.count is not None and self.until is not None:
            raise UnreadableRuleError(_("Choose either a last day or a number of times."))
        if self.frequency == "WEEKLY" and self.month_days:
            raise UnreadableRuleError(_("A weekly rule has no days of the month."))
        highest = {"MONTHLY": 5, "YEARLY": 5 if self.months else 53}.get(self.frequency, 0)
        if any(abs(which) > highest for which, _weekday in self.days):
            raise UnreadableRuleError(_("There is no such day in a month."))
        if not self._can_come_true():
            raise UnreadableRuleError(_("The rule has parts that do not go together."))

    def _can_come_true(self) -> bool:
        """Refuse what could name no day at all: the library would look for one until 9999."""
        parts = (self.days, self.month_days, self.months)
        if self.frequency == "DAILY" and self.interval > 1 and any(parts):
            return False
        if self.frequency == "MONTHLY" and self.interval > 1 and self.months:
            return False
        if self.month_days and any(which for which, _day in self.days):
            return False
        longest = max((_LENGTHS[month - 1] for month in self.months), default=31)
        return not self.month_days or min(map(abs, self.month_days)) <= longest

    @property
    def ends(self) -> bool:
        """Whether there is a last date."""
        return self.count is not None or self.until is not None

    @property
    def text(self) -> str:
        """As it is kept and put into calendars, `UNTIL` in UTC as RFC 5545 asks for."""
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": str(self.interval) if self.interval != 1 else "",
            "BYDAY": ",".join(f"{which or ''}{WEEKDAYS[day]}" for which, day in self.days),
            "BYMONTHDAY": ",".join(map(str, self.month_days)),
            "BYMONTH": ",".join(map(str, self.months)),
            "COUNT": str(self.count) if self.count else "",
            "UNTIL": f"{self.until:%Y%m%dT%H%M%SZ}" if self.until else "",
            "WKST": WEEKDAYS[self.week_start] if self.week_start else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    def moments(self, starts_at: datetime, until: datetime) -> list[datetime]:
        """The dates from `starts_at` to `until`, both included, in order.

        The first is `starts_at` only if the rule names its day: what it does not name is no date.
        A time that the clock skips in March is read as before the change (RFC 5545 § 3.3.5), one
        that it shows twice in October is the first of the two.
        """
        last = min(until, self.until or until, starts_at + LONGEST)
        wall = starts_at.astimezone(OSLO).replace(tzinfo=None)
        found = (_in_norway(day) for day in self._wall_times(wall, last))
        counted = islice(found, self.count if self.count is not None else MOST_DATES * 20)
        return [moment for moment in counted if moment <= last]

    def _wall_times(self, wall: datetime, last: datetime) -> Iterator[datetime]:
        """Times without a zone, a day beyond `last` to be on the safe side of a change."""
        beyond = last.astimezone(OSLO).replace(tzinfo=None) + timedelta(days=1)
        days = [rrule.weekday(day, which or None) for which, day in self.days]
        return iter(
            rrule.rrule(
                _CODES[self.frequency],
                dtstart=wall,
                interval=self.interval,
                wkst=self.week_start,
                until=beyond,
                byweekday=days or None,
                bymonthday=self.month_days or None,
                bymonth=self.months or None,
            )
        )

    def shifted(self, by: timedelta) -> Self:
        """The same rule with its last day so much later, for a copy."""
        if self.until is None:
            return self
        wall = self.until.astimezone(OSLO).replace(tzinfo=None) + by
        return replace(self, until=_in_norway(wall).astimezone(UTC))


def moments(text: str, starts_at: datetime, until: datetime) -> list[datetime]:
    """The dates of the rule `text`; see `Rule.moments`.

    Raises:
        UnreadableRuleError: it is no rule that we follow.
    """
    return Rule.of(text).moments(starts_at, until)


def on_the_wall(moment: datetime, shift: timedelta) -> datetime:
    """`shift` later by the clock on the wall: the same hour, also over a change of the clock."""
    return _in_norway(moment.astimezone(OSLO).replace(tzinfo=None) + shift)


def _in_norway(wall: datetime) -> datetime:
    """A skipped time gets the hour that it is in truth."""
    return wall.replace(tzinfo=OSLO).astimezone(UTC).astimezone(OSLO)


def _parts_of(text: str) -> dict[str, str]:
    if len(text) > LONGEST_TEXT:
        raise UnreadableRuleError(_("The rule is too long."))
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not (equals and value) or name in parts:
            raise UnreadableRuleError(_("The rule cannot be read."))
        parts[name] = value
    return parts


def _listed(text: str) -> list[str]:
    return text.split(",") if text else []


def _numbers(text: str, lowest: int, highest: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_number(each, lowest, highest) for each in _listed(text)))


def _number(text: str, lowest: int, highest: int) -> int:
    if not _NUMBER.fullmatch(text) or not (lowest <= int(text) <= highest) or not int(text):
        raise UnreadableRuleError(_("The rule has a number that is out of bounds."))
    return int(text)


def _count(text: str) -> int | None:
    return _number(text, 1, MOST_DATES) if text else None


def _day(text: str) -> tuple[int, int]:
    found = _DAY.fullmatch(text)
    if not found or (found[1] and not int(found[1])):
        raise UnreadableRuleError(_("The rule names a day that cannot be read."))
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def _weekday(text: str) -> int:
    if text not in WEEKDAYS:
        raise UnreadableRuleError(_("The rule names a day that cannot be read."))
    return WEEKDAYS.index(text)


def _until(text: str) -> datetime | None:
    if not text:
        return None
    found = _UNTIL.fullmatch(text)
    try:
        day = datetime.strptime(found[1], "%Y%m%d") if found else None  # noqa: DTZ007  (wall time)
        clock = datetime.strptime(found[2], "%H%M%S").time() if found and found[2] else None  # noqa: DTZ007
    except ValueError:
        day = None
    if not (found and day and day.year in _YEARS):
        raise UnreadableRuleError(_("The rule has a last day that cannot be read."))
    wall = datetime.combine(day, clock or time(23, 59, 59))
    return wall.replace(tzinfo=UTC if found[3] else OSLO).astimezone(UTC)
