"""A month as a table, for those who have room for one; the list below it says all and more."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from html import escape

from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, override

from samtun.events.queries.calendar import Dated
from samtun.front.event_rows import Style, name_of

NAMES_SHOWN = 3


@dataclass(slots=True)
class _Cell:
    """A day: how many dates, and the names of some."""

    count: int = 0
    names: list[tuple[str, str, bool]] = field(default_factory=list)  # text, lang, cancelled


def table(
    first: date,
    rows: Sequence[Dated],
    counts: Mapping[date, int],
    style: Style,
    *,
    day_url: Callable[[date], str],
    week_url: Callable[[date], str],
) -> SafeString:
    """The month that begins on `first`; `counts` has all its days, `rows` perhaps only some."""
    cells: dict[date, _Cell] = defaultdict(_Cell)
    for day, count in counts.items():
        cells[day].count = count
    for row in rows:
        name = name_of(row, style)
        lang = "" if name.language == style.frame.language else name.language
        cells[row.day].names.append((name.value, lang, row.is_cancelled))
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    html = "".join(
        [
            f"<tr>{_week(week[0], week_url(week[0]))}"
            + "".join([_td(day, first, cells.get(day), style, day_url) for day in week])
            + "</tr>"
            for week in weeks
        ]
    )
    language = style.frame.language
    caption = escape(month_name(first, language))
    return mark_safe(  # noqa: S308  (escaped here and where the cells are made)
        f'<table class="st-month"><caption class="ds-sr-only">{caption}</caption>'
        f"{_head(language)}<tbody>{html}</tbody></table>"
    )


@lru_cache(maxsize=512)
def month_name(first: date, language: str) -> str:
    """`November 2026`."""
    with override(language):
        return f"{str(MONTHS[first.month]).capitalize()} {first.year}"


@lru_cache(maxsize=8)
def _head(language: str) -> str:
    with override(language):
        days = "".join(
            [
                f'<th scope="col"><span aria-hidden="true">{escape(str(WEEKDAYS_ABBR[number]))}'
                f'</span><span class="ds-sr-only">{escape(str(WEEKDAYS[number]))}</span></th>'
                for number in range(7)
            ]
        )
        return f'<thead><tr><th scope="col">{escape(gettext("Week"))}</th>{days}</tr></thead>'


def _week(monday: date, url: str) -> str:
    number = monday.isocalendar().week
    said = escape(gettext("Week %(number)s") % {"number": number})
    return (
        f'<th scope="row"><a href="{escape(url)}" rel="nofollow" aria-label="{said}">{number}</a>'
        "</th>"
    )


def _td(
    day: date, first: date, cell: _Cell | None, style: Style, day_url: Callable[[date], str]
) -> str:
    css = "st-month-other" if day.month != first.month else ""
    if day == style.today:
        css = f"{css} st-month-today".strip()
    current = ' aria-current="date"' if day == style.today else ""
    opening = f'<td class="{css}"{current}>' if css or current else "<td>"
    if cell is None or day.month != first.month:
        return f'{opening}<span class="st-month-day">{day.day}</span></td>'
    return f'{opening}<a href="{escape(day_url(day))}">{_said(day, cell)}</a></td>'


def _said(day: date, cell: _Cell) -> str:
    """The number of the day and what happens then; a screen reader hears the month too."""
    month = escape(str(MONTHS[day.month]))
    counted = ngettext("%(count)s date", "%(count)s dates", cell.count) % {"count": cell.count}
    names = "".join([_named(*each) for each in cell.names[:NAMES_SHOWN]])
    left = cell.count - min(len(cell.names), NAMES_SHOWN)
    more = ""
    if left > 0:
        text = gettext("and %(count)s more") if cell.names else "%(count)s"
        hidden = "" if cell.names else ' aria-hidden="true"'
        more = f'<span class="st-month-more"{hidden}>{escape(text % {"count": left})}</span>'
    return (
        f'<span class="st-month-day">{day.day}</span><span class="ds-sr-only">. {month}: '
        f"{escape(counted)}. </span>{names}{more}"
    )


def _named(text: str, lang: str, is_cancelled: bool) -> str:  # noqa: FBT001  (as in `_Cell`)
    css = "st-month-name st-month-off" if is_cancelled else "st-month-name"
    in_language = f' lang="{escape(lang)}"' if lang else ""
    return f'<span class="{css}"{in_language}>{escape(text)}</span>'
