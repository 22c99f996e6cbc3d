"""Opening hours in words: the week, the season, the next time.

Works in the language that is active.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from samtun.directory import opening
from samtun.directory.enums import Frequency
from samtun.directory.models import Schedule
from samtun.directory.recurrence import Rule, UnreadableRuleError
from samtun.organisations.texts import Text
from samtun.ui import days

_ALWAYS = timedelta(days=6)  # open that far ahead without a break: day and night
_DATES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Day:
    """A weekday, or several with the same hours."""

    name: str
    hours: str
    is_today: bool


@dataclass(slots=True)
class Timetable:
    """What holds in one season, for one purpose, at one place."""

    season: str = ""
    note: Text = field(default_factory=lambda: Text("", ""))
    place: str = ""
    days: list[Day] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Hours:
    """When help can be had. `state` says what is true now, or comes next; may be empty."""

    state: str
    is_open: bool
    timetables: list[Timetable]

    def __bool__(self) -> bool:
        return bool(self.state or self.timetables)


def hours(
    schedules: Sequence[Schedule], now: datetime, places: dict[object, str] | None = None
) -> Hours:
    """The hours of `schedules`, seasons that are over left out.

    `places` names the services at locations whose name must stand beside their hours.
    """
    today = now.astimezone(opening.ZONE).date()
    language = get_language() or "nb"
    groups: dict[tuple[date, str, str, str], list[Schedule]] = defaultdict(list)
    for schedule in schedules:
        if not _is_over(schedule, today):
            place = (places or {}).get(schedule.service_at_location_id, "")
            note = schedule.text("description", language).value
            groups[_begins(schedule), _season(schedule, today), place, note].append(schedule)
    tables = [
        _timetable(group, key[1], key[2], today)
        for key, group in sorted(groups.items(), key=_order)
    ]
    going_on = opening.next_opening(schedules, now)
    return Hours(
        state=_state(going_on, now, today) if going_on else "",
        is_open=bool(going_on and going_on.opens <= now),
        timetables=[table for table in tables if table.days or table.lines or table.note.value],
    )


def _order(item: tuple[tuple[date, str, str, str], list[Schedule]]) -> tuple[date, str, str]:
    begins, _, place, note = item[0]
    return begins, place, note


def _begins(schedule: Schedule) -> date:
    """Single days come in order after what is open every week."""
    return _single_day(schedule) or max(
        filter(None, (schedule.valid_from, schedule.dtstart, date.min))
    )


def _is_over(schedule: Schedule, today: date) -> bool:
    day = _single_day(schedule)
    ends = (day, schedule.valid_to, schedule.until)
    return any(end is not None and end < today for end in ends)


def _single_day(schedule: Schedule) -> date | None:
    """The one day of an event."""
    if schedule.valid_from and schedule.valid_from == schedule.valid_to:
        return schedule.valid_from
    return schedule.dtstart if not (schedule.freq or schedule.byday) else None


def _timetable(schedules: list[Schedule], season: str, place: str, today: date) -> Timetable:
    language = get_language() or "nb"
    table = Timetable(season, schedules[0].text("description", language), place)
    weekly = [one for one in schedules if one.opens_at and opening.is_plain_week(one)]
    recurring = [one for one in weekly if not _single_day(one)]
    has_begun = all(_begins(one) <= today for one in recurring)
    table.days = _week(recurring, today.weekday() if has_begun else -1)
    others = [one for one in schedules if one not in recurring]
    table.lines = list(dict.fromkeys(filter(None, (_line(one, today) for one in others))))
    return table


def _week(schedules: Iterable[Schedule], today: int) -> list[Day]:
    """The weekdays with their hours; neighbours with the same hours together."""
    by_day: dict[int, list[tuple[time, str]]] = defaultdict(list)
    for schedule in schedules:
        for weekday in opening.weekday_numbers(schedule.byday):
            by_day[weekday].append((schedule.opens_at or time(0), span(schedule)))
    said = {
        weekday: listed(list(dict.fromkeys(words for _, words in sorted(spans))))
        for weekday, spans in by_day.items()
    }
    days = []
    for (_, words), run in groupby(
        sorted(said.items()), key=lambda item: (_run_of(item[0], said), item[1])
    ):
        numbers = [number for number, _ in run]
        days.append(Day(_days_called(numbers), words, today in numbers))
    return days


def _run_of(weekday: int, said: dict[int, str]) -> int:
    """The first of the neighbours that have the same hours."""
    while weekday - 1 in said and said[weekday - 1] == said[weekday]:
        weekday -= 1
    return weekday


def _days_called(numbers: list[int]) -> str:
    if len(numbers) == 7:
        return gettext("Every day")
    first, last = WEEKDAYS[numbers[0]], WEEKDAYS[numbers[-1]]
    if len(numbers) == 1:
        return capfirst(str(first))
    if len(numbers) == 2:
        return capfirst(listed([str(first), str(last)]))
    return capfirst(gettext("%(first)s to %(last)s") % {"first": first, "last": last})


def span(schedule: Schedule) -> str:
    """`11–14`, or `around the clock`; empty without hours."""
    if schedule.opens_at is None:
        return ""
    if schedule.closes_at is None:
        return gettext("from %(time)s") % {"time": clock(schedule.opens_at)}
    if _is_whole_day(schedule):
        return gettext("around the clock")
    return _from_to(schedule.opens_at, schedule.closes_at)


def _is_whole_day(schedule: Schedule) -> bool:
    closes = schedule.closes_at
    ends = closes is not None and (closes == time(0) or closes >= opening.LAST_MINUTE)
    return schedule.opens_at == time(0) and ends


def _at(day: str, schedule: Schedule) -> str:
    """`Tirsdag 24. november kl. 11–14`."""
    if schedule.opens_at is None:
        return day
    if _is_whole_day(schedule):
        return gettext("%(day)s, around the clock") % {"day": day}
    if schedule.closes_at is None:
        return gettext("%(day)s at %(time)s") % {"day": day, "time": clock(schedule.opens_at)}
    return gettext("%(day)s, %(hours)s") % {"day": day, "hours": span(schedule)}


def _from_to(opens: time, closes: time) -> str:
    ends = clock(closes, is_end=True)
    return gettext("%(opens)s–%(closes)s") % {"opens": clock(opens), "closes": ends}


def clock(moment: time, *, is_end: bool = False) -> str:
    """`11` and `11.30`; `11:00` in English. A day ends at 24."""
    ends = is_end and (moment == time(0) or moment >= opening.LAST_MINUTE)
    language = get_language() or "nb"
    if ends:
        return "24:00" if language == "en" else "24"
    return days.clock(moment, language)


def written(day: date, *, with_weekday: bool = False, with_year: bool = True) -> str:
    """`24. november 2026`."""
    language = get_language() or "nb"
    return days.written(day, language, with_weekday=with_weekday, with_year=with_year)


def listed(names: Sequence[str]) -> str:
    """`mandag, tirsdag og onsdag`."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(most)s and %(last)s") % {"most": ", ".join(names[:-1]), "last": names[-1]}


def _season(schedule: Schedule, today: date) -> str:
    """When it begins and ends, as far as that lies ahead."""
    if _single_day(schedule):
        return ""
    first = max(filter(None, (schedule.valid_from, schedule.dtstart)), default=None)
    last = min(filter(None, (schedule.valid_to, schedule.until)), default=None)
    begins = written(first) if first and first > today else ""
    if begins and last:
        return gettext("From %(first)s to %(last)s") % {"first": begins, "last": written(last)}
    if begins:
        return gettext("From %(first)s") % {"first": begins}
    return gettext("Until %(last)s") % {"last": written(last)} if last else ""


def _state(found: opening.Interval, now: datetime, today: date) -> str:
    closes = found.closes.astimezone(opening.ZONE)
    if found.opens <= now:
        if closes - now > _ALWAYS:
            return gettext("Open around the clock")
        if closes - now > timedelta(days=1):
            return gettext("Open now")
        return gettext("Open now, until %(time)s") % {"time": clock(closes.time(), is_end=True)}
    opens = found.opens.astimezone(opening.ZONE)
    words = {
        "day": _day_called(opens.date(), today),
        "hours": _from_to(opens.time(), closes.time()),
    }
    return gettext("Next time: %(day)s, %(hours)s") % words


def _day_called(day: date, today: date) -> str:
    if day == today:
        return gettext("today")
    if day == today + timedelta(days=1):
        return gettext("tomorrow")
    is_near = day - today < timedelta(days=180)
    return written(day, with_weekday=True, with_year=not is_near)


def _line(schedule: Schedule, today: date) -> str:
    """A schedule that is no plain week, as a sentence; empty when it comes no more."""
    if day := _single_day(schedule):
        return _at(capfirst(written(day, with_weekday=True)), schedule)
    when = capfirst(_rule_called(schedule) or _dates(schedule, today))
    return _at(when, schedule) if when else ""


def _rule_called(schedule: Schedule) -> str:
    """The rule of `schedule` as people say it."""
    try:
        return rule_called(Rule.of(schedule))
    except UnreadableRuleError:
        return ""


def rule_called(rule: Rule) -> str:
    """A rule as people say it; empty when there are no words for it."""
    if rule.year_days or rule.weeks or rule.count:
        return ""
    if rule.frequency == Frequency.MONTHLY:
        return _monthly(rule)
    return _weekly(rule) if not rule.month_days else ""


def _weekly(rule: Rule) -> str:
    days = listed([str(WEEKDAYS[number]) for number in sorted(rule.weekdays)])
    if rule.interval == 1:
        return gettext("every %(days)s") % {"days": days}
    if rule.interval == 2:
        return gettext("every other %(days)s") % {"days": days}
    return gettext("every %(number)s weeks: %(days)s") % {"number": rule.interval, "days": days}


def _monthly(rule: Rule) -> str:
    if rule.month_days and not (rule.nth or rule.weekdays) and min(rule.month_days) > 0:
        numbers = listed([str(number) for number in sorted(rule.month_days)])
        said = gettext("day %(numbers)s of the month") % {"numbers": numbers}
    elif rule.nth and not (rule.month_days or rule.weekdays) and _has_words(rule):
        said = listed([_nth(which, weekday) for which, weekday in sorted(rule.nth)])
    else:
        return ""
    if rule.interval == 1:
        return said
    return gettext("%(days)s, every %(number)s months") % {"days": said, "number": rule.interval}


def _has_words(rule: Rule) -> bool:
    return all(which in _ordinals() for which, _ in rule.nth)


def _ordinals() -> dict[int, str]:
    return {
        1: gettext("first"),
        2: gettext("second"),
        3: gettext("third"),
        4: gettext("fourth"),
        5: gettext("fifth"),
        -1: gettext("last"),
        -2: gettext("second last"),
    }


def _nth(which: int, weekday: int) -> str:
    words = {"which": _ordinals()[which], "day": WEEKDAYS[weekday]}
    return gettext("%(which)s %(day)s of the month") % words


def nth_weekday(which: int, weekday: int, months: str) -> str:
    """`første onsdag i mai`; empty where there are no words for `which`."""
    ordinals = _ordinals()
    if which not in ordinals:
        return ""
    words = {"which": ordinals[which], "day": WEEKDAYS[weekday], "months": months}
    return gettext("%(which)s %(day)s of %(months)s") % words


def _dates(schedule: Schedule, today: date) -> str:
    """The next days themselves."""
    if not (schedule.freq or schedule.byday):
        return ""
    coming = opening.days_of(schedule, today, today + opening.HORIZON)[:_DATES_SHOWN]
    return listed([written(day) for day in coming])
