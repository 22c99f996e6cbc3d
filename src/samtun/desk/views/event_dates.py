"""The dates of an event."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from samtun.desk.views.events import CHANGE, VIEW, event_with
from samtun.events.models import Event, Occurrence
from samtun.people.access import PersonRequest, requires


def occurrence_with(occurrence: UUID) -> Occurrence:
    """The date of that identifier."""
    found = Occurrence.objects.select_related("event__organization__municipality", "intake")
    if one := found.filter(pk=occurrence).first():
        return one
    raise Http404


@requires(VIEW, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def dates(_request: PersonRequest, _event: Event) -> HttpResponse:
    """All dates."""
    return redirect("desk:events")


@requires(CHANGE, load=occurrence_with)
@require_http_methods(["GET", "HEAD", "POST"])
def occurrence(_request: PersonRequest, _date: Occurrence) -> HttpResponse:
    """One date."""
    return redirect("desk:events")
