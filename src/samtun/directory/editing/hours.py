"""Opening hours in plain fields ⇄ HSDS schedules (RFC 5545 parts)."""

from datetime import date, time
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samtun.directory.editing.document import Hours
from samtun.directory.enums import Frequency
from samtun.directory.models import Schedule
from samtun.directory.recurrence import WEEKDAYS, Rule, UnreadableRuleError

_NOT_SAID = ("count", "byweekno", "bymonthday", "byyearday")


def hours_of(schedule: Schedule, place: int | None, language: str) -> Hours:
    """`schedule` in plain fields; where they cannot say it, in `words` of `language`."""
    said = _fields(schedule)
    return {
        "id": str(schedule.pk),
        "place": place,
        "days": said[0] if said else [],
        "every": said[1] if said else "week",
        "week": said[2] if said else None,
        "opens_at": _clock(schedule.opens_at),
        "closes_at": _clock(schedule.closes_at),
        "valid_from": _latest(schedule.valid_from, schedule.dtstart),
        "valid_to": _earliest(schedule.valid_to, schedule.until),
        "description": schedule.description,
        "words": "" if said else in_words(schedule, language),
    }


def columns_of(hours: Hours) -> dict[str, Any]:
    """The columns of a schedule that say `hours`; not for those in words."""
    first = date.fromisoformat(hours["valid_from"]) if hours["valid_from"] else None
    last = date.fromisoformat(hours["valid_to"]) if hours["valid_to"] else None
    monthly = hours["every"] == "month"
    which = str(hours["week"]) if monthly and hours["week"] else ""
    frequency = Frequency.MONTHLY if monthly else Frequency.WEEKLY
    return {
        "freq": frequency if hours["days"] else "",
        "interval": 2 if hours["every"] == "second_week" else None,
        "byday": ",".join(f"{which}{day}" for day in hours["days"]),
        "opens_at": time.fromisoformat(hours["opens_at"]) if hours["opens_at"] else None,
        "closes_at": time.fromisoformat(hours["closes_at"]) if hours["closes_at"] else None,
        "valid_from": first,
        "valid_to": last,
        "dtstart": None,
        "until": None,
        "description": hours["description"],
    }


def _fields(schedule: Schedule) -> tuple[list[str], str, int | None] | None:
    """Days, how often and which week of the month; None where fields cannot say it."""
    if any(getattr(schedule, name) for name in _NOT_SAID) or not _is_whole(schedule):
        return None
    if not (schedule.freq or schedule.byday):
        # Without times and dates it says only what its description says.
        has_day = schedule.dtstart or schedule.valid_from or schedule.opens_at
        return None if has_day or not schedule.description else ([], "week", None)
    try:
        rule = Rule.of(schedule)
    except UnreadableRuleError:
        return None
    if rule.frequency == Frequency.MONTHLY:
        return _monthly(rule)
    every = {1: "week", 2: "second_week"}.get(rule.interval)
    if every is None or _has_ordinals(schedule.byday):
        return None
    return _codes(rule.weekdays), every, None


def _monthly(rule: Rule) -> tuple[list[str], str, int | None] | None:
    weeks = {which for which, _day in rule.nth}
    if rule.interval != 1 or rule.weekdays or rule.month_days or len(weeks) != 1:
        return None
    week = weeks.pop()
    days = frozenset(day for _which, day in rule.nth)
    return (_codes(days), "month", week) if week in (1, 2, 3, 4, 5, -1) else None


def _codes(days: frozenset[int]) -> list[str]:
    return [WEEKDAYS[day] for day in sorted(days)]


def _has_ordinals(byday: str) -> bool:
    return any(len(part.strip()) > 2 for part in byday.split(","))


def _is_whole(schedule: Schedule) -> bool:
    """Whether the times are to the minute, and those that close open too."""
    opens, closes = schedule.opens_at, schedule.closes_at
    times = [moment for moment in (opens, closes) if moment]
    same = opens is not None and opens == closes and opens != time(0)
    return not (
        any(moment.second or moment.microsecond for moment in times)
        or (closes is not None and opens is None)
        or same
    )


def _clock(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment is not None else None


def _latest(*days: date | None) -> str | None:
    found = max(filter(None, days), default=None)
    return found.isoformat() if found else None


def _earliest(*days: date | None) -> str | None:
    found = min(filter(None, days), default=None)
    return found.isoformat() if found else None


def in_words(schedule: Schedule, language: str) -> str:
    """What the rule says, for a person to recognise it by; in `language` whoever reads."""
    with translation.override(language):
        return ", ".join(filter(None, _said(schedule)))


def _said(schedule: Schedule) -> list[str]:
    first = schedule.dtstart or schedule.valid_from
    opens, closes = schedule.opens_at, schedule.closes_at
    return [
        _how_often(schedule, first),
        schedule.byday and _("days: %(codes)s") % {"codes": _days_in_words(schedule.byday)},
        schedule.bymonthday and _("days of the month: %(days)s") % {"days": schedule.bymonthday},
        schedule.byyearday and _("days of the year: %(days)s") % {"days": schedule.byyearday},
        schedule.byweekno and _("weeks: %(weeks)s") % {"weeks": schedule.byweekno},
        f"{opens:%H:%M}–{closes:%H:%M}" if opens and closes else f"{opens:%H:%M}" if opens else "",
        _times(schedule.count) if schedule.count else "",
        schedule.description,
    ]


def _times(count: int) -> str:
    return ngettext("%(count)d time", "%(count)d times", count) % {"count": count}


def _how_often(schedule: Schedule, first: date | None) -> str:
    day = date_format(first, "j. F Y") if first else ""
    every = schedule.interval or 1
    if schedule.freq == Frequency.MONTHLY:
        said = _("every month") if every == 1 else _("every %(number)d months")
    elif schedule.freq or schedule.byday:
        said = _("every week") if every == 1 else _("every %(number)d weeks")
    else:
        return _("once, on %(day)s") % {"day": day} if day else _("once")
    said = said % {"number": every} if every > 1 else said
    return _("%(often)s from %(day)s") % {"often": said, "day": day} if day else said


def _days_in_words(byday: str) -> str:
    names = dict(zip(WEEKDAYS, _weekday_names(), strict=True))
    return ", ".join(
        f"{part[:-2]} {names.get(part[-2:].upper(), part[-2:])}".strip()
        for part in (each.strip() for each in byday.split(","))
        if part
    )


def _weekday_names() -> list[str]:
    """Of a week that began on a Monday."""
    return [date_format(date(2024, 1, number), "l") for number in range(1, 8)]
