"""What happens in a region: a list, a week, a month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from samtun.front import calendar_page, calendar_shell
from samtun.front.calendar_asked import calendar_asked
from samtun.front.frame import frame_of
from samtun.people.access import public


@public
@require_safe
def calendar(request: HttpRequest, region: str) -> HttpResponse:
    """The whole page, or for htmx the part below the question field."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    asked = calendar_asked(request.GET, frame)
    is_part = request.headers.get("HX-Request-Type") == "partial"
    template = "front/calendar/_happenings.html" if is_part else "front/calendar/calendar.html"
    found = calendar_page.context(asked, frame, timezone.now())
    if found["is_found"]:
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponse(calendar_shell.fill(template, asked, frame, found, query))
    else:
        response = render(request, template, frame.context() | found)
    patch_vary_headers(response, ["HX-Request-Type"])
    return response
