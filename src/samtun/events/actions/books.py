"""The books of an intake: the lock under which they are written, and their arithmetic.

Whoever changes a party's seats, an intake's capacity or its dates reads the intake through
`locked` (or `locked_with`, `locked_both`) inside the transaction, and works on what that gave:
nothing read before it is true any more. PostgreSQL holds the row until the commit. SQLite has one
writer at a time from the transaction's first moment (`transaction_mode` IMMEDIATE in the settings).
See docs/adr/0018.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from samtun.events.enums import EventStatus, OccurrenceStatus
from samtun.events.errors import ChangedMeanwhile
from samtun.events.models import Event, Intake, Occurrence, Party


def locked(intake: Intake) -> Intake:
    """The intake as it is now, with its event, and nobody else's to write until the commit."""
    return locked_by(intake.pk)


def locked_by(key: UUID) -> Intake:
    """The same, by its key."""
    return _locked([key])[0]


def locked_with(party: Party) -> Party:
    """The party as it is now, with its intake locked.

    Raises:
        ChangedMeanwhile: somebody moved it to another intake in the same moment.
    """
    key = Party.objects.values_list("intake_id", flat=True).get(pk=party.pk)
    return in_intake(party, locked_by(key))


def locked_both(one: UUID, other: UUID) -> tuple[Intake, Intake]:
    """Both intakes, always taken in one order: two who swap never wait for each other."""
    found = {intake.pk: intake for intake in _locked([one, other])}
    return found[one], found[other]


def in_intake(party: Party, intake: Intake) -> Party:
    """The party as it is now, standing in `intake`, which is locked."""
    fresh = waiting_for_letters(Party.objects.filter(pk=party.pk)).get()
    if fresh.intake_id != intake.pk:
        raise ChangedMeanwhile
    fresh.intake = intake
    return fresh


def waiting_for_letters(rows: QuerySet[Party]) -> QuerySet[Party]:
    """The rows, when no letter to them is being composed: that counts up their `sequence` too.

    The lock on the intake comes first. Composing waits for nobody.
    """
    return rows.select_for_update(of=("self",), no_key=True)


def _locked(keys: Iterable[UUID]) -> list[Intake]:
    rows = list(Intake.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    # Only now: what was read while waiting for the row would be what it was before.
    events = Event.objects.in_bulk({row.event_id for row in rows})
    for row in rows:
        row.event = events[row.event_id]
    return rows


def fits(intake: Intake, size: int) -> bool:
    """Whether so many seats are free."""
    return intake.free is None or size <= intake.free


def take(intake: Intake, size: int) -> None:
    """Write that `size` seats more are taken (negative: given back), and the newest turn."""
    intake.taken += size
    intake.save(update_fields=["taken", "last_turn"])


def next_turn(intake: Intake) -> int:
    """The next number in the line; kept by the `take` that follows."""
    intake.last_turn += 1
    return intake.last_turn


def closes_at(intake: Intake) -> datetime | None:
    """When the time to sign up ends; None: never."""
    return intake.closes_at or intake.starts_at


def is_past_closing(intake: Intake, now: datetime | None = None) -> bool:
    """Whether visitors may no longer sign up, and no seats are offered by themselves."""
    end = closes_at(intake)
    past = end is not None and end <= (now or timezone.now())
    return intake.is_closed or intake.is_tallied or past


def is_held(intake: Intake) -> bool:
    """Whether it still takes place: published, and with a date that is not cancelled."""
    dates = Occurrence.objects.filter(intake=intake, status=OccurrenceStatus.SCHEDULED)
    return intake.event.status == EventStatus.PUBLISHED and dates.exists()
