"""Listings by what is known of them other than a search."""

from collections.abc import Collection
from typing import Any

from samtun.directory.models import Listing


def listings_called(slugs: Collection[str]) -> dict[str, dict[str, Any]]:
    """The listings of the services with these slugs, by slug; those not public are left out."""
    if not slugs:
        return {}
    found = Listing.objects.filter(service__slug__in=slugs).values_list("data", flat=True)
    return {data["slug"]: data for data in found}
