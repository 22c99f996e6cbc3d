# ruff: noqa: ANN401  (the fields of a schedule pass through)
"""When something is open: seasons, nights, months, summer time, and rules made to hurt."""

from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from samtun.directory import opening
from samtun.directory.models import Schedule

OSLO = ZoneInfo("Europe/Oslo")
SATURDAY = date(2026, 11, 21)


def schedule(**fields: Any) -> Schedule:
    """Tuesdays from eleven to two, not saved."""
    defaults = {"freq": "WEEKLY", "byday": "TU", "opens_at": time(11), "closes_at": time(14)}
    return Schedule(**defaults | fields)


def at(text: str) -> datetime:
    """A moment on a Norwegian clock."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


def next_of(*schedules: Schedule, after: str = "2026-11-21T10:00") -> tuple[str, str] | None:
    """The next opening as a Norwegian clock shows it."""
    found = opening.next_opening(schedules, at(after))
    return found and (f"{found.opens:%Y-%m-%d %H:%M}", f"{found.closes:%Y-%m-%d %H:%M}")


def days(first: date = SATURDAY, last: date = date(2027, 1, 31), **fields: Any) -> list[str]:
    """The days of a schedule within the window."""
    return [str(day) for day in opening.days_of(schedule(**fields), first, last)]


# -- weeks ---------------------------------------------------------------------------------------


def test_next_opening_is_the_first_weekday_to_come() -> None:
    assert next_of(schedule()) == ("2026-11-24 11:00", "2026-11-24 14:00")


def test_next_opening_is_the_one_going_on() -> None:
    assert next_of(schedule(), after="2026-11-24T13:59") == ("2026-11-24 11:00", "2026-11-24 14:00")


def test_next_opening_at_closing_time_is_next_week() -> None:
    assert next_of(schedule(), after="2026-11-24T14:00") == ("2026-12-01 11:00", "2026-12-01 14:00")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-11-24T10:59", False), ("2026-11-24T11:00", True), ("2026-11-24T14:00", False)],
)
def test_it_is_open_from_opening_until_before_closing(moment: str, expected: bool) -> None:  # noqa: FBT001
    assert opening.is_open([schedule()], at(moment)) is expected


def test_the_moment_may_be_given_in_another_time_zone() -> None:
    assert opening.is_open([schedule()], datetime(2026, 11, 24, 10, 30, tzinfo=UTC))
    assert not opening.is_open([schedule()], datetime(2026, 11, 24, 13, 30, tzinfo=UTC))


def test_every_other_week_counts_from_its_beginning() -> None:
    fortnightly = {"interval": 2, "byday": "FR", "valid_from": date(2026, 8, 28)}
    assert days(last=date(2026, 12, 31), **fortnightly) == ["2026-12-04", "2026-12-18"]


def test_stretches_that_meet_are_one() -> None:
    before_lunch = schedule(closes_at=time(12))
    after_lunch = schedule(opens_at=time(12), closes_at=time(15))
    assert next_of(after_lunch, before_lunch) == ("2026-11-24 11:00", "2026-11-24 15:00")


def test_a_break_parts_two_stretches() -> None:
    evening = schedule(opens_at=time(18), closes_at=time(20))
    assert next_of(schedule(), evening, after="2026-11-24T15:00") == (
        "2026-11-24 18:00",
        "2026-11-24 20:00",
    )


def test_the_first_of_several_schedules_wins() -> None:
    sunday = schedule(byday="SU")
    assert next_of(schedule(), sunday) == ("2026-11-22 11:00", "2026-11-22 14:00")


# -- seasons and single days ---------------------------------------------------------------------


def test_a_season_that_is_over_opens_no_more() -> None:
    assert next_of(schedule(valid_to=date(2026, 11, 20))) is None


def test_a_season_to_come_opens_on_its_first_weekday() -> None:
    assert next_of(schedule(valid_from=date(2027, 5, 1))) == (
        "2027-05-04 11:00",
        "2027-05-04 14:00",
    )


def test_the_last_day_of_a_season_counts() -> None:
    assert next_of(schedule(valid_to=date(2026, 11, 24))) == (
        "2026-11-24 11:00",
        "2026-11-24 14:00",
    )


def test_until_ends_a_rule_as_a_season_does() -> None:
    assert days(until=date(2026, 12, 1)) == ["2026-11-24", "2026-12-01"]


def test_beyond_the_horizon_nothing_is_promised() -> None:
    assert next_of(schedule(valid_from=SATURDAY + timedelta(days=500))) is None


def test_a_single_day_is_the_one_it_is_valid() -> None:
    one = schedule(freq="", byday="", valid_from=date(2026, 12, 5), valid_to=date(2026, 12, 5))
    assert next_of(one) == ("2026-12-05 11:00", "2026-12-05 14:00")


def test_a_single_day_is_its_start() -> None:
    one = schedule(freq="", byday="", dtstart=date(2026, 12, 5))
    assert next_of(one) == ("2026-12-05 11:00", "2026-12-05 14:00")


def test_a_single_day_may_name_its_weekday_too() -> None:
    day = date(2027, 4, 15)
    one = schedule(freq="MONTHLY", byday="3TH", valid_from=day, valid_to=day)
    assert next_of(one) == ("2027-04-15 11:00", "2027-04-15 14:00")


def test_a_period_without_days_opens_never() -> None:
    assert next_of(schedule(freq="", byday="", valid_from=SATURDAY)) is None


def test_days_without_a_frequency_are_days_of_the_week() -> None:
    assert days(last=date(2026, 11, 30), freq="", byday="MO,TU") == [
        "2026-11-23",
        "2026-11-24",
        "2026-11-30",
    ]


def test_a_schedule_without_hours_is_never_open() -> None:
    assert next_of(schedule(opens_at=None, closes_at=None)) is None


# -- months --------------------------------------------------------------------------------------


def test_the_first_thursday_of_the_month() -> None:
    assert days(freq="MONTHLY", byday="1TH") == ["2026-12-03", "2027-01-07"]


def test_the_last_friday_of_the_month() -> None:
    assert days(freq="MONTHLY", byday="-1FR") == ["2026-11-27", "2026-12-25", "2027-01-29"]


def test_a_fifth_monday_comes_only_where_there_is_one() -> None:
    assert days(freq="MONTHLY", byday="5MO", last=date(2027, 3, 31)) == ["2026-11-30", "2027-03-29"]


def test_a_day_of_the_month() -> None:
    assert days(freq="MONTHLY", byday="", bymonthday="-1,15") == [
        "2026-11-30",
        "2026-12-15",
        "2026-12-31",
        "2027-01-15",
        "2027-01-31",
    ]


def test_every_third_month_counts_from_its_beginning() -> None:
    quarterly = {"freq": "MONTHLY", "byday": "1SA", "interval": 3, "dtstart": date(2026, 1, 1)}
    assert days(last=date(2027, 8, 1), **quarterly) == ["2027-01-02", "2027-04-03", "2027-07-03"]


def test_mixed_weekdays_with_and_without_number_are_all_meant() -> None:
    assert days(freq="MONTHLY", byday="SA,1TH", last=date(2026, 12, 5)) == [
        "2026-11-21",
        "2026-11-28",
        "2026-12-03",
        "2026-12-05",
    ]


# -- nights --------------------------------------------------------------------------------------


def test_a_night_belongs_to_the_evening_before() -> None:
    night = schedule(byday="SA", opens_at=time(20), closes_at=time(2))
    assert opening.is_open([night], at("2026-11-22T01:59"))
    assert not opening.is_open([night], at("2026-11-22T02:00"))
    assert not opening.is_open([night], at("2026-11-21T01:00"))


def test_midnight_to_midnight_is_the_whole_day() -> None:
    day = schedule(byday="SA", opens_at=time(0), closes_at=time(0))
    assert opening.is_open([day], at("2026-11-21T23:59"))
    assert not opening.is_open([day], at("2026-11-22T00:00"))


@pytest.mark.parametrize("closes_at", [time(0), time(23, 59), time(23, 59, 59)])
def test_day_and_night_is_never_closed_for_a_minute(closes_at: time) -> None:
    always = schedule(byday="MO,TU,WE,TH,FR,SA,SU", opens_at=time(0), closes_at=closes_at)
    assert opening.is_open([always], at("2026-11-21T23:59:30"))
    found = opening.next_opening([always], at("2026-11-21T23:59:30"))
    assert found is not None
    assert found.closes - found.opens > timedelta(days=7)


def test_a_missing_closing_time_gives_an_hour() -> None:
    assert next_of(schedule(closes_at=None)) == ("2026-11-24 11:00", "2026-11-24 12:00")


# -- summer time ---------------------------------------------------------------------------------


def test_opening_hours_stay_when_the_clock_changes() -> None:
    assert next_of(schedule(byday="SU"), after="2026-03-28T12:00") == (
        "2026-03-29 11:00",
        "2026-03-29 14:00",
    )
    assert next_of(schedule(byday="SU"), after="2026-10-24T12:00") == (
        "2026-10-25 11:00",
        "2026-10-25 14:00",
    )


def test_a_day_of_twenty_five_hours_is_open_to_its_end() -> None:
    whole = schedule(byday="SU", opens_at=time(0), closes_at=time(0))
    last_half_hour = datetime(2026, 10, 25, 22, 30, tzinfo=UTC)  # 23.30 in Norway
    assert opening.is_open([whole], last_half_hour)


def test_an_opening_in_the_hour_that_spring_takes_is_left_out() -> None:
    gone = schedule(byday="SU", opens_at=time(2, 30), closes_at=time(3))
    assert next_of(gone, after="2026-03-28T12:00") == ("2026-04-05 02:30", "2026-04-05 03:00")


# -- rules that nobody should have written ---------------------------------------------------------

HOSTILE = {
    "never comes true": {"freq": "MONTHLY", "byday": "1MO", "bymonthday": "31"},
    "never comes true either": {"byday": "TU", "byweekno": "53", "byyearday": "100"},
    "began in the year 1": {"byday": "MO,TU", "interval": 3, "dtstart": date.min},
    "counts from the year 1": {"byday": "TU", "count": 2_000_000_000, "dtstart": date.min},
    "counts what never comes": {"byday": "TU", "bymonthday": "31", "byyearday": "1", "count": 9},
    "begins at the end of time": {"byday": "TU", "interval": 9, "dtstart": date.max},
    "valid for ever": {"interval": 2, "valid_from": date.min, "valid_to": date.max},
    "interval of a lifetime": {"interval": 32_767, "byday": "TU"},
    "months of a lifetime": {
        "freq": "MONTHLY",
        "interval": 32_767,
        "bymonthday": "30",
        "byday": "",
    },
    "every day of the year": {"byday": "", "byyearday": ",".join(map(str, range(1, 101)))},
    "not a weekday": {"byday": "XX"},
    "not a number": {"freq": "MONTHLY", "byday": "", "bymonthday": "first"},
    "a number too large": {"freq": "MONTHLY", "byday": "", "bymonthday": "9" * 199},
    "digits of another script": {"freq": "MONTHLY", "byday": "", "bymonthday": "١٥"},
    "no day at all": {"freq": "MONTHLY", "byday": "0MO"},
    "backwards": {"valid_from": date(2027, 1, 1), "valid_to": date(2026, 1, 1)},
    "strange week": {"wkst": "ZZ", "interval": 2},
    "empty parts": {"byday": ",,,"},
}


@pytest.mark.parametrize("parts", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_rule_is_answered_in_bounded_time(parts: dict[str, Any]) -> None:
    started = process_time()
    opening.next_opening([schedule(**parts)], at("2026-11-21T10:00"))
    opening.is_open([schedule(**parts)], at("2026-11-21T10:00"))
    assert process_time() - started < 0.5


@pytest.mark.parametrize("name", ["not a weekday", "not a number", "no day at all", "strange week"])
def test_an_unreadable_rule_opens_never(name: str) -> None:
    assert next_of(schedule(**HOSTILE[name])) is None


def test_an_unreadable_rule_does_not_hide_its_neighbours() -> None:
    assert next_of(schedule(byday="XX"), schedule()) == ("2026-11-24 11:00", "2026-11-24 14:00")


def test_a_counted_rule_ends_after_its_last_time() -> None:
    assert days(count=2, dtstart=date(2026, 11, 17)) == ["2026-11-24"]


# -- against dateutil ------------------------------------------------------------------------------

_weekdays = st.lists(st.sampled_from(opening.WEEKDAYS), min_size=1, max_size=4, unique=True)
_which = st.lists(
    st.tuples(st.sampled_from([-2, -1, 1, 2, 3, 4, 5]), st.sampled_from(opening.WEEKDAYS)),
    min_size=1,
    max_size=3,
    unique=True,
)
_month_days = st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=4, unique=True)
_dates = st.dates(date(2020, 1, 1), date(2027, 1, 1))
_joined = {
    "WEEKLY": _weekdays.map(",".join),
    "MONTHLY": _which.map(lambda pairs: ",".join(f"{number}{day}" for number, day in pairs)),
}


@settings(max_examples=200, deadline=None)
@given(data=st.data(), freq=st.sampled_from(["WEEKLY", "MONTHLY"]), anchor=_dates, first=_dates)
def test_the_days_are_those_of_dateutil(
    data: st.DataObject, freq: str, anchor: date, first: date
) -> None:
    parts = {
        "freq": freq,
        "interval": data.draw(st.integers(1, 5)),
        "byday": data.draw(st.just("") | _joined[freq]),
        "bymonthday": data.draw(st.just("") | _month_days.map(lambda n: ",".join(map(str, n)))),
        "wkst": data.draw(st.sampled_from(["", "MO", "SU", "WE"])),
        "count": data.draw(st.none() | st.integers(1, 30)),
    }
    assume(freq == "WEEKLY" or not (parts["byday"] and parts["bymonthday"]))
    last = first + timedelta(days=400)
    expected = _dateutil_days(parts, anchor, first, last)
    assert opening.days_of(schedule(dtstart=anchor, **parts), first, last) == expected


def _dateutil_days(parts: dict[str, Any], anchor: date, first: date, last: date) -> list[date]:
    text = ";".join(f"{name.upper()}={value}" for name, value in parts.items() if value)
    rule = rrulestr(text, dtstart=datetime.combine(anchor, time(0)))
    between = (datetime.combine(day, time(0)) for day in (first, last))
    return [moment.date() for moment in rule.between(*between, inc=True)]
