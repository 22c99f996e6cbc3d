# ruff: noqa: ANN401  (the fields of any model pass through)
"""Makes meeting places and those who come: `from tests.factories import events as happening`.

Written straight to the tables; actions are what a test tries.
"""

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from samtun.events.enums import EventKind, EventStatus, PartyState, SignUp
from samtun.events.models import Event, Intake, Occurrence, Party
from samtun.organisations.models import Municipality
from tests.factories import directory as make

OSLO = ZoneInfo("Europe/Oslo")
_numbers = count(1)


def soon(*, days: int = 14, hour: int = 18) -> datetime:
    """A moment in the coming weeks, at a whole hour in Norway."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


def event(*municipalities: Municipality, **fields: Any) -> Event:
    """A published event without dates, for the municipalities or for one."""
    number = next(_numbers)
    defaults = {
        "name": f"Temakafé om avlastning {number}",
        "slug": f"temakafe-om-avlastning-{number}",
        "summary": "En kopp kaffe og en prat.",
        "status": EventStatus.PUBLISHED,
        "sign_up": SignUp.REQUIRED,
        "starts_at": soon(),
    }
    if "organization" not in fields:
        defaults["organization"] = make.organization(municipality=make.municipality())
    made = Event.objects.create(**defaults | fields)
    made.municipalities.set(municipalities or [make.municipality()])
    return made


def intake(of: Event, **fields: Any) -> Intake:
    """What one signs up for, with the event's capacity, and no dates."""
    return Intake.objects.create(event=of, **{"capacity": of.capacity} | fields)


def occurrence(of: Event, starts_at: datetime | None = None, **fields: Any) -> Occurrence:
    """A date: of a course on the course's one intake, else on an intake of its own."""
    begins = starts_at or soon()
    ends = fields.pop("ends_at", begins + timedelta(minutes=of.minutes))
    taken_in = fields.pop("intake", None)
    if taken_in is None and of.kind == EventKind.COURSE:
        taken_in = of.intakes.first()
    taken_in = taken_in or intake(of)
    first = min(filter(None, (taken_in.starts_at, begins)))
    last = max(filter(None, (taken_in.ends_at, ends)))
    taken_in.starts_at, taken_in.ends_at = first, last
    taken_in.closes_at = taken_in.closes_at or first
    taken_in.save()
    defaults = {"starts_at": begins, "ends_at": ends, "language": of.language}
    return Occurrence.objects.create(event=of, intake=taken_in, **defaults | fields)


def one_off(*municipalities: Municipality, **fields: Any) -> Intake:
    """An event with one date in two weeks; what one signs up for."""
    made = event(*municipalities, **fields)
    return occurrence(made, made.starts_at).intake


def party(of: Intake, **fields: Any) -> Party:
    """Somebody with seats, or in the `state` given; the books of the intake are kept."""
    number = next(_numbers)
    defaults = {
        "name": "Anne",
        "email": f"anne{number}@example.org",
        "state": PartyState.CONFIRMED,
    }
    of.refresh_from_db()
    made = Party.objects.create(intake=of, turn=of.last_turn + 1, **defaults | fields)
    of.last_turn = made.turn
    if made.state in {PartyState.CONFIRMED, PartyState.OFFERED}:
        of.taken += made.size
    of.save()
    return made
