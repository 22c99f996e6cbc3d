"""When a service is open, worked out from its HSDS schedules (RFC 5545 parts, Norwegian time)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from samtun.directory.enums import Frequency
from samtun.directory.models import Schedule

ZONE = ZoneInfo("Europe/Oslo")
HORIZON = timedelta(days=400)  # a season and its return; further ahead nobody plans a visit
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Interval(NamedTuple):
    """One stretch of being open; aware moments, `closes` after `opens`."""

    opens: datetime
    closes: datetime


def is_open(schedules: Iterable[Schedule], at: datetime) -> bool:
    """Whether any of `schedules` is open at the aware moment `at`."""
    return any(
        interval.opens <= at < interval.closes
        for interval in intervals(schedules, at - timedelta(days=1), at + timedelta(minutes=1))
    )


def next_opening(schedules: Iterable[Schedule], after: datetime) -> Interval | None:
    """The stretch that is going on at `after`, or the first one to come within the horizon."""
    kept = list(schedules)
    for days in (8, 35, HORIZON.days):  # nearly always the first look is enough
        upcoming = intervals(kept, after - timedelta(days=1), after + timedelta(days=days))
        for interval in upcoming:
            if interval.closes > after:
                return interval
    return None


def intervals(schedules: Iterable[Schedule], start: datetime, end: datetime) -> list[Interval]:
    """All stretches of opening that begin between the aware moments `start` and `end`, in order."""
    found = {
        interval
        for schedule in schedules
        if schedule.opens_at is not None
        for day in days_of(schedule, start.astimezone(ZONE).date(), end.astimezone(ZONE).date())
        if start <= (interval := _interval(schedule, day)).opens <= end
    }
    return sorted(found)


def days_of(schedule: Schedule, first: date, last: date) -> list[date]:
    """The dates from `first` to `last` on which `schedule` opens.

    A schedule without a rule opens once, on `dtstart`; one that cannot be read opens never.
    """
    first = max(filter(None, (first, schedule.valid_from, schedule.dtstart)))
    last = min(filter(None, (last, schedule.valid_to, schedule.until)))
    if first > last:
        return []
    if not schedule.freq:
        return [schedule.dtstart] if schedule.dtstart == first else []
    if is_plain_week(schedule):
        return _plain_week_days(schedule, first, last)
    rule = recurrence(schedule, last)
    if rule is None:
        return []
    return [moment.date() for moment in rule.between(_midnight(first), _midnight(last), inc=True)]


def recurrence(schedule: Schedule, last: date) -> rrule | None:
    """The schedule's rule up to and with `last`; None when its parts make no valid rule."""
    anchor = schedule.dtstart or schedule.valid_from or date(2024, 1, 1)  # a Monday
    parts = {
        "FREQ": schedule.freq,
        "INTERVAL": schedule.interval or 1,
        "COUNT": schedule.count,
        "WKST": schedule.wkst,
        "BYDAY": schedule.byday,
        "BYWEEKNO": schedule.byweekno,
        "BYMONTHDAY": schedule.bymonthday,
        "BYYEARDAY": schedule.byyearday,
        "UNTIL": None if schedule.count else last.strftime("%Y%m%dT235959"),
    }
    text = ";".join(f"{name}={value}" for name, value in parts.items() if value)
    try:
        rule = rrulestr(text, dtstart=_midnight(anchor))
    except (ValueError, TypeError, KeyError):
        return None
    return rule if isinstance(rule, rrule) else None


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
        and not (
            schedule.count or schedule.byweekno or schedule.bymonthday or schedule.byyearday
        )
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
        return Interval(opens, opens + timedelta(hours=1))
    days = 1 if schedule.closes_at <= opens_at else 0
    return Interval(opens, datetime.combine(day + timedelta(days=days), schedule.closes_at, ZONE))


def _midnight(day: date) -> datetime:
    """A naive moment: rules are reckoned in wall-clock time, so summer time cannot shift them."""
    return datetime.combine(day, time(0))  # noqa: DTZ001  # wall-clock on purpose
