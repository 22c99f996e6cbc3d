"""What the answers look like, for the OpenAPI document; the official word is HSDS 3.1's schema.

No answer passes through these: `directory.hsds` makes them, and the tests hold both to the schema.
"""

from datetime import date, datetime
from typing import Annotated, Literal, Required
from uuid import UUID

from pydantic import Field, WithJsonSchema
from typing_extensions import TypedDict

Uri = Annotated[str, WithJsonSchema({"type": "string", "format": "uri"})]
Email = Annotated[str, WithJsonSchema({"type": "string", "format": "email"})]
Kind = Literal["physical", "postal", "virtual"]


class ProblemError(TypedDict):
    """A parameter at fault."""

    parameter: str
    detail: str


class Problem(TypedDict, total=False):
    """RFC 9457 problem details."""

    type: Required[str]
    title: Required[str]
    status: Required[int]
    detail: Required[str]
    errors: list[ProblemError]


class Api(TypedDict):
    """This API and its relationship with HSDS."""

    version: str
    profile: Uri
    openapi_url: Uri


class Taxonomy(TypedDict, total=False):
    """HSDS taxonomy."""

    id: Required[UUID]
    name: Required[str]
    description: Required[str]
    uri: Uri
    version: str


class TaxonomyTerm(TypedDict, total=False):
    """HSDS taxonomy_term."""

    id: Required[UUID]
    name: Required[str]
    description: Required[str]
    code: str
    parent_id: UUID
    taxonomy: str
    taxonomy_id: UUID
    taxonomy_detail: Taxonomy
    language: str
    term_uri: Uri


class Attribute(TypedDict, total=False):
    """HSDS attribute."""

    id: Required[UUID]
    link_id: UUID
    link_entity: str
    link_type: str
    value: str
    label: str
    taxonomy_term_id: UUID
    taxonomy_term: TaxonomyTerm


class SpokenLanguage(TypedDict, total=False):
    """HSDS language."""

    id: Required[UUID]
    service_id: UUID
    location_id: UUID
    phone_id: UUID
    name: str
    code: str
    note: str


class Phone(TypedDict, total=False):
    """HSDS phone."""

    id: Required[UUID]
    number: Required[str]
    location_id: UUID
    service_id: UUID
    organization_id: UUID
    contact_id: UUID
    service_at_location_id: UUID
    extension: int
    type: str
    description: str
    languages: list[SpokenLanguage]


class Contact(TypedDict, total=False):
    """HSDS contact."""

    id: Required[UUID]
    organization_id: UUID
    service_id: UUID
    service_at_location_id: UUID
    location_id: UUID
    name: str
    title: str
    department: str
    email: Email
    phones: list[Phone]


class Schedule(TypedDict, total=False):
    """HSDS schedule; times are Norwegian."""

    id: Required[UUID]
    service_id: UUID
    location_id: UUID
    service_at_location_id: UUID
    valid_from: date
    valid_to: date
    dtstart: date
    until: date
    count: int
    wkst: str
    freq: Literal["WEEKLY", "MONTHLY"]
    interval: int
    byday: str
    byweekno: str
    bymonthday: str
    byyearday: str
    opens_at: str
    closes_at: str
    description: str
    schedule_link: Uri
    attending_type: str
    notes: str


class Address(TypedDict, total=False):
    """HSDS address."""

    id: Required[UUID]
    address_1: Required[str]
    city: Required[str]
    state_province: Required[str]
    postal_code: Required[str]
    country: Required[str]
    address_type: Required[Kind]
    location_id: UUID
    attention: str
    address_2: str
    region: str


class Accessibility(TypedDict, total=False):
    """HSDS accessibility."""

    id: Required[UUID]
    location_id: UUID
    description: str
    details: str
    url: Uri


class Location(TypedDict, total=False):
    """HSDS location; the lists only when asked for in full."""

    id: Required[UUID]
    location_type: Required[Kind]
    url: Uri
    organization_id: UUID
    name: str
    alternate_name: str
    description: str
    transportation: str
    latitude: float
    longitude: float
    external_identifier: str
    external_identifier_type: str
    languages: list[SpokenLanguage]
    addresses: list[Address]
    contacts: list[Contact]
    accessibility: list[Accessibility]
    phones: list[Phone]
    schedules: list[Schedule]
    attributes: list[Attribute]


class ServiceArea(TypedDict, total=False):
    """HSDS service_area."""

    id: Required[UUID]
    service_id: UUID
    name: str
    description: str
    extent: str
    extent_type: str
    uri: Uri


class CostOption(TypedDict, total=False):
    """HSDS cost_option."""

    id: Required[UUID]
    service_id: UUID
    valid_from: date
    valid_to: date
    option: str
    currency: str
    amount: float
    amount_description: str


class RequiredDocument(TypedDict, total=False):
    """HSDS required_document."""

    id: Required[UUID]
    service_id: UUID
    document: str
    uri: Uri


class Url(TypedDict, total=False):
    """HSDS url."""

    id: Required[UUID]
    url: Required[Uri]
    label: str
    service_id: UUID


class OrganizationIdentifier(TypedDict, total=False):
    """HSDS organization_identifier."""

    id: Required[UUID]
    organization_id: UUID
    identifier_scheme: str
    identifier_type: Required[str]
    identifier: Required[str]


class BaseOrganization(TypedDict, total=False):
    """What an organisation has of its own."""

    id: Required[UUID]
    name: Required[str]
    description: Required[str]
    alternate_name: str
    email: Email
    website: Uri
    year_incorporated: int
    legal_status: str
    logo: Uri
    uri: Uri
    parent_organization_id: UUID
    contacts: list[Contact]
    phones: list[Phone]
    organization_identifiers: list[OrganizationIdentifier]
    attributes: list[Attribute]


class BaseService(TypedDict, total=False):
    """What a service has of its own; the lists only when asked for in full."""

    id: Required[UUID]
    name: Required[str]
    status: Required[Literal["active", "temporarily closed"]]
    organization_id: UUID
    alternate_name: str
    description: str
    url: Uri
    additional_urls: list[Url]
    email: Email
    interpretation_services: str
    application_process: str
    fees_description: str
    fees: str
    wait_time: str
    accreditations: str
    eligibility_description: str
    minimum_age: Annotated[int, Field(ge=0)]
    maximum_age: Annotated[int, Field(ge=0)]
    assured_date: date
    alert: str
    last_modified: datetime
    modified_date: datetime
    organization: BaseOrganization
    phones: list[Phone]
    schedules: list[Schedule]
    service_areas: list[ServiceArea]
    languages: list[SpokenLanguage]
    cost_options: list[CostOption]
    required_documents: list[RequiredDocument]
    contacts: list[Contact]
    attributes: list[Attribute]


class PlacedService(TypedDict, total=False):
    """HSDS service_at_location without its service."""

    id: Required[UUID]
    service_id: UUID
    location_id: UUID
    description: str
    location: Location
    contacts: list[Contact]
    phones: list[Phone]
    schedules: list[Schedule]
    attributes: list[Attribute]


class ServiceAtLocation(PlacedService, total=False):
    """HSDS service_at_location."""

    service: BaseService


class Service(BaseService, total=False):
    """HSDS service."""

    service_at_locations: list[PlacedService]


class Organization(BaseOrganization, total=False):
    """HSDS organization."""

    locations: list[Location]
    services: list[Service]


class Envelope(TypedDict):
    """Where in the list one is."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool


class ServicePage(Envelope):
    """A page of services."""

    contents: list[Service]


class OrganizationPage(Envelope):
    """A page of organisations."""

    contents: list[Organization]


class ServiceAtLocationPage(Envelope):
    """A page of services at locations."""

    contents: list[ServiceAtLocation]


class TaxonomyPage(Envelope):
    """A page of taxonomies."""

    contents: list[Taxonomy]


class TaxonomyTermPage(Envelope):
    """A page of taxonomy terms."""

    contents: list[TaxonomyTerm]
