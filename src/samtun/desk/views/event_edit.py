"""Writing and changing an event."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from samtun.desk.views.events import CHANGE, VIEW, event_with
from samtun.events.models import Event
from samtun.people.access import PersonRequest, requires


@requires("events.add_event")
@require_http_methods(["GET", "HEAD", "POST"])
def new(_request: PersonRequest) -> HttpResponse:
    """A new event."""
    return redirect("desk:events")


@requires(VIEW, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(_request: PersonRequest, _event: Event) -> HttpResponse:
    """The form of an event."""
    return redirect("desk:events")


@requires(CHANGE, load=event_with)
@require_safe
def preview(_request: PersonRequest, _event: Event) -> HttpResponse:
    """The public page as it would be."""
    return redirect("desk:events")
