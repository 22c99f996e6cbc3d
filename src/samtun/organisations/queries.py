"""Reads of `organisations`."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from samtun.organisations.models import Municipality, Organization, PostalCode, Region
from samtun.organisations.recent import for_a_minute


@dataclass(frozen=True, slots=True)
class Scope:
    """A region with what every page of it needs, read once a minute."""

    id: UUID
    slug: str
    names: dict[str, str]
    introductions: dict[str, str]
    is_example: bool
    municipalities: tuple[Municipality, ...]  # by name
    numbers: frozenset[str]  # of the municipalities


@for_a_minute
def region_scope(slug: str) -> Scope | None:
    """The region at the address `slug`, if there is one."""
    region = Region.objects.filter(slug=slug).first()
    return _scope(region) if region else None


@for_a_minute
def region_scopes() -> tuple[Scope, ...]:
    """All regions of this installation, by slug."""
    return tuple(_scope(region) for region in Region.objects.order_by("slug"))


def _scope(region: Region) -> Scope:
    municipalities = tuple(region.municipalities.order_by("name"))
    return Scope(
        id=region.id,
        slug=region.slug,
        names=region.names,
        introductions=region.introductions,
        is_example=region.is_example,
        municipalities=municipalities,
        numbers=frozenset(one.number for one in municipalities),
    )


def scope_of(municipality: Municipality) -> Scope | None:
    """The region that `municipality` shares a map with, if any."""
    return next((scope for scope in region_scopes() if municipality.number in scope.numbers), None)


@for_a_minute
def municipality_names() -> dict[str, str]:
    """The name of every municipality by its number."""
    return dict(Municipality.objects.order_by("number").values_list("number", "name"))


def postal_code(code: str) -> PostalCode | None:
    """The postal code, with its municipality; `code` may be anything a visitor typed."""
    digits = code.strip()
    if len(digits) != 4 or not (digits.isascii() and digits.isdigit()):
        return None
    return PostalCode.objects.select_related("municipality").filter(code=digits).first()


def municipalities_called(text: str, *, limit: int = 12) -> list[Municipality]:
    """Municipalities that `text` may mean: postal code, number, name in any language, or place.

    An exact name comes alone; otherwise names that begin with `text`, then places that do, then
    names that hold it.
    """
    words = " ".join(text.replace("\x00", "").split())[:60].casefold()
    if not words:
        return []
    if (code := postal_code(words)) and code.municipality:
        return [code.municipality]
    numbers = _numbers_called(words)[:limit]
    return list(Municipality.objects.filter(number__in=numbers).order_by("name"))


def _numbers_called(words: str) -> list[str]:
    names, places = _casefolded_names(), _casefolded_places()
    tries = (
        (number for name, number in names if words in (name, number)),
        (number for name, number in names if name.startswith(words)),
        (number for place, number in places if place == words),
        (number for place, number in places if place.startswith(words)),
        (number for name, number in names if words in name),
    )
    return next((list(dict.fromkeys(found)) for one in tries if (found := list(one))), [])


@for_a_minute
def _casefolded_names() -> tuple[tuple[str, str], ...]:
    """(name, number), in Python because SQLite knows no capitals beyond ASCII."""
    rows = Municipality.objects.order_by("name").values_list(
        "number", "name", "name_se", "name_smj", "name_sma", "name_fkv"
    )
    return tuple((name.casefold(), number) for number, *names in rows for name in names if name)


@for_a_minute
def _casefolded_places() -> tuple[tuple[str, str], ...]:
    rows = PostalCode.objects.filter(municipality__isnull=False).order_by("place")
    pairs = rows.values_list("place", "municipality").distinct()
    return tuple((place.casefold(), str(number)) for place, number in pairs)


_UNITS = """
WITH RECURSIVE below (id) AS (
    SELECT id FROM {table} WHERE id IN ({marks})
    UNION
    SELECT unit.id FROM {table} unit JOIN below ON unit.parent_organization_id = below.id
)
SELECT id FROM below
"""
_PARENTS = """
WITH RECURSIVE above (id) AS (
    SELECT id FROM {table} WHERE id IN ({marks})
    UNION
    SELECT unit.parent_organization_id FROM {table} unit JOIN above ON unit.id = above.id
    WHERE unit.parent_organization_id IS NOT NULL
)
SELECT id FROM above
"""


def with_units(organizations: Collection[UUID]) -> frozenset[UUID]:
    """These organisations and everything under them, in one query."""
    return _related(_UNITS, organizations)


def with_parents(organizations: Collection[UUID]) -> frozenset[UUID]:
    """These organisations and everything above them, in one query."""
    return _related(_PARENTS, organizations)


def _related(query: str, organizations: Collection[UUID]) -> frozenset[UUID]:
    if not organizations:
        return frozenset()
    statement = query.format(
        table=connection.ops.quote_name(Organization._meta.db_table),
        marks=", ".join(["%s"] * len(organizations)),
    )
    with connection.cursor() as cursor:
        key = Organization._meta.pk
        cursor.execute(statement, [key.get_db_prep_value(one, connection) for one in organizations])
        return frozenset(UUID(str(row[0])) for row in cursor.fetchall())
