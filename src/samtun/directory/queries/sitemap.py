"""Which services have a page in a region, and when each was changed."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from samtun.directory.enums import PUBLIC_STATUSES
from samtun.directory.models import Service, ServiceArea


class Page(NamedTuple):
    """A page by its address (here: its slug), and its last change when it is known."""

    path: str
    changed_at: datetime | None


def number_of_pages(numbers: Collection[str]) -> int:
    """How many public services people in these municipalities can have."""
    return _covering(numbers).count()


def pages(numbers: Collection[str], first: int, last: int) -> list[Page]:
    """Those services from the one numbered `first` up to `last`; one query."""
    found = _covering(numbers).order_by("slug").values_list("slug", "last_modified")
    return [Page(slug, changed) for slug, changed in found[first:last]]


def _covering(numbers: Collection[str]) -> QuerySet[Service]:
    areas = ServiceArea.objects.filter(service=OuterRef("pk")).filter(
        Q(municipality__in=numbers) | Q(covers_country=True)
    )
    return Service.objects.filter(Exists(areas), status__in=PUBLIC_STATUSES)
