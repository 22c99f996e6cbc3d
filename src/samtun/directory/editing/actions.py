"""Changing what the map says: every write to a service by people goes through here."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from samtun.directory.editing.bulk import (
    Result,
    archive_many,
    change_coverage,
    change_owner,
    tag,
)
from samtun.directory.editing.document import Document, empty
from samtun.directory.editing.saving import Change, Edit, change_all, make
from samtun.directory.editing.versions import version_of
from samtun.directory.enums import PUBLIC_STATUSES, ServiceStatus, VersionReason
from samtun.directory.models import Service
from samtun.people.models import User

__all__ = [
    "Result",
    "apply_dates",
    "archive",
    "archive_many",
    "change_coverage",
    "change_owner",
    "publish",
    "reopen",
    "restore",
    "save",
    "tag",
]

_BATCH = 200
_AS_IT_STANDS = ("status", "publish_on", "end_on", "organization", "keeper")


@transaction.atomic
def save(
    *,
    document: object,
    by: User | None,
    service: Service | None = None,
    reason: VersionReason = VersionReason.EDITED,
    based_on: int | None = None,
) -> Service:
    """Save `document` as `service`, or as a new one, and keep the version.

    What the document leaves out stays as it was. A document that changes nothing leaves no trace.
    `based_on` is the number of the version it was written from (0: there was none). Whether `by`
    may change the service is for the caller to ask; where it belongs, and which places are
    changed, is asked here. `by=None` is whoever holds a letter, or the system.

    Raises:
        Invalid: something typed cannot be kept; nothing was saved.
        Changed: somebody saved a newer version in between; nothing was saved.
        Service.DoesNotExist: it is gone.
    """
    change = Change(by, reason, based_on=based_on)
    if service is None:
        return make(document, change)
    return _changed(service, lambda _current: document, change)


@transaction.atomic
def publish(service: Service, *, by: User | None) -> Service:
    """Let everybody see a draft, from now on. One that is public already stays as it is."""
    return _changed(service, _published, Change(by, action="service.published"))


@transaction.atomic
def archive(
    service: Service, *, by: User | None, reason: VersionReason = VersionReason.EDITED
) -> Service:
    """Take it off the map for good; it is kept, and can be reopened."""
    return _changed(service, _archived, Change(by, reason, action="service.archived"))


@transaction.atomic
def reopen(service: Service, *, by: User | None) -> Service:
    """Make an archived service a draft again, to be looked over before it is published."""
    return _changed(service, _reopened, Change(by, action="service.reopened"))


@transaction.atomic
def restore(service: Service, number: int, by: User | None) -> Service:
    """Bring back what version `number` said, as a new version.

    State, dates, organisation and keeper stay as they are: bringing back old words must neither
    publish a draft nor hand a service to somebody.

    Raises:
        ServiceVersion.DoesNotExist: the service has no such version.
        Invalid: something of then cannot be kept now.
    """
    wanted = version_of(service, number).document

    def restored(current: Document) -> object:
        return {**empty(), **wanted, **{name: current[name] for name in _AS_IT_STANDS}}  # type: ignore[literal-required]  # names of fields

    change = Change(by, VersionReason.RESTORED, action="service.restored")
    return _changed(service, restored, change)


def _changed(service: Service, edit: Edit, change: Change) -> Service:
    outcomes = change_all([service.pk], edit, change)
    if not outcomes:
        raise Service.DoesNotExist
    if outcomes[0].error:
        raise outcomes[0].error
    return outcomes[0].service


def _published(current: Document) -> object:
    if current["status"] in PUBLIC_STATUSES:
        return current
    return {**current, "status": str(ServiceStatus.ACTIVE), "publish_on": None}


def _archived(current: Document) -> object:
    return {**current, "status": str(ServiceStatus.DEFUNCT), "publish_on": None, "end_on": None}


def _reopened(current: Document) -> object:
    if current["status"] != ServiceStatus.DEFUNCT:
        return current
    return {**current, "status": str(ServiceStatus.INACTIVE)}


def apply_dates(today: date) -> int:
    """Publish what is to go public by `today` and archive what ended before; for the night.

    Safe to repeat: a date that has been acted on is taken away. Batch by batch, each in its own
    transaction. Returns how many services changed.
    """
    ended = Service.objects.filter(end_on__lt=today).exclude(status=ServiceStatus.DEFUNCT)
    starting = Service.objects.filter(
        Q(end_on__isnull=True) | Q(end_on__gte=today),
        publish_on__lte=today,
        status=ServiceStatus.INACTIVE,
    )
    night = {"by": None, "reason": VersionReason.DATE}
    archiving = Change(action="service.archived", **night)  # type: ignore[arg-type]  # two kinds
    publishing = Change(action="service.published", **night)  # type: ignore[arg-type]  # the same
    return _apply(ended, _archived, archiving) + _apply(starting, _published, publishing)


def _apply(services: QuerySet[Service], edit: Edit, change: Change) -> int:
    done = 0
    for batch in _batches(list(services.order_by("pk").values_list("pk", flat=True))):
        outcomes = change_all(batch, edit, change)
        done += sum(1 for outcome in outcomes if outcome.fields)
    return done


def _batches(keys: Iterable[UUID]) -> Iterator[list[UUID]]:
    remaining = iter(keys)
    while batch := list(islice(remaining, _BATCH)):
        yield batch
