"""What a visitor asks of the calendar, as it stands in the address.

Anything may stand in an address. What is unknown here is left out, so that a mistyped or hostile
parameter narrows nothing and breaks nothing.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal
from urllib.parse import quote_plus

from django.http import QueryDict

from samtun.directory.enums import Taxonomies
from samtun.directory.queries.terms import terms
from samtun.events.queries.wanted import Wanted
from samtun.front.frame import Frame

LONGEST_QUESTION = 200
LAST_PAGE = 500
_YEARS = range(2000, 2101)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)

View = Literal["list", "week", "month"]
PAGE_SIZES: dict[View, int] = {"list": 20, "week": 60, "month": 50}


@dataclass(frozen=True, slots=True)
class CalendarAsked:
    """A question to the calendar; `first` is the first day of the week or month."""

    wanted: Wanted
    text: str = ""
    view: View = "list"
    first: date | None = None
    page: int = 1

    @property
    def last(self) -> date | None:
        """The last day of the week or month."""
        if self.first is None:
            return None
        if self.view == "week":
            return self.first + timedelta(days=6)
        return next_month(self.first) - timedelta(days=1)

    @property
    def narrows(self) -> bool:
        """Whether anything is chosen or asked."""
        return bool(self.text) or self.wanted.narrows

    def bare(self) -> "CalendarAsked":
        """The same days without filters and words."""
        return replace(self, wanted=Wanted(self.wanted.scope), text="", page=1)


def calendar_asked(address: QueryDict, frame: Frame) -> CalendarAsked:
    """What the parameters ask for, as far as they make sense in this region."""
    wanted = _known(Wanted.from_query(address, frame.scope.numbers), frame.language)
    view, first = _days(address)
    return CalendarAsked(
        wanted=wanted,
        text=" ".join((address.get("q") or "").replace("\x00", " ").split())[:LONGEST_QUESTION],
        view=view,
        first=first,
        page=_page(address.get("side") or ""),
    )


def _known(wanted: Wanted, language: str) -> Wanted:
    """Without codes that mean nothing: they could not be shown, and so not be taken off."""
    needs, groups = terms(Taxonomies.NEEDS, language), terms(Taxonomies.TARGET_GROUPS, language)
    return replace(
        wanted,
        needs=tuple(code for code in wanted.needs if code in needs),
        situations=tuple(code for code in wanted.situations if code in groups),
    )


def _days(address: QueryDict) -> tuple[View, date | None]:
    """The view and its first day; a list of what comes when neither makes sense."""
    if found := _WEEK.fullmatch(address.get("uke") or ""):
        year, number = map(int, found.groups())
        if year in _YEARS and (first := _monday(year, number)):
            return "week", first
    if found := _MONTH.fullmatch(address.get("maaned") or ""):
        year, number = map(int, found.groups())
        if year in _YEARS and 1 <= number <= 12:
            return "month", date(year, number, 1)
    return "list", None


def _monday(year: int, number: int) -> date | None:
    try:
        return date.fromisocalendar(year, number, 1)
    except ValueError:
        return None


def _page(text: str) -> int:
    digits = text[:6]
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return min(max(int(digits), 1), LAST_PAGE)


def next_month(first: date) -> date:
    """The first day of the month after."""
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def in_reach(first: date) -> bool:
    """Whether the days can be asked for."""
    return first.year in _YEARS


def week_parameter(day: date) -> str:
    """`2026-W48`."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def month_parameter(day: date) -> str:
    """`2026-11`."""
    return f"{day:%Y-%m}"


class CalendarLinks:
    """Addresses of questions that differ a little from the one asked; each begins with `?`."""

    __slots__ = ("_asked",)

    def __init__(self, asked: CalendarAsked) -> None:
        self._asked = asked

    def filters(self, **changes: Any) -> str:  # noqa: ANN401  (the fields of Wanted)
        """What is wanted with `changes`, on the same days; `text` may change too."""
        asked = replace(self._asked, text=changes.pop("text", self._asked.text), page=1)
        return written(replace(asked, wanted=replace(asked.wanted, **changes)))

    def bare(self) -> str:
        """The same days, nothing chosen."""
        return written(self._asked.bare())

    def list(self) -> str:
        """What comes."""
        return written(replace(self._asked, view="list", first=None, page=1))

    def week(self, day: date) -> str:
        """The week of `day`."""
        return written(replace(self._asked, view="week", first=day, page=1))

    def month(self, day: date) -> str:
        """The month of `day`."""
        return written(replace(self._asked, view="month", first=day, page=1))

    def page(self, number: int) -> str:
        """Another page of the same."""
        return written(replace(self._asked, page=number))

    def wanted(self) -> str:
        """The filters alone, as feeds and paper read them."""
        return written(CalendarAsked(self._asked.wanted))


def written(asked: CalendarAsked) -> str:
    """The parameters of `asked`, without what is empty; `?` for nothing."""
    wanted = asked.wanted
    pairs = [
        ("q", asked.text),
        *(("behov", code) for code in wanted.needs),
        *(("situasjon", code) for code in wanted.situations),
        ("alder", "" if wanted.age is None else str(wanted.age)),
        ("kommune", wanted.municipality),
        ("form", wanted.mode),
        ("ledig", "1" if wanted.has_room else ""),
        ("organisasjon", str(wanted.organization or "")),
        ("uke", week_parameter(asked.first) if asked.first and asked.view == "week" else ""),
        ("maaned", month_parameter(asked.first) if asked.first and asked.view == "month" else ""),
        ("side", str(asked.page) if asked.page > 1 else ""),
    ]
    return "?" + "&".join([f"{name}={quote_plus(value)}" for name, value in pairs if value])
