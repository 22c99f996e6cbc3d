"""HSDS objects with their one-to-one fields, as the lists of the open data give them.

Every function takes the ids wanted and gives what it finds of them in that order, in one query.
It trusts the ids: take them from `public`.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from samtun.directory.hsds import attached, prepared, shapes
from samtun.directory.hsds.shapes import Json
from samtun.directory.models import Service, ServiceAtLocation, Taxonomy, TaxonomyTerm
from samtun.organisations.models import Organization


def services(ids: Sequence[UUID], language: str | None = None) -> list[Json]:
    """`service` with its `organization`.

    The most asked for: an organisation is read once however many services it gives.
    """
    rows = prepared.services(ids, language)
    start = len(shapes.SERVICE.columns(language))
    givers: dict[object, Json] = {}
    made = []
    for row in rows:
        if row[1] not in givers:
            givers[row[1]] = shapes.ORGANIZATION.read(row[start:], language)
        each = _service(row, language)
        each["organization"] = givers[row[1]]
        made.append(each)
    return in_order(ids, made)


def read_service(row: Sequence[Any], language: str | None) -> Json:
    """A service of a row of its own columns and then its organisation's."""
    giver = row[len(shapes.SERVICE.columns(language)) :]
    return _service(row, language) | {"organization": shapes.ORGANIZATION.read(giver, language)}


def _service(row: Sequence[Any], language: str | None) -> Json:
    made = shapes.SERVICE.read(row, language)
    if fees := made.get("fees_description"):
        made["fees"] = fees  # HSDS 3.1's old name, and the only one that ORUK 3.0 knows
    return made


def minimal_services(ids: Sequence[UUID]) -> list[Json]:
    """`service` with what a copy needs to see what changed, and the fields HSDS 3.1 requires."""
    rows = Service.objects.filter(pk__in=ids).values_list("id", "name", "status", "last_modified")
    made = (dict(zip(("id", "name", "status", "modified_date"), row, strict=True)) for row in rows)
    return in_order(ids, (_modified(each) for each in made))


def _modified(made: Json) -> Json:
    stamp = shapes.SERVICE.fields["last_modified"](made["modified_date"])
    return made | {"last_modified": stamp, "modified_date": stamp}


def organizations(ids: Sequence[UUID], language: str | None = None) -> list[Json]:
    """`organization`."""
    rows = Organization.objects.filter(pk__in=ids).values_list(
        *shapes.ORGANIZATION.columns(language)
    )
    return in_order(ids, (shapes.ORGANIZATION.read(row, language) for row in rows))


def service_at_locations(ids: Sequence[UUID], language: str | None = None) -> list[Json]:
    """`service_at_location` with its `location` and its `service`, with the organisation."""
    link = shapes.SERVICE_AT_LOCATION.columns(language)
    place = shapes.LOCATION.columns(language, "location__")
    help_ = shapes.SERVICE.columns(language, "service__")
    giver = shapes.ORGANIZATION.columns(language, "service__organization__")
    rows = ServiceAtLocation.objects.filter(pk__in=ids).values_list(*link, *place, *help_, *giver)
    after_place = len(link) + len(place)
    return in_order(
        ids,
        (
            shapes.SERVICE_AT_LOCATION.read(row, language)
            | {"location": shapes.LOCATION.read(row[len(link) :], language)}
            | {"service": read_service(row[after_place:], language)}
            for row in rows
        ),
    )


def taxonomies(ids: Sequence[UUID]) -> list[Json]:
    """`taxonomy`."""
    rows = Taxonomy.objects.filter(pk__in=ids).values_list(*shapes.TAXONOMY.columns(None))
    return in_order(ids, (shapes.TAXONOMY.read(row, None) for row in rows))


def taxonomy_terms(ids: Sequence[UUID], language: str | None = None) -> list[Json]:
    """`taxonomy_term` with its taxonomy's details."""
    own = attached.term_columns()
    home = shapes.TAXONOMY.columns(None, "taxonomy__")
    rows = TaxonomyTerm.objects.filter(pk__in=ids).values_list(*own, *home)
    return in_order(
        ids,
        (
            attached.read_term(row, language)
            | {"taxonomy_detail": shapes.TAXONOMY.read(row[len(own) :], None)}
            for row in rows
        ),
    )


def in_order(ids: Iterable[UUID], made: Iterable[Json]) -> list[Json]:
    """The objects in the order of `ids`; what is not there is left out."""
    by_id = {each["id"]: each for each in made}
    return [by_id[key] for key in ids if key in by_id]
