"""Open now is right to the minute: seasons, nights and named days."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from samtun.search.entries import Opening
from samtun.search.facts import opening_facts
from samtun.search.openings import OpeningTable

OSLO = ZoneInfo("Europe/Oslo")


def is_open(opening: Opening, when: str) -> bool:
    table = OpeningTable()
    table.add(0, [opening_facts(opening)])
    return bool(table.open_at(datetime.fromisoformat(when).replace(tzinfo=OSLO), 1))


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-11-24T10:59", False),
        ("2026-11-24T11:00", True),
        ("2026-11-24T13:59", True),
        ("2026-11-24T14:00", False),
        ("2026-11-25T12:00", False),
    ],
)
def test_a_weekly_opening_holds_from_first_to_last_minute(when: str, *, expected: bool) -> None:
    assert is_open(Opening(1, 660, 840), when) is expected


def test_a_night_reaches_into_the_next_day() -> None:
    night = Opening(4, 22 * 60, 6 * 60)
    assert is_open(night, "2026-11-27T23:30")
    assert is_open(night, "2026-11-28T05:59")
    assert not is_open(night, "2026-11-28T06:00")


def test_a_season_ends() -> None:
    summer = Opening(1, 0, 1439, valid_from=date(2026, 6, 1), valid_to=date(2026, 8, 31))
    assert is_open(summer, "2026-06-02T12:00")
    assert not is_open(summer, "2026-11-24T12:00")


def test_named_days_count_instead_of_the_weekday() -> None:
    first_thursday = Opening(3, 600, 720, on_dates=(date(2026, 12, 3),))
    assert is_open(first_thursday, "2026-12-03T11:00")
    assert not is_open(first_thursday, "2026-12-10T11:00")


def test_the_next_minute_is_computed_anew() -> None:
    table = OpeningTable()
    table.add(0, [opening_facts(Opening(1, 660, 661))])
    assert table.open_at(datetime(2026, 11, 24, 11, 0, tzinfo=OSLO), 1) == 1
    assert table.open_at(datetime(2026, 11, 24, 11, 1, tzinfo=OSLO), 1) == 0
