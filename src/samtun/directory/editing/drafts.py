"""What somebody is in the middle of writing: kept as they type, for nobody else to see."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils import timezone

from samtun.directory.editing.errors import TooLarge
from samtun.directory.models import Service, ServiceDraft
from samtun.people.models import User

LARGEST = 300_000  # bytes of JSON
MOST = 50  # drafts of new offers that one person can have; then the oldest goes
KEPT_FOR = timedelta(days=365)


@transaction.atomic
def keep(
    *,
    person: User,
    service: Service | None,
    fields: dict[str, Any],
    based_on: int = 0,
    draft: UUID | None = None,
) -> ServiceDraft:
    """Keep what `person` has typed about `service`, or about a new offer.

    There is one for each service; `draft` tells which of a person's new offers it is. Somebody
    else's draft is never touched: an identifier that is not theirs makes a new one.

    Raises:
        TooLarge: nobody types that much; nothing is kept.
    """
    clean = _plain(fields)
    found = _stored(person, service, draft)
    now = timezone.now()
    if found is None:
        made = ServiceDraft.objects.create(
            person=person, service=service, based_on=based_on, fields=clean, changed_at=now
        )
        _forget_oldest(person)
        return made
    found.fields, found.based_on, found.changed_at = clean, based_on, now
    found.save(update_fields=["fields", "based_on", "changed_at"])
    return found


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    """As the database can hold it, and no more than it should."""
    try:
        written = orjson.dumps(fields)
    except (orjson.JSONEncodeError, TypeError) as error:
        raise TooLarge from error
    if len(written) > LARGEST:
        raise TooLarge
    clean: dict[str, Any] = orjson.loads(written.replace(b"\\u0000", b""))
    return clean


def _stored(person: User, service: Service | None, draft: UUID | None) -> ServiceDraft | None:
    mine = ServiceDraft.objects.select_for_update().filter(person=person)
    if service is not None:
        return mine.filter(service=service).first()
    return mine.filter(pk=draft, service__isnull=True).first() if draft else None


def read(
    *, person: User, service: Service | None = None, draft: UUID | None = None
) -> ServiceDraft | None:
    """What `person` has kept about `service`, or their draft of a new offer."""
    mine = ServiceDraft.objects.filter(person=person)
    if service is not None:
        return mine.filter(service=service).first()
    return mine.filter(pk=draft, service__isnull=True).first() if draft else None


def drafts_of(person: User) -> list[ServiceDraft]:
    """All that `person` has not saved, newest first; their services are loaded along."""
    mine = ServiceDraft.objects.filter(person=person).select_related("service")
    return list(mine.order_by("-changed_at"))


def drop(*, person: User, service: Service | None = None, draft: UUID | None = None) -> None:
    """Forget a draft of `person`: it is saved, or was thrown away."""
    mine = ServiceDraft.objects.filter(person=person)
    if service is not None:
        mine.filter(service=service).delete()
    if draft is not None:
        mine.filter(pk=draft).delete()


def _forget_oldest(person: User) -> None:
    mine = ServiceDraft.objects.filter(person=person, service__isnull=True)
    old = list(mine.order_by("-changed_at").values_list("pk", flat=True)[MOST:])
    if old:
        mine.filter(pk__in=old).delete()


def tidy() -> int:
    """Delete drafts that nobody has touched for a year; returns how many."""
    gone, _by_model = ServiceDraft.objects.filter(changed_at__lt=timezone.now() - KEPT_FOR).delete()
    return gone
