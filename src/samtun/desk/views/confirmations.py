"""What is due to be confirmed in my scope, and one click for each way out."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from samtun.desk.page import page
from samtun.desk.paging import pages
from samtun.directory.editing import actions, confirming
from samtun.directory.enums import Answer
from samtun.directory.keeping import enquiries
from samtun.directory.models import Service
from samtun.directory.queries.confirmations import due_for
from samtun.directory.queries.kept import services_of
from samtun.people.access import PersonRequest, requires

PAGE_SIZE = 30
_CHANGE = "directory.change_service"


@requires(_CHANGE)
@require_safe
def confirmations(request: PersonRequest) -> HttpResponse:
    """What is due, the most pressing first."""
    found = due_for(request.user).select_related("organization__municipality", "keeper")
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("side"))
    context = {
        "services": shown.object_list,
        "total": shown.paginator.count,
        "pages": pages(request, shown.number, shown.paginator.num_pages),
    }
    return page(request, "desk/confirmations.html", context, room="home")


@requires(_CHANGE)
@require_POST
def answer(request: PersonRequest) -> HttpResponse:
    """Do what the button says, with what is ticked or with the one it stands at."""
    do, _colon, named = request.POST.get("svar", "").partition(":")
    act = _ACTS.get(do)
    chosen = _chosen(request, [named] if named else request.POST.getlist("valgt"))
    if act is None:
        raise Http404
    if chosen:
        act(request, chosen)
    else:
        messages.info(request, _("Tick what you want to do something with first."))
    if request.POST.get("next") == reverse("desk:home"):
        return redirect("desk:home")
    return redirect(f"{reverse('desk:confirmations')}{_same_page(request)}")


def _same_page(request: PersonRequest) -> str:
    number = request.GET.get("side", "")
    return f"?side={number}" if number.isascii() and number.isdigit() else ""


def _chosen(request: PersonRequest, keys: list[str]) -> list[Service]:
    """What is named, if all of it may be changed; what may not be is answered like nothing."""
    try:
        wanted = {UUID(key) for key in keys[:PAGE_SIZE]}
    except ValueError as error:
        raise Http404 from error
    found = services_of(request.user, _CHANGE).filter(pk__in=wanted)
    services = list(found.select_related("organization", "keeper").order_by("pk"))
    if len(services) != len(wanted):
        raise Http404
    return services


def _right(request: PersonRequest, services: list[Service]) -> None:
    for service in services:
        confirming.confirm(service, answer=Answer.STILL_RIGHT, by=request.user)
    said = ngettext(
        "%(count)d offer is confirmed.", "%(count)d offers are confirmed.", len(services)
    )
    messages.success(request, said % {"count": len(services)})


def _ended(request: PersonRequest, services: list[Service]) -> None:
    for service in services:
        actions.archive(service, by=request.user)
        confirming.confirm(service, answer=Answer.NO_LONGER, by=request.user)
    said = _("“%(name)s” is off the map. You can bring it back.")
    messages.success(request, said % {"name": ", ".join(one.name for one in services)})


def _asked(request: PersonRequest, services: list[Service]) -> None:
    sent = sum(enquiries.ask_now(service, by=request.user) for service in services)
    if sent:
        messages.success(request, _("A letter is on its way."))
    else:
        messages.warning(
            request,
            _("No letter was sent: nobody can be written to, or they were asked today."),
        )


_ACTS: dict[str, Callable[[PersonRequest, list[Service]], None]] = {
    "riktig": _right,
    "slutt": _ended,
    "spor": _asked,
}
