"""When something happens and whether one can come, in words, once for each language.

A month of dates would otherwise look up a thousand translations.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, Protocol

from django.utils.dateformat import format as formatted
from django.utils.text import capfirst
from django.utils.translation import gettext, override, pgettext

from samtun.events.recurrence import OSLO
from samtun.front.hours import clock, written

FEW = 3  # seats: fewer than that are said to be few, and never how many have been taken
_FAR = timedelta(days=300)  # then the year must be said

State = Literal[
    "cancelled", "over", "come", "room", "few", "waiting_list", "full", "closed", "not_yet"
]
OPEN_STATES = frozenset({"come", "room", "few"})


class Comeable(Protocol):
    """A date, as far as one must know whether one can come."""

    @property
    def is_cancelled(self) -> bool: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def sign_up(self) -> str: ...
    @property
    def is_closed(self) -> bool: ...
    @property
    def closes_at(self) -> datetime | None: ...
    @property
    def opens_on(self) -> date | None: ...
    @property
    def capacity(self) -> int | None: ...
    @property
    def taken(self) -> int: ...
    @property
    def has_waiting_list(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class EventWords:
    """The words of one language; see `event_words`."""

    language: str
    today: str
    tomorrow: str
    states: dict[State, str]
    opens: str
    moved: str
    free: str
    online: str
    both: str
    secret: str
    for_children: str
    theme: str
    week: str


@lru_cache(maxsize=8)
def event_words(language: str) -> EventWords:
    """The words of `language`."""
    with override(language):
        return EventWords(
            language=language,
            today=gettext("Today"),
            tomorrow=gettext("Tomorrow"),
            states={
                "cancelled": pgettext("an event", "Cancelled"),
                "over": gettext("It is over"),
                "come": gettext("Just come"),
                "room": gettext("There is room"),
                "few": gettext("Few places left"),
                "waiting_list": gettext("Full – waiting list"),
                "full": gettext("Full"),
                "closed": gettext("Sign-up is closed"),
                "not_yet": gettext("Sign-up opens later"),
            },
            opens=gettext("Sign-up from %(day)s"),
            moved=gettext("New time"),
            free=gettext("Free"),
            online=gettext("Digital"),
            both=gettext("In person and digital"),
            secret=gettext("Those who sign up are told where"),
            for_children=gettext("For children and young people"),
            theme=gettext("Theme: %(theme)s"),
            week=gettext("Week %(number)s"),
        )


def state_of(row: Comeable, now: datetime) -> State:
    """Whether one can come to a date; never how many others do."""
    if row.is_cancelled:
        return "cancelled"
    if row.ends_at <= now:
        return "over"
    if row.sign_up == "none":
        return "come"
    return _sign_up(row, now)


def _sign_up(row: Comeable, now: datetime) -> State:
    open_: State = "come" if row.sign_up == "anonymous" else "room"
    if row.is_closed or (row.closes_at or row.starts_at) <= now:
        return "come" if open_ == "come" and not row.is_closed else "closed"
    if row.opens_on and row.opens_on > now.astimezone(OSLO).date():
        return "not_yet"
    if row.capacity is None:
        return open_
    free = row.capacity - row.taken
    if free <= 0:
        return "waiting_list" if row.has_waiting_list else "full"
    return "few" if free <= FEW else open_


@lru_cache(maxsize=2_048)
def day_name(day: date, today: date, language: str) -> str:
    """`I dag`, `I morgen`, `Onsdag 25. november`; the year when it is far away."""
    said = event_words(language)
    if day == today:
        return said.today
    if day == today + timedelta(days=1):
        return said.tomorrow
    return full_day(day, today, language)


@lru_cache(maxsize=2_048)
def full_day(day: date, today: date, language: str) -> str:
    """`Onsdag 25. november`; the year when it is far away or over."""
    with override(language):
        is_near = day.year == today.year or timedelta() <= day - today < _FAR
        return capfirst(written(day, with_weekday=True, with_year=not is_near))


@lru_cache(maxsize=2_048)
def day_parts(day: date, today: date, language: str) -> tuple[str, str, str]:
    """`I dag` when it is that near, `Onsdag`, `25. november`."""
    near = day_name(day, today, language)
    weekday, _, rest = full_day(day, today, language).partition(" ")
    return near if near != f"{weekday} {rest}" else "", weekday, rest


@lru_cache(maxsize=2_048)
def short_day(day: date, language: str) -> tuple[str, str, str]:
    """`ons`, `25`, `nov`: the leaf of a calendar."""
    with override(language):
        weekday, month = formatted(day, "D"), formatted(day, "M")
        return weekday.rstrip("."), str(day.day), month.rstrip(".").lower()


@lru_cache(maxsize=4_096)
def span(starts_at: datetime, ends_at: datetime, language: str) -> str:
    """`kl. 18–20`; with the last day's name when it goes on beyond a night."""
    begins, ends = starts_at.astimezone(OSLO), ends_at.astimezone(OSLO)
    with override(language):
        from_, to = clock(begins.time()), clock(ends.time(), is_end=True)
        if ends - begins < timedelta(hours=16):
            return gettext("at %(begins)s–%(ends)s") % {"begins": from_, "ends": to}
        last = written(ends.date(), with_weekday=True, with_year=False)
        words = {"begins": from_, "day": last, "ends": to}
        return gettext("at %(begins)s until %(day)s at %(ends)s") % words


def moment(starts_at: datetime, ends_at: datetime, today: date, language: str) -> str:
    """`Onsdag 25. november kl. 18–20`."""
    day = day_name(starts_at.astimezone(OSLO).date(), today, language)
    return f"{day} {span(starts_at, ends_at, language)}"


@lru_cache(maxsize=256)
def ages(first: int | None, last: int | None, language: str) -> str:
    """`From 13 to 17 years`; empty for all ages."""
    with override(language):
        if first and last is not None:
            return gettext("From %(first)s to %(last)s years") % {"first": first, "last": last}
        if first:
            return gettext("From %(first)s years") % {"first": first}
        if last is not None:
            return gettext("Up to and including %(last)s years") % {"last": last}
        return ""
