"""Who must be called, what to say, and what they answered."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtun.desk.events import call_words, words
from samtun.desk.events.loading import party_with
from samtun.desk.page import page
from samtun.events.actions import calls as actions
from samtun.events.errors import SignUpError
from samtun.events.models import Party
from samtun.events.queries.calls import Call, calls_for
from samtun.people import audit
from samtun.people.access import PersonRequest, requires

_CHANGE = "events.change_party"


@requires(_CHANGE)
@require_safe
def calls(request: PersonRequest) -> HttpResponse:
    """By event, the most urgent first, each with what to say and the number to dial."""
    found = [
        (each.event, words.name(each.event), [_shown(call) for call in each.calls])
        for each in calls_for(request.user)
    ]
    for event, _name, _calls in found:
        audit.looked(by=request.user, at=event)
    return page(request, "desk/calls.html", {"events": found}, room="events")


def _shown(call: Call) -> dict[str, object]:
    return {
        "party": call.party,
        "whom": call_words.whom(call),
        "phone": call.phone,
        "sentences": call_words.sentences(call),
        "answers": call_words.answers(call),
        "notices": [one.pk for one in call.notices],
        "before": words.moment(call.before) if call.before else "",
    }


@requires(_CHANGE, load=party_with)
@require_POST
def call_made(request: PersonRequest, party: Party) -> HttpResponse:
    """They have been told, and have perhaps answered."""
    act = _ACTS.get(request.POST.get("svar", ""))
    if act is None:
        raise Http404
    notices = _notices(request.POST.getlist("sak"))
    try:
        act(party=party, notices=notices, by=request.user)
    except SignUpError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is told.") % {"name": words.called(party)})
    return redirect("desk:calls")


def _notices(keys: list[str]) -> list[UUID]:
    try:
        return [UUID(key) for key in keys]
    except ValueError as error:
        raise Http404 from error


_ACTS: dict[str, Callable[..., object]] = {
    "sagt": actions.told,
    "tar-plassen": actions.accepts,
    "tar-ikke": actions.declines,
    "far-lov": actions.consents,
    "far-ikke": actions.refuses,
}
