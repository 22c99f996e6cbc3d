"""Events with dates of known instants, for calendars."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from samtun.events.enums import EventKind
from samtun.events.models import Event, Occurrence
from samtun.organisations.models import Region
from tests.factories import events as happening

OSLO = ZoneInfo("Europe/Oslo")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday, before all dates of these tests


@pytest.fixture
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is `NOW`, whenever the test runs: feeds leave out what is long over."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def at(text: str) -> datetime:
    """A moment by the clock on the wall in Norway: `2027-03-24 18:00`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=OSLO)


def utc(text: str) -> datetime:
    """A moment in UTC, e.g. `2027-03-24 17:00`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def series(region: Region, first: str, weeks: int, **fields: Any) -> tuple[Event, list[Occurrence]]:  # noqa: ANN401
    """A weekly event with its dates."""
    begins = at(first)
    defaults = {"kind": EventKind.SERIES, "starts_at": begins, "rrule": "FREQ=WEEKLY"}
    made = happening.event(*region.municipalities.all(), **defaults | fields)
    walls = [begins.replace(tzinfo=None) + timedelta(weeks=week) for week in range(weeks)]
    days = [wall.replace(tzinfo=OSLO) for wall in walls]
    return made, [happening.occurrence(made, day, rule_starts_at=day) for day in days]


def course(region: Region, *moments: str, **fields: Any) -> tuple[Event, list[Occurrence]]:  # noqa: ANN401
    """A course with these sessions, on one intake."""
    defaults = {"kind": EventKind.COURSE, "starts_at": at(moments[0])}
    made = happening.event(*region.municipalities.all(), **defaults | fields)
    return made, [happening.occurrence(made, at(moment)) for moment in moments]
