"""Who comes to what: read for those who run it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from samtun.events.enums import Consent, EventKind, EventStatus, PartyState
from samtun.events.models import Event, Intake, Occurrence, Party

_MOST_TO_MOVE_TO = 60
_IN_LINE = (PartyState.WAITING, PartyState.OFFERED)


def intake_with(intake: UUID) -> Intake | None:
    """What one signs up for, with its event and who arranges it."""
    return Intake.objects.select_related("event__organization").filter(pk=intake).first()


def party_with(party: UUID) -> Party | None:
    """A party, with what it is signed up for."""
    found = Party.objects.select_related("intake__event__organization", "municipality")
    return found.filter(pk=party).first()


def occurrence_with(occurrence: UUID) -> Occurrence | None:
    """A date, with its event and what one signs up for."""
    found = Occurrence.objects.select_related("event__organization", "intake__event__organization")
    return found.filter(pk=occurrence).first()


def event_with(event: UUID) -> Event | None:
    """An event, with who arranges it."""
    return Event.objects.select_related("organization").filter(pk=event).first()


@dataclass(frozen=True, slots=True)
class Listed:
    """Everybody on the list of an intake, each in the order of their turns."""

    coming: Sequence[Party]
    waiting: Sequence[Party]  # with those who are offered seats now
    gone: Sequence[Party]  # cancelled, or did not answer

    @property
    def waiting_people(self) -> int:
        """How many people wait, also those who are offered seats."""
        return sum(party.size for party in self.waiting)

    @property
    def asked(self) -> int:
        """Parties whose grown-up has not answered yet."""
        return sum(party.consent == Consent.ASKED for party in (*self.coming, *self.waiting))


def listed(intake: Intake) -> Listed:
    """Who is on the list; one query."""
    rows = list(
        Party.objects.filter(intake=intake).select_related("municipality").order_by("turn", "pk")
    )
    for row in rows:
        row.intake = intake
    return Listed(
        [row for row in rows if row.state == PartyState.CONFIRMED],
        [row for row in rows if row.state in _IN_LINE],
        [row for row in rows if row.state in {PartyState.CANCELLED, PartyState.LAPSED}],
    )


def place_in_line(party: Party) -> int | None:
    """How many wait up to and with `party`; None for whoever does not wait. One query at most."""
    if party.state not in _IN_LINE:
        return None
    line = Party.objects.filter(intake=party.intake_id, state__in=_IN_LINE)
    return line.filter(turn__lte=party.turn).count()


def dates_of(intake: Intake) -> list[Occurrence]:
    """Its dates in order, the cancelled ones too."""
    return list(Occurrence.objects.filter(intake=intake).order_by("starts_at", "pk"))


def intakes_to_move_to(party: Party) -> list[Intake]:
    """Other dates of the same event that have not begun, the nearest first."""
    event = party.intake.event
    if event.kind == EventKind.COURSE or event.status != EventStatus.PUBLISHED:
        return []
    ahead = Intake.objects.filter(event=event, starts_at__gt=timezone.now())
    found = ahead.exclude(pk=party.intake_id).order_by("starts_at", "pk")[:_MOST_TO_MOVE_TO]
    return [_of_event(intake, event) for intake in found]


def _of_event(intake: Intake, event: Event) -> Intake:
    intake.event = event
    return intake
