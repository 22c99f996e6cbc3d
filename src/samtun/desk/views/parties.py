"""Who comes, who waits, and how many there is room for."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samtun.desk.event_loading import intake_with, party_with
from samtun.desk.page import page
from samtun.events.models import Intake, Party
from samtun.people.access import PersonRequest, requires


@requires("events.view_party", load=intake_with)
@require_safe
def intake(request: PersonRequest, intake: Intake) -> HttpResponse:
    """Who comes, who waits, and how many there is room for."""
    return page(request, "desk/intake.html", {"intake": intake}, room="events")


@requires("events.change_party", load=intake_with)
@require_safe
def party_new(request: PersonRequest, intake: Intake) -> HttpResponse:
    """Sign up somebody who calls."""
    return page(request, "desk/party_new.html", {"intake": intake}, room="events")


@requires("events.view_party", load=party_with)
@require_safe
def party(request: PersonRequest, party: Party) -> HttpResponse:
    """Those who come together."""
    return page(request, "desk/party.html", {"party": party}, room="events")
