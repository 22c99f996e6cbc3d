"""What the desk's addresses of meetings name; what is not there answers 404."""

from uuid import UUID

from django.http import Http404

from samtun.events.models import Event, Intake, Occurrence, Party
from samtun.events.queries import parties


def intake_with(intake: UUID) -> Intake:
    """What one signs up for."""
    if found := parties.intake_with(intake):
        return found
    raise Http404


def party_with(party: UUID) -> Party:
    """Those who come together."""
    if found := parties.party_with(party):
        return found
    raise Http404


def occurrence_with(occurrence: UUID) -> Occurrence:
    """A date."""
    if found := parties.occurrence_with(occurrence):
        return found
    raise Http404


def event_with(event: UUID) -> Event:
    """What happens."""
    if found := parties.event_with(event):
        return found
    raise Http404
