"""Where visitors find an offer."""

from samtun.desk.area import public_page
from samtun.directory.enums import PUBLIC_STATUSES
from samtun.directory.models import Service


def public_address(service: Service) -> str:
    """The page of `service` in the region that keeps it; empty when nobody can see it."""
    if service.status not in PUBLIC_STATUSES:
        return ""
    return public_page("front:service", service.place, service.slug)
