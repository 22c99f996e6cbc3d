"""Days and hours as people write them. Names of days and months are in the active language."""

from datetime import date, time

from django.utils.dateformat import format as formatted


def clock(at: time, language: str) -> str:
    """`11` and `11.30`; `11:00` in English."""
    if language == "en":
        return f"{at:%H:%M}"
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)


def written(day: date, language: str, *, with_weekday: bool = False, with_year: bool = True) -> str:
    """`tirsdag 24. november 2026`; `Tuesday 24 November 2026` in English."""
    parts = "j F" if language == "en" else "j. F"
    return formatted(day, f"{'l ' if with_weekday else ''}{parts}{' Y' if with_year else ''}")
