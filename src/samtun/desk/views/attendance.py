"""Who came, on the day."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samtun.desk.event_loading import occurrence_with
from samtun.desk.page import page
from samtun.events.models import Occurrence
from samtun.people.access import PersonRequest, requires


@requires("events.change_party", load=occurrence_with)
@require_safe
def attendance(request: PersonRequest, occurrence: Occurrence) -> HttpResponse:
    """Who came, on the day."""
    return page(request, "desk/attendance.html", {"occurrence": occurrence}, room="events")
