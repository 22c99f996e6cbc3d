"""What happens in a region: a list, a week, a month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from samtun.events.queries.wanted import Wanted
from samtun.front.frame import frame_of
from samtun.people.access import public


@public
@require_safe
def calendar(request: HttpRequest, region: str) -> HttpResponse:
    """Coming dates, narrowed as the address says."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    wanted = Wanted.from_query(request.GET, frame.scope.numbers)
    found = wanted.occurrences().filter(ends_at__gt=timezone.now()).select_related("event")
    return render(
        request,
        "front/calendar/calendar.html",
        frame.context() | {"occurrences": found.order_by("starts_at", "pk")[:20]},
    )
