"""Where visitors find an offer."""

from django.urls import reverse

from samtun.directory.enums import PUBLIC_STATUSES
from samtun.directory.models import Service
from samtun.organisations.queries import region_scopes


def public_address(service: Service) -> str:
    """The page of `service` in the region that keeps it; empty when nobody can see it."""
    if service.status not in PUBLIC_STATUSES:
        return ""
    place = service.place
    scopes = region_scopes()
    own = [one for one in scopes if one.id == place.region or place.municipality in one.numbers]
    for scope in own or scopes:
        return reverse("front:service", args=[scope.slug, service.slug])
    return ""
