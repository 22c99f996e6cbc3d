"""What anybody may know: the only way the open data reaches the tables.

A service shows while it is open or closed for a while. A confidential location does not exist
here, nor does anything that hangs on it, even where it hangs on something public as well.
"""

from typing import TypeVar

from django.db.models import BooleanField, F, Func, Model, Q, QuerySet

from samtun.directory.enums import PUBLIC_STATUSES
from samtun.directory.models import Location, Service, ServiceAtLocation

Row = TypeVar("Row", bound=Model)

# The words stand in the statement itself, not beside it as parameters: only so does SQLite see
# that the index of public services by name holds every row that is asked for.
_IS_PUBLIC = Func(
    F("status"),
    template="%(expressions)s IN ({})".format(", ".join(f"'{word}'" for word in PUBLIC_STATUSES)),
    output_field=BooleanField(),
)


def services() -> QuerySet[Service]:
    """Services that are offered, or will be again."""
    return Service.objects.filter(_IS_PUBLIC)


def locations() -> QuerySet[Location]:
    """Places whose whereabouts are no secret."""
    return Location.objects.filter(is_confidential=False)


def service_at_locations() -> QuerySet[ServiceAtLocation]:
    """Public services at places that are no secret."""
    return ServiceAtLocation.objects.filter(
        service__status__in=PUBLIC_STATUSES, location__is_confidential=False
    )


def away_from_secrets(rows: QuerySet[Row], *ways: str) -> QuerySet[Row]:
    """`rows` without those that one of the `ways` (lookups) leads to a confidential location."""
    secret = Q()
    for way in ways:
        secret |= Q(**{f"{way}__is_confidential": True})
    return rows.exclude(secret) if ways else rows
