"""Moments in words, on the clock on the wall: `onsdag 25. november kl. 18–20`."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from samtun.events.models import Occurrence
from samtun.events.recurrence import OSLO
from samtun.ui import days


def day_of(moment: datetime, language: str) -> str:
    """`onsdag 25. november`, with the year when it is another than ours."""
    wall = moment.astimezone(OSLO)
    is_other_year = wall.year != timezone.now().astimezone(OSLO).year
    return days.written(wall.date(), language, with_weekday=True, with_year=is_other_year)


def clock_of(moment: datetime, language: str) -> str:
    """`18`, `18.30`; `18:00` in English."""
    return days.clock(moment.astimezone(OSLO).time(), language)


def moment_of(moment: datetime, language: str) -> str:
    """A day and an hour."""
    return gettext("%(day)s at %(time)s") % {
        "day": day_of(moment, language),
        "time": clock_of(moment, language),
    }


def span_of(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """From when to when, in one line."""
    if starts_at.astimezone(OSLO).date() != ends_at.astimezone(OSLO).date():
        ends = moment_of(ends_at, language)
        return gettext("%(start)s until %(end)s") % {
            "start": moment_of(starts_at, language),
            "end": ends,
        }
    return gettext("%(day)s, %(start)s–%(end)s") % {
        "day": day_of(starts_at, language),
        "start": clock_of(starts_at, language),
        "end": clock_of(ends_at, language),
    }


def when(occurrence: Occurrence, language: str) -> str:
    """The time of a date."""
    return span_of(occurrence.starts_at, occurrence.ends_at, language)
