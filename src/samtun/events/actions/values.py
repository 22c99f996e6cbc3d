"""What an organiser fills in, as the actions take it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

from samtun.organisations.models import Municipality

Span = tuple[datetime, datetime]  # from, to


class PlaceValues(TypedDict, total=False):
    """Where it is: a place that is known already (`location`), else what a new one is called.

    With both, the rest is ignored: a place that others share is not changed from an event.
    """

    location: UUID | None
    name: str
    address_1: str
    postal_code: str
    city: str
    transportation: str
    accessibility: str
    municipality: str  # its number; empty: that of the postal code


class EventValues(TypedDict, total=False):
    """Columns of `Event` by their names, and what hangs on it. What is left out stays as it is.

    `dates` are all the dates of an event without a rule. `cancel_dates`: the organiser has seen
    that dates which people have signed up for are cancelled by this; see `errors.DatesWithParties`.
    """

    organization: UUID
    co_organizers: Collection[UUID]
    service: UUID | None
    kind: str
    occasion: str
    language: str
    translations: dict[str, dict[str, str]]
    name: str
    summary: str
    description: str
    for_whom: str
    programme: str
    led_by: str
    getting_there: str
    price: str
    children: str
    is_free: bool | None
    children_welcome: bool | None
    terms: Collection[str]  # codes of needs and life situations
    municipalities: Collection[str]  # numbers
    minimum_age: int | None
    maximum_age: int | None
    is_for_children: bool
    consent_age: int
    meets_in_person: bool
    meets_online: bool
    place: PlaceValues | None
    room: str
    join_url: str
    contact_name: str
    contact_phone: str
    contact_email: str
    starts_at: datetime | None
    minutes: int
    rrule: str
    dates: Sequence[Span]
    sign_up: str
    capacity: int | None
    maximum_party: int
    has_waiting_list: bool
    answer_hours: int
    closes_hours_before: int
    opens_on: date | None
    questions: list[dict[str, Any]]
    asks_municipality: bool
    remind_hours_before: int
    evaluates: bool
    keep_until: date | None
    keep_reason: str
    is_example: bool
    cancel_dates: bool


class PartyValues(TypedDict, total=False):
    """What those who come say of themselves; columns of `Party` by their names."""

    name: str
    email: str
    phone: str
    language: str
    answers: dict[str, str]
    municipality: Municipality | None
    is_first_time: bool | None
    age: int | None
    guardian_name: str
    guardian_email: str
    guardian_phone: str
