"""When a service is open, worked out from its HSDS schedules (RFC 5545 parts, Norwegian time)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from samtun.directory.enums import Frequency
from samtun.directory.models import Schedule
from samtun.directory.recurrence import WEEKDAYS, Rule, UnreadableRuleError

ZONE = ZoneInfo("Europe/Oslo")
HORIZON = timedelta(days=400)  # a season and its return; further ahead nobody plans a visit
# What opened earlier than this has closed: a day, and the hour that autumn adds.
_LONGEST = timedelta(days=2)
LAST_MINUTE = time(23, 59)  # how many write the end of the day
DAY_ENDS = 24 * 60  # in minutes


class Interval(NamedTuple):
    """One stretch of being open; aware moments, `closes` after `opens`."""

    opens: datetime
    closes: datetime


def is_open(schedules: Iterable[Schedule], at: datetime) -> bool:
    """Whether any of `schedules` is open at the aware moment `at`."""
    moment = at.astimezone(UTC)
    return any(
        interval.opens <= moment < interval.closes
        for interval in intervals(schedules, moment - _LONGEST, moment)
    )


def next_opening(schedules: Iterable[Schedule], after: datetime) -> Interval | None:
    """The stretch that is going on at `after`, or the first one to come within the horizon.

    Stretches that meet or overlap are one: what is open day and night closes days ahead.
    """
    kept = list(schedules)
    moment = after.astimezone(UTC)
    for days in (8, 35, HORIZON.days):  # nearly always the first look is enough
        upcoming = [
            interval
            for interval in intervals(kept, moment - _LONGEST, moment + timedelta(days=days))
            if interval.closes > moment
        ]
        if upcoming:
            return _joined(upcoming)
    return None


def _joined(upcoming: list[Interval]) -> Interval:
    """The first stretch with all that follow without a break."""
    opens, closes = upcoming[0]
    for interval in upcoming[1:]:
        if interval.opens.astimezone(UTC) <= closes.astimezone(UTC):
            closes = max(closes, interval.closes)
    return Interval(opens, closes)


def intervals(schedules: Iterable[Schedule], start: datetime, end: datetime) -> list[Interval]:
    """All stretches of opening that begin between the aware moments `start` and `end`, in order.

    An opening that falls wholly into the hour that spring takes is left out.
    """
    first, last = start.astimezone(ZONE).date(), end.astimezone(ZONE).date()
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    found = {
        interval
        for schedule in schedules
        if schedule.opens_at is not None
        for day in days_of(schedule, first, last)
        if start <= (interval := _interval(schedule, day)).opens <= end
        and interval.opens.astimezone(UTC) < interval.closes.astimezone(UTC)
    }
    return sorted(found)


def days_of(schedule: Schedule, first: date, last: date) -> list[date]:
    """The dates from `first` to `last` on which `schedule` opens.

    A schedule without a rule opens once, on `dtstart`, or on the one day it is valid; one that
    cannot be read opens never.
    """
    first = max(filter(None, (first, schedule.valid_from, schedule.dtstart)))
    last = min(filter(None, (last, schedule.valid_to, schedule.until)))
    if first > last:
        return []
    if not (schedule.freq or schedule.byday):
        return [first] if first == _only_day(schedule) else []
    if is_plain_week(schedule):
        return _plain_week_days(schedule, first, last)
    try:
        return Rule.of(schedule).days(first, last)
    except UnreadableRuleError:
        return []


def _only_day(schedule: Schedule) -> date | None:
    """The day of a schedule without a rule."""
    is_one_day = schedule.valid_from == schedule.valid_to
    return schedule.dtstart or (schedule.valid_from if is_one_day else None)


def weekday_numbers(byday: str) -> tuple[int, ...]:
    """The weekdays (0 is Monday) of a BYDAY without ordinals, e.g. "MO,WE"."""
    return tuple(WEEKDAYS.index(code) for code in byday.split(",") if code in WEEKDAYS)


def is_plain_week(schedule: Schedule) -> bool:
    """The same weekdays every week: nine of ten schedules, and cheap to work out."""
    codes = schedule.byday.split(",") if schedule.byday else []
    return (
        schedule.freq == Frequency.WEEKLY
        and (schedule.interval or 1) == 1
        and bool(codes)
        and all(code in WEEKDAYS for code in codes)
        and not (schedule.count or schedule.byweekno or schedule.bymonthday or schedule.byyearday)
    )


def _plain_week_days(schedule: Schedule, first: date, last: date) -> list[date]:
    wanted = weekday_numbers(schedule.byday)
    days = ((first + timedelta(days=n)) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() in wanted]


def _interval(schedule: Schedule, day: date) -> Interval:
    """`closes_at` not after `opens_at` means past midnight; a missing one, an hour."""
    opens_at = schedule.opens_at or time(0)
    opens = datetime.combine(day, opens_at, ZONE)
    if schedule.closes_at is None:
        return Interval(opens, (opens.astimezone(UTC) + timedelta(hours=1)).astimezone(ZONE))
    if schedule.closes_at >= LAST_MINUTE:
        return Interval(opens, datetime.combine(day + timedelta(days=1), time(0), ZONE))
    days = 1 if schedule.closes_at <= opens_at else 0
    return Interval(opens, datetime.combine(day + timedelta(days=days), schedule.closes_at, ZONE))
