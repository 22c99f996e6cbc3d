"""How often something happens, in words: "siste onsdag i måneden"."""

from django.utils.translation import override

from samtun.directory.enums import Frequency
from samtun.directory.recurrence import Rule as DayRule
from samtun.events.models import Event
from samtun.events.recurrence import OSLO, Rule, UnreadableRuleError
from samtun.front.hours import rule_called

_FREQUENCIES = {"WEEKLY": Frequency.WEEKLY, "MONTHLY": Frequency.MONTHLY}


def rhythm(event: Event, language: str) -> str:
    """How often `event` is; empty without a rule, or where there are no words for it."""
    if not event.rrule or event.starts_at is None:
        return ""
    try:
        rule = Rule.of(event.rrule)
    except UnreadableRuleError:
        return ""
    if rule.months or rule.frequency not in _FREQUENCIES:
        return ""
    with override(language):
        return rule_called(_days_of(rule, event))


def _days_of(rule: Rule, event: Event) -> DayRule:
    """The same rule as hours are told with; a rule without days is on the first date's."""
    first = (event.starts_at or event.made_at).astimezone(OSLO).date()
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
