"""Rules of dates, against dates that were read off a calendar or stand in RFC 5545.

Nothing here is reckoned by the library that the code uses.
"""

from datetime import UTC, datetime, timedelta

import pytest

from samtun.events.recurrence import OSLO, Rule, UnreadableRuleError, moments, on_the_wall

FAR = datetime(2030, 1, 1, tzinfo=UTC)


def days(rule: str, starts_at: datetime, until: datetime = FAR, *, most: int = 60) -> list[str]:
    """The dates as year-month-day, each at the hour of the first on the wall."""
    found = moments(rule, starts_at, until)[:most]
    assert {f"{one:%H:%M}" for one in found} <= {f"{starts_at.astimezone(OSLO):%H:%M}"}
    return [f"{one:%Y-%m-%d}" for one in found]


def listed(text: str) -> list[str]:
    """`1997: 9-2 9-3; 1998: 1-1` as dates."""
    found = []
    for part in text.split(";"):
        year, _colon, rest = part.partition(":")
        for day in rest.split():
            month, _dash, number = day.partition("-")
            found.append(f"{year.strip()}-{int(month):02}-{int(number):02}")
    return found


def test_the_last_wednesdays_of_2026_and_2027() -> None:
    first = datetime(2026, 1, 28, 18, tzinfo=OSLO)
    assert days("FREQ=MONTHLY;BYDAY=-1WE", first, datetime(2027, 12, 31, tzinfo=UTC)) == listed(
        "2026: 1-28 2-25 3-25 4-29 5-27 6-24 7-29 8-26 9-30 10-28 11-25 12-30;"
        "2027: 1-27 2-24 3-31 4-28 5-26 6-30 7-28 8-25 9-29 10-27 11-24 12-29"
    )


def test_every_second_tuesday_at_six_over_both_changes_of_the_clock() -> None:
    first = datetime(2027, 3, 2, 18, tzinfo=OSLO)
    found = moments("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", first, datetime(2027, 11, 12, tzinfo=UTC))
    assert [f"{one.astimezone(UTC):%m-%d %H}" for one in found] == [
        "03-02 17", "03-16 17",  # summer time begins on 28 March
        "03-30 16", "04-13 16", "04-27 16", "05-11 16", "05-25 16", "06-08 16", "06-22 16",
        "07-06 16", "07-20 16", "08-03 16", "08-17 16", "08-31 16", "09-14 16", "09-28 16",
        "10-12 16", "10-26 16",  # and ends on 31 October
        "11-09 17",
    ]  # fmt: skip


def test_first_mondays_skip_a_summer_by_naming_the_months() -> None:
    first = datetime(2026, 9, 7, 12, tzinfo=OSLO)
    rule = "FREQ=MONTHLY;BYDAY=1MO;BYMONTH=1,2,3,4,5,9,10,11,12"
    assert days(rule, first, datetime(2027, 9, 30, tzinfo=UTC)) == listed(
        "2026: 9-7 10-5 11-2 12-7; 2027: 1-4 2-1 3-1 4-5 5-3 9-6"
    )


RFC_5545 = [  # § 3.8.5.3: rule, first date in 1997 at nine, the dates that stand there
    (
        "FREQ=DAILY;COUNT=10",
        (9, 2),
        "1997: 9-2 9-3 9-4 9-5 9-6 9-7 9-8 9-9 9-10 9-11",
    ),
    (
        "FREQ=DAILY;INTERVAL=10;COUNT=5",
        (9, 2),
        "1997: 9-2 9-12 9-22 10-2 10-12",
    ),
    (
        "FREQ=WEEKLY;COUNT=10",
        (9, 2),
        "1997: 9-2 9-9 9-16 9-23 9-30 10-7 10-14 10-21 10-28 11-4",
    ),
    (
        "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
        (9, 2),
        "1997: 9-2 9-4 9-9 9-11 9-16 9-18 9-23 9-25 9-30 10-2",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        (9, 2),
        "1997: 9-2 9-4 9-16 9-18 9-30 10-2 10-14 10-16",
    ),
    (
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        (9, 5),
        "1997: 9-5 10-3 11-7 12-5; 1998: 1-2 2-6 3-6 4-3 5-1 6-5",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        (9, 7),
        "1997: 9-7 9-28 11-2 11-30; 1998: 1-4 1-25 3-1 3-29 5-3 5-31",
    ),
    (
        "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
        (9, 22),
        "1997: 9-22 10-20 11-17 12-22; 1998: 1-19 2-16",
    ),
    (
        "FREQ=MONTHLY;COUNT=6;BYMONTHDAY=-3",
        (9, 28),
        "1997: 9-28 10-29 11-28 12-29; 1998: 1-29 2-26",
    ),
    (
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        (9, 2),
        "1997: 9-2 9-15 10-2 10-15 11-2 11-15 12-2 12-15; 1998: 1-2 1-15",
    ),
    (
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        (9, 30),
        "1997: 9-30 10-1 10-31 11-1 11-30 12-1 12-31; 1998: 1-1 1-31 2-1",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        (9, 10),
        "1997: 9-10 9-11 9-12 9-13 9-14 9-15; 1999: 3-10 3-11 3-12 3-13",
    ),
    (
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        (6, 10),
        "1997: 6-10 7-10; 1998: 6-10 7-10; 1999: 6-10 7-10; 2000: 6-10 7-10; 2001: 6-10 7-10",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        (8, 5),
        "1997: 8-5 8-10 8-19 8-24",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        (8, 5),
        "1997: 8-5 8-17 8-19 8-31",
    ),
    (
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5",
        (9, 2),
        "1998: 2-13 3-13 11-13; 1999: 8-13; 2000: 10-13",
    ),
    (
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13;COUNT=10",
        (9, 13),
        "1997: 9-13 10-11 11-8 12-13; 1998: 1-10 2-7 3-7 4-11 5-9 6-13",
    ),
    (
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=2",
        (11, 5),
        "2000: 11-7; 2004: 11-2",
    ),
]


@pytest.mark.parametrize(("rule", "first", "expected"), RFC_5545)
def test_the_examples_of_the_standard(rule: str, first: tuple[int, int], expected: str) -> None:
    years = 1996 if "INTERVAL=4" in rule else 1997
    starts_at = datetime(years, *first, 9, tzinfo=OSLO)
    found = days(rule, starts_at, datetime(2010, 1, 1, tzinfo=UTC))
    dates = listed(expected)
    assert found == (dates if years == 1997 else ["1996-11-05", dates[0]])


def test_daily_until_christmas_includes_the_day_before() -> None:
    first = datetime(1997, 9, 2, 9, tzinfo=OSLO)
    found = days("FREQ=DAILY;UNTIL=19971224T000000Z", first, most=200)
    assert len(found) == 113  # 29 in September, 31, 30, and 23 in December
    assert found[-1] == "1997-12-23"


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261125T170000Z", "2026-11-25"),  # the very moment, in UTC
        ("20261125T165959Z", "2026-11-18"),
        ("20261125T180000", "2026-11-25"),  # the very moment, in Norway
        ("20261125T175959", "2026-11-18"),
        ("20261125", "2026-11-25"),  # the whole day
        ("20261124", "2026-11-18"),
    ],
)
def test_the_last_day_is_included(until: str, last: str) -> None:
    first = datetime(2026, 11, 4, 18, tzinfo=OSLO)
    assert days(f"FREQ=WEEKLY;UNTIL={until}", first)[-1] == last


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("20270630", "20270630T215959Z"),  # summer: two hours before
        ("20261224", "20261224T225959Z"),
        ("20270630T180000", "20270630T160000Z"),
        ("20270630T180000Z", "20270630T180000Z"),
    ],
)
def test_the_last_day_is_kept_in_utc_as_calendars_ask_for(typed: str, kept: str) -> None:
    assert Rule.of(f"RRULE:FREQ=WEEKLY;UNTIL={typed}").text == f"FREQ=WEEKLY;UNTIL={kept}"


def test_a_time_that_the_clock_skips_is_read_as_before_the_change() -> None:
    first = datetime(2027, 3, 21, 2, 30, tzinfo=OSLO)
    found = moments("FREQ=WEEKLY;COUNT=3", first, FAR)
    assert [f"{one.astimezone(UTC):%m-%d %H:%M}" for one in found] == [
        "03-21 01:30",
        "03-28 01:30",  # half past three in summer time
        "04-04 00:30",
    ]
    assert f"{found[1]:%H:%M}" == "03:30"


def test_a_time_that_the_clock_shows_twice_is_the_first_of_the_two() -> None:
    first = datetime(2027, 10, 24, 2, 30, tzinfo=OSLO)
    found = moments("FREQ=WEEKLY;COUNT=3", first, FAR)
    assert [f"{one.astimezone(UTC):%m-%d %H:%M}" for one in found] == [
        "10-24 00:30",
        "10-31 00:30",
        "11-07 01:30",
    ]


def test_days_that_a_month_does_not_have_are_left_out() -> None:
    first = datetime(2026, 12, 31, 12, tzinfo=OSLO)
    assert days("FREQ=MONTHLY;COUNT=5", first) == listed("2026: 12-31; 2027: 1-31 3-31 5-31 7-31")


def test_the_first_date_may_be_given_in_another_zone() -> None:
    first = datetime(2026, 10, 14, 16, tzinfo=UTC)  # six o'clock in Norway
    found = moments("FREQ=WEEKLY;COUNT=3", first, FAR)
    assert [f"{one:%d %H}" for one in found] == ["14 18", "21 18", "28 18"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEEKLY",
        "FREQ=",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;BYHOUR=1,2,3",
        "FREQ=WEEKLY;BYSETPOS=1",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=999999999999",
        "FREQ=WEEKLY;COUNT=401",
        "FREQ=WEEKLY;COUNT=-1",
        "FREQ=WEEKLY;COUNT=٣",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20270101",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=WEEKLY;WKST=YY",
        "FREQ=WEEKLY;UNTIL=20270230",
        "FREQ=WEEKLY;UNTIL=00010101",
        "FREQ=WEEKLY;UNTIL=99991231T235959Z",
        "FREQ=WEEKLY;UNTIL=tomorrow",
        "FREQ=WEEKLY;BYDAY=" + ",".join(["MO"] * 100),
    ],
)
def test_what_is_no_rule_of_ours_is_refused(text: str) -> None:
    with pytest.raises(UnreadableRuleError) as refused:
        Rule.of(text)
    assert str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2,4,6;BYMONTHDAY=31",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=-30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=4",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31",
    ],
)
def test_a_rule_that_may_never_come_true_is_refused(text: str) -> None:
    """Half a minute went by while the library looked for the 30th of February until 9999."""
    with pytest.raises(UnreadableRuleError):
        Rule.of(text)


def test_a_rule_from_long_ago_is_not_counted_through() -> None:
    ancient = datetime(1200, 1, 1, 12, tzinfo=OSLO)
    found = moments("FREQ=DAILY", ancient, FAR)
    assert found[-1] < ancient + timedelta(days=20 * 366 + 1)


def test_a_copy_a_year_later_keeps_the_hour_over_a_change_of_the_clock() -> None:
    summer = datetime(2026, 10, 21, 18, tzinfo=OSLO)
    assert f"{on_the_wall(summer, timedelta(days=14)):%m-%d %H:%M %z}" == "11-04 18:00 +0100"


def test_the_last_day_moves_along_with_a_copy() -> None:
    rule = Rule.of("FREQ=WEEKLY;UNTIL=20261215").shifted(timedelta(days=200))
    assert rule.text == "FREQ=WEEKLY;UNTIL=20270703T215959Z"  # winter to summer
