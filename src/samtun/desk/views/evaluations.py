"""What they thought."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samtun.desk.event_loading import event_with
from samtun.desk.page import page
from samtun.events.models import Event
from samtun.people.access import PersonRequest, requires


@requires("events.view_numbers", load=event_with)
@require_safe
def evaluations(request: PersonRequest, event: Event) -> HttpResponse:
    """What they thought."""
    return page(request, "desk/evaluations.html", {"event": event}, room="events")
