"""How was it? Three questions, answered by nobody in particular."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from samtun.directory.keeping import limits
from samtun.events import tokens
from samtun.events.actions import evaluations
from samtun.events.models import Intake
from samtun.events.queries.party_page import may_evaluate
from samtun.front import robots_trap
from samtun.front.evaluation_form import EvaluationForm
from samtun.front.meeting import Meetings, frame_for
from samtun.front.private import private, sender_of, trap

FROM_A_NETWORK = 200  # a day; those who were there may share one
_PURPOSE = "evaluation"
_THANKS = "takk"


@private
def evaluation(request: HttpRequest, token: str) -> HttpResponse:
    """The same address for all who were there, so that an answer cannot be led back to one."""
    intake = tokens.intake_to_evaluate(token)
    if intake is None:
        return render(request, "front/party/unusable.html", status=404)
    if _THANKS in request.GET and request.method != "POST":
        return _page(request, intake, "thanks")
    if not may_evaluate(intake, timezone.now()):
        return _page(request, intake, "closed")
    form = EvaluationForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _form(request, intake, form)
    caught = robots_trap.caught(_name(intake), request.POST)
    if caught is not None or not form.is_valid():
        return _form(request, intake, form, caught, status=422)
    if not limits.may_send(sender_of(request), purpose=_PURPOSE, most=FROM_A_NETWORK):
        return _form(request, intake, form, is_too_much=True, status=429)
    said = form.cleaned_data
    evaluations.answer(
        intake=intake,
        usefulness=said["nytte"],
        would_come_again=said["igjen"],
        text=said["tekst"],
    )
    return _thanks(token)


def _thanks(token: str) -> HttpResponse:
    response = redirect("front:evaluation", token=token)
    response["Location"] += f"?{_THANKS}"
    return response


def _name(intake: Intake) -> str:
    """What the form is called in its stamp."""
    return f"evaluation/{intake.pk}"


def _form(
    request: HttpRequest,
    intake: Intake,
    form: EvaluationForm,
    caught: robots_trap.Caught | None = None,
    *,
    is_too_much: bool = False,
    status: int = 200,
) -> HttpResponse:
    shown = trap(request, _name(intake), caught) | {"form": form, "is_too_much": is_too_much}
    return _page(request, intake, "form", status, **shown)


def _page(
    request: HttpRequest, intake: Intake, template: str, status: int = 200, **more: object
) -> HttpResponse:
    language = get_language() or "nb"
    frame = frame_for(intake.event, language)
    context = (frame.context() if frame else {}) | {
        "event": intake.event,
        "meetings": Meetings(intake, language),
    }
    return render(request, f"front/evaluation/{template}.html", context | more, status=status)
