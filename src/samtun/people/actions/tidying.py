"""What has had its time is deleted; once a day."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from samtun.organisations import recent
from samtun.organisations.models import RegionContact
from samtun.people.models import AuditEvent, Invitation

INVITATIONS_STAY = timedelta(days=30)
# A day more than what the database asks, so that the two agree on leap days and clocks.
EVENTS_STAY = timedelta(days=3 * 366 + 1)
_AT_ONCE = 5_000


def tidy() -> None:
    """Delete old invitations, the cards of ended roles, and events older than three years."""
    _tidy_invitations()
    _tidy_cards()
    while _tidy_some_events():
        pass


@transaction.atomic
def _tidy_invitations() -> None:
    long_ago = timezone.now() - INVITATIONS_STAY
    over = Q(accepted_at__lt=long_ago) | Q(withdrawn_at__lt=long_ago) | Q(expires_at__lt=long_ago)
    Invitation.objects.filter(over).delete()


@transaction.atomic
def _tidy_cards() -> None:
    RegionContact.objects.filter(role__ends_on__lt=timezone.localdate()).delete()
    transaction.on_commit(recent.forget)


@transaction.atomic
def _tidy_some_events() -> bool:
    """A few thousand at a time: a million in one transaction would hold everybody up."""
    old = AuditEvent.objects.filter(at__lt=timezone.now() - EVENTS_STAY).order_by("at")
    keys = list(old.values_list("pk", flat=True)[:_AT_ONCE])
    AuditEvent.objects.filter(pk__in=keys).delete()
    return len(keys) == _AT_ONCE
