"""The one screen that a session is led from. It works without scripts; they save as one writes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from samtun.desk.page import page
from samtun.desk.sessions import words
from samtun.desk.sessions.loading import session_with
from samtun.desk.sessions.show import screen
from samtun.learning.actions import sessions as actions
from samtun.learning.enums import CheckState, SessionState
from samtun.learning.errors import LearningError
from samtun.learning.models import GroupSession
from samtun.learning.queries import checklists
from samtun.learning.queries import sessions as queries
from samtun.people.access import PersonRequest, requires

_LEAD = "learning.lead_session"
_MOST_NAMES = 60


@requires(_LEAD, load=session_with)
@require_safe
def session_lead(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """Where they are, what to talk about, how long they have, and who is there."""
    if held.state != SessionState.OPEN:
        return redirect("desk:session", held.pk)
    return _screen(request, held)


def _screen(request: PersonRequest, held: GroupSession, **more: Any) -> HttpResponse:  # noqa: ANN401
    agenda = words.clocked(held)
    now = agenda[held.step] if held.step < len(agenda) else None
    note = now.note if now else ""
    context = {
        **words.head(held, request.user),
        "agenda": agenda,
        "now": now,
        "before": agenda[held.step - 1] if held.step else None,
        "after": agenda[held.step + 1] if held.step + 1 < len(agenda) else None,
        "screen": screen(held, queries.version_of(held), now.step if now else None),
        "note": note,
        "base": actions.digest_of(note),
        "code": words.join_code(held),
        "join_page": words.join_page(),
        "names": _names(request, held),
        "count": held.participants.count(),
        "states": CheckState.choices,
        "last_time": _last_time(held),
        "signed_up": queries.signed_up(held),
        **more,
    }
    return page(request, "desk/sessions/lead.html", context)


def _last_time(held: GroupSession) -> list[Any]:
    """What the unit decided before and has not done yet, at the first point."""
    if held.step:
        return []
    found = checklists.follow_ups_of(held.unit)
    return [one for one in found if one.done_at is None and one.session_id != held.pk]


def _names(request: PersonRequest, held: GroupSession) -> list[str]:
    """First names, the newest first: the screen is on the wall."""
    if not queries.may_see_names(request.user, held):
        return []
    people = queries.participants_of(held)
    return words.first_names(one.name for one in reversed(people[-_MOST_NAMES:]))


@requires(_LEAD, load=session_with)
@require_POST
def session_state(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """Begin, end, open again, or lead it oneself."""
    acts = {
        "begynn": actions.open,
        "avslutt": actions.close,
        "gjenapne": actions.reopen,
        "led": actions.lead,
    }
    act = request.POST.get("til", "")
    if act not in acts or not _may_lead_now(request, held, act):
        raise Http404
    try:
        now = acts[act](session=held, by=request.user)
    except LearningError as error:
        messages.error(request, str(error))
        return redirect("desk:session", held.pk)
    return redirect(
        "desk:session_lead" if now.state == SessionState.OPEN else "desk:session", now.pk
    )


def _may_lead_now(request: PersonRequest, held: GroupSession, act: str) -> bool:
    """While it goes on it is not taken over from outside of the unit: names would come along."""
    if act != "led" or held.state == SessionState.PLANNED:
        return True
    return bool(words.head(held, request.user)["reaches_unit"])


@requires(_LEAD, load=session_with)
@require_POST
def session_step(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """To another point."""
    number = request.POST.get("punkt", "")
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        raise Http404
    try:
        actions.step(session=held, number=int(number), by=request.user)
    except LearningError as error:
        messages.error(request, str(error))
        return redirect("desk:session", held.pk)
    return redirect("desk:session_lead", held.pk)


@requires(_LEAD, load=session_with)
@require_POST
def session_note(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """What the group concluded. When two have written, both stand there until one chooses."""
    step, text = request.POST.get("punkt", ""), request.POST.get("tekst", "")
    try:
        now = actions.note(
            session=held, step_id=step, text=text, base=request.POST.get("fra", ""),
            by=request.user,
        )  # fmt: skip
    except actions.NoteChangedError as error:
        return _both(request, held, step, text, error)
    except LearningError as error:
        return _refused(request, held, str(error))
    kept = str(now.notes.get(step, ""))
    if _is_script(request):
        return JsonResponse({"base": actions.digest_of(kept)})
    back = "desk:session_lead" if now.state == SessionState.OPEN else "desk:session"
    return redirect(f"{reverse(back, args=[held.pk])}#notat-{step}")


def _both(
    request: PersonRequest,
    held: GroupSession,
    step: str,
    text: str,
    error: actions.NoteChangedError,
) -> HttpResponse:
    """Theirs and mine; mine is written from theirs the next time it is saved."""
    base = actions.digest_of(error.theirs)
    if _is_script(request):
        return JsonResponse({"theirs": error.theirs, "base": base}, status=409)
    more = {"theirs": error.theirs, "mine": text, "base": base, "mine_at": step}
    answer = page(request, "desk/sessions/note.html", {**words.head(held, request.user), **more})
    answer.status_code = 409
    return answer


def _refused(request: PersonRequest, held: GroupSession, why: str) -> HttpResponse:
    if _is_script(request):
        return JsonResponse({"why": why}, status=422)
    messages.error(request, why)
    return redirect("desk:session_lead", held.pk)


@requires(_LEAD, load=session_with)
@require_safe
def session_live(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """What another screen may have changed: asked every few seconds."""
    now = held.agenda[held.step] if held.step < len(held.agenda) else None
    note = str(held.notes.get(now["id"], "")) if now else ""
    return JsonResponse(
        {
            "state": held.state,
            "step": held.step,
            "count": held.participants.count(),
            "names": _names(request, held),
            "note": note,
            "base": actions.digest_of(note),
        }
    )


def _is_script(request: PersonRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
