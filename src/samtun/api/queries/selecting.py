"""From parameters to rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samtun import search
from samtun.api import parameters
from samtun.api.problems import WrongParameter
from samtun.api.queries import conditions
from samtun.directory import finding
from samtun.directory.hsds import prepared, public
from samtun.directory.models import (
    Location,
    Service,
    Taxonomy,
    TaxonomyTerm,
)
from samtun.organisations.models import Municipality, Organization, PostalCode, Region

MOST_FOUND = 1_000  # of a word search: who wants more wants another question
_CHUNK = 200


@dataclass(frozen=True)
class Selection:
    """The rows asked for: in the order of `order`, or of `ranked` when words were searched for."""

    rows: QuerySet[Any]
    order: tuple[str, ...]
    ranked: list[UUID] | None = None
    rank_by: str = "pk"
    is_every_service: bool = False  # asked for most, so answered with prepared statements
    _kept: list[UUID] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        if self.ranked is not None:
            self._kept.extend(self._by_rank(self.ranked))

    def count(self) -> int:
        """How many there are."""
        if self.is_every_service:
            return prepared.service_count()
        return self.rows.count() if self.ranked is None else len(self._kept)

    def ids(self, *, offset: int, limit: int) -> list[UUID]:
        """The ids of one page."""
        if self.is_every_service:
            return prepared.service_ids(offset=offset, limit=limit)
        if self.ranked is None:
            ordered = self.rows.order_by(*self.order).values_list("pk", flat=True)
            return list(ordered[offset : offset + limit])
        return self._kept[offset : offset + limit]

    def chunks(self) -> Iterator[list[UUID]]:
        """All ids a few hundred at a time: by rank, or by id so that memory stays flat."""
        if self.ranked is not None:
            for start in range(0, len(self._kept), _CHUNK):
                yield self._kept[start : start + _CHUNK]
            return
        ordered = self.rows.order_by("pk").values_list("pk", flat=True)
        chunk = list(ordered[:_CHUNK])
        while chunk:
            yield chunk
            chunk = list(ordered.filter(pk__gt=chunk[-1])[:_CHUNK])

    def _by_rank(self, ranked: list[UUID]) -> list[UUID]:
        rank = {key: position for position, key in enumerate(ranked)}
        found = self.rows.filter(**{f"{self.rank_by}__in": ranked})
        pairs = sorted((rank[by], key) for key, by in found.values_list("pk", self.rank_by))
        return [key for _, key in pairs]


def services(asked: parameters.Services) -> Selection:
    """Public services."""
    condition = _service_condition(asked)
    if (places := _near(asked)) is not None:
        near = public.service_at_locations().filter(location__in=places)
        condition &= Q(pk__in=near.values("service"))
    if (when := _schedules(asked)) is not None:
        given = public.service_at_locations()
        condition &= (
            Q(pk__in=when.filter(service__isnull=False).values("service"))
            | Q(pk__in=given.filter(schedules__in=when).values("service"))
            | Q(pk__in=given.filter(location__schedules__in=when).values("service"))
        )
    found = _found(asked)
    return Selection(
        public.services().filter(condition),
        ("name", "id"),
        found,
        is_every_service=found is None and not condition,
    )


def service_at_locations(asked: parameters.ServiceAtLocations) -> Selection:
    """Public services at places that are no secret."""
    rows = public.service_at_locations()
    condition = _service_condition(asked)
    if condition:
        rows = rows.filter(service__in=Service.objects.filter(condition))
    if (places := _near(asked)) is not None:
        rows = rows.filter(location__in=places)
    if (when := _schedules(asked)) is not None:
        rows = rows.filter(
            Q(pk__in=when.filter(service_at_location__isnull=False).values("service_at_location"))
            | Q(location__in=when.filter(location__isnull=False).values("location"))
            | Q(service__in=when.filter(service__isnull=False).values("service"))
        )
    return Selection(rows, ("pk",), _found(asked), rank_by="service")


def organizations(asked: parameters.Organizations) -> Selection:
    """Organisations; about something or for somewhere when they are or one of their services is."""
    rows = Organization.objects.all()
    if asked.search.strip():
        fields = ("name", "alternate_name", "description")
        rows = rows.filter(conditions.named(asked.search.strip(), *fields))
    if asked.modified_after:
        rows = rows.filter(last_modified__gte=asked.modified_after)
    if tagged := conditions.about(asked.taxonomy_term_id, asked.taxonomy_id, "organization"):
        of_service = conditions.about(asked.taxonomy_term_id, asked.taxonomy_id, "service")
        givers = public.services().filter(of_service).values("organization")
        rows = rows.filter(tagged | Q(pk__in=givers))
    if (scope := _scope(asked)) is not None:
        givers = public.services().filter(conditions.covering(scope)).values("organization")
        rows = rows.filter(Q(municipality__in=scope) | Q(pk__in=givers))
    return Selection(rows, ("name", "id"))


def taxonomies(asked: parameters.Taxonomies) -> Selection:
    """Taxonomies."""
    rows = Taxonomy.objects.all()
    if asked.search.strip():
        rows = rows.filter(conditions.named(asked.search.strip(), "name", "description"))
    return Selection(rows, ("name", "id"))


def taxonomy_terms(asked: parameters.TaxonomyTerms) -> Selection:
    """Taxonomy terms, in the order in which people meet them."""
    rows = TaxonomyTerm.objects.all()
    if asked.search.strip():
        rows = rows.filter(conditions.named(asked.search.strip(), "name", "code"))
    if asked.taxonomy_id:
        rows = rows.filter(taxonomy=asked.taxonomy_id)
    if asked.parent_id:
        rows = rows.filter(parent=asked.parent_id)
    if asked.top_only:
        rows = rows.filter(parent__isnull=True)
    return Selection(rows, ("taxonomy__name", "position", "id"))


def _service_condition(asked: parameters.ServiceAtLocations) -> Q:
    condition = conditions.about(asked.taxonomy_term_id, asked.taxonomy_id, "service")
    if asked.organization_id:
        condition &= Q(organization=asked.organization_id)
    if asked.modified_after:
        condition &= Q(last_modified__gte=asked.modified_after)
    if asked.minimum_age is not None:
        condition &= conditions.from_age(asked.minimum_age)
    if asked.maximum_age is not None:
        condition &= conditions.to_age(asked.maximum_age)
    if asked.age is not None:
        condition &= conditions.fits_age(asked.age)
    if (scope := _scope(asked)) is not None:
        condition &= conditions.covering(scope)
    if asked.postcode and asked.proximity is None:
        condition &= conditions.reaching(_postal_code(asked.postcode).municipality_id)
    return condition


def _scope(asked: parameters.Covering) -> frozenset[str] | None:
    """The municipalities asked for: of the region, the one, or what both have in common."""
    scope: frozenset[str] | None = None
    if asked.region:
        scope = frozenset(
            Region.objects.filter(slug=asked.region).values_list("municipalities", flat=True)
        )
        if not scope:
            raise WrongParameter("region", "There is no region of this name here.")
    if asked.municipality:
        if not Municipality.objects.filter(number=asked.municipality).exists():
            raise WrongParameter("municipality", "No municipality has this number.")
        one = frozenset({asked.municipality})
        scope = one if scope is None else scope & one
    return scope


def _near(asked: parameters.Fitting) -> QuerySet[Location] | None:
    if asked.proximity is None:
        return None
    if not asked.postcode:
        raise WrongParameter("proximity", "Say from where, with a postcode.")
    point = _postal_code(asked.postcode)
    if point.latitude is None or point.longitude is None:
        raise WrongParameter("postcode", "No point is known for this postal code.")
    return conditions.near(point.latitude, point.longitude, asked.proximity)


def _postal_code(code: str) -> PostalCode:
    found = PostalCode.objects.filter(code=code).first()
    if found is None:
        raise WrongParameter("postcode", "No Norwegian postal code is written so.")
    return found


def _schedules(asked: parameters.Fitting) -> QuerySet[Any] | None:
    if not (asked.day or asked.start_time or asked.end_time):
        return None
    opens = time.fromisoformat(asked.start_time) if asked.start_time else None
    closes = time.fromisoformat(asked.end_time) if asked.end_time else None
    return conditions.scheduled(asked.day, opens, closes)


def _found(asked: parameters.ServiceAtLocations) -> list[UUID] | None:
    """Services found by words, best first; near misses from elsewhere are not what was asked."""
    text = asked.search.strip()
    if not text:
        return None
    query = search.Query(
        text=text, scope=_scope(asked), language=asked.lang or "nb", limit=MOST_FOUND
    )
    results = finding.find(query).results
    return [] if results.relaxed in {"area", "general"} else finding.ids_of(results)
