"""Everything the page of a service shows, in a known number of queries.

Here a confidential location is left out, with all that hangs on it: what this module returns may
be shown to anybody.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from samtun.directory.enums import PUBLIC_STATUSES
from samtun.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    Location,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceVersion,
    SpokenLanguage,
)

Row = TypeVar("Row", bound=Model)


@dataclass(slots=True)
class Place:
    """Somewhere the service is given, open for all to know."""

    at: ServiceAtLocation
    location: Location
    addresses: list[Address] = field(default_factory=list)
    accessibility: list[Accessibility] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)  # of the house, not of the service


@dataclass(slots=True)
class Details:
    """A service with all that hangs on it. `schedules` are its own and those at its places."""

    service: Service  # with its organisation and two levels above it
    municipalities: list[str] = field(default_factory=list)
    covers_country: bool = False
    areas: list[str] = field(default_factory=list)  # in words
    places: list[Place] = field(default_factory=list)
    has_secret_place: bool = False
    contacts: list[Contact] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    phones_of_contacts: dict[UUID, list[Phone]] = field(default_factory=lambda: defaultdict(list))
    phones_of_organization: list[Phone] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    languages: list[SpokenLanguage] = field(default_factory=list)
    costs: list[CostOption] = field(default_factory=list)
    documents: list[RequiredDocument] = field(default_factory=list)
    terms: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def covers(self, numbers: frozenset[str]) -> bool:
        """Whether people in any of the municipalities can have it."""
        return self.covers_country or not numbers.isdisjoint(self.municipalities)


def service_called(slug: str) -> Details | None:
    """The service at the address `slug`, public or not, with its areas only; two queries."""
    return next(iter(with_areas(_services().filter(slug=slug))), None)


def was_public(service: Service) -> bool:
    """Whether everybody could read of it once: one version at least was public.

    Where there are no versions, nobody has changed it here: then it came from a source, which is
    public itself. What is made here has a version from the beginning. At most two queries.
    """
    versions = ServiceVersion.objects.filter(service=service)
    is_or_was = versions.filter(document__status__in=PUBLIC_STATUSES)
    return is_or_was.exists() or not versions.exists()


def services_called(slugs: Sequence[str]) -> list[Details]:
    """The public services at these addresses in that order, in full."""
    public = _services().filter(slug__in=slugs, status__in=PUBLIC_STATUSES)
    found = complete(with_areas(public))
    order = {slug: position for position, slug in enumerate(slugs)}
    return sorted(found, key=lambda each: order[each.service.slug])


def _services() -> QuerySet[Service]:
    return Service.objects.select_related(
        "organization__parent_organization__parent_organization"
    ).order_by("name", "pk")


def with_areas(services: Iterable[Service]) -> list[Details]:
    """`services` with whom they cover."""
    found = {service.pk: Details(service) for service in services}
    for area in ServiceArea.objects.filter(service__in=found).order_by("municipality", "pk"):
        details = found[area.service_id]
        details.covers_country |= area.covers_country
        if area.municipality_id:
            details.municipalities.append(area.municipality_id)
        elif not area.covers_country and area.name:
            details.areas.append(area.name)
    return list(found.values())


def complete(found: list[Details]) -> list[Details]:
    """Fill in the rest; ten queries, however many services and rows there are."""
    by_service = {each.service.pk: each for each in found}
    by_at = _add_places(by_service)
    by_location: dict[UUID, list[Place]] = defaultdict(list)
    for _, place in by_at.values():
        by_location[place.location.pk].append(place)
    for address in Address.objects.filter(location__in=by_location).order_by("pk"):
        for place in by_location[address.location_id]:
            place.addresses.append(address)
    for access in Accessibility.objects.filter(location__in=by_location).order_by("pk"):
        for place in by_location[access.location_id]:
            place.accessibility.append(access)
    _add_contacts(by_service, by_at)
    _add_phones(by_service, by_at, by_location)
    _add_schedules(by_service, by_at, by_location)
    _add_what_hangs_on_the_service(by_service)
    return found


_Services = dict[UUID, Details]
_Places = dict[UUID, tuple[Details, Place]]  # by service at location


def _add_places(by_service: _Services) -> _Places:
    rows = ServiceAtLocation.objects.filter(service__in=by_service).select_related(
        "location__municipality"
    )
    places: _Places = {}
    for row in rows.order_by("location__name", "pk"):
        details = by_service[row.service_id]
        if row.location.is_confidential:
            details.has_secret_place = True
            continue
        place = Place(row, row.location)
        details.places.append(place)
        places[row.pk] = (details, place)
    return places


_SECRET = (
    "location__is_confidential",
    "service_at_location__location__is_confidential",
)


def _open(rows: QuerySet[Row], *paths: str) -> QuerySet[Row]:
    """`rows` without those that hang on a confidential location, whatever else they hang on."""
    for path in paths or _SECRET:
        rows = rows.exclude(**{path: True})
    return rows.order_by("pk")


def _add_contacts(by_service: _Services, by_at: _Places) -> None:
    wanted = Q(service__in=by_service) | Q(service_at_location__in=by_at)
    for contact in _open(Contact.objects.filter(wanted)):
        details = _owner(contact, by_service, by_at)
        details.contacts.append(contact)


def _owner(row: Contact | Schedule, by_service: _Services, by_at: _Places) -> Details:
    if row.service_at_location_id in by_at:
        return by_at[row.service_at_location_id][0]
    return by_service[cast("UUID", row.service_id)]


def _add_phones(
    by_service: _Services, by_at: _Places, by_location: dict[UUID, list[Place]]
) -> None:
    by_contact = {
        contact.pk: details for details in by_service.values() for contact in details.contacts
    }
    by_organization: dict[UUID, list[Details]] = defaultdict(list)
    for details in by_service.values():
        by_organization[details.service.organization_id].append(details)
    wanted = (
        Q(service__in=by_service)
        | Q(contact__in=by_contact)
        | Q(service_at_location__in=by_at)
        | Q(location__in=by_location)
        | Q(organization__in=by_organization, contact__isnull=True)
    )
    secret = (*_SECRET, *(f"contact__{path}" for path in _SECRET))
    for phone in _open(Phone.objects.filter(wanted), *secret):
        if phone.contact_id in by_contact:
            by_contact[phone.contact_id].phones_of_contacts[phone.contact_id].append(phone)
        elif phone.service_id in by_service:
            by_service[phone.service_id].phones.append(phone)
        elif phone.service_at_location_id in by_at:
            by_at[phone.service_at_location_id][1].phones.append(phone)
        elif phone.location_id in by_location:
            for place in by_location[phone.location_id]:
                place.phones.append(phone)
        elif phone.organization_id:
            for details in by_organization[phone.organization_id]:
                details.phones_of_organization.append(phone)


def _add_schedules(
    by_service: _Services, by_at: _Places, by_location: dict[UUID, list[Place]]
) -> None:
    wanted = (
        Q(service__in=by_service) | Q(service_at_location__in=by_at) | Q(location__in=by_location)
    )
    for schedule in _open(Schedule.objects.filter(wanted)):
        if schedule.service_id in by_service or schedule.service_at_location_id in by_at:
            _owner(schedule, by_service, by_at).schedules.append(schedule)
        elif schedule.location_id:
            for place in by_location[schedule.location_id]:
                place.schedules.append(schedule)


def _add_what_hangs_on_the_service(by_service: _Services) -> None:
    languages = SpokenLanguage.objects.filter(service__in=by_service)
    for language in _open(languages, "location__is_confidential"):
        by_service[cast("UUID", language.service_id)].languages.append(language)
    for cost in CostOption.objects.filter(service__in=by_service).order_by("amount", "pk"):
        by_service[cost.service_id].costs.append(cost)
    for document in RequiredDocument.objects.filter(service__in=by_service).order_by("pk"):
        by_service[document.service_id].documents.append(document)
    attributes = Attribute.objects.filter(service__in=by_service).select_related(
        "taxonomy_term__taxonomy"
    )
    for attribute in _open(attributes).order_by("taxonomy_term__position", "pk"):
        term, details = attribute.taxonomy_term, by_service[cast("UUID", attribute.service_id)]
        if term.taxonomy.slug:
            details.terms[term.taxonomy.slug].append(term.code)
