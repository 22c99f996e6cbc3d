"""What a unit has in place, and what it follows up."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samtun.desk.page import page
from samtun.desk.sessions.loading import unit_with
from samtun.learning.actions import checklists as actions
from samtun.learning.actions.checklists import Mark
from samtun.learning.enums import CheckState, SessionState
from samtun.learning.errors import LearningError
from samtun.learning.models import FollowUp, GroupSession, Module
from samtun.learning.queries import checklists as queries
from samtun.learning.queries.checklists import Checklist
from samtun.organisations.models import Organization
from samtun.people.access import PersonRequest, requires

_LEAD = "learning.lead_session"


@requires(_LEAD, load=unit_with)
@require_http_methods(["GET", "HEAD", "POST"])
def checklists(request: PersonRequest, unit: Organization) -> HttpResponse:
    """Every checklist of the unit, and what was decided; a POST says how one stands."""
    found = queries.checklists_of(unit, get_language() or "nb")
    if request.method == "POST":
        return _marked(request, unit, found)
    follow_ups = queries.follow_ups_of(unit)
    context = {
        "unit": unit,
        "checklists": found,
        "states": CheckState.choices,
        "open": [one for one in follow_ups if one.done_at is None],
        "done": [one for one in follow_ups if one.done_at is not None],
        "today": timezone.localdate(),
        "sessions_held": GroupSession.objects.filter(unit=unit, state=SessionState.CLOSED).count(),
    }
    return page(request, "desk/sessions/checklists.html", context, room="training")


def _marked(request: PersonRequest, unit: Organization, found: list[Checklist]) -> HttpResponse:
    wanted = request.POST.get("sjekkliste", "")
    checklist = next((one for one in found if one.block == wanted), None)
    held = _session(request, unit)
    if checklist is None and held is None:
        raise Http404
    module = checklist.module if checklist else held.module if held else None
    try:
        actions.mark(
            unit=unit, module=_known(module), marks=marks_in(request, wanted), session=held,
            by=request.user,
        )  # fmt: skip
        messages.success(request, _("Saved."))
    except LearningError as error:
        messages.error(request, str(error))
    return _back(request, unit, f"liste-{wanted}")


def _known(module: Module | None) -> Module:
    if module is None:
        raise Http404
    return module


def marks_in(request: PersonRequest, block: str) -> list[Mark]:
    """The points that the form holds, of those that were changed on this page.

    A point that another screen has changed meanwhile, and this one not, is left alone.
    """
    found = []
    for key in request.POST.getlist("punkt"):
        now = (request.POST.get(f"tilstand-{key}", ""), request.POST.get(f"merknad-{key}", ""))
        was = (request.POST.get(f"var-{key}", ""), request.POST.get(f"sto-{key}", ""))
        if now != was:
            found.append(Mark(block, key, now[0], now[1]))
    return found


@requires(_LEAD, load=unit_with)
@require_POST
def follow_ups(request: PersonRequest, unit: Organization) -> HttpResponse:
    """Something new to do, or that something is done, undone or taken away."""
    acts: dict[str, Any] = {
        "gjort": lambda one: actions.settle(follow_up=one, is_done=True, by=request.user),
        "angre": lambda one: actions.settle(follow_up=one, is_done=False, by=request.user),
        "slett": lambda one: actions.drop(follow_up=one, by=request.user),
    }
    act = next((name for name in acts if name in request.POST), None)
    try:
        if act:
            acts[act](_follow_up(unit, request.POST[act]))
        else:
            _new(request, unit)
    except LearningError as error:
        messages.error(request, str(error))
    return _back(request, unit, "oppfolging")


def _new(request: PersonRequest, unit: Organization) -> None:
    actions.follow_up(
        unit=unit,
        text=request.POST.get("tekst", ""),
        who=request.POST.get("hvem", ""),
        due_on=_day(request.POST.get("frist", "")),
        session=_session(request, unit),
        by=request.user,
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise LearningError(_("Write the date as day, month and year.")) from error


def _follow_up(unit: Organization, key: str) -> FollowUp:
    try:
        found = FollowUp.objects.filter(pk=UUID(key), unit=unit).select_related("unit").first()
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def _session(request: PersonRequest, unit: Organization) -> GroupSession | None:
    """The session that it comes from, when the page is one's."""
    try:
        key = UUID(request.POST.get("samling", ""))
    except ValueError:
        return None
    found = GroupSession.objects.filter(pk=key, unit=unit).select_related("module")
    return found.exclude(state=SessionState.PLANNED).first()


def _back(request: PersonRequest, unit: Organization, row: str) -> HttpResponse:
    """To the session that it was written at, else to the unit."""
    held = _session(request, unit)
    if held is None:
        return redirect(f"{reverse('desk:checklists', args=[unit.pk])}#{row}")
    view = "desk:session_lead" if held.state == SessionState.OPEN else "desk:session"
    return redirect(f"{reverse(view, args=[held.pk])}#{row}")
