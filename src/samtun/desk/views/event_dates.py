"""The dates of an event."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.desk.events.address import public_address
from samtun.desk.events.choices import event_choices
from samtun.desk.events.confirm import agreed, ask
from samtun.desk.events.date_forms import DateForm, NewDateForm, NoticeForm
from samtun.desk.events.told import Foreseen, foreseen, in_words_of
from samtun.desk.events.ways import ways_of
from samtun.desk.offers.work import number
from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.desk.views.events import CHANGE, VIEW, event_with
from samtun.events.actions import occurrences as actions
from samtun.events.actions.attendance import may_be_taken
from samtun.events.actions.errors import EventError, Invalid
from samtun.events.models import Event, Occurrence
from samtun.events.queries.event_dates import dates_found
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may


def occurrence_with(occurrence: UUID) -> Occurrence:
    """The date of that identifier."""
    found = Occurrence.objects.select_related(
        "event__organization__municipality", "intake", "location"
    )
    if one := found.filter(pk=occurrence).first():
        return one
    raise Http404


@requires(VIEW, load=event_with)
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: PersonRequest, event: Event) -> HttpResponse:
    """All dates, and a form for one more."""
    may_change = may(request.user, CHANGE, event)
    if request.method == "POST" and not may_change:
        raise Http404
    form = NewDateForm(request.POST if request.method == "POST" else None)
    adds = request.POST.get("do") == "add"  # "show" comes back from the question, with what stood
    if adds and form.is_valid() and (done := _added(request, event, form)):
        return done
    is_past = request.GET.get("vis") == "past"
    found = dates_found(event, number(request.GET.get("side")) or 1, is_past=is_past)
    context = {
        "event": event,
        "found": found,
        "countable": {one.pk for one in found.dates if may_be_taken(one)},
        "form": form,
        "is_past": is_past,
        "may_change": may_change,
        **ways_of(request, event),
        "pages": pages(request, found.page, found.last),
    }
    return page(request, "desk/event_dates.html", context, room="events")


def _added(request: PersonRequest, event: Event, form: NewDateForm) -> HttpResponse | None:
    starts_at, ends_at = form.cleaned_data["span"]
    theme = form.cleaned_data["theme"]

    def add() -> Occurrence:
        return actions.add(
            event=event, starts_at=starts_at, ends_at=ends_at, theme=theme, by=request.user
        )

    try:
        found = foreseen(event, add)
        if not agreed(request, found):
            return ask(request, event, found, do="add")
        add()
    except EventError as error:
        form.add_error(None, in_words_of(error))
        return None
    messages.success(request, _("The date is added."))
    return redirect("desk:event_dates", event.pk)


@requires(CHANGE, load=occurrence_with)
@require_http_methods(["GET", "HEAD", "POST"])
def occurrence(request: PersonRequest, date: Occurrence) -> HttpResponse:
    """One date: move it, change it, cancel it, or let it take place after all."""
    button = request.POST.get("do", "")
    if button in {"cancel", "restore"}:
        return _cancel(request, date) if button == "cancel" else _restore(request, date)
    choices = event_choices(request.user, date.event, get_language() or "nb")
    typed = request.POST if button in {"save", "show"} and "on" in request.POST else None
    form = DateForm(typed, date=date, choices=choices)
    if button == "save" and form.is_valid() and (done := _saved(request, date, form)):
        return done
    return _page(request, date, form)


def _page(
    request: PersonRequest, date: Occurrence, form: DateForm, notice: NoticeForm | None = None
) -> HttpResponse:
    context = {
        "event": date.event,
        "date": date,
        "form": form,
        "notice_form": notice or NoticeForm(),
        "if_cancelled": _foreseen_cancelling(request, date),
        "public_url": public_address(date.event),
    }
    return page(request, "desk/occurrence.html", context, room="events")


def _foreseen_cancelling(request: PersonRequest, date: Occurrence) -> Foreseen:
    return foreseen(date.event, lambda: actions.cancel(occurrence=date, notice="", by=request.user))


def _saved(request: PersonRequest, date: Occurrence, form: DateForm) -> HttpResponse | None:
    starts_at, ends_at = form.new_span
    changes = form.changes()

    def save() -> Occurrence:
        if (starts_at, ends_at) == (date.starts_at, date.ends_at):
            return actions.change(occurrence=date, by=request.user, **changes)
        return actions.move(
            occurrence=date, starts_at=starts_at, ends_at=ends_at, by=request.user, **changes
        )

    try:
        found = foreseen(date.event, save)
        if not agreed(request, found):
            return ask(request, date.event, found, do="save")
        save()
    except Invalid as error:
        for name, message in error.errors.items():
            form.add_error("ends" if name == "ends_at" else None, message)
        return None
    except EventError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("The date is saved."))
    return redirect("desk:event_dates", date.event_id)


def _cancel(request: PersonRequest, date: Occurrence) -> HttpResponse:
    form = NoticeForm(request.POST)
    found = _foreseen_cancelling(request, date)
    if not form.is_valid() or not agreed(request, found):
        choices = event_choices(request.user, date.event, get_language() or "nb")
        return _page(request, date, DateForm(None, date=date, choices=choices), form)
    actions.cancel(occurrence=date, notice=form.cleaned_data["notice"], by=request.user)
    messages.success(request, _("The date is cancelled. The calendar says so."))
    return redirect("desk:event_dates", date.event_id)


def _restore(request: PersonRequest, date: Occurrence) -> HttpResponse:
    def restore() -> Occurrence:
        return actions.restore(occurrence=date, by=request.user)

    try:
        found = foreseen(date.event, restore)
        if not agreed(request, found):
            return ask(request, date.event, found, do="restore")
        restore()
    except EventError as error:
        messages.error(request, str(error))
        return redirect("desk:occurrence", date.pk)
    messages.success(request, _("The date takes place after all."))
    return redirect("desk:event_dates", date.event_id)
