"""How many there is room for, and what an organiser does with a place by hand."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samtun.desk.events import words
from samtun.desk.events.loading import intake_with, party_with
from samtun.desk.events.party_forms import SeatsForm
from samtun.desk.page import page
from samtun.desk.views.parties import head
from samtun.events.actions import calls, foreseeing, intakes, parties
from samtun.events.enums import NoticeKind
from samtun.events.errors import SignUpError
from samtun.events.models import Intake, Party
from samtun.events.queries.parties import intakes_to_move_to
from samtun.people.access import PersonRequest, requires

_CHANGE = "events.change_party"


@requires(_CHANGE, load=intake_with)
@require_POST
def seats(request: PersonRequest, shown: Intake) -> HttpResponse:
    """Another number of seats: first what it would do, then the change."""
    form = SeatsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a number of seats, or nothing for no limit."))
        return redirect("desk:intake", shown.pk)
    capacity = form.cleaned_data["capacity"]
    try:
        if "bekreft" not in request.POST:
            return _foreseen(request, shown, capacity)
        intakes.set_capacity(intake=shown, capacity=capacity, by=request.user)
    except SignUpError as error:
        messages.error(request, str(error))
        return redirect("desk:intake", shown.pk)
    messages.success(request, _("The number of seats is changed."))
    return redirect("desk:intake", shown.pk)


def _foreseen(request: PersonRequest, shown: Intake, capacity: int | None) -> HttpResponse:
    offered = foreseeing.offered_with(intake=shown, capacity=capacity)
    context = {
        **head(request, shown),
        "capacity": capacity,
        "offered": [(words.called(one), one.size) for one in offered],
    }
    return page(request, "desk/intake_seats.html", context, room="events")


@requires(_CHANGE, load=intake_with)
@require_POST
def open_or_closed(request: PersonRequest, shown: Intake) -> HttpResponse:
    """Take sign-ups, or no more of them."""
    if request.POST.get("svar") == "steng":
        intakes.close(intake=shown, by=request.user)
        messages.success(request, _("Sign-up is closed. Nobody is offered a place now."))
    else:
        intakes.reopen(intake=shown, by=request.user)
        messages.success(request, _("Sign-up is open."))
    return redirect("desk:intake", shown.pk)


@requires(_CHANGE, load=party_with)
@require_POST
def party_act(request: PersonRequest, one: Party) -> HttpResponse:
    """Do what the button says with the place of a party."""
    act = _ACTS.get(request.POST.get("svar", ""))
    if act is None:
        raise Http404
    try:
        messages.success(request, act(request, one))
    except SignUpError as error:
        messages.error(request, str(error))
        return redirect("desk:party", one.pk)
    return redirect("desk:intake", one.intake_id)


def _seat(request: PersonRequest, one: Party) -> str:
    parties.seat(party=one, by=request.user)
    said = _("%(name)s has got a place.") % {"name": words.called(one)}
    return f"{said} {words.how_told(one, NoticeKind.CONFIRMED)}"


def _take_off(request: PersonRequest, one: Party) -> str:
    parties.cancel(party=one, by=request.user)
    said = _("%(name)s is taken off the list.") % {"name": words.called(one)}
    return f"{said} {words.how_told(one, NoticeKind.CANCELLED_BY)}"


def _move(request: PersonRequest, one: Party) -> str:
    to = _chosen(one, request.POST.get("til", ""))
    parties.move(party=one, to=to, by=request.user)
    said = _("%(name)s is moved to %(when)s.")
    said %= {"name": words.called(one), "when": words.begins(to)}
    return f"{said} {words.how_told(one, NoticeKind.MOVED)}"


def _chosen(one: Party, key: str) -> Intake:
    """One of those that the page gives to choose from."""
    found = {str(each.pk): each for each in intakes_to_move_to(one)}
    if key not in found:
        raise Http404
    return found[str(UUID(key))]


def _answered(act: Callable[..., None]) -> Callable[[PersonRequest, Party], str]:
    """They have said on the phone what they want; `act` is of `actions.calls`."""

    def answer(request: PersonRequest, one: Party) -> str:
        act(party=one, notices=(), by=request.user)
        return _("The answer from %(name)s is noted.") % {"name": words.called(one)}

    return answer


_ACTS: dict[str, Callable[[PersonRequest, Party], str]] = {
    "plass": _seat,
    "stryk": _take_off,
    "flytt": _move,
    "tar-plassen": _answered(calls.accepts),
    "tar-ikke": _answered(calls.declines),
    "far-lov": _answered(calls.consents),
    "far-ikke": _answered(calls.refuses),
}
