"""Somebody has called those who cannot be written to."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from samtun.events.actions import parties
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
    details: dict[str, object] = {"party": str(party.pk), "notices": len(kinds)}
    audit.record("party.called", by=by, about=party.intake.event, details=details)
    return len(kinds)


@transaction.atomic
def accepts(*, party: Party, notices: Collection[UUID], by: User) -> None:
    """They were told on the phone, and take the seats they are offered.

    Raises:
        SignUpError: the seats are not held for them any more.
    """
    told(party=party, notices=notices, by=by)
    _answered(party, by, "accepted")
    parties.accept_offer(party=party)


@transaction.atomic
def declines(*, party: Party, notices: Collection[UUID], by: User) -> None:
    """They were told on the phone, and do not want the seats.

    Raises:
        SignUpError: the seats are not held for them any more.
    """
    told(party=party, notices=notices, by=by)
    _answered(party, by, "declined")
    parties.decline_offer(party=party)


@transaction.atomic
def consents(*, party: Party, notices: Collection[UUID], by: User) -> None:
    """The parent said on the phone that the child may come; the trail says who heard it."""
    told(party=party, notices=notices, by=by)
    _answered(party, by, "consented")
    parties.give_consent(party=party)


@transaction.atomic
def refuses(*, party: Party, notices: Collection[UUID], by: User) -> None:
    """The parent said on the phone that the child may not come."""
    told(party=party, notices=notices, by=by)
    _answered(party, by, "refused")
    parties.refuse_consent(party=party)


def _answered(party: Party, by: User, answer: str) -> None:
    details: dict[str, object] = {"party": str(party.pk), "answer": answer}
    audit.record("party.answered", by=by, about=party.intake.event, details=details)
