"""Word to those who come."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samtun.desk.event_loading import intake_with
from samtun.desk.page import page
from samtun.events.models import Intake
from samtun.people.access import PersonRequest, requires


@requires("events.change_party", load=intake_with)
@require_safe
def message(request: PersonRequest, intake: Intake) -> HttpResponse:
    """Word to those who come."""
    return page(request, "desk/message.html", {"intake": intake}, room="events")
