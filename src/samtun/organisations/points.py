"""Where a named place is, to measure distances from."""

from typing import NamedTuple

from django.db.models import Q

from samtun.organisations.models import PostalCode
from samtun.organisations.queries import municipalities_called


class Point(NamedTuple):
    """A place on the map; `name` is empty for a point without one."""

    name: str
    latitude: float
    longitude: float


def point_called(text: str) -> Point | None:
    """The point of the postal code, place or municipality that `text` names; None when unknown."""
    words = " ".join(text.replace("\x00", "").split())[:60]
    if not words:
        return None
    # SQLite knows no capitals beyond ASCII: "øystre" would not be found as "Øystre".
    spellings = {words, words.title(), words.capitalize()}
    places = PostalCode.objects.filter(Q(code=words) | Q(place__in=spellings))
    place = places.filter(latitude__isnull=False).order_by("code").first()
    if place and place.latitude is not None and place.longitude is not None:
        return Point(place.place, place.latitude, place.longitude)
    found = municipalities_called(words, limit=2)
    if len(found) != 1:
        return None
    return Point(found[0].name, found[0].latitude, found[0].longitude)
