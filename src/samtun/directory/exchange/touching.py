"""Services whose details have changed have changed themselves: others ask by that moment."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from samtun.directory.models import Contact, Service, ServiceAtLocation
from samtun.organisations.models import Organization


class Touched:
    """Collects what details belong to, then marks services and organisations as changed."""

    def __init__(self) -> None:
        self._keys: dict[str, set[UUID]] = defaultdict(set)

    def by(self, table: str, record: Mapping[str, Any]) -> None:
        """A `record` of `table` was added, changed or removed."""
        if table == "location":
            self._keys["location_id"].add(UUID(str(record["id"]))) if record.get("id") else None
        for column in (
            "service_id", "organization_id", "location_id", "service_at_location_id", "contact_id"
        ):  # fmt: skip
            if table not in ("service", "location") and record.get(column):
                self._keys[column].add(record[column])

    def write(self, now: datetime) -> None:
        """Set `last_modified` where something was touched."""
        self._through_contacts()
        self._through_places()
        for batch in _batches(self._keys["service_id"]):
            Service.objects.filter(pk__in=batch).update(last_modified=now)
        for batch in _batches(self._keys["organization_id"]):
            Organization.objects.filter(pk__in=batch).update(last_modified=now)

    def _through_contacts(self) -> None:
        for batch in _batches(self._keys["contact_id"]):
            columns = ("service_id", "organization_id", "location_id", "service_at_location_id")
            for row in Contact.objects.filter(pk__in=batch).values(*columns):
                for column, key in row.items():
                    if key:
                        self._keys[column].add(key)

    def _through_places(self) -> None:
        links = ServiceAtLocation.objects
        for column, lookup in (
            ("service_at_location_id", "pk__in"),
            ("location_id", "location__in"),
        ):
            for batch in _batches(self._keys[column]):
                found = links.filter(**{lookup: batch}).values_list("service_id", flat=True)
                self._keys["service_id"].update(found)


def _batches(keys: Iterable[UUID]) -> Iterator[list[UUID]]:
    remaining = iter(keys)
    while batch := list(islice(remaining, 500)):
        yield batch
