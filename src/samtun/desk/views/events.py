"""The meeting places that somebody looks after, and what becomes of them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.desk.events.confirm import agreed
from samtun.desk.events.date_forms import CopyForm, NoticeForm
from samtun.desk.events.list import filters_for, rows_of, wanted_in
from samtun.desk.events.told import foreseen, in_words_of
from samtun.desk.offers.work import number
from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.events.actions import events as actions
from samtun.events.actions.errors import EventError
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
        "may_call": may(request.user, "events.change_party"),
        "may_see_numbers": may(request.user, "events.view_numbers"),
    }
    return page(request, "desk/events.html", context, room="events")


@requires(CHANGE, load=event_with)
@require_POST
def publish(request: PersonRequest, event: Event) -> HttpResponse:
    """Show it to everybody."""
    try:
        actions.publish(event=event, by=request.user)
    except EventError as error:
        messages.error(request, in_words_of(error))
    else:
        said = _("“%(name)s” is in the calendar now.")
        messages.success(request, said % {"name": event.name})
    return redirect("desk:event", event.pk)


@requires(CHANGE, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: PersonRequest, event: Event) -> HttpResponse:
    """Call all of it off; the page says first who will be told."""
    form = NoticeForm(request.POST if request.method == "POST" else None)
    found = foreseen(event, lambda: actions.cancel(event=event, notice="", by=request.user))
    is_sure = request.method == "POST" and form.is_valid() and agreed(request, found)
    if is_sure:
        actions.cancel(event=event, notice=form.cleaned_data["notice"], by=request.user)
        said = _("“%(name)s” is cancelled. The calendar says so.")
        messages.success(request, said % {"name": event.name})
        return redirect("desk:event", event.pk)
    context = {"event": event, "form": form, "found": found}
    return page(request, "desk/event_cancel.html", context, room="events")


@requires(CHANGE, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: PersonRequest, event: Event) -> HttpResponse:
    """Make it again, with new dates."""
    form = CopyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = actions.copy(event=event, first_on=form.cleaned_data["first_on"], by=request.user)
        said = _("Here is the copy, as a draft. Look over the dates and the place, and publish it.")
        messages.success(request, said)
        return redirect("desk:event", made.pk)
    context = {"event": event, "form": form}
    return page(request, "desk/event_copy.html", context, room="events")


@requires(CHANGE, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: PersonRequest, event: Event) -> HttpResponse:
    """Put it away, after asking."""
    if request.method != "POST":
        return page(request, "desk/event_archive.html", {"event": event}, room="events")
    try:
        actions.archive(event=event, by=request.user)
    except EventError as error:
        messages.error(request, in_words_of(error))
        return redirect("desk:event", event.pk)
    said = _("“%(name)s” is put away. You find it under what is over.")
    messages.success(request, said % {"name": event.name})
    return redirect("desk:events")
