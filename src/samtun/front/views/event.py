"""The page of an event, and of one of its dates."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from samtun.events.queries.wanted import Wanted
from samtun.front.frame import frame_of
from samtun.people.access import public


@public
@require_safe
def event_page(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """An event with its dates."""
    frame = frame_of(region)
    found = get_object_or_404(Wanted(frame.scope.numbers).events(), slug=slug)
    return render(request, "front/calendar/event.html", frame.context() | {"event": found})


@public
@require_safe
def occurrence_page(request: HttpRequest, region: str, slug: str, occurrence: UUID) -> HttpResponse:
    """One date of an event."""
    frame = frame_of(region)
    dates = Wanted(frame.scope.numbers).occurrences().select_related("event")
    found = get_object_or_404(dates, pk=occurrence, event__slug=slug)
    return render(
        request,
        "front/calendar/event.html",
        frame.context() | {"event": found.event, "occurrence": found},
    )
