"""How many came, as tables for a page and lines for a file."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from samtun.desk.events import words
from samtun.documents.spreadsheets import Cell
from samtun.events.enums import Occasion
from samtun.events.queries.numbers import Asked, Living, Numbers, Period, Report, Row, together
from samtun.organisations.queries import municipality_names

_YEARS = range(2000, 2101)  # nothing can be reckoned at the ends of time


@dataclass(frozen=True, slots=True)
class Table:
    """One way to divide the numbers; rows by name."""

    key: str
    title: str
    rows: Sequence[tuple[str, Numbers]]


def asked_in(query: QueryDict) -> Asked:
    """What an address asks for; anything may stand in it. Without a period: this year so far."""
    today = timezone.localdate()
    first = _day(query.get("fra", "")) or date(today.year, 1, 1)
    last = _day(query.get("til", "")) or max(today, first)
    occasion = query.get("slag", "")
    return Asked(
        Period(min(first, last), max(first, last)),
        _uuid(query.get("virksomhet", "")),
        occasion if occasion in Occasion.values else "",
    )


def tables(found: Report) -> list[Table]:
    """By kind of meeting, by organisation, by event."""
    kinds = dict(Occasion.choices)
    by_kind = _by(found, lambda row: str(kinds[row.event.occasion]))
    by_owner = _by(found, lambda row: row.event.organization.name)
    by_event = [(words.name(row.event).value, row.numbers) for row in found.rows]
    return [
        Table("occasion", _("Kind of meeting"), by_kind),
        Table("organization", _("Organisation"), by_owner),
        Table("event", _("Meeting place"), by_event),
    ]


def homes(found: Report) -> list[tuple[str, Living]]:
    """Where people live, by name."""
    return [(_home(each), each) for each in found.living]


def headers() -> list[str]:
    """Of the file."""
    return [
        _("Divided by"), "", _("Dates held"), _("Dates cancelled"), _("Dates nobody counted"),
        _("Sign-ups"), _("People signed up"), _("Visits"), _("Of them without signing up"),
        _("For the first time"), _("Sign-ups cancelled"), _("People without a place"),
    ]  # fmt: skip


def lines(found: Report) -> Iterator[list[Cell]]:
    """Everything on the page, row by row."""
    yield [_("All together"), "", *_cells(found.total)]
    for table in tables(found):
        for name, numbers in table.rows:
            yield [table.title, name, *_cells(numbers)]
    for name, living in homes(found):
        yield [_("Where they live"), name, None, None, None, None, living.people, living.visits]


def _cells(each: Numbers) -> list[Cell]:
    return [
        each.dates, each.cancelled_dates, each.uncounted, each.parties, each.people, each.visits,
        each.just_came, each.first_time, each.cancelled, each.unmet,
    ]  # fmt: skip


def _by(found: Report, name_of: Callable[[Row], str]) -> list[tuple[str, Numbers]]:
    groups: dict[str, list[Numbers]] = defaultdict(list)
    for row in found.rows:
        groups[name_of(row)].append(row.numbers)
    return [(name, together(groups[name])) for name in sorted(groups)]


def _home(living: Living) -> str:
    if living.number is None:
        return _("Not told")
    return municipality_names().get(living.number, living.number) or _("Other municipalities")


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and found.year in _YEARS else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
