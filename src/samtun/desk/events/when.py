"""When an event is: boxes in plain words, and the rule of RFC 5545 that they make."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samtun.directory.editing.form_widgets import Data, choice, line, ticks
from samtun.events.enums import EventKind
from samtun.events.recurrence import OSLO, WEEKDAYS, Rule, UnreadableRuleError

SHOWN = 6  # of the first dates, in words
LONGEST_RULE = timedelta(days=3 * 366)
LONGEST_OVER_NIGHT = 10 * 60  # minutes; more is taken for a slip
MOST_TIMES = 200
MOST_ROWS = 60
CHOSEN, WEEKLY, FORTNIGHTLY, MONTHLY, KEPT = "chosen", "weekly", "fortnightly", "monthly", "kept"
FIRST_TO_LAST = (("1", _("the first")), ("2", _("the second")), ("3", _("the third")),
                 ("4", _("the fourth")), ("-1", _("the last")))  # fmt: skip
WHEN_FIELDS = ("kind", "on", "begins", "ends", "rhythm", "which", "pauses", "until", "times",
               "row-on", "row-begins", "row-ends")  # fmt: skip
WHEN_VALUES = frozenset({"kind", "starts_at", "minutes", "rrule", "dates"})
_YEARS = range(2000, 2101)  # others are slips, and at the ends of time nothing can be reckoned
Span = tuple[datetime, datetime]


def in_sight(on: date) -> date:
    """`on`, when somebody may mean it.

    Raises:
        ValidationError: it is centuries away.
    """
    if on.year not in _YEARS:
        raise ValidationError(forms.DateField.default_error_messages["invalid"])
    return on


def _moment(on: date, at: time) -> datetime:
    return datetime.combine(on, at, tzinfo=OSLO)


def span(on: date, begins: time, ends: time) -> Span:
    """From one time to the other by the clock on the wall; past midnight when it ends "before".

    Raises:
        ValidationError: it would last longer than anybody means, or is centuries away.
    """
    in_sight(on)
    after = timedelta(days=1) if ends <= begins else timedelta()
    whole = (datetime.combine(on, ends) + after - datetime.combine(on, begins)).total_seconds()
    if after and whole > LONGEST_OVER_NIGHT * 60:
        raise ValidationError(gettext("It must end after it begins."))
    return _moment(on, begins), _moment(on + after, ends)


class WhenForm(forms.Form):
    """The first date, and how it goes on. `repeats` decides which of the boxes count."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=_("How often?"), widget=forms.RadioSelect,
        choices=((EventKind.ONE_OFF, _("Once")),
                 (EventKind.SERIES, _("Again and again. People sign up for one date at a time")),
                 (EventKind.COURSE, _("A course of several meetings, with one sign-up for all"))),
    )  # fmt: skip
    on = forms.DateField(label=_("Date"), required=False, widget=line("date"))
    begins = forms.TimeField(label=_("From"), required=False, widget=line("time"))
    ends = forms.TimeField(label=_("To"), required=False, widget=line("time"))
    rhythm = forms.ChoiceField(
        label=_("The dates after the first"), required=False, widget=choice()
    )
    which = forms.ChoiceField(
        label=_("Which in the month"), required=False, widget=choice(),
        choices=(("", _("as the first date")), *FIRST_TO_LAST),
    )  # fmt: skip
    pauses = forms.MultipleChoiceField(
        label=_("Not in these months"), required=False, widget=ticks(),
        choices=tuple((str(number), name) for number, name in MONTHS.items()),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Last day"), required=False, widget=line("date"),
        help_text=_("Leave both empty when it goes on until you say stop."),
    )  # fmt: skip
    times = forms.IntegerField(
        label=_("Or how many times"), required=False, min_value=1, max_value=MOST_TIMES,
        widget=line(inputmode="numeric"),
    )  # fmt: skip

    def __init__(self, data: Data, *, kept: str = "") -> None:
        """`kept`: a rule that is stored and that these boxes cannot say."""
        super().__init__(data)
        self.kept = kept
        self.fields["rhythm"].choices = [  # type: ignore[attr-defined]
            *([(KEPT, gettext("As it is now"))] if kept else []),
            (WEEKLY, gettext("every week")),
            (FORTNIGHTLY, gettext("every second week")),
            (MONTHLY, gettext("once a month, on a weekday")),
            (CHOSEN, gettext("dates that I choose")),
        ]
        self.rows = [DateRow(number, data) for number in range(_rows_in(data))]

    def clean(self) -> dict[str, Any]:
        """What belongs together: a date has times, and a rule names some day."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["spans"], given["rule"] = [], ""
        if given.get("on") and not (given.get("begins") and given.get("ends")):
            box = "ends" if given.get("begins") else "begins"
            if box not in self.errors:
                self.add_error(box, gettext("Say from when to when."))
        if self.errors or not given.get("on"):
            return given
        try:
            first = span(given["on"], given["begins"], given["ends"])
        except ValidationError as error:
            self.add_error("ends", error)
            return given
        self._clean_dates(given, first)
        return given

    def _clean_dates(self, given: dict[str, Any], first: Span) -> None:
        rhythm = self._rhythm(given)
        given["spans"] = [first]
        if rhythm == CHOSEN:
            given["spans"] = self._chosen(given, first)
        elif rhythm:
            self._clean_rule(given, rhythm, first)

    def _rhythm(self, given: Mapping[str, Any]) -> str:
        """How it goes on; empty for an event that happens once."""
        return "" if given.get("kind") == EventKind.ONE_OFF else given.get("rhythm") or CHOSEN

    def _clean_rule(self, given: dict[str, Any], rhythm: str, first: Span) -> None:
        if given.get("until") and given.get("times"):
            self.add_error("times", gettext("Choose either a last day or a number of times."))
            return
        try:
            text = self.kept if rhythm == KEPT else rule_of(given, rhythm)
            rule = Rule.of(text)
        except UnreadableRuleError as error:
            self.add_error("rhythm", str(error))
            return
        if given["kind"] == EventKind.COURSE and not rule.ends:
            self.add_error(
                "times", gettext("A course has a last time. Say how many, or the last day.")
            )
        starts = rule.moments(first[0], first[0] + LONGEST_RULE)
        if not starts:
            self.add_error("until", gettext("There is no such date before the last day."))
            return
        given["rule"] = rule.text
        given["spans"] = [(each, _ends(each, first)) for each in starts]

    def _chosen(self, given: dict[str, Any], first: Span) -> list[Span]:
        found = {first[0]: first}
        for row in self.rows:
            if row.is_empty:
                continue
            one = row.span(given["begins"], given["ends"])
            if one is None:
                self.add_error(None, row.error)
            else:
                found[one[0]] = one
        return [found[moment] for moment in sorted(found)]

    def values(self) -> dict[str, Any]:
        """What `EventValues` says of when; after `is_valid`. Without a date: nothing yet."""
        given = self.cleaned_data
        spans, kind = given["spans"], given["kind"]
        if not spans:
            return {"kind": kind, "starts_at": None, "rrule": "", "dates": []}
        begins, ends = spans[0]
        minutes = round((ends - begins).total_seconds() / 60)
        values = {"kind": kind, "starts_at": begins, "minutes": minutes, "rrule": given["rule"]}
        return values if given["rule"] else values | {"dates": spans}

    @property
    def first_dates(self) -> list[str]:
        """The first dates in words, as far as they can be read."""
        if self.errors:
            return []
        return [in_words(each) for each in self.cleaned_data["spans"][:SHOWN]]

    @property
    def more_dates(self) -> int:
        """How many there are besides; a rule without an end is counted for three years."""
        return 0 if self.errors else max(0, len(self.cleaned_data["spans"]) - SHOWN)

    @property
    def goes_on(self) -> bool:
        """Whether there is no last date."""
        rule = "" if self.errors else self.cleaned_data["rule"]
        return bool(rule) and not Rule.of(rule).ends


def _ends(begins: datetime, first: Span) -> datetime:
    wall = begins.replace(tzinfo=None) + (
        first[1].replace(tzinfo=None) - first[0].replace(tzinfo=None)
    )
    return wall.replace(tzinfo=OSLO)


def rule_of(given: Mapping[str, Any], rhythm: str) -> str:
    """The rule that the boxes say, for the first date `on`."""
    on: date = given["on"]
    day, parts = WEEKDAYS[on.weekday()], ["FREQ=WEEKLY"]
    if rhythm == MONTHLY:
        which = given.get("which") or str((on.day - 1) // 7 + 1)
        parts, day = ["FREQ=MONTHLY"], f"{'-1' if which == '5' else which}{day}"
    if rhythm == FORTNIGHTLY:
        parts.append("INTERVAL=2")
    parts.append(f"BYDAY={day}")
    if pauses := given.get("pauses"):
        months = [str(month) for month in MONTHS if str(month) not in pauses]
        if not months:
            raise UnreadableRuleError(gettext("Then no month is left."))
        parts.append(f"BYMONTH={','.join(months)}")
    if given.get("until"):
        parts.append(f"UNTIL={given['until']:%Y%m%d}")
    elif given.get("times"):
        parts.append(f"COUNT={given['times']}")
    return ";".join(parts)


def boxes_of(text: str, starts_at: datetime) -> dict[str, Any] | None:
    """How the boxes say the rule `text`; None when they cannot."""
    try:
        rule = Rule.of(text)
    except UnreadableRuleError:
        return None
    wall = starts_at.astimezone(OSLO)
    which, day = rule.days[0] if len(rule.days) == 1 else (0, wall.weekday())
    rhythm = {("WEEKLY", 1): WEEKLY, ("WEEKLY", 2): FORTNIGHTLY, ("MONTHLY", 1): MONTHLY}.get(
        (rule.frequency, rule.interval)
    )
    says_more = len(rule.days) > 1 or rule.month_days or rule.week_start or day != wall.weekday()
    if rhythm is None or says_more or (rhythm == MONTHLY) != bool(which) or which not in _KNOWN:
        return None
    until = rule.until.astimezone(OSLO).date().isoformat() if rule.until else ""
    pauses = [str(one) for one in MONTHS if rule.months and one not in rule.months]
    return {"rhythm": rhythm, "which": str(which or ""), "until": until, "pauses": pauses,
            "times": str(rule.count or "")}  # fmt: skip


_KNOWN = frozenset({0, 1, 2, 3, 4, -1})


class DateRow:
    """A further date, chosen by hand; empty times are as those of the first date."""

    def __init__(self, number: int, data: Data) -> None:
        """Row `number` as it was typed."""
        self.number = number
        self.on = _at(data, "row-on", number)
        self.begins = _at(data, "row-begins", number)
        self.ends = _at(data, "row-ends", number)
        self.error = ""

    @property
    def is_empty(self) -> bool:
        """Whether no date stands in it."""
        return not self.on

    def span(self, begins: time, ends: time) -> Span | None:
        """From when to when; None when it cannot be read, and `error` says so."""
        said = {"n": self.number + 2}
        try:
            on = in_sight(date.fromisoformat(self.on))
            own_begins = time.fromisoformat(self.begins) if self.begins else begins
            own_ends = time.fromisoformat(self.ends) if self.ends else ends
        except (ValueError, ValidationError):
            self.error = gettext("Date %(n)s cannot be read.") % said
            return None
        try:
            return span(on, own_begins, own_ends)
        except ValidationError:
            self.error = gettext("Date %(n)s must end after it begins.") % said
            return None


def _at(data: Data, name: str, number: int) -> str:
    values = data.getlist(name)
    return values[number].strip() if number < len(values) else ""


def _rows_in(data: Data) -> int:
    return min(max(len(data.getlist("row-on")), 3), MOST_ROWS)


def in_words(each: Span) -> str:
    """`onsdag 25. november 2026 18:00–20:00`."""
    begins, ends = (timezone.localtime(moment, OSLO) for moment in each)
    day = date_format(begins, "l j. F Y")
    return f"{day} {date_format(begins, 'H:i')}–{date_format(ends, 'H:i')}"


@dataclass(frozen=True, slots=True)
class Stored:
    """When an event is, as the boxes show it before anybody typed."""

    kind: str
    spans: tuple[Span, ...]  # chosen by hand
    rrule: str = ""
    starts_at: datetime | None = None
    minutes: int = 120

    def fields(self) -> Iterator[tuple[str, list[str]]]:
        """The fields by their names."""
        yield "kind", [self.kind]
        starts_at = self.starts_at
        first = (starts_at, starts_at + timedelta(minutes=self.minutes)) if starts_at else None
        if self.spans and not self.rrule:
            first = self.spans[0]
        if first is None:
            yield "rhythm", [WEEKLY if not self.spans else CHOSEN]
            return
        for name, text in zip(("on", "begins", "ends"), _typed(first), strict=True):
            yield name, [text]
        yield from self._further(first[0])

    def _further(self, first: datetime) -> Iterator[tuple[str, list[str]]]:
        if self.rrule:
            known = boxes_of(self.rrule, first) or {"rhythm": KEPT}
            for name, value in known.items():
                yield name, value if isinstance(value, list) else [value]
            return
        yield "rhythm", [WEEKLY if self.kind == EventKind.ONE_OFF else CHOSEN]
        rows = [_typed(each) for each in self.spans[1:]]
        for at, name in enumerate(("row-on", "row-begins", "row-ends")):
            yield name, [row[at] for row in rows]


def _typed(each: Span) -> tuple[str, str, str]:
    begins, ends = (moment.astimezone(OSLO) for moment in each)
    return begins.date().isoformat(), f"{begins:%H:%M}", f"{ends:%H:%M}"
