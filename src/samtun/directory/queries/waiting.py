"""What of the map waits for somebody: for the desk, which shows a few lines of each kind."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Count, F, Q, QuerySet, Value, Window
from django.utils import timezone

from samtun.directory.enums import PUBLIC_STATUSES, AskingStage, LinkState, ServiceStatus
from samtun.directory.models import Link, Service, ServiceDraft
from samtun.directory.queries.links import is_broken
from samtun.directory.queries.missed import missed_for
from samtun.directory.queries.suggestions import waiting_for
from samtun.organisations.models import Place
from samtun.people.grants import Reach
from samtun.people.models import User

SOON = timedelta(days=14)
LINES = 5

Kind = Literal["mine", "silent", "unkept", "ending", "publishing"]


@dataclass(frozen=True, slots=True)
class WaitingService:
    """An entry that waits, one of `total` of its kind; `on` is the day it is about."""

    kind: Kind
    id: UUID
    name: str
    language: str
    owner: str
    on: date | None
    place: Place
    total: int


def services(mine: QuerySet[Service], person: User) -> list[WaitingService]:
    """The first few entries of each kind that wait among `mine`, the oldest first; one query.

    `mine`: due, and `person` is the keeper. `silent`: nobody answers. `unkept`: nobody looks after
    it. `ending`, `publishing`: within two weeks.
    """
    parts = [_first(mine, kind, *each) for kind, each in _kinds(person).items()]
    # Each part stops at its own limit; neither database allows that in a union without brackets.
    together = " UNION ALL ".join(f"SELECT * FROM ({sql}) part" for sql, _ in parts)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(together, [value for _, values in parts for value in values])
        return [_waiting(row) for row in cursor.fetchall()]


def _kinds(person: User) -> dict[Kind, tuple[Q, str]]:
    """The condition of each kind, and the day it is ordered by."""
    today = timezone.localdate()
    is_public = Q(status__in=PUBLIC_STATUSES)
    is_due = Q(confirm_due_on__lte=today)
    is_mine = Q(keeper=person)
    is_unkept = Q(keeper=None, assurer_email="")
    is_silent = Q(asking__stage=AskingStage.DESK)
    # Few have a date: named by a subquery, they are looked up first.
    ends = Service.objects.filter(end_on__lte=today + SOON).values("pk")
    comes = Service.objects.filter(publish_on__lte=today + SOON).values("pk")
    return {
        "mine": (is_due & is_mine, "confirm_due_on"),
        "silent": (is_due & is_silent & ~is_mine & ~is_unkept, "confirm_due_on"),
        "unkept": (is_public & is_unkept, "confirm_due_on"),
        "ending": (is_public & Q(pk__in=ends), "end_on"),
        "publishing": (Q(status=ServiceStatus.INACTIVE, pk__in=comes), "publish_on"),
    }


def _first(
    mine: QuerySet[Service], kind: Kind, condition: Q, day: str
) -> tuple[str, tuple[Any, ...]]:
    """The query for a few entries of a kind, with its parameters."""
    found = mine.filter(condition).annotate(
        kind=Value(kind, output_field=CharField()), on=F(day), total=Window(Count("*"))
    )
    rows = found.order_by("on", "pk").values_list(
        "kind", "pk", "name", "language", "organization__name", "on", "organization",
        "organization__municipality", "organization__region", "total",
    )  # fmt: skip
    return rows[:LINES].query.sql_with_params()


def _waiting(row: tuple[Any, ...]) -> WaitingService:
    """A row as the database gives it: SQLite keeps identifiers as text."""
    kind, pk, name, language, owner, on, maker, town, region, total = row
    place = Place(UUID(str(maker)), town or "", UUID(str(region)) if region else None)
    return WaitingService(kind, UUID(str(pk)), name, language, owner, on, place, total)


@dataclass(frozen=True, slots=True)
class WaitingSuggestion:
    """Somebody wrote; `service` is empty for an offer that they miss."""

    id: UUID
    kind: str
    service: str
    made_at: datetime
    total: int


def suggestions(person: User) -> list[WaitingSuggestion]:
    """The suggestions that have waited longest for `person`; one query."""
    rows = (
        waiting_for(person)
        .select_related(None)
        .annotate(total=Window(Count("*")))
        .values_list("pk", "kind", "service__name", "made_at", "total")[:LINES]
    )
    return [
        WaitingSuggestion(pk, kind, name or "", at, total) for pk, kind, name, at, total in rows
    ]


@dataclass(frozen=True, slots=True)
class BadLink:
    """An address that leads nowhere, or elsewhere, in an entry."""

    id: int
    url: str
    has_moved: bool
    service: UUID
    name: str
    language: str
    place: Place
    total: int


def bad_links(reach: Reach) -> list[BadLink]:
    """Addresses in public entries that `reach` holds: gone ones, then those that have moved.

    One query, which finds the bad links first: they are few beside the entries.
    """
    named = Link.services.through.objects.filter(
        reach.condition("service__organization"),
        link__in=Link.objects.filter(is_broken()).values("pk"),
        service__status__in=PUBLIC_STATUSES,
    )
    rows = named.annotate(total=Window(Count("*"))).order_by(
        "link__state", "link__failing_since", "pk"
    )
    columns = rows.values_list(  # type: ignore[misc]  # the table between is Django's own
        "link", "link__url", "link__state", "service", "service__name", "service__language",
        "service__organization", "service__organization__municipality",
        "service__organization__region", "total",
    )  # fmt: skip
    return [
        BadLink(
            link,
            url,
            state == LinkState.MOVED,
            pk,
            name,
            language,
            Place(owner, town or "", region),
            total,
        )
        for link, url, state, pk, name, language, owner, town, region, total in columns[:LINES]
    ]


@dataclass(frozen=True, slots=True)
class Missed:
    """Words that found nothing."""

    words: str
    times: int
    total: int


def missed_searches(person: User) -> list[Missed]:
    """What was most often searched for in vain where `person` may see it; one query."""
    rows = missed_for(person).select_related(None).annotate(total=Window(Count("*")))
    return [Missed(*row) for row in rows.values_list("words", "count", "total")[:LINES]]


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Something that the person has typed and not saved; `service` is None for a new offer."""

    id: UUID
    service: UUID | None
    name: str
    changed_at: datetime
    total: int


def drafts(person: User) -> list[Unsaved]:
    """What `person` is in the middle of writing, the newest first; one query."""
    rows = (
        ServiceDraft.objects.filter(person=person)
        .annotate(total=Window(Count("*")))
        .order_by("-changed_at", "pk")
        .values_list("pk", "service", "service__name", "changed_at", "total")[:LINES]
    )
    return [Unsaved(pk, service, name or "", at, total) for pk, service, name, at, total in rows]
