"""What a change to the books would do, tried and taken back."""

from django.db import transaction

from samtun.events.actions import intakes
from samtun.events.enums import HOLDING, PartyState
from samtun.events.models import Intake, Party


def offered_with(*, intake: Intake, capacity: int | None) -> list[Party]:
    """Who of those who wait would get seats if there were so many, in order.

    The change is made and rolled back, so it is no guess; nobody is told.

    Raises:
        SeatsAreTaken: there cannot be so few.
    """
    waiting = Party.objects.filter(intake=intake, state=PartyState.WAITING).order_by("turn")
    before = list(waiting.values_list("pk", flat=True))
    with transaction.atomic():
        intakes.set_capacity(intake=intake, capacity=capacity, by=None)
        given = Party.objects.filter(pk__in=before, state__in=HOLDING).order_by("turn")
        found = list(given)
        transaction.set_rollback(True)
    return found
