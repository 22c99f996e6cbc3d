"""What one may ask for, under the names of HSDS 3.1 and ORUK 3.0; see docs/api.md.

`region`, `municipality`, `age` and `lang` are Samtun's own.
"""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from samtun.directory.models.service import MAXIMUM_AGE

MOST_PER_PAGE = 500
MOST_MINIMAL_PER_PAGE = 10_000
FURTHEST = 3_000_000  # metres: further than Norway is long

_CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
_LOST_PLUS = re.compile(r"(:[0-9]{2}(?:\.[0-9]+)?) ([0-9]{2}:?[0-9]{2})$")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_NAMES = {
    "monday": "MO", "tuesday": "TU", "wednesday": "WE", "thursday": "TH",
    "friday": "FR", "saturday": "SA", "sunday": "SU",
}  # fmt: skip


def _without_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain a NUL character")
    return value


def _restored_plus(value: object) -> object:
    """An unencoded + in an address arrives as a space: 12:00:00 01:00 means 12:00:00+01:00."""
    return _LOST_PLUS.sub(r"\1+\2", value) if isinstance(value, str) else value


def _moment(value: datetime) -> datetime:
    if not 1900 <= value.year <= 2200:
        raise ValueError("must be a moment between the years 1900 and 2200")
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _weekday(value: object) -> object:
    """Days by RFC 5545 or in English, in any case."""
    if isinstance(value, str):
        return _DAY_NAMES.get(value.casefold(), value.upper())
    return value


# What is not asked for is None inside; the published schema speaks only of what may be sent.
Text = Annotated[
    str, AfterValidator(_without_nul), WithJsonSchema({"type": "string", "maxLength": 400})
]
Identifier = Annotated[UUID | None, WithJsonSchema({"type": "string", "format": "uuid"})]
Flag = Annotated[bool, WithJsonSchema({"type": "boolean", "default": False})]
Moment = Annotated[
    Annotated[datetime, BeforeValidator(_restored_plus), AfterValidator(_moment)] | None,
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Clock = Annotated[
    Annotated[str, Field(pattern=_CLOCK)] | None,
    WithJsonSchema({"type": "string", "pattern": _CLOCK}),
]
Day = Annotated[
    Annotated[Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"], BeforeValidator(_weekday)] | None,
    WithJsonSchema({"type": "string", "enum": [*_WEEKDAYS, *_DAY_NAMES]}),
]
Age = Annotated[
    Annotated[float, Field(ge=0, le=MAXIMUM_AGE, allow_inf_nan=False)] | None,
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MAXIMUM_AGE}),
]
FourDigits = Annotated[
    Annotated[str, Field(pattern="^[0-9]{4}$")] | None,
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}$"}),
]
Metres = Annotated[
    Annotated[float, Field(gt=0, le=FURTHEST, allow_inf_nan=False)] | None,
    WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": FURTHEST}),
]
Slug = Annotated[
    Annotated[str, Field(pattern="^[a-z0-9-]{1,60}$")] | None,
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9-]{1,60}$"}),
]
Size = Annotated[
    Annotated[int, Field(ge=1, le=MOST_MINIMAL_PER_PAGE)] | None,
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_MINIMAL_PER_PAGE}),
]
Language = Annotated[
    Literal["nb", "nn", "en"] | None,
    WithJsonSchema({"type": "string", "enum": ["nb", "nn", "en"]}),
]


class InLanguage(Schema):
    """For one thing or many."""

    lang: Language = Field(
        None, description="Texts in this language where they exist, else as they were written."
    )


class Page(Schema):
    """Which part of a list, and in which form."""

    page: int = Field(1, ge=1, le=1_000_000, description="Page number, from 1.")
    per_page: int = Field(
        50, ge=1, le=MOST_PER_PAGE, description="Number of results in a single page."
    )
    format: Literal["json", "ndjson"] = Field(
        "json",
        description="`ndjson` streams all results without pagination, one JSON object a line.",
    )


class Search(Schema):
    """Words."""

    search: Text = Field("", max_length=400, description="Full text search.")


class About(Schema):
    """What it is about."""

    taxonomy_term_id: Identifier = Field(None, description="Tagged with this term or one below it.")
    taxonomy_id: Identifier = Field(None, description="Tagged with any term of this taxonomy.")


class Changed(Schema):
    """What is new."""

    modified_after: Moment = Field(
        None, description="Modified at or after this moment; without offset it is UTC."
    )


class Covering(Schema):
    """Whom it is for, by where they live."""

    region: Slug = Field(None, description="Covers a municipality of this region, or the country.")
    municipality: FourDigits = Field(
        None, description="Covers the municipality of this number, or the country."
    )


class Fitting(Schema):
    """Who may come, when and where."""

    organization_id: Identifier = Field(None, description="Given by this organisation.")
    minimum_age: Age = Field(None, description="With a minimum age of at least this.")
    maximum_age: Age = Field(None, description="With a maximum age of at most this.")
    age: Age = Field(None, description="Open to somebody of this age.")
    day: Day = Field(None, description="With a schedule for this day of the week.")
    start_time: Clock = Field(None, description="With a schedule that opens at this time or later.")
    end_time: Clock = Field(
        None, description="With a schedule that closes at this time or earlier, the same day."
    )
    postcode: FourDigits = Field(
        None,
        description=(
            "Norwegian postal code. Alone: covers its municipality. With `proximity`: given "
            "within that distance of its point."
        ),
    )
    proximity: Metres = Field(None, description="Metres from the point of `postcode`.")


class ServiceAtLocations(Page, Search, About, Changed, Covering, Fitting, InLanguage):
    """Parameters of /service_at_locations."""

    full: Flag = Field(default=False, description="Nested in full.")


class Services(ServiceAtLocations):
    """Parameters of /services."""

    per_page: Size = Field(  # type: ignore[assignment]  # its default depends on minimal
        None,
        description=(
            f"Number of results in a single page: 50, at most {MOST_PER_PAGE}; with `minimal` "
            f"at most and by default {MOST_MINIMAL_PER_PAGE}."
        ),
    )
    minimal: Flag = Field(
        default=False,
        description="Only what a copy needs to see what changed.",
    )


class Organizations(Page, Search, About, Changed, Covering, InLanguage):
    """Parameters of /organizations."""

    full: Flag = Field(default=False, description="Nested in full, services simple.")
    full_service: Flag = Field(
        default=False,
        description="Nested in full, services in full as well.",
    )


class OneOrganization(InLanguage):
    """Parameters of /organizations/{id}."""

    full_service: Flag = Field(default=False, description="Services in full.")


class Taxonomies(Page, Search):
    """Parameters of /taxonomies."""


class TaxonomyTerms(Page, Search, InLanguage):
    """Parameters of /taxonomy_terms."""

    taxonomy_id: Identifier = Field(None, description="Terms of this taxonomy.")
    parent_id: Identifier = Field(None, description="Terms directly below this term.")
    top_only: Flag = Field(default=False, description="Terms without a parent.")
