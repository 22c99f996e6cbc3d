"""Reads of `organisations`."""

from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from samtun.organisations.models import Municipality, PostalCode, Region, RegionContact
from samtun.organisations.recent import for_a_minute
from samtun.organisations.texts import Text, in_language


@dataclass(frozen=True, slots=True)
class Scope:
    """A region with what every page of it needs, read once a minute."""

    id: UUID
    slug: str
    names: dict[str, str]
    introductions: dict[str, str]
    is_example: bool
    municipalities: tuple[Municipality, ...]  # by name

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers of its municipalities."""
        return frozenset(municipality.number for municipality in self.municipalities)


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
    return Scope(
        id=region.id,
        slug=region.slug,
        names=region.names,
        introductions=region.introductions,
        is_example=region.is_example,
        municipalities=tuple(region.municipalities.order_by("name")),
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
    """Municipalities that `text` may mean: by name in any of its languages, number, or place.

    An exact name comes alone; otherwise names that begin with `text`, then those that hold it.
    """
    words = text.replace("\x00", "").strip()[:60]
    if not words:
        return []
    if (code := postal_code(words)) and code.municipality:
        return [code.municipality]
    exact = Municipality.objects.filter(_any_name("iexact", words) | Q(number=words))
    if found := list(exact.order_by("name", "number")[:limit]):
        return found
    return _beginning_with(words, limit)


def _beginning_with(words: str, limit: int) -> list[Municipality]:
    by_name = Municipality.objects.filter(_any_name("istartswith", words))
    by_place = Municipality.objects.filter(
        _any_spelling(("postal_codes__place",), "istartswith", words)
    )
    inside = Municipality.objects.filter(_any_name("icontains", words))
    found: dict[str, Municipality] = {}
    for query in (by_name, by_place, inside):
        if not found:
            found |= {one.number: one for one in query.order_by("name").distinct()[:limit]}
    return list(found.values())


_NAMES = ("name", "name_se", "name_smj", "name_sma", "name_fkv")


def _any_name(lookup: str, words: str) -> Q:
    return _any_spelling(_NAMES, lookup, words)


def _any_spelling(fields: tuple[str, ...], lookup: str, words: str) -> Q:
    """`lookup` in any of `fields`, however `words` are capitalised.

    SQLite folds the case of ASCII letters only, so "øystre slidre" is tried as "Øystre Slidre" too.
    """
    condition = Q()
    for spelling in {words, words.lower(), words.title(), words.capitalize()}:
        for field in fields:
            condition |= Q(**{f"{field}__{lookup}": spelling})
    return condition


class Point(NamedTuple):
    """Where a named place is, roughly; `name` is empty for a point without one."""

    name: str
    latitude: float
    longitude: float


def point_called(text: str) -> Point | None:
    """The point of the municipality, postal code or place that `text` names; None when unknown."""
    words = text.replace("\x00", "").strip()[:60]
    if not words:
        return None
    municipality = (
        Municipality.objects.filter(_any_name("iexact", words)).order_by("number").first()
    )
    if municipality:
        return Point(municipality.name, municipality.latitude, municipality.longitude)
    places = PostalCode.objects.filter(_any_spelling(("place",), "iexact", words) | Q(code=words))
    place = places.filter(latitude__isnull=False).order_by("code").first()
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return Point(place.place, place.latitude, place.longitude)


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Somebody a visitor can turn to. `municipalities` is empty for the whole region."""

    name: str
    title: Text
    phone: str
    email: str
    hours: Text
    municipalities: frozenset[str]


@for_a_minute
def region_contacts(slug: str, language: str) -> tuple[ContactCard, ...]:
    """The contacts of the region at the address `slug`, in the order people should meet them."""
    found = RegionContact.objects.filter(region__slug=slug).prefetch_related("municipalities")
    return tuple(
        ContactCard(
            name=one.name,
            title=in_language(one.titles, language),
            phone=one.phone,
            email=one.email,
            hours=in_language(one.hours, language),
            municipalities=frozenset(each.number for each in one.municipalities.all()),
        )
        for one in found.order_by("position")
    )
