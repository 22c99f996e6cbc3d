"""How fresh the map is: by municipality, organisation and need."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Literal

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from samtun.directory.enums import (
    PUBLIC_STATUSES,
    AskingStage,
    SuggestionKind,
    SuggestionState,
    Taxonomies,
)
from samtun.directory.models import Service, Suggestion
from samtun.organisations.models import Organization

SPANS = (90, 180, 365)  # days
COUNTRY = ""  # the key of what covers the whole country
By = Literal["municipality", "organization", "need"]
State = Literal["all", "due", "silent", "unkept", "never"]
_CORRECTED = (SuggestionState.ACCEPTED, SuggestionState.ACCEPTED_CHANGED)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How fresh some entries are; a share is of all of them, those never confirmed too."""

    entries: int = 0
    never: int = 0  # confirmed
    within: tuple[int, ...] = (0,) * len(SPANS)  # entries confirmed within each of SPANS
    median_age: float | None = None  # days since confirmed, of those that ever were
    days_to_correct: float | None = None  # median from a report of an error to its correction

    @property
    def shares(self) -> tuple[int, ...]:
        """Whole per cent confirmed within each of SPANS."""
        return tuple(
            round(100 * count / self.entries) if self.entries else 0 for count in self.within
        )

    @property
    def whole_median(self) -> int:
        """The median age in whole days; 0 when nothing was ever confirmed."""
        return round(self.median_age or 0)


def entries_in(services: QuerySet[Service], state: State) -> QuerySet[Service]:
    """The public ones of `services` that are in `state`."""
    return services.filter(_condition(state), status__in=PUBLIC_STATUSES)


def _condition(state: State) -> Q:
    today = timezone.localdate()
    conditions = {
        "all": Q(),
        "due": Q(confirm_due_on__lte=today),
        "silent": Q(asking__stage=AskingStage.DESK),
        "unkept": Q(keeper=None, assurer_email=""),
        "never": Q(assured_date=None),
    }
    return conditions[state]


def overall(entries: QuerySet[Service]) -> Freshness:
    """All of `entries` together; two queries."""
    rows = entries.order_by().values_list("assured_date").annotate(count=Count("pk"))
    waits = _corrections(entries).values_list("made_at", "answered_at")
    return _summary(list(rows), [_days(made, answered) for made, answered in waits])


def by(entries: QuerySet[Service], group: By) -> dict[str, Freshness]:
    """The freshness of each municipality, organisation or need that `entries` touch; two queries.

    Keys are the municipality's number (`COUNTRY` for what covers the whole country), the
    organisation's id, or the code of a need of the first level. An entry counts in every group
    that it belongs to, once.
    """
    days: dict[str, list[tuple[date | None, int]]] = defaultdict(list)
    rows = entries.filter(_belongs(group)).annotate(group=_key(group)).order_by()
    how_many = Count("pk", distinct=group != "organization")
    counted = rows.values_list("group", "assured_date").annotate(count=how_many)
    for found, day, count in counted:
        days[str(found or COUNTRY)].append((day, count))
    waits = _waits(entries, group)
    return {name: _summary(counts, waits.get(name, [])) for name, counts in days.items()}


def _waits(entries: QuerySet[Service], group: By) -> dict[str, list[float]]:
    """Days from report to correction, group by group."""
    found = _corrections(entries).filter(_belongs(group, "service__"))
    rows = found.annotate(group=_key(group, "service__")).values_list(
        "pk", "group", "made_at", "answered_at"
    )
    waits: dict[str, list[float]] = defaultdict(list)
    for _pk, name, made, answered in rows.distinct():
        waits[str(name or COUNTRY)].append(_days(made, answered))
    return waits


def _corrections(entries: QuerySet[Service]) -> QuerySet[Suggestion]:
    """Reports of an error in `entries` that led to a correction in the last year."""
    return Suggestion.objects.filter(
        service__in=entries,
        kind=SuggestionKind.ERROR,
        state__in=_CORRECTED,
        answered_at__gte=timezone.now() - timedelta(days=SPANS[-1]),
    ).order_by()


def _belongs(group: By, prefix: str = "") -> Q:
    """What must hold for a service to have a key of `group`."""
    if group == "municipality":
        named = Q(**{f"{prefix}service_areas__municipality__isnull": False})
        return named | Q(**{f"{prefix}service_areas__covers_country": True})
    if group == "need":
        return Q(**{f"{prefix}attributes__taxonomy_term__taxonomy__slug": Taxonomies.NEEDS})
    return Q()


def _key(group: By, prefix: str = "") -> F | Coalesce:
    if group == "municipality":
        return F(f"{prefix}service_areas__municipality")
    if group == "organization":
        return F(f"{prefix}organization")
    term = f"{prefix}attributes__taxonomy_term__"
    return Coalesce(f"{term}parent__code", f"{term}code")


def _days(made: datetime, answered: datetime | None) -> float:
    return ((answered or made) - made).total_seconds() / 86_400


def _summary(counts: Sequence[tuple[date | None, int]], waits: list[float]) -> Freshness:
    """`counts`: how many entries were confirmed on which day, or never."""
    today = timezone.localdate()
    ages = sorted(((today - day).days, count) for day, count in counts if day)
    entries = sum(count for _, count in counts)
    return Freshness(
        entries=entries,
        never=entries - sum(count for _, count in ages),
        within=tuple(sum(count for age, count in ages if age <= span) for span in SPANS),
        median_age=_weighted_median(ages),
        days_to_correct=median(waits) if waits else None,
    )


def _weighted_median(ages: Sequence[tuple[int, int]]) -> float | None:
    """The median of ages that each stand for `count` entries; `ages` in order."""
    total = sum(count for _, count in ages)
    if not total:
        return None
    middle = ((total - 1) // 2, total // 2)
    found = []
    seen = 0
    for age, count in ages:
        found += [age for place in middle if seen <= place < seen + count]
        seen += count
    return sum(found) / 2


def organization_names(ids: Iterable[str]) -> dict[str, str]:
    """The names of organisations by id; one query."""
    rows = Organization.objects.filter(pk__in=list(ids)).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}
