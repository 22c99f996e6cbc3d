"""Where one can go from the page of an event."""

from typing import Any
from uuid import UUID

from samtun.desk.events.address import public_address
from samtun.events.enums import EventKind, SignUp
from samtun.events.models import Event
from samtun.people.access import PersonRequest
from samtun.people.rules import may


def ways_of(request: PersonRequest, event: Event) -> dict[str, Any]:
    """What `desk/_event_head.html` links to; one query at most."""
    may_see_parties = may(request.user, "events.view_party", event)
    return {
        "public_url": public_address(event),
        "may_see_parties": may_see_parties,
        "may_see_numbers": may(request.user, "events.view_numbers", event),
        "only_intake": _only_intake(event) if may_see_parties else None,
    }


def _only_intake(event: Event) -> UUID | None:
    """What one signs up for, where that is one thing only: a course, or what happens once."""
    if event.kind == EventKind.SERIES or event.sign_up == SignUp.NONE:
        return None
    return event.intakes.order_by("pk").values_list("pk", flat=True).first()
