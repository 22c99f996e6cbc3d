"""How often something happens, in words: "siste onsdag i måneden", "hvert år 17. mai"."""

from dataclasses import replace
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext, override

from samtun.directory.enums import Frequency
from samtun.directory.recurrence import Rule as DayRule
from samtun.events.models import Event
from samtun.events.recurrence import OSLO, Rule, UnreadableRuleError
from samtun.front.hours import listed, nth_weekday, rule_called, written

_FREQUENCIES = {"WEEKLY": Frequency.WEEKLY, "MONTHLY": Frequency.MONTHLY}
_MOST_NAMED = 6  # months; of more, those left out are fewer to say
_LEAP = 2024  # a year that has every day


def rhythm(event: Event, language: str) -> str:
    """How often `event` is; empty without a rule, or where there are no words for it."""
    if not event.rrule or event.starts_at is None:
        return ""
    try:
        rule = Rule.of(event.rrule)
    except UnreadableRuleError:
        return ""
    first = event.starts_at.astimezone(OSLO).date()
    with override(language):
        return _said(rule, first)


def _said(rule: Rule, first: date) -> str:
    if rule.frequency == "YEARLY":
        return _yearly(rule, first)
    if rule.frequency == "DAILY":
        if rule.days and not rule.month_days:  # every day of some weekdays is weekly
            return _said(replace(rule, frequency="WEEKLY"), first)
        said = "" if rule.days or rule.month_days else _daily(rule)
    else:
        said = rule_called(_days_of(rule, first))
    return _in_months(said, rule.months) if said else ""


def _daily(rule: Rule) -> str:
    if rule.interval == 1:
        return gettext("every day")
    if rule.interval == 2:
        return gettext("every other day")
    return gettext("every %(number)s days") % {"number": rule.interval}


def _in_months(said: str, months: tuple[int, ...]) -> str:
    """`said`, and in which months; where there are few without, those."""
    left_out = [month for month in MONTHS if month not in months]
    if not months or not left_out:
        return said
    if len(months) <= _MOST_NAMED:
        return gettext("%(rule)s, in %(months)s") % {"rule": said, "months": _named(months)}
    words = {"rule": said, "months": _named(left_out)}
    return gettext("%(rule)s, but not in %(months)s") % words


def _named(months: tuple[int, ...] | list[int]) -> str:
    return listed([str(MONTHS[month]) for month in sorted(months)])


def _yearly(rule: Rule, first: date) -> str:
    """On days of the calendar, or on a weekday of some months."""
    said = _weekdays_of_months(rule) if rule.days else _calendar_days(rule, first)
    if not said:
        return ""
    if rule.interval == 1:
        return gettext("every year, %(days)s") % {"days": said}
    if rule.interval == 2:
        return gettext("every other year, %(days)s") % {"days": said}
    return gettext("every %(number)s years, %(days)s") % {"number": rule.interval, "days": said}


def _weekdays_of_months(rule: Rule) -> str:
    if not rule.months or rule.month_days:
        return ""
    told = [nth_weekday(which, day, _named(rule.months)) for which, day in sorted(rule.days)]
    return listed(told) if all(told) else ""


def _calendar_days(rule: Rule, first: date) -> str:
    """`17. mai`; a part that the rule does not have is that of the first date."""
    numbers = rule.month_days or (first.day,)
    months = rule.months if rule.months or rule.month_days else (first.month,)
    if not months or min(numbers) < 1:
        return ""
    try:
        days = [
            date(_LEAP, month, number) for month in sorted(months) for number in sorted(numbers)
        ]
    except ValueError:
        return ""  # the 31st of a month that has none
    return listed([written(day, with_year=False) for day in days])


def _days_of(rule: Rule, first: date) -> DayRule:
    """The same rule as hours are told with; a rule without days is on the first date's."""
    is_monthly = rule.frequency == "MONTHLY"
    has_days = bool(rule.days or rule.month_days)
    weekdays = {day for which, day in rule.days if not which}
    if not has_days and not is_monthly:
        weekdays = {first.weekday()}
    month_days = {first.day} if is_monthly and not has_days else set(rule.month_days)
    return DayRule(
        frequency=_FREQUENCIES[rule.frequency],
        interval=rule.interval,
        anchor=first,
        week_start=rule.week_start,
        weekdays=frozenset(weekdays),
        nth=frozenset((which, day) for which, day in rule.days if which),
        month_days=frozenset(month_days),
        year_days=frozenset(),
        weeks=frozenset(),
        count=None,
    )
