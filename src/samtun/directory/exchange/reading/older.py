"""Rows of HSDS 1.x and 2.x as rows of 3.x; each says so."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from samtun.directory.exchange.rows import Problem, Row

Values = Mapping[str, Any]


def table_with(table: str, columns: Collection[str]) -> str:
    """In 1.x `taxonomy` holds the terms themselves; the columns tell."""
    is_old = table == "taxonomy" and {"parent_id", "parent_name", "vocabulary"} & set(columns)
    return "taxonomy_term" if is_old else table


def modern(row: Row) -> Iterator[Row]:
    """`row` as HSDS 3.1 would have it."""
    table = table_with(row.table, row.values)
    if table in _FORMS and not row.problem:
        new_table, change = _FORMS[table]
        told = Problem("older_shape", {"form": row.table})
        values = _own_number(table, change(row.values))
        yield replace(row, table=new_table, values=values, repairs=(*row.repairs, told))
    elif table in _FORMS:
        yield replace(row, table=_FORMS[table][0])
    else:
        yield replace(row, table=table) if table != row.table else row


def _own_number(table: str, values: Values) -> Values:
    """Two old tables that are one now each counted from 1: keep their numbers apart."""
    number = str(values.get("id", "")).strip()
    return {**values, "id": f"{table} {number}"} if number.isdigit() else values


def present_in(tables: Collection[str]) -> set[str]:
    """Names of 3.x for the tables a dump has."""
    return {_FORMS[table][0] if table in _FORMS else table for table in tables}


def _address(kind: str) -> Callable[[Values], Values]:
    def change(values: Values) -> Values:
        return {"address_type": kind, **values}

    return change


def _weekly(values: Values) -> Values:
    rest = {name: value for name, value in values.items() if name != "weekday"}
    return {"freq": "WEEKLY", "byday": values.get("weekday", ""), **rest}


def _holiday(values: Values) -> Values:
    changed = {
        name: value
        for name, value in values.items()
        if name not in {"closed", "start_date", "end_date"}
    }
    changed["valid_from"] = values.get("start_date", "")
    changed["valid_to"] = values.get("end_date", "")
    if str(values.get("closed", "")).strip().lower() in {"true", "1", "yes", "y", "t"}:
        changed.pop("opens_at", None)
        changed.pop("closes_at", None)
        changed.setdefault("description", "Stengt")
    return changed


def _payment(values: Values) -> Values:
    rest = {name: value for name, value in values.items() if name != "payment"}
    return {"amount_description": values.get("payment", ""), **rest}


def _service_term(values: Values) -> Values:
    """1.x calls the term `taxonomy_id` and adds words as `taxonomy_detail`."""
    rest = {n: v for n, v in values.items() if n not in {"taxonomy_id", "taxonomy_detail"}}
    changed = {"taxonomy_term_id": values.get("taxonomy_id", ""), **rest}
    if detail := values.get("taxonomy_detail"):
        changed["label"] = detail
    return changed


def _other_term(values: Values) -> Values:
    changed = dict(_service_term(values))
    changed.setdefault("link_entity", values.get("link_type", ""))
    return changed


def _same(values: Values) -> Values:
    return values


_FORMS: Mapping[str, tuple[str, Callable[[Values], Values]]] = {
    "physical_address": ("address", _address("physical")),
    "postal_address": ("address", _address("postal")),
    "regular_schedule": ("schedule", _weekly),
    "holiday_schedule": ("schedule", _holiday),
    "payment_accepted": ("cost_option", _payment),
    "service_attribute": ("attribute", _service_term),
    "other_attribute": ("attribute", _other_term),
}
