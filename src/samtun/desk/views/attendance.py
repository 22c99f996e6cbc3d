"""Who came, taken with one thumb on the day.

Each tap is a small form that leads back to its row; with scripts it is sent in the background, and
again when the line was weak (`frontend/ts/desk/attendance.ts`).
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from samtun.desk.events import words
from samtun.desk.events.loading import occurrence_with, party_with
from samtun.desk.page import page
from samtun.desk.views.parties import head
from samtun.events.actions import attendance as actions
from samtun.events.actions.errors import NotPossible
from samtun.events.models import Occurrence
from samtun.events.queries import attendance as queries
from samtun.organisations.models import Municipality
from samtun.organisations.queries import municipality_names
from samtun.people import audit
from samtun.people.access import PersonRequest, requires

_CHANGE = "events.change_party"
_UNKNOWN = "ukjent"


@requires(_CHANGE, load=occurrence_with)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: PersonRequest, date: Occurrence) -> HttpResponse:
    """The list with a button at each; a POST marks one party."""
    if request.method == "POST":
        return _mark(request, date)
    audit.looked(by=request.user, at=date.event)
    return page(request, "desk/attendance.html", _shown(request, date), room="events")


def _shown(request: PersonRequest, date: Occurrence) -> dict[str, Any]:
    expected, counted = queries.expected(date), queries.counted(date)
    return {
        **head(request, date.intake),
        "date": date,
        "moment": words.moment(date.starts_at),
        "is_time": actions.may_be_taken(date),
        "expected": expected,
        "counted": [(each, _key(each.municipality)) for each in counted],
        "here": sum(each.present or 0 for each in expected),
        "signed_up": sum(each.party.size for each in expected),
        "others": sum(each.people for each in counted),
        "elsewhere": _elsewhere(counted),
        "count_url": reverse("desk:attendance_count", args=[date.pk]),
    }


def _key(municipality: Municipality | None) -> str:
    return municipality.pk if municipality else _UNKNOWN


def _elsewhere(counted: list[queries.Counted]) -> list[tuple[str, str]]:
    """Municipalities without a row of their own."""
    shown = {each.municipality.pk for each in counted if each.municipality}
    names = municipality_names().items()
    return sorted((one for one in names if one[0] not in shown), key=lambda one: one[1])


def _mark(request: PersonRequest, date: Occurrence) -> HttpResponse:
    party = party_with(_uuid(request, "party"))
    present = request.POST.get("present", "")
    number = _number(present) if present else None
    try:
        actions.mark(party=party, occurrence=date, present=number, by=request.user)
    except NotPossible as error:
        return _refused(request, date, str(error))
    return _done(request, date, f"p-{party.pk}")


@requires(_CHANGE, load=occurrence_with)
@require_POST
def attendance_count(request: PersonRequest, date: Occurrence) -> HttpResponse:
    """So many came from a municipality without signing up."""
    number = request.POST.get("municipality", "")
    place = Municipality.objects.get(pk=number) if number in municipality_names() else None
    if number != _UNKNOWN and place is None:
        raise Http404
    people, first = (_number(request.POST.get(name, "0")) for name in ("people", "first_time"))
    try:
        actions.count(
            occurrence=date, municipality=place, people=people, first_time=first, by=request.user
        )
    except NotPossible as error:
        return _refused(request, date, str(error))
    return _done(request, date, f"k-{number}")


def _uuid(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404 from error


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len("5000")):
        raise Http404
    return int(text)


def _done(request: HttpRequest, date: Occurrence, row: str) -> HttpResponse:
    """Back to the row; a script only wants to know that it is done."""
    if _is_script(request):
        return HttpResponse(status=204)
    return redirect(f"{reverse('desk:attendance', args=[date.pk])}#{row}")


def _refused(request: HttpRequest, date: Occurrence, why: str) -> HttpResponse:
    if _is_script(request):
        return HttpResponse(why, status=409, content_type="text/plain; charset=utf-8")
    messages.error(request, why)
    return redirect("desk:attendance", date.pk)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
