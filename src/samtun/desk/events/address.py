"""Where visitors find an event."""

from django.urls import reverse

from samtun.events.enums import PUBLIC_STATUSES
from samtun.events.models import Event
from samtun.organisations.queries import region_scopes


def public_address(event: Event) -> str:
    """The page of `event` in the region that keeps it; empty when nobody can see it."""
    if event.status not in PUBLIC_STATUSES:
        return ""
    place = event.place
    scopes = region_scopes()
    own = [one for one in scopes if one.id == place.region or place.municipality in one.numbers]
    for scope in own or scopes:
        return reverse("front:event", args=[scope.slug, event.slug])
    return ""
