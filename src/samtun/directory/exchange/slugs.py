"""Addresses of services: unique, made once from the name, and never changed after."""

from collections.abc import Mapping
from typing import Any

from samtun.directory.models import Service
from samtun.organisations.actions import slug_from


class Slugs:
    """Gives new services their address."""

    def give(
        self, new: Mapping[str, Mapping[str, Any]], records: Mapping[str, dict[str, Any]]
    ) -> None:
        """Set `slug` in `records` (by identifier) for the `new` ones; others keep theirs."""
        wanted = {
            key: slug_from(str(data.get("slug") or data["name"]), length=100) or "tilbud"
            for key, data in new.items()
        }
        taken = set(
            Service.objects.filter(slug__in=set(wanted.values())).values_list("slug", flat=True)
        )
        for key, slug in wanted.items():
            free = slug if slug not in taken else f"{slug}-{key[:8]}"
            if free in taken:
                free = f"{slug[:80]}-{key}"[:120]
            taken.add(free)
            records[key]["slug"] = free
