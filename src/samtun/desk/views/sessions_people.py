"""Who was at a session: the list to tick, first names, and who they are."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samtun.desk.page import page
from samtun.desk.sessions import words
from samtun.desk.sessions.loading import session_with
from samtun.desk.sessions.people import lines_of, listed
from samtun.learning.actions import participants as actions
from samtun.learning.enums import SessionState
from samtun.learning.errors import LearningError
from samtun.learning.models import GroupSession, Learner, Participant
from samtun.learning.queries import sessions as queries
from samtun.people import audit
from samtun.people.access import PersonRequest, requires

_NAMES = "learning.view_participant"


def _mine(session: UUID) -> GroupSession:
    """A session that has begun, or is finished."""
    found = session_with(session)
    if found.state == SessionState.PLANNED:
        raise Http404
    return found


def _ask(request: PersonRequest, held: GroupSession) -> None:
    """Who led it once, and has no role there any more, sees nobody."""
    if not queries.may_see_names(request.user, held):
        raise Http404


@requires(_NAMES, load=_mine)
@require_http_methods(["GET", "HEAD", "POST"])
def session_people(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """Everybody who is there, and the list of the unit to tick; a POST ticks one."""
    _ask(request, held)
    if request.method == "POST":
        return _tick(request, held)
    if held.state == SessionState.CLOSED:
        audit.looked(by=request.user, at=held)
    return page(request, "desk/sessions/people.html", _shown(request, held), room="training")


def _shown(request: PersonRequest, held: GroupSession) -> dict[str, Any]:
    head = words.head(held, request.user)
    people = listed(held, with_colleagues=head["may_see_colleagues"])
    return {**head, **people, "all_ticked": request.GET.get("mange") == "alle"}


def _tick(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """One employee: is here, or not after all."""
    if not queries.may_see_colleagues(request.user, held):
        raise Http404
    learner = _learner(request.POST.get("ansatt", ""))
    is_here = request.POST.get("present") == "1"
    try:
        actions.register(session=held, learner=learner, is_here=is_here, by=request.user)
    except LearningError as error:
        return _refused(request, held, str(error))
    return _done(request, held, f"a-{learner.pk}")


@requires(_NAMES, load=_mine)
@require_POST
def session_names(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """First names that the leader writes down, or somebody who is taken off the list."""
    _ask(request, held)
    try:
        if many := request.POST.getlist("mange"):
            keys = [_uuid(one) for one in many]
            actions.remove_names(session=held, keys=keys, by=request.user)
        elif key := request.POST.get("fjern"):
            actions.remove(participant=_participant(held, key), by=request.user)
        else:
            names = lines_of(request.POST.get("navn", ""))
            actions.add_names(session=held, names=names, by=request.user)
    except LearningError as error:
        return _refused(request, held, str(error))
    return _done(request, held, "navn")


@requires(_NAMES, load=_mine)
@require_POST
def session_match(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """Who the names are, as many as were chosen; or the answer to somebody who says it was them."""
    _ask(request, held)
    problems = []
    for participant in queries.participants_of(held):
        try:
            _said_of(request, held, participant)
        except LearningError as error:
            problems.append(f"{participant.name}: {error}")
    for problem in problems:
        messages.error(request, problem)
    return _done(request, held, "navn")


def _said_of(request: PersonRequest, held: GroupSession, participant: Participant) -> None:
    chosen = request.POST.get(f"hvem-{participant.pk}")
    answer = request.POST.get(f"krav-{participant.pk}")
    if answer in ("ja", "nei"):
        actions.answer_claim(participant=participant, is_true=answer == "ja", by=request.user)
    elif chosen is None or participant.evidence_id is not None:
        return
    elif not queries.may_see_colleagues(request.user, held):
        raise Http404
    elif chosen:
        actions.match(participant=participant, learner=_learner(chosen), by=request.user)
    elif participant.learner_id is not None:
        actions.unmatch(participant=participant, by=request.user)


@requires(_NAMES, load=_mine)
@require_POST
def session_prove(request: PersonRequest, held: GroupSession) -> HttpResponse:
    """Everybody who is known gets the proof."""
    _ask(request, held)
    try:
        done = actions.prove(session=held, by=request.user)
    except LearningError as error:
        return _refused(request, held, str(error))
    said = ngettext("%(count)d person got the proof.", "%(count)d people got the proof.", done)
    messages.success(request, said % {"count": done})
    return _done(request, held, "navn")


def _participant(held: GroupSession, key: str) -> Participant:
    found = held.participants.filter(pk=_uuid(key)).select_related("session").first()
    if found is None:
        raise LearningError(_("They are not on the list any more."))
    return found


def _learner(key: str) -> Learner:
    found = Learner.objects.filter(pk=_uuid(key)).first()
    if found is None:
        raise Http404
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _done(request: PersonRequest, held: GroupSession, row: str) -> HttpResponse:
    """Back to the row; a script only wants to know that it is done."""
    if _is_script(request):
        return HttpResponse(status=204)
    return redirect(f"{reverse('desk:session_people', args=[held.pk])}#{row}")


def _refused(request: PersonRequest, held: GroupSession, why: str) -> HttpResponse:
    if _is_script(request):
        return HttpResponse(why, status=409, content_type="text/plain; charset=utf-8")
    messages.error(request, why)
    return redirect("desk:session_people", held.pk)


def _is_script(request: PersonRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
