"""How fresh the map is."""

from typing import cast, get_args

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from samtun.desk.area import municipalities_of
from samtun.desk.files import KINDS, table_as_file
from samtun.desk.offers import freshness_tables as tables
from samtun.desk.page import page
from samtun.directory.models import Service
from samtun.directory.queries import freshness as queries
from samtun.directory.queries.freshness import State
from samtun.directory.queries.kept import services_of
from samtun.people.access import PersonRequest, requires

_PERMISSION = "directory.view_freshness"


@requires(_PERMISSION)
@require_safe
def freshness(request: PersonRequest) -> HttpResponse:
    """Map and tables of what the person looks after."""
    state = _state(request)
    entries = _entries(request, state)
    places = municipalities_of(request.user, _PERMISSION)
    found = tables.tables(entries, places)
    context = {
        "overall": queries.overall(entries),
        "tables": found,
        "map": tables.map_of(found[0], places),
        "states": [
            {"value": value, "name": name, "is_current": value == state}
            for value, name in tables.STATES.items()
        ],
        "files": _files(state),
        "state": state,
    }
    return page(request, "desk/freshness.html", context, room="freshness")


@requires(_PERMISSION)
@require_safe
def freshness_file(request: PersonRequest, kind: str) -> HttpResponse:
    """The same tables as CSV or XLSX, every row of them."""
    if kind not in KINDS:
        raise Http404
    entries = _entries(request, _state(request))
    places = municipalities_of(request.user, _PERMISSION)
    rows = tables.lines(queries.overall(entries), tables.tables(entries, places))
    name = f"{gettext('freshness')}-{timezone.localdate().isoformat()}"
    return table_as_file(kind, name, tables.headers(), rows)


def _state(request: HttpRequest) -> State:
    """What of the map to look at; anything unknown is all."""
    asked = request.GET.get("tilstand", "all")
    return cast("State", asked) if asked in get_args(State) else "all"


def _entries(request: PersonRequest, state: State) -> QuerySet[Service]:
    return queries.entries_in(services_of(request.user, _PERMISSION), state)


def _files(state: State) -> list[dict[str, str]]:
    return [
        {"url": f"{reverse('desk:freshness_file', args=[kind])}?tilstand={state}", "name": label}
        for kind, label in (("xlsx", "XLSX"), ("csv", "CSV"))
    ]
