"""What hangs on services, organisations and places: read for many owners at once.

`load` takes ten queries at most, however many owners there are.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet

from samtun.directory.hsds import shapes
from samtun.directory.hsds.public import away_from_secrets
from samtun.directory.hsds.shapes import Json, Shape
from samtun.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Phone,
    RequiredDocument,
    Schedule,
    ServiceArea,
    SpokenLanguage,
)
from samtun.organisations.identifiers import derived_id

Owner: TypeAlias = tuple[str, UUID]
ByOwner: TypeAlias = dict[Owner, list[Json]]

_COUNTRY_URI = "http://publications.europa.eu/resource/authority/country/NOR"
_MUNICIPALITY_URI = "https://ws.geonorge.no/kommuneinfo/v1/kommuner/"


@dataclass(frozen=True)
class Owners:
    """The rows whose belongings are wanted, by kind."""

    service: Sequence[UUID] = ()
    organization: Sequence[UUID] = ()
    location: Sequence[UUID] = ()
    service_at_location: Sequence[UUID] = ()
    contact: Sequence[UUID] = ()
    phone: Sequence[UUID] = ()

    def of(self, *kinds: str) -> Q:
        """Rows that belong to one of the owners of these kinds."""
        found = Q(pk__in=())
        for kind in kinds:
            if ids := getattr(self, kind):
                found |= Q(**{f"{kind}__in": ids})
        return found


@dataclass(frozen=True)
class Attached:
    """Lists of HSDS objects by their owner, ("service", id) and so on, under HSDS's names."""

    lists: dict[str, ByOwner] = field(default_factory=dict)

    def to(self, kind: str, key: UUID, *names: str) -> Json:
        """The lists of one owner that hold something."""
        owner = (kind, key)
        return {name: rows for name in names if (rows := self.lists[name].get(owner))}


def load(owners: Owners, language: str | None) -> Attached:
    """Everything that hangs on the owners."""
    contacts = _contacts(owners, language)
    known = Owners(**vars(owners) | {"contact": _ids(contacts)})
    phones = _phones(known, language)
    known = Owners(**vars(known) | {"phone": _ids(phones)})
    spoken = _languages(known)
    _hang(phones, spoken, "phone", "languages")
    _hang(contacts, phones, "contact", "phones")
    return Attached(
        {
            "contacts": contacts,
            "phones": phones,
            "languages": spoken,
            "schedules": _schedules(known, language),
            "service_areas": _areas(known),
            "cost_options": _costs(known, language),
            "required_documents": _documents(known, language),
            "addresses": _addresses(known),
            "accessibility": _accessibility(known, language),
            "attributes": _attributes(known, language),
        }
    )


def _contacts(owners: Owners, language: str | None) -> ByOwner:
    kinds = ("organization", "service", "service_at_location", "location")
    rows = away_from_secrets(
        Contact.objects.filter(owners.of(*kinds)), "location", "service_at_location__location"
    )
    return _read(rows, shapes.CONTACT, kinds, language)


def _phones(owners: Owners, language: str | None) -> ByOwner:
    kinds = ("organization", "service", "service_at_location", "location", "contact")
    rows = away_from_secrets(
        Phone.objects.filter(owners.of(*kinds)),
        "location",
        "service_at_location__location",
        "contact__location",
        "contact__service_at_location__location",
    )
    return _read(rows, shapes.PHONE, kinds, language)


def _languages(owners: Owners) -> ByOwner:
    kinds = ("service", "location", "phone")
    rows = away_from_secrets(
        SpokenLanguage.objects.filter(owners.of(*kinds)),
        "location",
        "phone__location",
        "phone__service_at_location__location",
    )
    return _read(rows, shapes.LANGUAGE, kinds, None)


def _schedules(owners: Owners, language: str | None) -> ByOwner:
    kinds = ("service", "location", "service_at_location")
    rows = away_from_secrets(
        Schedule.objects.filter(owners.of(*kinds)), "location", "service_at_location__location"
    )
    return _read(rows, shapes.SCHEDULE, kinds, language)


def _costs(owners: Owners, language: str | None) -> ByOwner:
    rows = CostOption.objects.filter(owners.of("service"))
    return _read(rows, shapes.COST_OPTION, ("service",), language)


def _documents(owners: Owners, language: str | None) -> ByOwner:
    rows = RequiredDocument.objects.filter(owners.of("service"))
    return _read(rows, shapes.REQUIRED_DOCUMENT, ("service",), language)


def _accessibility(owners: Owners, language: str | None) -> ByOwner:
    rows = Accessibility.objects.filter(owners.of("location"), location__is_confidential=False)
    return _read(rows, shapes.ACCESSIBILITY, ("location",), language)


def _addresses(owners: Owners) -> ByOwner:
    """The county of the municipality stands in where an address names no county."""
    rows = Address.objects.filter(owners.of("location"), location__is_confidential=False)
    county = "location__municipality__county_name"
    found: ByOwner = defaultdict(list)
    for *row, name in _rows(rows, shapes.ADDRESS.columns(None), county):
        made = shapes.ADDRESS.read(row, None)
        made["state_province"] = made["state_province"] or name or ""
        found["location", made["location_id"]].append(made)
    return found


def _areas(owners: Owners) -> ByOwner:
    """A municipality or the country is named, with an address that says which it is."""
    found: ByOwner = defaultdict(list)
    more = ("covers_country", "municipality_id", "municipality__name")
    rows = ServiceArea.objects.filter(owners.of("service"))
    for *row, covers_country, number, name in _rows(rows, shapes.SERVICE_AREA.columns(None), *more):
        made = shapes.SERVICE_AREA.read(row, None)
        if covers_country:
            made = {"name": "Norge", "uri": _COUNTRY_URI} | made
        elif number:
            made = {"name": name, "uri": _MUNICIPALITY_URI + number} | made
        found["service", made["service_id"]].append(made)
    return found


def _attributes(owners: Owners, language: str | None) -> ByOwner:
    kinds = ("service", "organization", "location", "service_at_location")
    rows = away_from_secrets(
        Attribute.objects.filter(owners.of(*kinds)), "location", "service_at_location__location"
    )
    own = ("id", "link_type", "value", "label")
    term = [f"taxonomy_term__{name}" for name in term_columns()]
    ids = [f"{kind}_id" for kind in kinds]
    found: ByOwner = defaultdict(list)
    for row in _rows(rows, ids, *own, *term):
        word = read_term(row[8:], language)
        about = dict(zip(own, row[4:8], strict=True)) | {"taxonomy_term_id": word["id"]}
        kept = {name: value for name, value in about.items() if value} | {"taxonomy_term": word}
        for kind, key in zip(kinds, row, strict=False):
            if key:
                found[kind, key].append({"link_id": key, "link_entity": kind} | kept)
    return found


def term_columns() -> list[str]:
    """What `read_term` needs of a taxonomy term."""
    return [*shapes.TAXONOMY_TERM.columns(None), "names", "taxonomy__name"]


def read_term(row: Sequence[Any], language: str | None) -> Json:
    """A taxonomy term of a row that begins with `term_columns`."""
    names, taxonomy = row[len(shapes.TAXONOMY_TERM.fields) :][:2]
    made = shapes.TAXONOMY_TERM.read(row, None)
    if language and (name := names.get(language)):
        made |= {"name": name, "language": language}
    return made | {"taxonomy": taxonomy}


def organization_identifiers(key: UUID, number: str | None) -> list[Json]:
    """The organisation number, in the scheme that org-id.guide lists for Enhetsregisteret."""
    if not number:
        return []
    return [
        {
            "id": derived_id("organization-identifier", str(key), number),
            "organization_id": key,
            "identifier_scheme": "NO-BRC",
            "identifier_type": "Organisasjonsnummer",
            "identifier": number,
        }
    ]


def _read(rows: QuerySet[Any], shape: Shape, kinds: Sequence[str], language: str | None) -> ByOwner:
    """The objects of the rows under each of their owners."""
    found: ByOwner = defaultdict(list)
    for row in _rows(rows, shape.columns(language)):
        made = shape.read(row, language)
        for kind in kinds:
            if key := made.get(f"{kind}_id"):
                found[kind, key].append(made)
    return found


def _rows(rows: QuerySet[Any], columns: Sequence[str], *more: str) -> QuerySet[Any, Any]:
    return rows.order_by("pk").values_list(*columns, *more)


def _ids(found: ByOwner) -> list[UUID]:
    return list({made["id"] for rows in found.values() for made in rows})


def _hang(on: ByOwner, things: ByOwner, kind: str, name: str) -> None:
    for rows in on.values():
        for made in rows:
            if hung := things.get((kind, made["id"])):
                made[name] = hung
