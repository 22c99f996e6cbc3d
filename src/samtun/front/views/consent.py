"""The page of the grown-up who is asked whether a child may take part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from samtun.events import tokens
from samtun.events.actions import parties
from samtun.events.enums import ACTIVE, Consent
from samtun.events.errors import SignUpError
from samtun.events.models import Party
from samtun.events.queries.party_page import Standing, standing
from samtun.front import answers
from samtun.front.meeting import Meetings, frame_for
from samtun.front.private import private

YES, NO = "ja", "nei"


@private
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Asks; pressing one of two buttons answers."""
    party = tokens.party_to_consent(token)
    if party is None or party.consent == Consent.NOT_NEEDED:
        return render(request, "front/party/unusable.html", status=404)
    answer = request.POST.get("svar", "")
    if request.method != "POST" or not _is_open(party):
        return _page(request, party)
    if answer not in (YES, NO):
        return _page(request, party, status=422)
    act = parties.give_consent if answer == YES else parties.refuse_consent
    try:
        act(party=party)
    except SignUpError as refusal:
        fresh = tokens.party_to_consent(token) or party
        return _page(request, fresh, refusal=str(refusal), status=409)
    return redirect("front:consent", token=token)


def _is_open(party: Party) -> bool:
    """Whether an answer still matters; one that was given can be taken back until then."""
    over = standing(party.intake, timezone.now()) in (Standing.OVER, Standing.CANCELLED)
    return party.state in ACTIVE and party.consent in (Consent.ASKED, Consent.GIVEN) and not over


def _page(
    request: HttpRequest, party: Party, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The facts of the meeting, not why anybody comes there."""
    language = get_language() or "nb"
    frame = frame_for(party.intake.event, language)
    context = (frame.context() if frame else {}) | {
        "party": party,
        "event": party.intake.event,
        "meetings": Meetings(party.intake, language),
        "state": _state(party),
        "refusal": refusal,
        "contact": answers.first_contact(frame) if frame else None,
    }
    return render(request, "front/consent/page.html", context, status=status)


def _state(party: Party) -> str:
    """asked | given | refused | over: what the page says."""
    if party.consent == Consent.REFUSED:
        return "refused"
    if not _is_open(party):
        return "over"
    return str(party.consent)
