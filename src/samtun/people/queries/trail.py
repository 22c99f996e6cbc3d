"""Reading the audit trail: newest first, a page at a time, as fast at a million events as at ten.

No page is counted and none is reached by skipping others: a page begins below an identifier. One
index leads (the thing, the person, a rare kind, else what the reader's roles are for), and what
else is asked is looked for among the next few thousand events of that index only. When a page is
not full and there are more behind, `Page.older` is where to look further.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db import connection
from django.db.models import Field, Q, QuerySet
from django.utils import timezone

from samtun.people.grants import Person, Reach, grants_of
from samtun.people.models import AuditEvent
from samtun.people.rules import HOLDERS

EVENTS_A_PAGE = 50
LOOKED_THROUGH = 4_000  # events of the leading index, for one page
_AT_ONCE = 1_000
# Nearly every event is about these, so their index leads nowhere.
_COMMON = frozenset({"directory.service", "Looked"})
# Identifiers follow time, but for transactions that overlap.
_OVERLAP = 2_000
_FIRST = 2**62


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events; empty: all."""

    actor: UUID | None = None
    object_types: tuple[str, ...] = ()
    object_id: str = ""
    since: date | None = None
    until: date | None = None  # this day included


class Page(NamedTuple):
    """Some events, newest first, and below which identifier to go on; `None`: that was all."""

    events: list[AuditEvent]
    older: int | None


class _Found(NamedTuple):
    """Identifiers, newest first, complete down to `bound`; `None`: to the end."""

    keys: list[int]
    bound: int | None


def page_of(
    person: Person, asked: Asked, *, below: int | None = None, size: int = EVENTS_A_PAGE
) -> Page:
    """The events that `person` may read and asks for, newest first, below an identifier."""
    reach = grants_of(person).reach(HOLDERS["people.view_audit"])
    limits = _limits(asked, below)
    if not reach or limits is None:
        return Page([], None)
    found, rest = _leading(reach, asked, limits, size)
    rest &= _dates(asked)
    events = _matching(found.keys, rest, size + 1)
    if len(events) > size:
        return Page(events[:size], events[size - 1].pk)
    return Page(events, found.bound)


def every(person: Person, asked: Asked) -> Iterator[list[AuditEvent]]:
    """All that `page_of` leads to, some at a time, for a file of any length."""
    below: int | None = None
    while True:
        page = page_of(person, asked, below=below, size=_AT_ONCE)
        yield page.events
        if page.older is None:
            return
        below = page.older


def _leading(reach: Reach, asked: Asked, limits: tuple[int, int], size: int) -> tuple[_Found, Q]:
    """The identifiers of the index that leads, and what is left to ask of them."""
    within, about = _within(reach), _about(asked)
    if asked.object_id:
        return _by_column("object_id", [asked.object_id], limits), within & about
    if asked.actor:
        return _by_column("actor_id", [asked.actor], limits), within & about
    if asked.object_types and not _COMMON.intersection(asked.object_types):
        return _by_column("object_type", asked.object_types, limits), within
    few = size + 1 if about == Q() and asked.since is None and asked.until is None else 0
    if reach.everything:
        return _by_column("", [], limits, few=few), about
    return _by_scope(reach, limits, few), about


def _by_scope(reach: Reach, limits: tuple[int, int], few: int) -> _Found:
    found = [
        _by_column("region_id", sorted(reach.regions), limits, few=few),
        _by_column("organization_id", sorted(reach.organizations), limits, few=few),
    ]
    return _merged([one for one in found if one.keys])


def _by_column(
    column: str, values: Sequence[object], limits: tuple[int, int], *, few: int = 0
) -> _Found:
    """The newest of each value, so many that all together are looked through enough.

    Asked as one `IN … ORDER BY id DESC LIMIT`, a database sorts all events of all values, or walks
    the whole trail backwards; so each value is asked for its newest by its own index.
    """
    wanted = few or LOOKED_THROUGH
    if not column or len(values) == 1:
        rows = AuditEvent.objects.filter(pk__gte=limits[0], pk__lt=limits[1])
        rows = rows.filter(**{column: values[0]}) if column else rows
        return _cut(list(rows.order_by("-pk").values_list("pk", flat=True)[:wanted]), wanted)
    each = max(8, -(-2 * wanted // max(len(values), 1)))
    found = _newest_of_each(column, values, limits, min(each, wanted))
    while found.bound is not None and len(found.keys) < wanted and each < wanted:
        each *= 4  # most are quiet, and a few have nearly all of it
        found = _newest_of_each(column, values, limits, min(each, wanted))
    return found


def _newest_of_each(
    column: str, values: Sequence[object], limits: tuple[int, int], each: int
) -> _Found:
    if not values:
        return _Found([], None)
    field = cast("Field[Any, Any]", AuditEvent._meta.get_field(column))
    marks = [field.get_db_prep_value(value, connection) for value in values]
    by_value: dict[object, list[int]] = {}
    for value, key in _rows(column, marks, limits, each):
        by_value.setdefault(value, []).append(key)
    return _merged([_cut(sorted(keys, reverse=True), each) for keys in by_value.values()])


_SQLITE = """
SELECT given.value, event.id FROM ({values}) AS given
JOIN people_auditevent AS event ON event.id IN (
    SELECT id FROM people_auditevent
    WHERE {column} = given.value AND id >= %s AND id < %s ORDER BY id DESC LIMIT %s)
"""
_POSTGRESQL = """
SELECT given.value, event.id FROM ({values}) AS given
CROSS JOIN LATERAL (
    SELECT id FROM people_auditevent
    WHERE {column} = given.value AND id >= %s AND id < %s ORDER BY id DESC LIMIT %s) AS event
"""


def _rows(
    column: str, values: Sequence[Any], limits: tuple[int, int], each: int
) -> list[tuple[object, int]]:
    found: list[tuple[object, int]] = []
    statement = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with connection.cursor() as cursor:
        for start in range(0, len(values), 400):  # SQLite joins no more than 500 rows like this
            some = values[start : start + 400]
            given = " UNION ALL ".join(["SELECT %s AS value", *["SELECT %s"] * (len(some) - 1)])
            if connection.vendor == "postgresql":
                given = f"VALUES {', '.join(['(%s)'] * len(some))}"
                given = f"SELECT column1 AS value FROM ({given}) AS listed"  # noqa: S608  (marks only)
            cursor.execute(
                statement.format(values=given, column=connection.ops.quote_name(column)),
                [*some, *limits, each],
            )
            found += cursor.fetchall()
    return found


def _cut(keys: list[int], asked_for: int) -> _Found:
    """Fewer than asked for: there are no more behind."""
    return _Found(keys, keys[-1] if len(keys) >= asked_for else None)


def _merged(found: Sequence[_Found]) -> _Found:
    """Together they are complete down to the highest bound only."""
    bounds = [one.bound for one in found if one.bound is not None]
    bound = max(bounds, default=None)
    merged = heapq.merge(*(one.keys for one in found), reverse=True)
    keys = [*dict.fromkeys(merged)]
    return _Found([key for key in keys if bound is None or key >= bound], bound)


def _matching(keys: Sequence[int], rest: Q, wanted: int) -> list[AuditEvent]:
    """The first `wanted` events of `keys` that are also like `rest`, read in growing steps."""
    found: list[AuditEvent] = []
    start, size = 0, wanted
    while len(found) < wanted and (some := keys[start : start + size]):
        rows = AuditEvent.objects.filter(rest, pk__in=some).select_related("actor")
        found += rows.order_by("-pk")[: wanted - len(found)]
        start, size = start + size, min(size * 4, _AT_ONCE)
    return found


def _within(reach: Reach) -> Q:
    if reach.everything:
        return Q()
    return Q(region_id__in=reach.regions) | Q(organization_id__in=reach.organizations)


def _about(asked: Asked) -> Q:
    return Q(object_type__in=asked.object_types) if asked.object_types else Q()


def _dates(asked: Asked) -> Q:
    condition = Q()
    if asked.since:
        condition &= Q(at__gte=_midnight(asked.since))
    if asked.until:
        condition &= Q(at__lt=_midnight(asked.until + timedelta(days=1)))
    return condition


def _limits(asked: Asked, below: int | None) -> tuple[int, int] | None:
    """Between which identifiers to look; dates become identifiers. `None`: nowhere."""
    first, end = 0, below or _FIRST
    if asked.since:
        young = AuditEvent.objects.filter(at__gte=_midnight(asked.since))
        key = _first_of(young.order_by("at"))
        if key is None:
            return None
        first = key - _OVERLAP
    if asked.until:
        old = AuditEvent.objects.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
        key = _first_of(old.order_by("-at"))
        if key is None:
            return None
        end = min(end, key + _OVERLAP)
    return first, end


def _first_of(rows: QuerySet[AuditEvent]) -> int | None:
    return rows.values_list("pk", flat=True).first()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
