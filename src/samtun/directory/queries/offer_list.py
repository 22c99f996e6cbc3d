"""The offers that a person looks after, as the desk lists them: filtered, sorted, one page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from samtun.directory.enums import PUBLIC_STATUSES, LinkState, ServiceStatus
from samtun.directory.models import Attribute, Link, Service, ServiceArea
from samtun.directory.queries.kept import services_of
from samtun.organisations.queries import with_units
from samtun.people.grants import Person

PAGE_SIZE = 30
STATES = {
    "public": Q(status__in=PUBLIC_STATUSES),
    "draft": Q(status=ServiceStatus.INACTIVE),
    "archived": Q(status=ServiceStatus.DEFUNCT),
}
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. Empty: all but the archived, what needs work first."""

    words: str = ""
    state: str = ""  # public | draft | archived
    work: str = ""  # overdue | unkept | dead
    organization: str = ""
    municipality: str = ""
    need: str = ""
    sort: str = ""  # name | changed


@dataclass(frozen=True, slots=True)
class Found:
    """One page of offers, each with `is_overdue`, `is_unkept` and `has_dead_link`."""

    services: list[Service]
    total: int
    page: int
    last: int


def offers_found(person: Person, wanted: Wanted, page: int) -> Found:
    """Page `page` of what `person` may see of the offers `wanted`; two queries beside the roles."""
    matching = _matching(services_of(person), wanted)
    total = matching.count()
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    rows = _sorted(_marked(matching), wanted.sort).select_related(
        "organization", "organization__municipality", "keeper"
    )
    start = (page - 1) * PAGE_SIZE
    return Found(list(rows[start : start + PAGE_SIZE]), total, page, last)


def all_found(person: Person, wanted: Wanted, *, most: int) -> list[UUID]:
    """The first `most` of the offers `wanted` that `person` may change, by name; one query."""
    matching = _matching(services_of(person, "directory.change_service"), wanted)
    return list(matching.order_by("name", "pk").values_list("pk", flat=True)[:most])


def _matching(services: QuerySet[Service], wanted: Wanted) -> QuerySet[Service]:
    for word in wanted.words.split()[:_MOST_WORDS]:
        services = services.filter(_has(word))
    if wanted.state in STATES:
        services = services.filter(STATES[wanted.state])
    else:
        services = services.exclude(STATES["archived"])
    if wanted.organization:
        services = services.filter(organization__in=_units(wanted.organization))
    if wanted.municipality:
        covered = ServiceArea.objects.filter(service=OuterRef("pk"))
        services = services.filter(Exists(covered.filter(municipality=wanted.municipality)))
    if wanted.need:
        tagged = Attribute.objects.filter(service=OuterRef("pk"), taxonomy_term__code=wanted.need)
        services = services.filter(Exists(tagged))
    work = {"overdue": _overdue(), "unkept": _unkept(), "dead": Q(_dead())}
    return services.filter(work[wanted.work]) if wanted.work in work else services


def _has(word: str) -> Q:
    """SQLite knows no capitals beyond ASCII, so the word is tried as names are written too."""
    condition = Q()
    for written in {word, word.capitalize(), word.lower()}:
        for field in ("name", "alternate_name", "summary", "organization__name"):
            condition |= Q(**{f"{field}__icontains": written})
    return condition


def _units(organization: str) -> list[UUID]:
    try:
        return list(with_units([UUID(organization)]))
    except ValueError:
        return []


def _overdue(today: date | None = None) -> Q:
    return Q(confirm_due_on__lte=today or timezone.localdate(), status__in=PUBLIC_STATUSES)


def _unkept() -> Q:
    return Q(keeper__isnull=True, assurer_email="") & ~Q(status=ServiceStatus.DEFUNCT)


def _dead() -> Exists:
    return Exists(Link.objects.filter(services=OuterRef("pk"), state=LinkState.GONE))


def _marked(services: QuerySet[Service]) -> QuerySet[Service]:
    return services.annotate(
        is_overdue=ExpressionWrapper(_overdue(), output_field=BooleanField()),
        is_unkept=ExpressionWrapper(_unkept(), output_field=BooleanField()),
        has_dead_link=_dead(),
    )


def _sorted(services: QuerySet[Service], sort: str) -> QuerySet[Service]:
    if sort == "name":
        return services.order_by("name", "pk")
    if sort == "changed":
        return services.order_by("-last_modified", "pk")
    work = sum(
        (
            Case(When(condition, then=Value(weight)), default=0, output_field=IntegerField())
            for condition, weight in ((_overdue(), 4), (Q(has_dead_link=True), 2), (_unkept(), 1))
        ),
        Value(0),
    )
    return services.annotate(work=work).order_by(
        "-work", F("confirm_due_on").asc(nulls_last=True), "name", "pk"
    )
