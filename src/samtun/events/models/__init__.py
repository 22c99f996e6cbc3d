"""Tables of `events`."""

from samtun.events.models.event import CalendarText, Event, Intake, Occurrence
from samtun.events.models.party import (
    Attendance,
    Evaluation,
    Headcount,
    Message,
    Notice,
    Party,
    Tally,
)

__all__ = [
    "Attendance",
    "CalendarText",
    "Evaluation",
    "Event",
    "Headcount",
    "Intake",
    "Message",
    "Notice",
    "Occurrence",
    "Party",
    "Tally",
]
