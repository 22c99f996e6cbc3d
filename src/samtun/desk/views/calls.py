"""Who must be called."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samtun.desk.page import page
from samtun.people.access import PersonRequest, requires


@requires("events.change_party")
@require_safe
def calls(request: PersonRequest) -> HttpResponse:
    """Who must be called."""
    return page(request, "desk/calls.html", room="events")
