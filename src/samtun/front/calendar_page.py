"""The calendar's page, from a question: a list, a week or a month."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateformat import format as formatted
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from samtun import search
from samtun.events import finding
from samtun.events.enums import OccurrenceStatus
from samtun.events.models import Occurrence
from samtun.events.queries import calendar as dates
from samtun.events.queries.wanted import Wanted
from samtun.front import answers, calendar_facets, event_rows, month
from samtun.front.calendar_asked import (
    PAGE_SIZES,
    CalendarAsked,
    CalendarLinks,
    in_reach,
    month_before,
    month_parameter,
    next_month,
    week_parameter,
)
from samtun.front.frame import Frame
from samtun.front.hours import written
from samtun.ui.filters import Link

NEAR_MISSES = 4
BEST = 12  # events that search may bring; the list is in order of time
_LOOKED_AT = 40  # dates read to find so many different events


@dataclass(frozen=True, slots=True)
class Days:
    """What a page of the calendar found."""

    rows: list[dates.Dated]
    has_more: bool
    counts: dict[date, int]  # of a month


def context(asked: CalendarAsked, frame: Frame, now: datetime) -> dict[str, Any]:
    """Everything `front/calendar/_happenings.html` reads."""
    links, style = CalendarLinks(asked), event_rows.Style.of(frame, now)
    found = _found(asked, frame.language)
    return {
        "asked": asked,
        "calendar_url": f"{frame.url}kalender/",
        "day_value": _day_value(asked),
        "heading": _heading(asked, frame.language),
        "ways": _ways(asked, links, style.today),
        "steps": _steps(asked, links, found, frame.language),
        "chips": calendar_facets.chosen(asked, links, frame),
        "facets": calendar_facets.facets(asked, frame),
        "table": _table(asked, found, links, style),
        "days": event_rows.days(found.rows, style, is_brief=asked.view == "month"),
        "is_found": bool(found.rows),
        **(_instead(asked, frame, style, links) if not found.rows else {}),
        **_taking_away(asked, frame, links, style.today),
    }


def _day_value(asked: CalendarAsked) -> str:
    """The week or month as the form sends it along."""
    if asked.first is None:
        return ""
    return week_parameter(asked.first) if asked.view == "week" else month_parameter(asked.first)


def _found(asked: CalendarAsked, language: str) -> Days:
    size = PAGE_SIZES[asked.view]
    start = (asked.page - 1) * size
    within = _within(asked, _matching(asked, language))
    rows = dates.dated(within, start, start + size + 1)
    has_more = len(rows) > size
    counts: dict[date, int] = {}
    if asked.view == "month" and rows:
        is_whole = asked.page == 1 and not has_more
        counts = Counter(row.day for row in rows) if is_whole else dates.days_of(within)
    return Days(rows[:size], has_more, counts)


def _within(asked: CalendarAsked, found: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    if asked.first and asked.last:
        return dates.between(found, asked.first, asked.last)
    return dates.coming(found)


def _matching(asked: CalendarAsked, language: str) -> QuerySet[Occurrence]:
    """What is wanted; of words, what search finds and what is called so, past or to come."""
    found = asked.wanted.occurrences()
    if not asked.text:
        return found
    query = search.Query(
        text=asked.text,
        scope=asked.wanted.scope,
        language=language,
        limit=BEST,
        now=timezone.localtime(),
    )
    return dates.called(found, asked.text.split()[:8], finding.find(query))


def _heading(asked: CalendarAsked, language: str) -> str:
    if asked.view == "month" and asked.first:
        return month.month_name(asked.first, language)
    if asked.view == "week" and asked.first and asked.last:
        first = written(asked.first, with_year=asked.first.year != asked.last.year)
        words = {
            "number": asked.first.isocalendar().week,
            "first": first,
            "last": written(asked.last),
        }
        return gettext("Week %(number)s: %(first)s – %(last)s") % words
    return gettext("Coming up")


def _ways(asked: CalendarAsked, links: CalendarLinks, today: date) -> list[tuple[Link, bool]]:
    """List, week, month; whether it is the one shown."""
    day = asked.first or today
    return [
        (Link(gettext("List"), links.list()), asked.view == "list"),
        (Link(gettext("Week"), links.week(day)), asked.view == "week"),
        (Link(gettext("Month"), links.month(day)), asked.view == "month"),
    ]


def _steps(
    asked: CalendarAsked, links: CalendarLinks, found: Days, language: str
) -> dict[str, Link | None]:
    """To the days before and after; within them, to the other pages."""
    more = Link(gettext("More dates"), links.page(asked.page + 1)) if found.has_more else None
    fewer = Link(gettext("Back"), links.page(asked.page - 1)) if asked.page > 1 else None
    steps: dict[str, Link | None] = {"more": more, "fewer": fewer}
    first = asked.first
    if first is None:
        return steps
    if asked.view == "week":
        sides = (first - timedelta(days=7), first + timedelta(days=7))
        to: Callable[[date], str] = links.week
        names = [gettext("Week %(number)s") % {"number": day.isocalendar().week} for day in sides]
    else:
        sides = (month_before(first), next_month(first))
        to = links.month
        names = [month.month_name(day, language) for day in sides]
    for key, day, name in zip(("previous", "next"), sides, names, strict=True):
        steps[key] = Link(name, to(day)) if in_reach(day) else None
    return steps


def _table(
    asked: CalendarAsked, found: Days, links: CalendarLinks, style: event_rows.Style
) -> SafeString:
    if asked.view != "month" or asked.first is None or not found.rows:
        return SafeString()
    is_whole = not found.has_more and asked.page == 1

    def day_url(day: date) -> str:
        """To the day in the list below; where that has several pages, in its week's list."""
        anchor = f"#dag-{day:%Y-%m-%d}"
        return anchor if is_whole else f"{links.week(day)}{anchor}"

    shown = found.rows if is_whole else []
    return month.table(
        asked.first, shown, found.counts, style, day_url=day_url, week_url=links.week
    )


def _instead(
    asked: CalendarAsked, frame: Frame, style: event_rows.Style, links: CalendarLinks
) -> dict[str, Any]:
    """What comes nearest when nothing fits: later dates, else without the filters."""
    near, fits = [], True
    if asked.first:
        found = _matching(asked, frame.language).filter(
            starts_at__gte=max(dates.midnight(asked.first), style.now)
        )
        near = _different(found)
    if not near and asked.narrows:
        near, fits = _different(dates.coming(Wanted(frame.scope.numbers).occurrences())), False
    return {
        "near": event_rows.dated_rows(near, style),
        "near_fits": fits,
        "later_url": links.list() if asked.first else "",
        "contact": answers.first_contact(frame),
    }


def _different(found: QuerySet[Occurrence]) -> list[dates.Dated]:
    held = found.filter(status=OccurrenceStatus.SCHEDULED)
    return dates.one_of_each(dates.dated(held, 0, _LOOKED_AT), NEAR_MISSES)


def _taking_away(
    asked: CalendarAsked, frame: Frame, links: CalendarLinks, today: date
) -> dict[str, str]:
    """To subscribe, and to print the month."""
    parameters = links.wanted() if asked.wanted.narrows else ""
    feed = f"{settings.PUBLIC_URL}{frame.url}kalender.ics{parameters}"
    shown = asked.first if asked.first and asked.view == "month" else today
    days = f"maaned={shown:%Y-%m}"
    programme = f"{parameters}&{days}" if parameters else f"?{days}"
    return {
        "feed_url": feed,
        "webcal_url": "webcal://" + feed.partition("://")[2],
        "programme_url": f"{frame.url}kalender/program/{programme}",
        "programme_month": formatted(shown, "F Y"),
    }
