"""What waits for me now."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samtun.desk.page import page
from samtun.people.access import requires


@requires("people.open_desk")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The desk."""
    return page(request, "desk/home.html", room="home")
