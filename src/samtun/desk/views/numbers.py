"""How many came."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samtun.desk.page import page
from samtun.people.access import PersonRequest, requires


@requires("events.view_numbers")
@require_safe
def numbers(request: PersonRequest) -> HttpResponse:
    """How many came."""
    return page(request, "desk/numbers.html", room="events")
