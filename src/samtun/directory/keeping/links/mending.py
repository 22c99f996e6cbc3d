"""What an editor does about an address that does not just work."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from samtun.directory import finding
from samtun.directory.editing import actions as editing
from samtun.directory.editing.reading import document_of
from samtun.directory.keeping.links.gathering import gather_from
from samtun.directory.models import ImportedRecord, Link, Service
from samtun.people import audit
from samtun.people.models import User


@transaction.atomic
def use_new_address(link: Link, *, services: Iterable[Service], by: User) -> int:
    """Write where `link` has moved to into `services`; returns how many were changed.

    Whether `by` may change them is for the caller to ask. Does nothing for an address that has not
    moved.

    Raises:
        EditingError: an entry cannot be saved; then none is changed.
    """
    changed = [service for service in services if link.moved_to and _replace(link, service, by)]
    gather_from([service.pk for service in changed])
    return len(changed)


def _replace(link: Link, service: Service, by: User) -> bool:
    old, new = link.url, link.moved_to
    document = document_of(service)
    change: dict[str, Any] = {}
    if document["url"] == old:
        change["url"] = new
    if any(each["uri"] == old for each in document["documents"]):
        change["documents"] = [
            {**each, "uri": new} if each["uri"] == old else each for each in document["documents"]
        ]
    if change:
        editing.save(document=change, by=by, service=service)
    return _replace_additional(old, new, service, by) or bool(change)


def _replace_additional(old: str, new: str, service: Service, by: User) -> bool:
    """The further addresses that came with an import: the form of an offer does not show them."""
    rows = service.additional_urls if isinstance(service.additional_urls, list) else []
    renewed = [
        {**row, "url": new} if isinstance(row, dict) and row.get("url") == old else row
        for row in rows
    ]
    if renewed == rows:
        return False
    Service.objects.filter(pk=service.pk).update(
        additional_urls=renewed, last_modified=timezone.now()
    )
    ImportedRecord.objects.filter(table="service", record_id=service.pk).delete()
    details: dict[str, object] = {"fields": ["additional_urls"]}
    audit.record("service.changed", by=by, about=service, details=details)
    finding.refresh([service.pk])
    return True


@transaction.atomic
def settle(link: Link, *, services: Iterable[Service], by: User) -> None:
    """Somebody has opened it, and it works: it is not shown until its state is another."""
    link.settled_state = link.state
    link.save(update_fields=["settled_state"])
    for service in services:
        audit.record("link.settled", by=by, about=service, details={"state": str(link.state)})


@transaction.atomic
def look_again(link: Link) -> None:
    """Have the address looked at in the next round, whatever was planned."""
    link.look_again_at = None
    link.save(update_fields=["look_again_at"])
