"""Addresses for whoever keeps the server running; they tell nothing of anybody."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samtun.directory import finding
from samtun.events import finding as events
from samtun.people.access import public


@public
@require_safe
@never_cache
def healthy(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@public
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """The process can serve pages: 503 without the database; a poor search index is only told.

    Pages answer from the database while the index is rebuilt, so that is no reason to be taken
    out of service.
    """
    checks = {"database": _database(), "search": finding.state(), "events": events.state()}
    status = 200 if checks["database"] == "ok" else 503
    return JsonResponse({"status": "ok" if status == 200 else "down", **checks}, status=status)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"
