"""The tables of an HSDS 3.1 data package: file names, columns, types and keys."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

# How a column is marked below: name, "!" needed, ":" type or format. Links end in _id.
_FILES: Mapping[str, tuple[str, str]] = {
    "organization": (
        "organizations.csv",
        (
            "id! name! alternate_name description! email:email website:uri tax_status tax_id"
            " year_incorporated:number legal_status logo uri:uri parent_organization_id"
        ),
    ),
    "service": (
        "services.csv",
        (
            "id! organization_id! program_id name! alternate_name description url:uri email:email"
            " status! interpretation_services application_process fees_description wait_time fees"
            " accreditations eligibility_description minimum_age:number maximum_age:number"
            " assured_date:date assurer_email:email licenses alert last_modified:datetime"
        ),
    ),
    "attribute": (
        "attributes.csv",
        "id! link_id! taxonomy_term_id! link_type link_entity! value label",
    ),
    "service_at_location": (
        "service_at_location.csv",
        "id! service_id! location_id! description",
    ),
    "location": (
        "locations.csv",
        (
            "id! location_type! url:uri organization_id name alternate_name description"
            " transportation latitude:number longitude:number external_identifier"
            " external_identifier_type"
        ),
    ),
    "phone": (
        "phones.csv",
        (
            "id! location_id service_id organization_id contact_id service_at_location_id number!"
            " extension:number type description"
        ),
    ),
    "contact": (
        "contacts.csv",
        (
            "id! organization_id service_id service_at_location_id location_id name title"
            " department email:email"
        ),
    ),
    "address": (
        "addresses.csv",
        (
            "id! location_id attention address_1! address_2 city! region state_province!"
            " postal_code! country! address_type!"
        ),
    ),
    "schedule": (
        "schedules.csv",
        (
            "id! service_id location_id service_at_location_id valid_from:date valid_to:date"
            " dtstart:date timezone:number until:date count:number wkst freq interval:number byday"
            " byweekno bymonthday byyearday description opens_at:time closes_at:time"
            " schedule_link:uri attending_type notes"
        ),
    ),
    "service_area": (
        "service_areas.csv",
        "id! service_id service_at_location_id name description extent extent_type uri",
    ),
    "required_document": ("required_documents.csv", "id! service_id document uri:uri"),
    "language": ("languages.csv", "id! service_id location_id phone_id name code note"),
    "accessibility": ("accessibility.csv", "id! location_id description details url:uri"),
    "taxonomy_term": (
        "taxonomy_terms.csv",
        "id! code name! description! parent_id taxonomy language taxonomy_id term_uri:uri",
    ),
    "cost_option": (
        "cost_options.csv",
        (
            "id! service_id! valid_from:date valid_to:date option currency amount:number"
            " amount_description"
        ),
    ),
    "organization_identifier": (
        "organization_identifiers.csv",
        "id! organization_id! identifier_scheme identifier_type! identifier!",
    ),
    "taxonomy": ("taxonomies.csv", "id! name! description! uri:uri version"),
    "url": ("url.csv", "id! label url!:uri organization_id service_id"),
}
# Ours, after HSDS's own columns, so that nothing is lost from one Samtun to another.
_TEXTS = "text_language translations:object"
_OWN: Mapping[str, str] = {
    "organization": f"{_TEXTS} municipality_id is_example:boolean",
    "service": f"{_TEXTS} slug summary meets_in_person:boolean meets_by_phone:boolean"
    " meets_online:boolean is_free:boolean is_urgent:boolean is_for_children:boolean"
    " keywords:array source_url:uri source_checked_on:date",
    "location": f"{_TEXTS} municipality_id",
    "service_area": "municipality_id covers_country:boolean",
    "taxonomy_term": "names:object facet position:number",
    **dict.fromkeys(
        (
            "service_at_location",
            "accessibility",
            "contact",
            "phone",
            "schedule",
            "cost_option",
            "required_document",
        ),
        _TEXTS,
    ),
}
_FORMATS = frozenset({"email", "uri"})


@dataclass(frozen=True)
class Column:
    """A column of a table in the package."""

    name: str
    kind: str
    is_needed: bool


def tables() -> tuple[str, ...]:
    """The tables that a package has."""
    return tuple(_FILES)


def file_of(table: str) -> str:
    """The name of a table's CSV file."""
    return _FILES[table][0]


def columns(table: str) -> tuple[Column, ...]:
    """HSDS's columns in its order, then ours."""
    return tuple(_column(word) for word in f"{_FILES[table][1]} {_OWN.get(table, '')}".split())


def own_columns(table: str) -> tuple[str, ...]:
    """The names of ours."""
    return tuple(_column(word).name for word in _OWN.get(table, "").split())


def _column(word: str) -> Column:
    name, _, kind = word.partition(":")
    return Column(name.rstrip("!"), kind or "string", name.endswith("!"))


def description(title: str, gaps: Collection[tuple[str, str]] = ()) -> Json:
    """`datapackage.json`.

    `gaps` are (table, column) that HSDS needs and this data lacks somewhere: a package must not
    ask for more than it holds.
    """
    return {
        "name": "human_services_data",
        "title": title,
        "profile": "tabular-data-package",
        "version": "3.1",
        "homepage": "https://docs.openreferral.org",
        "resources": [_resource(table, gaps) for table in tables()],
    }


def _resource(table: str, gaps: Collection[tuple[str, str]]) -> Json:
    made = [_field(column, has_gaps=(table, column.name) in gaps) for column in columns(table)]
    schema: Json = {"primaryKey": "id", "fields": made}
    if keys := list(_keys(table)):
        schema["foreignKeys"] = keys
    return {
        "name": table,
        "path": file_of(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "profile": "tabular-data-resource",
        "schema": schema,
    }


def _field(column: Column, *, has_gaps: bool) -> Json:
    made: Json = {"name": column.name}
    is_id = column.name == "id" or _target(column.name) is not None or column.name == "link_id"
    if is_id:
        made |= {"type": "string", "format": "uuid"}
    elif column.kind in _FORMATS:
        made |= {"type": "string", "format": column.kind}
    else:
        made["type"] = column.kind
    is_needed = column.is_needed and not has_gaps
    made["constraints"] = {"required": is_needed, "unique": column.name == "id"}
    return made


def _keys(table: str) -> list[Json]:
    """Links that lead to a table of the package; parents may be outside an extract."""
    return [
        {"fields": column.name, "reference": {"resource": target, "fields": "id"}}
        for column in columns(table)
        if (target := _target(column.name)) in _FILES and not column.name.startswith("parent_")
    ]


def _target(column: str) -> str | None:
    if column in {"parent_id", "parent_organization_id", "program_id"}:
        return column.removesuffix("_id")
    target = column.removesuffix("_id")
    return target if column.endswith("_id") and target in _FILES else None
