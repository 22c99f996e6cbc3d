"""Somebody has called those who cannot be written to."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from samtun.events.enums import Channel, NoticeKind
from samtun.events.models import Notice, Party
from samtun.people import audit
from samtun.people.models import User


@transaction.atomic
def told(*, party: Party, notices: Collection[UUID], by: User) -> int:
    """The party has been told these matters by phone; how many of them still had to be.

    What was told or withdrawn meanwhile is left as it is.
    """
    waiting = Notice.objects.select_for_update().filter(
        party=party, pk__in=notices, channel=Channel.PHONE, settled_at__isnull=True
    )
    kinds = sorted(NoticeKind(kind).value for kind in waiting.values_list("kind", flat=True))
    if not kinds:
        return 0
    waiting.update(settled_at=timezone.now(), settled_by=by)
    details = {"party": str(party.pk), "notices": len(kinds)}
    audit.record("party.called", by=by, about=party.intake.event, details=details)
    return len(kinds)
