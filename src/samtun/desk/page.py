"""Every page of the desk: its frame with the rooms that this person may enter."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samtun.people.rules import may


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the desk."""

    key: str
    view: str
    name: Promise
    icon: str
    permission: str


ROOMS = (
    Room("home", "desk:home", _("The desk"), "home", "people.open_desk"),
    Room("offers", "desk:offers", _("Offers"), "list", "directory.view_service"),
    Room("events", "desk:events", _("Meeting places"), "moteplass", "events.view_event"),
    Room("training", "desk:training", _("Training"), "kurs", "learning.lead_session"),
    Room(
        "suggestions", "desk:suggestions", _("Suggestions"), "samtale", "directory.view_suggestion"
    ),
    Room("freshness", "desk:freshness", _("How fresh it is"), "clock", "directory.view_freshness"),
    Room("people", "desk:people", _("People"), "people", "people.view_role"),
    Room("audit", "desk:audit", _("What was done"), "info", "people.view_audit"),
    Room("outbox", "desk:outbox", _("Letters"), "email", "people.view_outbox"),
)


def page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, room: str = ""
) -> HttpResponse:
    """Render `template` (which extends `desk/base.html`) with the rooms; `room` is the current."""
    return render(request, template, {**(context or {}), "rooms": _rooms(request, room)})


def _rooms(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    return [
        {
            "url": reverse(room.view),
            "name": room.name,
            "icon": room.icon,
            "is_current": room.key == current,
        }
        for room in ROOMS
        if may(request.user, room.permission)
    ]
