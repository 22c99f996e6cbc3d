"""The tables of HSDS 3.1 that an import keeps: their columns, links and old names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from django.db.models import Model

from samtun.directory import models
from samtun.directory.enums import Frequency, ServiceStatus
from samtun.directory.exchange.cleaning import (
    Cleaner,
    amount,
    coordinate,
    email,
    flag,
    line,
    names,
    one_of,
    prose,
    translations,
    truth,
    url,
    whole_number,
    word_list,
)
from samtun.directory.exchange.moments import clock, day, numbers, weekdays
from samtun.directory.models.service import MAXIMUM_AGE
from samtun.organisations.enums import Language, LocationType
from samtun.organisations.models import Organization


@dataclass(frozen=True)
class Link:
    """A column that names a row of another table.

    `owner`: the row is a part of that one and goes with it. `required`: without it there is no
    row. A table with owners that are not required needs one of them.
    """

    column: str
    table: str
    owner: bool = False
    required: bool = False


@dataclass(frozen=True)
class Table:
    """How rows of one HSDS table become rows of a model."""

    name: str
    model: type[Model] | None  # None: folded into another table
    columns: Mapping[str, tuple[Cleaner, Any]]  # name → (cleaner, what an empty value becomes)
    links: tuple[Link, ...] = ()
    own: Mapping[str, tuple[Cleaner, Any]] = field(default_factory=dict)  # ours, beyond HSDS
    named_by: tuple[str, ...] = ()  # a value for the first is needed; the others can stand in
    other_names: Mapping[str, str] = field(default_factory=dict)  # older column → column

    @property
    def owners(self) -> tuple[Link, ...]:
        """The links whose target this row is a part of."""
        return tuple(link for link in self.links if link.owner)


def _texts(maximum: int | None, *names: str) -> dict[str, tuple[Cleaner, Any]]:
    return {name: (prose if maximum is None else line(maximum), "") for name in names}


def _nothing(cleaner: Cleaner, *names: str) -> dict[str, tuple[Cleaner, Any]]:
    return dict.fromkeys(names, (cleaner, None))


def _empty(cleaner: Cleaner, *names: str) -> dict[str, tuple[Cleaner, Any]]:
    return dict.fromkeys(names, (cleaner, ""))


_language_of_text = one_of(
    {
        **{code: code for code in Language.values},
        "no": "nb", "nor": "nb", "nob": "nb", "nno": "nn",
        "eng": "en", "en-gb": "en", "en-us": "en",
    },
    "nb",
)  # fmt: skip
_any_language = line(8)
_place_kind = one_of(
    {kind: kind for kind in LocationType.values} | {"mailing": "postal", "online": "virtual"},
    LocationType.PHYSICAL,
)
_status = one_of(
    {status: status for status in ServiceStatus.values}
    | {
        "temporarily_closed": "temporarily closed", "temporarily-closed": "temporarily closed",
        "suspended": "temporarily closed", "closed": "defunct", "deleted": "defunct",
        "archived": "defunct", "pending": "inactive", "draft": "inactive", "open": "active",
    },
    ServiceStatus.ACTIVE,
)  # fmt: skip
_frequency = one_of({freq.lower(): freq for freq in Frequency.values}, "")
_week_start = one_of(
    {code.lower(): code for code in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")}
    | {"1": "MO", "7": "SU", "monday": "MO", "sunday": "SU"},
    "",
)
_translatable = MappingProxyType(
    {
        "translations": (translations, {}),
        "text_language": (_language_of_text, Language.BOKMAL),
    }
)
_year = whole_number(0, 32767)
_positive = whole_number(0, 2_147_483_647)
_municipality = _nothing(line(4), "municipality_id")
_LINKS_OF_CONTACT = (
    Link("organization_id", "organization", owner=True),
    Link("service_id", "service", owner=True),
    Link("service_at_location_id", "service_at_location", owner=True),
    Link("location_id", "location", owner=True),
)

TAXONOMY = Table(
    "taxonomy",
    models.Taxonomy,
    {**_texts(200, "name"), **_texts(None, "description"), **_empty(url, "uri"),
     **_texts(60, "version")},
    named_by=("name", "description", "uri"),
)  # fmt: skip
TAXONOMY_TERM = Table(
    "taxonomy_term",
    models.TaxonomyTerm,
    {**_texts(200, "code", "taxonomy"), **_texts(300, "name"), **_texts(None, "description"),
     **_empty(url, "term_uri"), "language": (_any_language, "nb")},
    links=(
        Link("taxonomy_id", "taxonomy", required=True),
        Link("parent_id", "taxonomy_term"),
    ),
    own={"names": (names, {}), **_texts(40, "facet"),
         "position": (_positive, 0)},
    named_by=("name", "code", "description"),
    other_names={"term": "name", "vocabulary": "taxonomy"},
)  # fmt: skip
ORGANIZATION = Table(
    "organization",
    Organization,
    {**_texts(300, "name", "alternate_name"), **_texts(None, "description"),
     **_empty(email, "email"), **_empty(url, "website", "uri", "logo"),
     **_texts(200, "legal_status"), **_nothing(_year, "year_incorporated")},
    links=(Link("parent_organization_id", "organization"),),
    own={**_translatable, **_municipality, "is_example": (flag, False)},
    named_by=("name", "alternate_name"),
    other_names={"url": "website"},
)  # fmt: skip
ORGANIZATION_IDENTIFIER = Table(
    "organization_identifier",
    None,
    _texts(200, "identifier_scheme", "identifier_type", "identifier"),
    links=(Link("organization_id", "organization", owner=True, required=True),),
    named_by=("identifier",),
)
SERVICE = Table(
    "service",
    models.Service,
    {**_texts(300, "name", "alternate_name"),
     **_texts(None, "description", "interpretation_services", "application_process",
              "fees_description", "wait_time", "accreditations", "eligibility_description",
              "alert"),
     **_empty(url, "url"), **_empty(email, "email", "assurer_email"),
     "status": (_status, ServiceStatus.ACTIVE),
     **_nothing(whole_number(0, MAXIMUM_AGE), "minimum_age", "maximum_age"),
     **_nothing(day, "assured_date")},
    links=(Link("organization_id", "organization", required=True),),
    own={**_translatable, **_texts(300, "summary"), **_texts(120, "slug"),
         "meets_in_person": (flag, False), "meets_by_phone": (flag, False),
         "meets_online": (flag, False), "is_free": (truth, None), "is_urgent": (flag, False),
         "is_for_children": (flag, False), "keywords": (word_list, []),
         **_empty(url, "source_url"), **_nothing(day, "source_checked_on")},
    named_by=("name", "alternate_name", "description"),
    other_names={"short_description": "summary"},
)  # fmt: skip
URL = Table(
    "url",
    None,
    {**_texts(300, "label"), **_empty(url, "url")},
    links=(Link("service_id", "service", owner=True, required=True),),
    named_by=("url",),
)
ELIGIBILITY = Table(  # 1.x and 2.x had it apart
    "eligibility",
    None,
    {**_texts(None, "eligibility"),
     **_nothing(whole_number(0, MAXIMUM_AGE), "minimum_age", "maximum_age")},
    links=(Link("service_id", "service", owner=True, required=True),),
)  # fmt: skip
LOCATION = Table(
    "location",
    models.Location,
    {"location_type": (_place_kind, LocationType.PHYSICAL),
     **_texts(300, "name", "alternate_name"), **_texts(None, "description", "transportation"),
     **_empty(url, "url"), **_nothing(coordinate, "latitude", "longitude"),
     **_texts(200, "external_identifier", "external_identifier_type")},
    links=(Link("organization_id", "organization"),),
    own={**_translatable, **_municipality, "is_confidential": (flag, False)},
)  # fmt: skip
ADDRESS = Table(
    "address",
    models.Address,
    {**_texts(300, "attention", "address_1", "address_2"),
     **_texts(120, "city", "region", "state_province"), **_texts(20, "postal_code"),
     "country": (line(200), "NO"), "address_type": (_place_kind, LocationType.PHYSICAL)},
    links=(Link("location_id", "location", owner=True, required=True),),
)  # fmt: skip
SERVICE_AT_LOCATION = Table(
    "service_at_location",
    models.ServiceAtLocation,
    _texts(None, "description"),
    links=(
        Link("service_id", "service", owner=True, required=True),
        Link("location_id", "location", required=True),
    ),
    own=_translatable,
)
ACCESSIBILITY = Table(
    "accessibility",
    models.Accessibility,
    {**_texts(None, "description", "details"), **_empty(url, "url")},
    links=(Link("location_id", "location", owner=True, required=True),),
    own=_translatable,
    other_names={"accessibility": "description"},
)
CONTACT = Table(
    "contact",
    models.Contact,
    {**_texts(200, "name"), **_texts(300, "title", "department"), **_empty(email, "email")},
    links=_LINKS_OF_CONTACT,
    own=_translatable,
)
PHONE = Table(
    "phone",
    models.Phone,
    {**_texts(60, "number"), **_nothing(_positive, "extension"), **_texts(40, "type"),
     **_texts(None, "description")},
    links=(*_LINKS_OF_CONTACT, Link("contact_id", "contact", owner=True)),
    own=_translatable,
    named_by=("number",),
    other_names={"department": "description"},
)  # fmt: skip
LANGUAGE = Table(
    "language",
    models.SpokenLanguage,
    {**_texts(120, "name"), **_texts(10, "code"), **_texts(None, "note")},
    links=(
        Link("service_id", "service", owner=True),
        Link("location_id", "location", owner=True),
        Link("phone_id", "phone", owner=True),
    ),
    named_by=("name", "code", "note"),
    other_names={"language": "name"},
)
SCHEDULE = Table(
    "schedule",
    models.Schedule,
    {**_nothing(day, "valid_from", "valid_to", "dtstart", "until"),
     **_nothing(_positive, "count"), "wkst": (_week_start, ""), "freq": (_frequency, ""),
     **_nothing(whole_number(1, 1000), "interval"), "byday": (weekdays, ""),
     "byweekno": (numbers(200, -53, 53), ""), "bymonthday": (numbers(200, -31, 31), ""),
     "byyearday": (numbers(400, -366, 366), ""), **_nothing(clock, "opens_at", "closes_at"),
     **_texts(None, "description", "notes"), **_empty(url, "schedule_link"),
     **_texts(40, "attending_type")},
    links=(
        Link("service_id", "service", owner=True),
        Link("location_id", "location", owner=True),
        Link("service_at_location_id", "service_at_location", owner=True),
    ),
    own=_translatable,
)  # fmt: skip
SERVICE_AREA = Table(
    "service_area",
    models.ServiceArea,
    {**_texts(300, "name"), **_texts(None, "description", "extent"), **_texts(40, "extent_type"),
     **_empty(url, "uri")},
    links=(Link("service_id", "service", owner=True, required=True),),
    own={**_municipality, "covers_country": (flag, False)},
    other_names={"service_area": "name"},
)  # fmt: skip
COST_OPTION = Table(
    "cost_option",
    models.CostOption,
    {**_nothing(day, "valid_from", "valid_to"), **_texts(None, "option", "amount_description"),
     **_texts(20, "currency"), **_nothing(amount, "amount")},
    links=(Link("service_id", "service", owner=True, required=True),),
    own=_translatable,
)  # fmt: skip
REQUIRED_DOCUMENT = Table(
    "required_document",
    models.RequiredDocument,
    {**_texts(None, "document"), **_empty(url, "uri")},
    links=(Link("service_id", "service", owner=True, required=True),),
    own=_translatable,
)
ATTRIBUTE = Table(
    "attribute",
    models.Attribute,
    {**_texts(60, "link_type"), **_texts(300, "value", "label")},
    links=(
        Link("service_id", "service", owner=True),
        Link("organization_id", "organization", owner=True),
        Link("location_id", "location", owner=True),
        Link("service_at_location_id", "service_at_location", owner=True),
        Link("taxonomy_term_id", "taxonomy_term", required=True),
    ),
)

# Parents before children.
TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        TAXONOMY, TAXONOMY_TERM, ORGANIZATION, ORGANIZATION_IDENTIFIER, SERVICE, URL,
        ELIGIBILITY, LOCATION, ADDRESS, SERVICE_AT_LOCATION, ACCESSIBILITY, CONTACT, PHONE,
        LANGUAGE, SCHEDULE, SERVICE_AREA, COST_OPTION, REQUIRED_DOCUMENT, ATTRIBUTE,
    )
}  # fmt: skip

# Of HSDS, but without a room in Samtun; their rows are refused with that reason.
NOT_KEPT = frozenset(
    {"program", "funding", "service_capacity", "unit", "metadata", "meta_table_description"}
)
