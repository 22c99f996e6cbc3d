"""The meeting places that somebody looks after, and what becomes of them."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from samtun.desk.event_list import filters_for, rows_of, wanted_in
from samtun.desk.offer_work import number
from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.events.models import Event
from samtun.events.queries.event_list import events_found
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

VIEW, CHANGE = "events.view_event", "events.change_event"


def event_with(event: UUID) -> Event:
    """The event of that identifier, public or not."""
    found = Event.objects.select_related("organization__municipality")
    if one := found.filter(pk=event).first():
        return one
    raise Http404


@requires(VIEW)
@require_safe
def events(request: PersonRequest) -> HttpResponse:
    """The list, with words, filters and pages."""
    wanted = wanted_in(request.GET)
    found = events_found(request.user, wanted, number(request.GET.get("side")) or 1)
    context = {
        "found": found,
        "rows": rows_of(request.user, found.events),
        "wanted": wanted,
        "filters": filters_for(request.user, wanted),
        "pages": pages(request, found.page, found.last),
        "may_add": may(request.user, "events.add_event"),
    }
    return page(request, "desk/events.html", context, room="events")


@requires(CHANGE, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: PersonRequest, event: Event) -> HttpResponse:
    """Show it to everybody."""
    return redirect("desk:event", event.pk)


@requires(CHANGE, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: PersonRequest, event: Event) -> HttpResponse:
    """Call all of it off."""
    return redirect("desk:event", event.pk)


@requires(CHANGE, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: PersonRequest, event: Event) -> HttpResponse:
    """Make it again, with new dates."""
    return redirect("desk:event", event.pk)


@requires(CHANGE, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: PersonRequest, event: Event) -> HttpResponse:
    """Put it away."""
    return redirect("desk:event", event.pk)
