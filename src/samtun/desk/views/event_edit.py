"""Writing and changing an event."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from samtun.desk.events.preview import preview_of
from samtun.desk.events.ways import ways_of
from samtun.desk.events.work import Work
from samtun.desk.page import page
from samtun.desk.views.events import CHANGE, VIEW, event_with
from samtun.events.models import Event
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may


@requires("events.add_event")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """A new event."""
    work = Work(request, None)
    return work.answer() if request.method == "POST" else work.first_page()


@requires(VIEW, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, event: Event) -> HttpResponse:
    """The form of an event; those who only read are shown how it looks."""
    may_change = may(request.user, CHANGE, event)
    if not may_change and request.method == "POST":
        raise Http404
    if not may_change:
        return _shown(request, event, may_change=False)
    work = Work(request, event)
    return work.answer() if request.method == "POST" else work.first_page()


@requires(CHANGE, load=event_with)
@require_safe
def preview(request: PersonRequest, event: Event) -> HttpResponse:
    """How visitors would see it; only those who may change it open this."""
    return _shown(request, event, may_change=True)


def _shown(request: PersonRequest, event: Event, *, may_change: bool) -> HttpResponse:
    context = {
        "event": event,
        **ways_of(request, event),
        "shown": preview_of(event),
        "may_change": may_change,
    }
    return page(request, "desk/event_read.html", context, room="events")
