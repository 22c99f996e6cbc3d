"""Asking before people are told of a change, with everything that was typed sent along."""

from django.http import HttpResponse

from samtun.desk.events.told import AGREED, Foreseen
from samtun.desk.page import page
from samtun.events.models import Event
from samtun.people.access import PersonRequest

_NOT_SENT_ON = frozenset({"csrfmiddlewaretoken", AGREED, "do"})


def agreed(request: PersonRequest, found: Foreseen) -> bool:
    """Whether nobody is told, or just this has been agreed to."""
    return not found or request.POST.get(AGREED) == found.key


def ask(request: PersonRequest, event: Event, found: Foreseen, *, do: str) -> HttpResponse:
    """The page that says who will be told; its button sends the same again."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_SENT_ON
        for value in values
    ]
    context = {
        "event": event,
        "found": found,
        "fields": [*fields, (AGREED, found.key)],
        "do": do,
        "back": request.get_full_path(),
    }
    return page(request, "desk/event_confirm.html", context, room="events")
