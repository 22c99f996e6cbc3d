"""Coming to a group session: with the code on the wall, with or without an account.

Nobody gets a cookie here, so the forms have no CSRF token (`front.private`): the code of the
session is the authority, and it counts only while the session goes on. A cookie of somebody who is
signed in is not sent along by other sites (SameSite=Lax), so nobody is registered from there.
"""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samtun.directory.keeping import limits
from samtun.front.private import private, sender_of
from samtun.learning.actions import participants as actions
from samtun.learning.actions.learner_accounts import learner_of
from samtun.learning.enums import SessionState
from samtun.learning.errors import LearningError
from samtun.learning.models import GroupSession, Learner, Participant
from samtun.learning.queries import sessions as queries
from samtun.people.access import PersonRequest, signed_in
from samtun.people.models import User

# A day, from one network: a whole town hall may share one.
_MOST_JOINING = 400
# Of a session, from one network in five minutes: a whole staff meeting has one, and one phone that
# writes names all by itself is stopped while there is room for others.
_MOST_AT_ONCE = 80
_AT_ONCE = 300  # seconds
_MOST_TRIES = 600  # that were wrong
_TRIES = "session_code"


@private
def join_page(request: HttpRequest) -> HttpResponse:
    """Type the code that stands on the wall."""
    typed = "".join(request.GET.get("kode", "").upper().split()).replace("-", "")[:8]
    if not typed:
        return render(request, "front/joining/code.html", {"typed": ""})
    if _found(request, typed) is not None:
        return redirect("front:join", code=typed)
    return render(
        request, "front/joining/code.html", {"typed": typed, "is_wrong": True}, status=404
    )


def _found(request: HttpRequest, code: str) -> GroupSession | None:
    """The session that goes on with `code`. Codes are not guessed by trying them all.

    Only what is wrong counts: a whole town hall comes in from one network.
    """
    if not limits.has_left(sender_of(request), purpose=_TRIES, most=_MOST_TRIES):
        return None
    found = queries.open_session(code)
    if found is None:
        limits.may_send(sender_of(request), purpose=_TRIES, most=_MOST_TRIES)
    return found


@private
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Say that one is here: a learner with one button, others by first name."""
    session = _found(request, code)
    if session is None:
        context = {"typed": code[:8].upper(), "is_wrong": True}
        return render(request, "front/joining/code.html", context, status=404)
    person = request.user if isinstance(request.user, User) else None
    if request.method != "POST":
        return _form(request, session, person)
    try:
        found = _joined(request, session, person)
    except LearningError as error:
        return _form(request, session, person, problem=str(error), status=422)
    return redirect("front:joined", token=_signer().sign(str(found.pk)))


def _joined(request: HttpRequest, session: GroupSession, person: User | None) -> Participant:
    if not limits.may_send(sender_of(request), purpose="session_join", most=_MOST_JOINING):
        raise LearningError(_("Too many have come from this network. Tell whoever leads."))
    if person is not None:
        return actions.join(session=session, learner=learner_of(person))
    _ask_for_patience(request, session)
    email = request.POST.get("epost", "").strip()
    if email:
        _ask_for_an_address(email)
    return actions.join(
        session=session,
        name=request.POST.get("navn", ""),
        email=email,
        key=_key(request.POST.get("skjema", "")),
    )


def _ask_for_patience(request: HttpRequest, session: GroupSession) -> None:
    """Only of those without an account: everybody else is there once."""
    stretch = int(timezone.now().timestamp()) // _AT_ONCE
    purpose = f"session_join:{session.pk}:{stretch}"
    if not limits.may_send(sender_of(request), purpose=purpose, most=_MOST_AT_ONCE):
        raise LearningError(_("Very many come at once. Wait some minutes, and send once more."))


def _ask_for_an_address(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise LearningError(_("Write the e-mail address like this: kari@example.org")) from error


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _form(
    request: HttpRequest,
    session: GroupSession,
    person: User | None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        **_about(session),
        "person": person,
        "problem": problem,
        "key": request.POST.get("skjema") or uuid4(),
        "name": request.POST.get("navn", ""),
        "email": request.POST.get("epost", ""),
    }
    return render(request, "front/joining/join.html", context, status=status)


def _about(session: GroupSession) -> dict[str, Any]:
    titles = queries.titles_of([session.module], get_language() or "nb")
    return {
        "session": session,
        "title": titles[session.module_id],
        "unit": session.unit.name,
        "is_open": session.state == SessionState.OPEN,
        "is_example": session.is_example,
    }


@private
def joined(request: HttpRequest, token: str) -> HttpResponse:
    """That one stands on the list, and a way off it again. The signed link is the authority."""
    participant = _participant(token)
    person = request.user if isinstance(request.user, User) else None
    if request.method == "POST":
        return _answered(request, participant, person)
    context = {**_about(participant.session), "participant": participant, "person": person}
    return render(request, "front/joining/joined.html", context)


def _answered(request: HttpRequest, participant: Participant, person: User | None) -> HttpResponse:
    about = _about(participant.session)
    try:
        if "meg" in request.POST and person is not None:
            learner = learner_of(person)
            actions.claim_own(participant=participant, learner=learner)
            return redirect(request.path)
        actions.remove(participant=participant, by=None)
    except LearningError as error:
        context = {**about, "participant": participant, "person": person, "problem": str(error)}
        return render(request, "front/joining/joined.html", context, status=409)
    return render(request, "front/joining/joined.html", {**about, "participant": None})


def _participant(token: str) -> Participant:
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError) as error:
        raise Http404 from error
    found = Participant.objects.filter(pk=key).select_related(
        "session__module", "session__unit", "session__course", "session__plan", "learner"
    )
    participant = found.first()
    if participant is None:
        raise Http404
    return participant


def _signer() -> Signer:
    return Signer(salt="samtun.learning.participant", sep=".")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claims(request: HttpRequest) -> HttpResponse:
    """Sessions of one's unit that one can say one was at; whoever led says yes or no."""
    learner = learner_of(_person(request))
    found = queries.to_claim(learner)
    if request.method == "POST":
        return _claimed(request, found, learner)
    titles = queries.titles_of([one.module for one, _mine in found], get_language() or "nb")
    rows = [(one, titles[one.module_id], mine) for one, mine in found]
    return render(request, "front/joining/claims.html", {"rows": rows})


def _person(request: HttpRequest | PersonRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _claimed(
    request: HttpRequest,
    found: list[tuple[GroupSession, Participant | None]],
    learner: Learner,
) -> HttpResponse:
    wanted = request.POST.get("samling", "")
    session = next((one for one, _mine in found if str(one.pk) == wanted), None)
    if session is None:
        raise Http404
    try:
        actions.claim(session=session, learner=learner, name=request.POST.get("navn", ""))
        messages.success(request, _("Whoever led is asked, and says yes or no."))
    except LearningError as error:
        messages.error(request, str(error))
    return redirect("front:join_claims")
