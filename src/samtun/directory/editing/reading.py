"""Services as documents, with all that editors may see: confidential places too.

Only for people who may change the service. What hangs on a place, and not on the service itself,
is the place's: it is neither read nor written here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from samtun.directory.editing.document import LANGUAGES, TEXTS, Document, Place, empty
from samtun.directory.editing.hours import hours_of
from samtun.directory.enums import Taxonomies
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
    SpokenLanguage,
)
from samtun.organisations.enums import LocationType

_SAME = (
    "language", "meets_in_person", "meets_by_phone", "meets_online", "is_free", "is_urgent",
    "is_for_children", "minimum_age", "maximum_age", "url", "email", "status", "assurer_email",
    "confirm_every_days",
)  # fmt: skip
TERMS = {"needs": Taxonomies.NEEDS, "target_groups": Taxonomies.TARGET_GROUPS}
_FIELD_OF = {str(taxonomy): name for name, taxonomy in TERMS.items()}
# Of the service itself: not what hangs on a place as well.
OWN = {"location__isnull": True, "service_at_location__isnull": True}


def document_of(service: Service) -> Document:
    """The whole of `service` as it is stored; twelve queries, however much hangs on it."""
    return documents_of([service])[0]


def documents_of(services: Sequence[Service]) -> list[Document]:
    """The whole of `services`, in their order; twelve queries, however many they are."""
    made = {service.pk: _document(service) for service in services}
    language = {service.pk: service.language for service in services}
    _add_areas(made)
    _add_terms(made)
    _add_languages(made)
    _add_phones(made)
    _add_contacts(made)
    position = _add_places(made)
    _add_hours(made, position, language)
    _add_costs(made)
    _add_required(made)
    return [made[service.pk] for service in services]


_Documents = dict[UUID, Document]


def _document(service: Service) -> Document:
    document = empty(str(service.organization_id))
    values = {name: getattr(service, name) for name in _SAME}
    values["keywords"] = [str(word) for word in service.keywords]
    values["keeper"] = str(service.keeper_id) if service.keeper_id else None
    values["publish_on"] = _day(service.publish_on)
    values["end_on"] = _day(service.end_on)
    values["texts"] = {code: texts_of(service, code) for code in LANGUAGES}
    return cast("Document", {**document, **values})


def texts_of(service: Service, language: str) -> dict[str, str]:
    """The texts of `service` in `language`; empty where nobody wrote any."""
    if language == service.language:
        return {name: getattr(service, name) for name in TEXTS}
    texts = service.translations.get(language) or {}
    return {name: str(texts.get(name) or "") for name in TEXTS}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _add_areas(made: _Documents) -> None:
    areas = ServiceArea.objects.filter(service__in=made).order_by("municipality", "pk")
    for service, number, country in areas.values_list("service", "municipality", "covers_country"):
        if number:
            made[service]["covers"].append(number)
        made[service]["covers_country"] |= country


def _add_terms(made: _Documents) -> None:
    attributes = Attribute.objects.filter(
        **OWN, service__in=made, taxonomy_term__taxonomy__slug__in=TERMS.values()
    )
    for service, taxonomy, code in attributes.order_by("taxonomy_term__code").values_list(
        "service", "taxonomy_term__taxonomy__slug", "taxonomy_term__code"
    ):
        cast("Any", made[service])[_FIELD_OF[str(taxonomy)]].append(code)


def _add_languages(made: _Documents) -> None:
    rows = SpokenLanguage.objects.filter(
        service__in=made, phone__isnull=True, location__isnull=True
    ).exclude(code="")
    for service, code in rows.order_by("code").values_list("service", "code"):
        spoken = made[service]["languages"]
        if code.lower() not in spoken:
            spoken.append(code.lower())


def _add_phones(made: _Documents) -> None:
    for row in Phone.objects.filter(**OWN, service__in=made, contact__isnull=True).order_by("pk"):
        made[cast("UUID", row.service_id)]["phones"].append(
            {"id": str(row.pk), "number": row.number, "description": row.description}
        )


def _add_contacts(made: _Documents) -> None:
    rows = list(Contact.objects.filter(**OWN, service__in=made).order_by("pk"))
    numbers = first_numbers(row.pk for row in rows)
    for row in rows:
        phone = numbers.get(row.pk)
        made[cast("UUID", row.service_id)]["contacts"].append(
            {
                "id": str(row.pk),
                "name": row.name,
                "title": row.title,
                "email": row.email,
                "phone": phone.number if phone else "",
            }
        )


def first_numbers(contacts: Iterable[UUID]) -> dict[UUID, Phone]:
    """The first phone of each of `contacts`; the others are left alone."""
    found: dict[UUID, Phone] = {}
    for row in Phone.objects.filter(**OWN, contact__in=list(contacts)).order_by("pk"):
        found.setdefault(cast("UUID", row.contact_id), row)
    return found


def _add_places(made: _Documents) -> dict[UUID, tuple[UUID, int]]:
    """Returns the service and position of each tie to a place."""
    ties = list(
        ServiceAtLocation.objects.filter(service__in=made).select_related("location").order_by("pk")
    )
    addresses, accessibility = facts_of(tie.location_id for tie in ties)
    position: dict[UUID, tuple[UUID, int]] = {}
    for tie in ties:
        places = made[tie.service_id]["places"]
        position[tie.pk] = (tie.service_id, len(places))
        fields = place_fields(
            tie.location, addresses.get(tie.location_id), accessibility.get(tie.location_id)
        )
        place = {"id": str(tie.pk), "location": str(tie.location_id), **fields}
        places.append(cast("Place", place))
    return position


def facts_of(
    locations: Iterable[UUID],
) -> tuple[dict[UUID, Address], dict[UUID, Accessibility]]:
    """The address to go to and the first word on accessibility of each location."""
    keys = set(locations)
    addresses: dict[UUID, Address] = {}
    for address in Address.objects.filter(location__in=keys).order_by("pk"):
        known = addresses.get(address.location_id)
        to_visit = address.address_type == LocationType.PHYSICAL
        if known is None or (to_visit and known.address_type != LocationType.PHYSICAL):
            addresses[address.location_id] = address
    accessibility: dict[UUID, Accessibility] = {}
    for word in Accessibility.objects.filter(location__in=keys).order_by("pk"):
        accessibility.setdefault(word.location_id, word)
    return addresses, accessibility


def place_fields(
    location: Location, address: Address | None, accessibility: Accessibility | None
) -> dict[str, Any]:
    """What a document says of a place."""
    return {
        "name": location.name,
        "address_1": address.address_1 if address else "",
        "postal_code": address.postal_code if address else "",
        "city": address.city if address else "",
        "transportation": location.transportation,
        "accessibility": accessibility.description if accessibility else "",
        "is_confidential": location.is_confidential,
    }


def _add_hours(
    made: _Documents, position: dict[UUID, tuple[UUID, int]], language: dict[UUID, str]
) -> None:
    of_service = Schedule.objects.filter(**OWN, service__in=made)
    at_place = Schedule.objects.filter(location__isnull=True, service_at_location__service__in=made)
    for row in (of_service | at_place).order_by("pk"):
        service, place = (
            position[row.service_at_location_id]
            if row.service_at_location_id
            else (cast("UUID", row.service_id), None)
        )
        made[service]["hours"].append(hours_of(row, place, language[service]))


def _add_costs(made: _Documents) -> None:
    for row in CostOption.objects.filter(service__in=made).order_by("pk"):
        made[row.service_id]["costs"].append(
            {
                "id": str(row.pk),
                "option": row.option,
                "amount": str(row.amount.quantize(Decimal("0.01")))
                if row.amount is not None
                else None,
                "description": row.amount_description,
            }
        )


def _add_required(made: _Documents) -> None:
    for row in RequiredDocument.objects.filter(service__in=made).order_by("pk"):
        made[row.service_id]["documents"].append(
            {"id": str(row.pk), "document": row.document, "uri": row.uri}
        )
