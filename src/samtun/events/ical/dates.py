"""Dates of events as VEVENTs: single ones, and a series as one with its exceptions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Event as Component
from icalendar import vRecur

from samtun.events.enums import EventKind, OccurrenceStatus
from samtun.events.ical import words
from samtun.events.ical.lines import MARK
from samtun.events.models import Event, Occurrence
from samtun.events.recurrence import LONGEST, OSLO, Rule, UnreadableRuleError


@dataclass(frozen=True, slots=True)
class Series:
    """The part of an event's dates that its rule makes.

    `first` is the date that it begins with, `missing` what the rule names and nobody holds, `held`
    the rows by the moment that the rule gives them.
    """

    rule: Rule
    first: datetime
    missing: tuple[datetime, ...]
    held: dict[datetime, Occurrence]


def series_of(event: Event, occurrences: Sequence[Occurrence]) -> Series | None:
    """What of `occurrences` the event's rule makes; None when there is no rule, or none of it.

    Rows that the rule does not name (any more) do not belong to it.
    """
    named = {one.rule_starts_at: one for one in occurrences if one.rule_starts_at}
    if not (event.rrule and event.starts_at and named):
        return None
    try:
        rule = Rule.of(event.rrule)
    except UnreadableRuleError:
        return None
    # The dates of a course are all made at once, those of a series as time goes by.
    is_whole = event.kind == EventKind.COURSE and rule.ends
    moments = rule.moments(event.starts_at, event.starts_at + LONGEST if is_whole else max(named))
    held = {moment: named[moment] for moment in moments if moment in named}
    if not held:
        return None
    # Dates before the first that anybody holds are left out; only a counted rule needs them.
    first = moments[0] if rule.count else min(held)
    missing = tuple(moment for moment in moments if moment not in held and moment >= first)
    return Series(rule, first, missing, held)


def public_dates(
    event: Event, occurrences: Sequence[Occurrence], language: str
) -> Iterator[Component]:
    """The VEVENTs of an event in a feed, the first date first.

    A series is one VEVENT under the event's identifier, with one more for each date that differs.
    Dates chosen by hand, courses and single events have one each, under their own identifiers.
    """
    series = None if event.kind == EventKind.COURSE else series_of(event, occurrences)
    if series:
        yield _master(event, series, language)
        for moment, one in series.held.items():
            if _differs(event, moment, one):
                yield _exception(event, moment, one, language)
    held = {one.pk for one in series.held.values()} if series else frozenset()
    count = len(occurrences) if event.kind == EventKind.COURSE else 0
    for number, one in enumerate(occurrences, 1):
        if one.pk not in held:
            numbered = (number, count) if count > 1 else None
            yield single(event, one, language, numbered)


def single(
    event: Event,
    occurrence: Occurrence,
    language: str,
    numbered: tuple[int, int] | None = None,
) -> Component:
    """One date by itself."""
    made = _begun(str(occurrence.pk), event, event.sequence + occurrence.sequence)
    add_times(made, occurrence.starts_at, occurrence.ends_at)
    add_words(made, event, occurrence, language, numbered)
    _add_public(made, event, occurrence, language)
    return made


def _master(event: Event, series: Series, language: str) -> Component:
    made = _begun(str(event.pk), event, event.sequence)
    add_times(made, series.first, series.first + timedelta(minutes=event.minutes))
    add_rule(made, series)
    add_words(made, event, None, language)
    _add_public(made, event, None, language)
    return made


def _exception(event: Event, moment: datetime, one: Occurrence, language: str) -> Component:
    made = _begun(str(event.pk), event, event.sequence + one.sequence)
    made.add("recurrence-id", moment.astimezone(OSLO))
    add_times(made, one.starts_at, one.ends_at)
    add_words(made, event, one, language)
    _add_public(made, event, one, language)
    return made


def _differs(event: Event, moment: datetime, one: Occurrence) -> bool:
    """Whether a date is anything but what the rule says."""
    own = (one.theme, one.notice, one.location_id, one.room, one.sequence)
    is_moved = one.starts_at != moment
    is_other_length = one.ends_at - one.starts_at != timedelta(minutes=event.minutes)
    return bool(any(own) or is_moved or is_other_length or one.status == OccurrenceStatus.CANCELLED)


def _begun(uid: str, event: Event, sequence: int) -> Component:
    """Without METHOD, DTSTAMP is when the information last changed (RFC 5545 § 3.8.7.2)."""
    made = Component()
    made.add("uid", uid)
    made.add("dtstamp", event.last_modified.astimezone(UTC))
    made.add("last-modified", event.last_modified.astimezone(UTC))
    made.add("sequence", sequence)
    return made


def add_times(made: Component, starts_at: datetime, ends_at: datetime) -> None:
    """On the wall clock, in whole seconds."""
    made.add("dtstart", starts_at.astimezone(OSLO).replace(microsecond=0))
    made.add("dtend", ends_at.astimezone(OSLO).replace(microsecond=0))


def add_rule(made: Component, series: Series, without: Iterable[datetime] = ()) -> None:
    """The rule, and the dates of it that nobody holds or that are to be left out."""
    made.add("rrule", vRecur.from_ical(series.rule.text))
    if left_out := sorted({*series.missing, *without}):
        made.add("exdate", [moment.astimezone(OSLO) for moment in left_out])


def add_words(
    made: Component,
    event: Event,
    occurrence: Occurrence | None,
    language: str,
    numbered: tuple[int, int] | None = None,
) -> None:
    """What it is called, where it is, and whether it holds."""
    made.add("summary", words.summary(event, occurrence, language, numbered))
    place = words.where(event, occurrence, language)
    if place.text:
        made.add("location", place.text)
    if place.latitude is not None and place.longitude is not None:
        made.add("geo", (place.latitude, place.longitude))
    made.add("status", "CANCELLED" if words.is_cancelled(event, occurrence) else "CONFIRMED")


def _add_public(
    made: Component, event: Event, occurrence: Occurrence | None, language: str
) -> None:
    """What it is about, the way to the page, and that it makes nobody busy who only looks."""
    path = f"{MARK}{event.slug}/"
    if occurrence is not None:
        path += f"{occurrence.pk}/"
    about = words.description(event, occurrence, language)
    made.add("description", f"{about} {path}".lstrip())
    made.add("url", path)
    made.add("categories", [str(event.get_occasion_display())])
    made.add("transp", "TRANSPARENT")
