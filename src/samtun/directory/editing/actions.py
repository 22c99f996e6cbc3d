"""Changing what the map says: every write to a service by people goes through here."""


from django.db import transaction

from samtun.directory.editing.saving import Change, change_all, make
from samtun.directory.enums import VersionReason
from samtun.directory.models import Service
from samtun.people.models import User


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
    `based_on` is the number of the version it was written from (0: there was none).

    Raises:
        Invalid: something typed cannot be kept; nothing was saved.
        Changed: somebody saved a newer version in between; nothing was saved.
    """
    change = Change(by, reason, based_on=based_on)
    if service is None:
        return make(document, change)
    return _changed(service, lambda _current: document, change)


def _changed(service: Service, edit: object, change: Change) -> Service:
    outcomes = change_all([service.pk], edit, change)
    if not outcomes:
        raise Service.DoesNotExist
    if outcomes[0].error:
        raise outcomes[0].error
    return outcomes[0].service
