"""Where visitors find an event."""

from samtun.desk.area import public_page
from samtun.events.enums import PUBLIC_STATUSES
from samtun.events.models import Event


def public_address(event: Event) -> str:
    """The page of `event` in the region that keeps it; empty when nobody can see it."""
    if event.status not in PUBLIC_STATUSES:
        return ""
    return public_page("front:event", event.place, event.slug)
