"""Who comes to what: read for those who run it."""

from uuid import UUID

from samtun.events.models import Event, Intake, Occurrence, Party


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
