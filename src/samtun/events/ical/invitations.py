"""What a party gets into its own calendar."""

from samtun.events.models import Occurrence, Party


def invitation(party: Party) -> tuple[str, str]:
    """The iTIP message of the party's letter, and its method."""
    raise NotImplementedError


def party_calendar(party: Party) -> str:
    """What "add to my calendar" gives on the party's own page."""
    raise NotImplementedError


def occurrence_calendar(occurrence: Occurrence, language: str, *, base: str = "") -> str:
    """One date for anybody's calendar."""
    raise NotImplementedError
