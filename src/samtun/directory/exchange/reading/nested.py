"""HSDS JSON objects, with all that is nested in them, as rows of tables."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from samtun.directory.exchange.reading.names import plain, table_called
from samtun.directory.exchange.rows import Problem, Row
from samtun.directory.exchange.tables import TABLES

_LISTS = {
    "additional_urls": "url", "additional_websites": "url", "capacities": "service_capacity",
    "service_taxonomys": "service_attribute", "link_taxonomies": "attribute",
}  # fmt: skip
_SINGLE = {
    "organization": "organization", "location": "location", "service": "service",
    "program": "program", "taxonomy_term": "taxonomy_term", "taxonomy_detail": "taxonomy",
    "taxonomy": "taxonomy", "unit": "unit", "contact": "contact",
}  # fmt: skip
_DEEPEST = 12
_NOTHING: tuple[object, ...] = (None, "", [], {})


def kind_of(entity: Mapping[str, Any]) -> str:
    """Which table an object without a name belongs to, by the columns it has."""
    keys = {plain(key) for key in entity}
    if {"service_id", "location_id"} <= keys or {"service", "location"} <= keys:
        return "service_at_location"
    if keys & {"organization_id", "service_at_locations", "eligibility_description", "status"} and (
        "location_type" not in keys
    ):
        return "service"
    if keys & {"location_type", "latitude", "addresses"}:
        return "location"
    if keys & {"parent_id", "taxonomy_id", "taxonomy_detail", "term_uri"}:
        return "taxonomy_term"
    if keys & {"services", "locations", "website", "organization_identifiers", "legal_status",
               "parent_organization_id", "tax_id"}:  # fmt: skip
        return "organization"
    if "version" in keys:
        return "taxonomy"
    return "service" if keys & {"organization", "application_process", "url"} else "organization"


class Flattening:
    """Turns objects into rows; `present` gathers the tables met."""

    def __init__(self, present: set[str]) -> None:
        self.present = present

    def rows(self, table: str, entity: object, place: str) -> Iterator[Row]:
        """An object of `table` and everything in it."""
        yield from self._rows(table, entity, place, {}, depth=0)

    def _rows(
        self, table: str, entity: object, place: str, links: Mapping[str, Any], depth: int
    ) -> Iterator[Row]:
        self.present.add(table)
        if not isinstance(entity, dict) or depth > _DEEPEST:
            yield Row(table, {}, place, problem=Problem("not_an_object"))
            return
        values, nested = _parted(table, entity)
        if nested and not values.get("id"):
            values["id"] = _content_id(entity)
        for name, value in links.items():
            values.setdefault(name, value)
        above: list[Row] = []
        for key, value in nested.items():
            if isinstance(value, dict):
                column = _column(table, key)
                target = value if value.get("id") else {**value, "id": _content_id(value)}
                values.setdefault(column, target["id"])
                above += self._rows(_SINGLE[key], target, f"{place}/{key}", {}, depth + 1)
        yield from above
        yield Row(table, values, place, repeats=depth > 0)
        for key, value in nested.items():
            if isinstance(value, list):
                yield from self._list(table, values.get("id"), key, value, place, depth)

    def _list(
        self, table: str, owner: object, key: str, entities: list[Any], place: str, depth: int
    ) -> Iterator[Row]:
        child = _LISTS.get(key) or table_called(key) or key
        self.present.add(child)
        links = _links(table, owner, child)
        for number, entity in enumerate(entities, start=1):
            yield from self._rows(child, entity, f"{place}/{key}/{number}", links, depth + 1)


def _parted(
    table: str, entity: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, dict[str, Any] | list[Any]]]:
    """The columns of an object, and what is nested in it; what is empty is left out."""
    values: dict[str, Any] = {}
    nested: dict[str, dict[str, Any] | list[Any]] = {}
    for name, value in entity.items():
        key = plain(str(name))
        if isinstance(value, dict | list) and _is_nested(table, key, value):
            nested[key] = value
        elif value not in _NOTHING:
            values[key] = value
    return values, nested


def _links(table: str, owner: object, child: str) -> Mapping[str, Any]:
    if child == "attribute":
        return {"link_id": owner, "link_entity": table}
    if child == "url" and table == "organization":
        return {"organization_id": owner}
    column = f"{table}_id"
    spec = TABLES.get(child)
    if spec is not None and all(link.column != column for link in spec.links):
        return {}
    return {column: owner}


def _column(table: str, key: str) -> str:
    if key in {"taxonomy_detail", "taxonomy"} and table == "taxonomy_term":
        return "taxonomy_id"
    return f"{key}_id"


def _is_nested(table: str, key: str, value: object) -> bool:
    if isinstance(value, dict):
        return key in _SINGLE
    if isinstance(value, list):
        known = TABLES.get(table)
        is_column = known is not None and (key in known.columns or key in known.own)
        return not is_column and (key in _LISTS or table_called(key) is not None)
    return False


def _content_id(entity: Mapping[str, Any]) -> str:
    """A name for an object without identifier, the same whenever it says the same."""
    plain_values = {key: value for key, value in entity.items() if not isinstance(value, list)}
    written = json.dumps(plain_values, sort_keys=True, default=str).encode()
    return "content:" + hashlib.sha256(written).hexdigest()[:32]
