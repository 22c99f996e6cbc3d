"""Which columns of our tables make which HSDS object.

The tables carry HSDS's own names, so a shape is a list of names with what each holds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from samtun.directory.hsds import values
from samtun.organisations.texts import text_of

Json = dict[str, Any]
Clean = Callable[[Any], object]


def plain(value: object) -> object:
    """A value that goes out as it is."""
    return value


def text(value: object) -> object:
    """A text that may exist in other languages."""
    return value


@dataclass(frozen=True)
class Shape:
    """An HSDS object: `fields` by name, and those that must be there even when empty."""

    fields: dict[str, Clean]
    required: tuple[str, ...] = ()
    translated: bool = True
    _names: tuple[str, ...] = field(init=False)
    _cleaned: tuple[tuple[str, Clean], ...] = field(init=False)
    _texts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        unchanged = (plain, text)
        cleaned = [(name, clean) for name, clean in self.fields.items() if clean not in unchanged]
        texts = [name for name, clean in self.fields.items() if clean is text]
        object.__setattr__(self, "_names", tuple(self.fields))
        object.__setattr__(self, "_cleaned", tuple(cleaned))
        object.__setattr__(self, "_texts", tuple(texts))

    def columns(self, language: str | None, prefix: str = "") -> list[str]:
        """What to ask the database for; translations only when a language is asked for."""
        names = [*self.fields]
        if language and self.translated:
            names += ["language", "translations"]
        return [prefix + name for name in names]

    def read(self, row: Sequence[object], language: str | None) -> Json:
        """The object of a row that begins with `columns`; nothing in it is null or empty."""
        if language and self.translated:
            row = self._in_language(row, language)
        made: Json = {
            name: value
            for name, value in zip(self._names, row, strict=False)
            if value or value == 0
        }
        for name, clean in self._cleaned:
            if name in made:
                made[name] = kept = clean(made[name])
                if kept is None:
                    del made[name]
        for name in self.required:
            made.setdefault(name, "")
        return made

    def _in_language(self, row: Sequence[object], language: str) -> list[object]:
        named = dict(zip((*self.fields, "language", "translations"), row, strict=False))
        if isinstance(named["translations"], str):  # as SQLite keeps it
            named["translations"] = orjson.loads(named["translations"])
        if named["language"] != language:
            named |= {name: text_of(named, name, language).value for name in self._texts}
        return list(named.values())


def only(made: Json, names: Iterable[str]) -> Json:
    """The named fields of an object, in its own order."""
    wanted = frozenset(names)
    return {name: value for name, value in made.items() if name in wanted}


ORGANIZATION = Shape(
    {
        "id": values.key,
        "name": text,
        "alternate_name": text,
        "description": text,
        "email": values.email,
        "website": values.uri,
        "year_incorporated": plain,
        "legal_status": text,
        "logo": values.uri,
        "uri": values.uri,
        "parent_organization_id": values.key,
    },
    required=("description",),
)
SERVICE = Shape(
    {
        "id": values.key,
        "organization_id": values.key,
        "name": text,
        "alternate_name": text,
        "description": text,
        "url": values.uri,
        "email": values.email,
        "status": plain,
        "interpretation_services": text,
        "application_process": text,
        "fees_description": text,
        "wait_time": text,
        "accreditations": text,
        "eligibility_description": text,
        "minimum_age": plain,
        "maximum_age": plain,
        "assured_date": values.day,
        "alert": text,
        "last_modified": values.moment,
    },
)
LOCATION = Shape(
    {
        "id": plain,
        "location_type": plain,
        "url": values.uri,
        "organization_id": plain,
        "name": text,
        "alternate_name": text,
        "description": text,
        "transportation": text,
        "latitude": plain,
        "longitude": plain,
        "external_identifier": plain,
        "external_identifier_type": plain,
    },
)
SERVICE_AT_LOCATION = Shape(
    {"id": plain, "service_id": plain, "location_id": plain, "description": text}
)
ADDRESS = Shape(
    {
        "id": plain,
        "location_id": plain,
        "attention": plain,
        "address_1": plain,
        "address_2": plain,
        "city": plain,
        "region": plain,
        "state_province": plain,
        "postal_code": plain,
        "country": plain,
        "address_type": plain,
    },
    required=("address_1", "city", "state_province", "postal_code", "country"),
    translated=False,
)
ACCESSIBILITY = Shape(
    {
        "id": plain,
        "location_id": plain,
        "description": text,
        "details": text,
        "url": values.uri,
    },
)
CONTACT = Shape(
    {
        "id": plain,
        "organization_id": plain,
        "service_id": plain,
        "service_at_location_id": plain,
        "location_id": plain,
        "name": text,
        "title": text,
        "department": text,
        "email": values.email,
    },
)
PHONE = Shape(
    {
        "id": plain,
        "location_id": plain,
        "service_id": plain,
        "organization_id": plain,
        "contact_id": plain,
        "service_at_location_id": plain,
        "number": plain,
        "extension": plain,
        "type": plain,
        "description": text,
    },
    required=("number",),
)
SCHEDULE = Shape(
    {
        "id": plain,
        "service_id": plain,
        "location_id": plain,
        "service_at_location_id": plain,
        "valid_from": values.day,
        "valid_to": values.day,
        "dtstart": values.day,
        "until": values.day,
        "count": plain,
        "wkst": values.weekday,
        "freq": plain,
        "interval": plain,
        "byday": plain,
        "byweekno": plain,
        "bymonthday": plain,
        "byyearday": plain,
        "description": text,
        "opens_at": values.clock,
        "closes_at": values.clock,
        "schedule_link": values.uri,
        "attending_type": plain,
        "notes": text,
    },
)
SERVICE_AREA = Shape(
    {
        "id": plain,
        "service_id": plain,
        "name": plain,
        "description": plain,
        "extent": plain,
        "extent_type": plain,
        "uri": values.uri,
    },
    translated=False,
)
LANGUAGE = Shape(
    {
        "id": plain,
        "service_id": plain,
        "location_id": plain,
        "phone_id": plain,
        "name": plain,
        "code": plain,
        "note": plain,
    },
    translated=False,
)
COST_OPTION = Shape(
    {
        "id": plain,
        "service_id": plain,
        "valid_from": values.day,
        "valid_to": values.day,
        "option": text,
        "currency": plain,
        "amount": values.number,
        "amount_description": text,
    },
)
REQUIRED_DOCUMENT = Shape(
    {"id": plain, "service_id": plain, "document": text, "uri": values.uri},
)
TAXONOMY = Shape(
    {"id": plain, "name": plain, "description": plain, "uri": values.uri, "version": plain},
    required=("description",),
    translated=False,
)
TAXONOMY_TERM = Shape(
    {
        "id": plain,
        "code": plain,
        "name": plain,
        "description": plain,
        "parent_id": plain,
        "taxonomy_id": plain,
        "language": plain,
        "term_uri": values.uri,
    },
    required=("description",),
    translated=False,
)
