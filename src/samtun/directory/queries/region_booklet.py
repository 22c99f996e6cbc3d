"""What the booklet of a region prints."""

from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from samtun.directory.models import Listing, ServiceArea


class Row(NamedTuple):
    """A listing and what a listing leaves out."""

    data: dict[str, Any]
    email: str
    url: str


def rows_covering(numbers: Collection[str]) -> list[Row]:
    """The public services for people in any of the municipalities, by name; one query."""
    areas = ServiceArea.objects.filter(service=OuterRef("service")).filter(
        Q(municipality__in=numbers) | Q(covers_country=True)
    )
    found = Listing.objects.filter(Exists(areas)).order_by("service__name", "service")
    return [
        Row(data, email, url)
        for data, email, url in found.values_list("data", "service__email", "service__url")
    ]
