"""What is missing: which needs are met by nobody in which municipality."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Case, Count, F, Model, Q, Value, When
from django.db.models.functions import Coalesce

from samtun.directory.enums import PUBLIC_STATUSES, Taxonomies
from samtun.directory.models import Attribute, Service, ServiceArea, Taxonomy, TaxonomyTerm
from samtun.directory.queries.terms import TermLabel, needs_below, top_needs
from samtun.organisations.models import Municipality

_TERM = "service__attributes__taxonomy_term"
_COUNTRY, _OWN, _OTHER = "country", "own", "other"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many public offers there are for a need in a municipality.

    `own` are given by an organisation of the municipality, `regional` by others who name it.
    What covers the whole country is counted apart, so that it hides no gap.
    """

    own: int = 0
    regional: int = 0

    @property
    def total(self) -> int:
        """Both."""
        return self.own + self.regional


@dataclass(slots=True)
class Matrix:
    """Needs × municipalities, and for each need what there is for the whole country."""

    needs: list[TermLabel]
    cells: dict[tuple[str, str], Coverage] = field(default_factory=dict)  # (need, municipality)
    national: dict[str, int] = field(default_factory=dict)

    def at(self, need: str, municipality: str) -> Coverage:
        """What there is for `need` in `municipality`."""
        return self.cells.get((need, municipality), Coverage())


def matrix(numbers: Collection[str], language: str, *, below: str = "") -> Matrix:
    """How the needs of the first level (or those `below` one of them) are met in `numbers`.

    One query, besides the labels. An offer for a narrower need counts for the wider one too,
    once.
    """
    needs = needs_below(below, language) if below else top_needs(language)
    made = Matrix(needs)
    for need, number, who, count in _counts(numbers, below=below):
        if who == _COUNTRY:
            made.national[need] = count
            continue
        old = made.at(need, number)
        made.cells[need, number] = (
            Coverage(count, old.regional) if who == _OWN else Coverage(old.own, count)
        )
    return made


def _counts(numbers: Collection[str], *, below: str) -> Iterable[tuple[str, str, str, int]]:
    """(need, municipality, who gives it, offers)."""
    areas = ServiceArea.objects.filter(
        Q(municipality__in=numbers) | Q(covers_country=True),
        service__status__in=PUBLIC_STATUSES,
        **{f"{_TERM}__taxonomy__slug": Taxonomies.NEEDS},
    )
    code = F(f"{_TERM}__code")
    if below:
        areas = areas.filter(**{f"{_TERM}__parent__code": below})
    who = Case(
        When(covers_country=True, then=Value(_COUNTRY)),
        When(service__organization__municipality=F("municipality"), then=Value(_OWN)),
        default=Value(_OTHER),
    )
    rows = areas.annotate(
        need=code if below else Coalesce(F(f"{_TERM}__parent__code"), code), who=who
    )
    return (
        rows.order_by()
        .values_list("need", "municipality", "who")
        .annotate(count=Count("service", distinct=True))
    )


# For each pair, look for one offer and stop. `CROSS JOIN` says in which order to look (SQLite
# keeps it, PostgreSQL is free): from the need, because few entries have it when nobody meets it.
_UNMET = """
SELECT need.code, place.number
FROM {term} need JOIN {taxonomy} words ON words.id = need.taxonomy_id
CROSS JOIN {municipality} place
WHERE words.slug = %s AND need.parent_id IS NULL AND place.number IN ({numbers})
AND NOT EXISTS (
    SELECT 1 FROM {term} narrower CROSS JOIN {attribute} tag CROSS JOIN {area} area
    CROSS JOIN {service} service
    WHERE (narrower.id = need.id OR narrower.parent_id = need.id)
    AND tag.taxonomy_term_id = narrower.id
    AND area.service_id = tag.service_id AND area.municipality_id = place.number
    AND service.id = tag.service_id AND service.status IN ({statuses})
)
ORDER BY need.position, need.code, place.number
"""


def unmet(numbers: Collection[str]) -> list[tuple[str, str]]:
    """(code of a need of the first level, number of a municipality) where nobody gives anything.

    In the order people should meet the needs; one query, quick however many offers there are.
    """
    if not numbers:
        return []
    tables = {
        name: connection.ops.quote_name(model._meta.db_table) for name, model in _TABLES.items()
    }
    statement = _UNMET.format(
        numbers=", ".join(["%s"] * len(numbers)),
        statuses=", ".join(["%s"] * len(PUBLIC_STATUSES)),
        **tables,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [Taxonomies.NEEDS, *numbers, *PUBLIC_STATUSES])
        return [(str(code), str(number)) for code, number in cursor.fetchall()]


_TABLES: dict[str, type[Model]] = {
    "term": TaxonomyTerm,
    "taxonomy": Taxonomy,
    "municipality": Municipality,
    "attribute": Attribute,
    "area": ServiceArea,
    "service": Service,
}
