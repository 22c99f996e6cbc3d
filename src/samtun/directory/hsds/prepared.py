"""The statements asked for most, written by the ORM once and kept.

Writing them anew takes longer than answering them. What they ask is `public`'s and `basic`'s.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from samtun.directory.hsds import public, shapes, values
from samtun.directory.models import Service


def service_count() -> int:
    """How many services are public."""
    return int(_fetched(_count(), ())[0][0])


def service_ids(*, offset: int, limit: int) -> list[UUID]:
    """The ids of public services by name, from `offset` on."""
    rows = _fetched(f"{_ids_by_name()} LIMIT %s OFFSET %s", (limit, offset))
    return [values.key(key) for (key,) in rows]


def services(ids: Sequence[UUID], language: str | None) -> list[tuple[Any, ...]]:
    """Rows of services with their organisations, as the database gives them, in any order."""
    if not ids:
        return []
    native = connection.features.has_native_uuid_field
    keys = tuple(ids) if native else tuple(key.hex for key in ids)
    return _fetched(_services(len(ids), bool(language)), keys)


@lru_cache(maxsize=1)
def _count() -> str:
    inner = public.services().values_list("pk").query.sql_with_params()[0]
    return f"SELECT COUNT(*) FROM ({inner}) AS public"  # noqa: S608  (the ORM's own words)


@lru_cache(maxsize=1)
def _ids_by_name() -> str:
    rows = public.services().order_by("name", "id").values_list("pk")
    return str(rows.query.sql_with_params()[0])


@lru_cache(maxsize=256)
def _services(count: int, with_translations: bool) -> str:  # noqa: FBT001  (a cache key)
    language = "any" if with_translations else None
    own = shapes.SERVICE.columns(language)
    giver = shapes.ORGANIZATION.columns(language, "organization__")
    wanted = [UUID(int=number) for number in range(count)]
    rows = Service.objects.filter(pk__in=wanted).values_list(*own, *giver)
    return str(rows.query.sql_with_params()[0])


def _fetched(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
