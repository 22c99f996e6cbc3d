"""How many came: for the yearly report, the council and whoever pays."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samtun.desk.events import numbers_tables as tables
from samtun.desk.files import KINDS, table_as_file
from samtun.desk.page import page
from samtun.events.enums import Occasion
from samtun.events.queries.kept import events_of
from samtun.events.queries.numbers import FEWEST, report
from samtun.people.access import PersonRequest, requires

_VIEW = "events.view_numbers"
_MOST_ORGANIZATIONS = 300


@requires(_VIEW)
@require_safe
def numbers(request: PersonRequest) -> HttpResponse:
    """Sums of a period, divided in the ways that reports ask for."""
    asked = tables.asked_in(request.GET)
    found = report(request.user, asked)
    query = request.GET.urlencode()
    files = [
        (f"{reverse('desk:numbers_file', args=[kind])}?{query}", kind.upper())
        for kind in ("xlsx", "csv")
    ]
    context = {
        "asked": asked,
        "total": found.total,
        "tables": tables.tables(found),
        "homes": tables.homes(found),
        "fewest": FEWEST,
        "organizations": _organizations(request),
        "occasions": Occasion.choices,
        "files": files,
    }
    return page(request, "desk/numbers.html", context, room="events")


@requires(_VIEW)
@require_safe
def numbers_file(request: PersonRequest, kind: str) -> HttpResponse:
    """The same as CSV or XLSX."""
    if kind not in KINDS:
        raise Http404
    asked = tables.asked_in(request.GET)
    found = report(request.user, asked)
    name = f"{_('numbers')}-{asked.period.first.isoformat()}-{asked.period.last.isoformat()}"
    return table_as_file(kind, name, tables.headers(), tables.lines(found))


def _organizations(request: PersonRequest) -> list[tuple[str, str]]:
    """Those that arrange something; one query."""
    found = events_of(request.user, _VIEW).values_list("organization", "organization__name")
    rows = found.distinct().order_by("organization__name", "organization")
    return [(str(key), name) for key, name in rows[:_MOST_ORGANIZATIONS]]
