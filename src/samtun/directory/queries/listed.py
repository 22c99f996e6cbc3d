"""Listings by what is known of them other than a search.

Each comes with `due_on`, the day it must be confirmed by: that changes with what a region asks for,
so it is read and not kept in the listing.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from django.db import DEFAULT_DB_ALIAS, connections

from samtun.directory.models import Listing, Service


def listings_called(slugs: Collection[str]) -> dict[str, dict[str, Any]]:
    """The listings of the services with these slugs, by slug; those not public are left out."""
    if not slugs:
        return {}
    found = Listing.objects.filter(service__slug__in=slugs)
    rows = found.values_list("data", "service__confirm_due_on")
    return {data["slug"]: data | {"due_on": _iso(due)} for data, due in rows}


def listings_of(ids: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
    """The listings of the services with these ids, in that order; those not public are left out.

    One query, written by hand: every page of results runs it, and building it with the ORM and
    converting its fields takes four times as long as the database does.
    """
    if not ids:
        return []
    own = connections[DEFAULT_DB_ALIAS]  # `connection` looks it up anew for every attribute
    is_native = own.features.has_native_uuid_field
    stored = [UUID(one) if is_native else one.replace("-", "") for one in ids]
    marks = ", ".join(["%s"] * len(stored))
    listing, service = (own.ops.quote_name(model._meta.db_table) for model in (Listing, Service))
    with own.cursor() as cursor:
        # Safe: the tables are ours and the ids are parameters.
        cursor.execute(
            f"SELECT service_id, data, confirm_due_on FROM {listing}"  # noqa: S608
            f" JOIN {service} ON id = service_id WHERE service_id IN ({marks})",
            stored,
        )
        found = {key: (data, due) for key, data, due in cursor.fetchall()}
    return [
        (one, orjson.loads(found[kept][0]) | {"due_on": _iso(found[kept][1])})
        for one, kept in zip(ids, stored, strict=True)
        if kept in found
    ]


def _iso(due: date | str | None) -> str | None:
    """SQLite keeps a date as text."""
    return str(due) if due else None
