"""Group sessions: those of one's units, a new one, and one before and after it is held."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samtun.desk.events.words import moment
from samtun.desk.page import page
from samtun.desk.sessions import agenda as agendas
from samtun.desk.sessions import forms as session_forms
from samtun.desk.sessions import words
from samtun.desk.sessions.loading import session_with
from samtun.learning.actions import sessions as actions
from samtun.learning.enums import SessionState
from samtun.learning.errors import LearningError
from samtun.learning.models import GroupSession
from samtun.learning.queries import checklists
from samtun.learning.queries import sessions as queries
from samtun.organisations.models import Organization
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

_LEAD = "learning.lead_session"
_ROOM = "training"
_MOST = 100


@requires(_LEAD)
@require_safe
def sessions(request: PersonRequest) -> HttpResponse:
    """What goes on, what is coming, and what was held."""
    found = queries.sessions_of(request.user).annotate(people=Count("participants"))
    context = {
        "open": words.rows(found.filter(state=SessionState.OPEN).order_by("starts_at")[:_MOST]),
        "planned": words.rows(
            found.filter(state=SessionState.PLANNED).order_by("starts_at")[:_MOST]
        ),
        "closed": words.rows(
            found.filter(state=SessionState.CLOSED).order_by("-opened_at")[:_MOST]
        ),
        "units": queries.units_with_sessions(request.user),
    }
    return page(request, "desk/sessions/list.html", context, room=_ROOM)


@requires(_LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: PersonRequest) -> HttpResponse:
    """Choose what, where and when; the agenda makes itself."""
    form = session_forms.NewForm(
        request.POST if request.method == "POST" else None,
        whats=session_forms.what_choices(),
        units=session_forms.unit_choices(request.user),
        initial=_suggested(request),
    )
    if form.is_valid():
        try:
            return redirect("desk:session", _planned(request, form).pk)
        except LearningError as error:
            form.add_error("what", str(error))
    status = 422 if form.is_bound else 200
    answer = page(request, "desk/sessions/new.html", {"form": form}, room=_ROOM)
    answer.status_code = status
    return answer


def _suggested(request: PersonRequest) -> dict[str, Any]:
    """What the address asks for, a week ahead at noon."""
    return {
        "what": request.GET.get("hva", ""),
        "unit": request.GET.get("enhet", ""),
        "on": timezone.localdate() + timedelta(days=7),
        "begins": "12:00",
        "language": get_language() or "nb",
    }


def _planned(request: PersonRequest, form: session_forms.NewForm) -> GroupSession:
    unit = Organization.objects.get(pk=form.cleaned_data["unit"])
    module, course = form.chosen
    is_own = may(request.user, _LEAD, unit)
    return actions.plan(
        module=module,
        course=course,
        unit=unit,
        plan=None if is_own else queries.advised_plan(request.user, unit),
        language=form.cleaned_data["language"],
        starts_at=form.starts_at,
        by=request.user,
    )


@requires(_LEAD, load=session_with)
@require_safe
def session(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """Before: when, and the agenda. Afterwards: who was there, and what was concluded."""
    if held.state == SessionState.PLANNED:
        return _before(request, held)
    return page(request, "desk/sessions/record.html", _record(request, held), room=_ROOM)


def _before(request: PersonRequest, held: GroupSession, **more: Any) -> HttpResponse:  # noqa: ANN401
    local = timezone.localtime(held.starts_at)
    initial = {"on": local.date(), "begins": local.strftime("%H:%M"), "event": held.event_id}
    form = session_forms.WhenForm(initial=initial, events=session_forms.events_for(held))
    context = {
        **words.head(held, request.user),
        "form": form,
        "agenda": words.clocked(held),
        "signed_up": queries.signed_up(held),
        "last_time": checklists.follow_ups_of(held.unit),
        **more,
    }
    return page(request, "desk/sessions/plan.html", context, room=_ROOM)


def _record(request: PersonRequest, held: GroupSession) -> dict[str, Any]:
    shown = words.head(held, request.user)
    people = queries.participants_of(held)
    return {
        **shown,
        "moment": moment(held.opened_at or held.starts_at),
        "agenda": words.clocked(held),
        "count": len(people),
        "unmatched": sum(one.learner_id is None for one in people),
        "unproven": sum(one.evidence_id is None for one in people),
        "signed_up": queries.signed_up(held),
        "follow_ups": [one for one in checklists.follow_ups_of(held.unit) if not one.done_at],
        "may_reopen": actions.may_reopen(held, request.user),
    }


@requires(_LEAD, load=session_with)
@require_POST
def session_when(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """Another day or hour, or the event that it is."""
    form = session_forms.WhenForm(request.POST, events=session_forms.events_for(held))
    if not form.is_valid():
        answer = _before(request, held, form=form)
        answer.status_code = 422
        return answer
    try:
        actions.change(
            session=held, starts_at=form.starts_at, event=form.event_chosen, by=request.user
        )
        messages.success(request, _("Saved."))
    except LearningError as error:
        messages.error(request, str(error))
    return redirect("desk:session", held.pk)


@requires(_LEAD, load=session_with)
@require_POST
def session_agenda(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """The agenda as the form says, after the button that was pressed."""
    wanted = _wanted_agenda(request, held)
    try:
        actions.agree_on(session=held, agenda=wanted, by=request.user)
    except LearningError as error:
        held.agenda = wanted
        answer = _before(request, held, refusal=str(error))
        answer.status_code = 422
        return answer
    return redirect(f"{reverse('desk:session', args=[held.pk])}#agenda")


def _wanted_agenda(request: PersonRequest, held: GroupSession) -> list[queries.Step]:
    """What the form holds, and what its button does to it."""
    typed = agendas.typed(held, request.POST)
    return agendas.pressed(held, typed, request.POST.get("knapp", ""))


@requires(_LEAD, load=session_with)
@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """Take away a session that comes to nothing; asked once more."""
    if held.state != SessionState.PLANNED:
        raise Http404
    if request.method != "POST":
        return page(
            request, "desk/sessions/cancel.html", words.head(held, request.user), room=_ROOM
        )
    try:
        actions.cancel(session=held, by=request.user)
        messages.success(request, _("The session is taken away."))
    except LearningError as error:
        messages.error(request, str(error))
    return redirect("desk:sessions")
