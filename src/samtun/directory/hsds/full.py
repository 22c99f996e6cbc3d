"""HSDS objects with everything nested.

Every function takes the ids wanted and gives what it finds of them in that order, in a number of
queries that does not depend on how many there are. It trusts the ids: take them from `public`;
what it nests it filters itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet

from samtun.directory.hsds import basic, public, shapes, values
from samtun.directory.hsds.attached import Attached, Owners, load, organization_identifiers
from samtun.directory.hsds.shapes import Json
from samtun.directory.models import Service, ServiceAtLocation
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Organization

_OF_SERVICE = (
    "phones",
    "schedules",
    "service_areas",
    "languages",
    "cost_options",
    "required_documents",
    "contacts",
    "attributes",
)
_OF_LOCATION = (
    "languages",
    "addresses",
    "contacts",
    "accessibility",
    "phones",
    "schedules",
    "attributes",
)
_OF_LINK = ("contacts", "phones", "schedules", "attributes")
_OF_ORGANIZATION = ("contacts", "phones", "attributes")


def services(ids: Sequence[UUID], language: str | None = None) -> list[Json]:
    """`service` with all that belongs to it and where it is given, in thirteen queries."""
    made = basic.services(ids, language)
    links = _links(public.service_at_locations().filter(service__in=ids), language)
    extras = _extras(ids)
    attached = load(
        Owners(
            service=ids,
            organization=_organizations_of(made),
            location=[link["location_id"] for link in links],
            service_at_location=[link["id"] for link in links],
        ),
        language,
    )
    places = _by("service_id", (_link(link, attached) for link in links))
    return [
        _service(each, attached, extras)
        | ({"service_at_locations": found} if (found := places.get(each["id"])) else {})
        for each in made
    ]


def service_at_locations(ids: Sequence[UUID], language: str | None = None) -> list[Json]:
    """`service_at_location` with its place and its service in full, in twelve queries."""
    made = basic.service_at_locations(ids, language)
    helps = [each["service"] for each in made]
    extras = _extras([each["id"] for each in helps])
    attached = load(
        Owners(
            service=list({each["id"] for each in helps}),
            organization=_organizations_of(helps),
            location=list({each["location_id"] for each in made}),
            service_at_location=ids,
        ),
        language,
    )
    return [
        _link(each, attached) | {"service": _service(each["service"], attached, extras)}
        for each in made
    ]


def organizations(
    ids: Sequence[UUID], language: str | None = None, *, with_full_services: bool = False
) -> list[Json]:
    """`organization` with its places and services, in twelve queries.

    The services have their one-to-one fields only, or come in full for twelve queries more.
    """
    made = basic.organizations(ids, language)
    places = _locations(ids, language)
    attached = load(Owners(organization=ids, location=[place["id"] for place in places]), language)
    doors = _by("organization_id", (_location(place, attached) for place in places))
    offers = _offers(ids, language, in_full=with_full_services)
    numbers = dict(Organization.objects.filter(pk__in=ids).values_list("id", "organization_number"))
    lists = {"locations": doors, "services": offers}
    return [
        _organization(each, attached, numbers.get(each["id"]))
        | {name: found for name, rows in lists.items() if (found := rows.get(each["id"]))}
        for each in made
    ]


def _service(made: Json, attached: Attached, extras: dict[UUID, tuple[object, str | None]]) -> Json:
    urls, number = extras[made["id"]]
    giver = _organization(made["organization"], attached, number)
    full = made | attached.to("service", made["id"], *_OF_SERVICE) | {"organization": giver}
    if links := _additional_urls(made["id"], urls):
        full["additional_urls"] = links
    return full


def _organization(made: Json, attached: Attached, number: str | None) -> Json:
    full = made | attached.to("organization", made["id"], *_OF_ORGANIZATION)
    if identifiers := organization_identifiers(made["id"], number):
        full["organization_identifiers"] = identifiers
    return full


def _link(made: Json, attached: Attached) -> Json:
    found = attached.to("service_at_location", made["id"], *_OF_LINK)
    return made | found | {"location": _location(made["location"], attached)}


def _location(made: Json, attached: Attached) -> Json:
    return made | attached.to("location", made["id"], *_OF_LOCATION)


def _links(rows: QuerySet[ServiceAtLocation], language: str | None) -> list[Json]:
    link = shapes.SERVICE_AT_LOCATION.columns(language)
    place = shapes.LOCATION.columns(language, "location__")
    return [
        shapes.SERVICE_AT_LOCATION.read(row, language)
        | {"location": shapes.LOCATION.read(row[len(link) :], language)}
        for row in rows.order_by("pk").values_list(*link, *place)
    ]


def _locations(organizations: Sequence[UUID], language: str | None) -> list[Json]:
    rows = public.locations().filter(organization__in=organizations).order_by("pk")
    columns = shapes.LOCATION.columns(language)
    return [shapes.LOCATION.read(row, language) for row in rows.values_list(*columns)]


def _offers(
    organizations: Sequence[UUID], language: str | None, *, in_full: bool
) -> dict[UUID, list[Json]]:
    """The public services of each organisation, without repeating the organisation in them."""
    found = public.services().filter(organization__in=organizations).order_by("name", "id")
    ids = list(found.values_list("id", flat=True))
    made = services(ids, language) if in_full else basic.services(ids, language)
    for each in made:
        del each["organization"]
    return _by("organization_id", made)


def _extras(ids: Sequence[UUID]) -> dict[UUID, tuple[object, str | None]]:
    """By service: its further addresses, and its organisation's number."""
    columns = ("id", "additional_urls", "organization__organization_number")
    rows = Service.objects.filter(pk__in=ids).values_list(*columns)
    return {key: (urls, number) for key, urls, number in rows}


def _additional_urls(service: UUID, urls: object) -> list[Json]:
    """Objects of `label` and `url`; whatever else an import left there is passed by."""
    made = []
    for each in urls if isinstance(urls, list) else ():
        address = values.uri(str(each.get("url", ""))) if isinstance(each, dict) else None
        if address:
            key = derived_id("url", str(service), address)
            label = {"label": str(each["label"])} if each.get("label") else {}
            made.append({"id": key, **label, "url": address, "service_id": service})
    return made


def _organizations_of(services: Iterable[Json]) -> list[UUID]:
    return list({each["organization_id"] for each in services})


def _by(name: str, made: Iterable[Json]) -> dict[UUID, list[Json]]:
    grouped: dict[UUID, list[Json]] = defaultdict(list)
    for each in made:
        grouped[each[name]].append(each)
    return grouped
