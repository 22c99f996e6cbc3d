"""Signing up for a meeting place: half a minute, no account, no cookie, no JavaScript needed."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from samtun.events import tokens
from samtun.events.actions import parties
from samtun.events.enums import SignUp
from samtun.events.errors import SignUpError
from samtun.events.models import Intake
from samtun.events.queries.party_page import OPEN_STANDINGS, Standing, public_intake, standing
from samtun.front import answers, robots_trap
from samtun.front.frame import Frame, frame_of
from samtun.front.hours import written
from samtun.front.meeting import Meetings
from samtun.front.private import private, trap
from samtun.front.sender_limits import may_cause_letters
from samtun.front.sign_up_forms import EMAIL, SignUpForm


@private
def sign_up(request: HttpRequest, region: str, slug: str, intake: UUID) -> HttpResponse:
    """The form; sent, it leads to the personal page."""
    frame = frame_of(region)
    wanted = public_intake(slug, intake, frame.scope.numbers)
    if wanted is None:
        raise Http404
    if request.method != "POST":
        form = _form(wanted, frame)
        return _page(request, frame, wanted, form, caught=None)
    form = _form(wanted, frame, request.POST)
    caught = robots_trap.caught(_name(frame, wanted), request.POST)
    if caught is not None or not form.is_valid():
        return _page(request, frame, wanted, form, caught=caught, status=422)
    said = form.cleaned_data
    if not may_cause_letters(request, (said.get("epost"), said.get("voksen_epost"))):
        return _page(request, frame, wanted, form, caught=None, is_too_much=True, status=429)
    try:
        party = parties.sign_up(intake=wanted, **form.values())
    except SignUpError as refusal:
        again = public_intake(slug, intake, frame.scope.numbers) or wanted
        return _page(request, frame, again, form, caught=None, refusal=str(refusal), status=422)
    return redirect("front:party", token=tokens.token_of(party))


def _form(intake: Intake, frame: Frame, sent: Any = None) -> SignUpForm:  # noqa: ANN401  (a QueryDict, or nothing)
    return SignUpForm(
        sent,
        intake=intake,
        language=frame.language,
        municipalities=frame.scope.municipalities,
        initial={"vei": EMAIL, "voksen_vei": EMAIL, "antall": 1},
    )


def _name(frame: Frame, intake: Intake) -> str:
    """What the form is called in its stamp."""
    return f"{frame.scope.slug}/{intake.pk}"


def _page(
    request: HttpRequest,
    frame: Frame,
    intake: Intake,
    form: SignUpForm,
    *,
    caught: robots_trap.Caught | None,
    refusal: str = "",
    is_too_much: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form with all that was written, or why one cannot sign up and what to do instead."""
    stands = standing(intake, timezone.now())
    context = _about(frame, intake) | {"stands": stands.value}
    if stands not in OPEN_STANDINGS:
        return render(request, "front/sign_up/closed.html", context, status=status)
    context |= trap(request, _name(frame, intake), caught) | {
        "form": form,
        "form_key": form.form_key(),
        "refusal": refusal,
        "is_too_much": is_too_much,
        "is_full": stands == Standing.WAITING,
    }
    return render(request, "front/sign_up/form.html", context, status=status)


def _about(frame: Frame, intake: Intake) -> dict[str, Any]:
    """What both pages say of the meeting."""
    event = intake.event
    return frame.context() | {
        "event": event,
        "intake": intake,
        "meetings": Meetings(intake, frame.language),
        "event_url": f"{frame.url}kalender/{event.slug}/",
        "calendar_url": f"{frame.url}kalender/",
        "contact": answers.first_contact(frame),
        "free": intake.free,
        "is_anonymous": event.sign_up == SignUp.ANONYMOUS,
        "opens_on": written(event.opens_on) if event.opens_on else "",
    }
