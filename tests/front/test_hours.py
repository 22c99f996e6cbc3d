# ruff: noqa: ANN401  (the fields of a schedule pass through)
"""Opening hours as people say them."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from samtun.directory.models import Schedule
from samtun.front.hours import Hours, hours

SATURDAY_NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))


def schedule(**fields: Any) -> Schedule:
    """Tuesdays from eleven to two, not saved."""
    defaults = {"freq": "WEEKLY", "byday": "TU", "opens_at": time(11), "closes_at": time(14)}
    return Schedule(**defaults | fields)


def said(*schedules: Schedule, language: str = "nb", now: datetime = SATURDAY_NOON) -> Hours:
    """The hours in a language."""
    with override(language):
        return hours(schedules, now)


def week(*schedules: Schedule, language: str = "nb") -> list[tuple[str, str]]:
    """The rows of the first timetable."""
    table = said(*schedules, language=language).timetables[0]
    return [(day.name, day.hours) for day in table.days]


def lines(**fields: Any) -> list[str]:
    """The sentences about one schedule."""
    language = fields.pop("lang", "nb")
    return said(schedule(**fields), language=language).timetables[0].lines


# -- the week --------------------------------------------------------------------------------------


def test_neighbouring_days_with_the_same_hours_stand_together() -> None:
    assert week(schedule(byday="MO,TU,WE,FR,SA")) == [
        ("Mandag til onsdag", "11–14"),
        ("Fredag og lørdag", "11–14"),
    ]


def test_a_day_with_other_hours_stands_alone() -> None:
    evening = schedule(byday="TU", opens_at=time(17, 30), closes_at=time(20))
    assert week(schedule(byday="MO,TU,WE"), evening) == [
        ("Mandag", "11–14"),
        ("Tirsdag", "11–14 og 17.30–20"),
        ("Onsdag", "11–14"),
    ]


def test_day_and_night_is_said_in_words() -> None:
    always = schedule(byday="MO,TU,WE,TH,FR,SA,SU", opens_at=time(0), closes_at=time(23, 59))
    assert week(always) == [("Alle dager", "hele døgnet")]
    assert week(always, language="nn") == [("Alle dagar", "heile døgnet")]
    assert said(always).state == "Åpent hele døgnet"


def test_english_readers_get_times_they_know() -> None:
    assert week(schedule(byday="MO,TU,WE"), language="en") == [
        ("Monday to Wednesday", "11:00–14:00")
    ]


def test_an_open_end_says_when_it_begins() -> None:
    assert week(schedule(closes_at=None)) == [("Tirsdag", "fra kl. 11")]


def test_a_day_ends_at_twenty_four() -> None:
    assert week(schedule(opens_at=time(18), closes_at=time(0))) == [("Tirsdag", "18–24")]


def test_today_is_marked_in_the_season_that_has_begun() -> None:
    going_on = said(schedule(byday="SA")).timetables[0]
    to_come = said(schedule(byday="SA", valid_from=date(2027, 1, 1))).timetables[0]
    assert [day.is_today for day in going_on.days] == [True]
    assert [day.is_today for day in to_come.days] == [False]


# -- seasons ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "season"),
    [
        (date(2026, 8, 17), date(2027, 6, 18), "Til 18. juni 2027"),
        (date(2027, 1, 4), date(2027, 6, 18), "Fra 4. januar 2027 til 18. juni 2027"),
        (date(2027, 1, 4), None, "Fra 4. januar 2027"),
        (date(2026, 8, 17), None, ""),
    ],
)
def test_a_season_says_what_of_it_lies_ahead(first: date, last: date | None, season: str) -> None:
    assert said(schedule(valid_from=first, valid_to=last)).timetables[0].season == season


def test_a_season_that_is_over_is_not_shown() -> None:
    assert not said(schedule(valid_to=date(2026, 11, 20)))


def test_seasons_come_in_their_order() -> None:
    spring = schedule(valid_from=date(2027, 1, 4), byday="WE")
    autumn = schedule(valid_from=date(2026, 8, 17), valid_to=date(2026, 12, 18))
    assert [table.season for table in said(spring, autumn).timetables] == [
        "Til 18. desember 2026",
        "Fra 4. januar 2027",
    ]


def test_different_purposes_stand_apart() -> None:
    phone_time = schedule(description="Telefontid", byday="MO")
    tables = said(schedule(), phone_time).timetables
    assert sorted(str(table.note) for table in tables) == ["", "Telefontid"]


def test_a_purpose_without_hours_is_still_told() -> None:
    by_agreement = schedule(
        freq="", byday="", opens_at=None, closes_at=None, description="Etter avtale"
    )
    assert [str(table.note) for table in said(by_agreement).timetables] == ["Etter avtale"]


# -- what is no plain week -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"interval": 2}, "Annenhver tirsdag kl. 11–14"),
        ({"interval": 2, "lang": "nn"}, "Annankvar tysdag kl. 11–14"),
        ({"interval": 2, "lang": "en"}, "Every other Tuesday, 11:00–14:00"),
        ({"interval": 3}, "Hver 3. uke: tirsdag kl. 11–14"),
        ({"freq": "MONTHLY", "byday": "1TH"}, "Første torsdag i måneden kl. 11–14"),
        ({"freq": "MONTHLY", "byday": "-1TH", "lang": "nn"}, "Siste torsdagen i månaden kl. 11–14"),
        ({"freq": "MONTHLY", "byday": "2MO,4MO", "lang": "en"},
         "Second Monday of the month and fourth Monday of the month, 11:00–14:00"),
        ({"freq": "MONTHLY", "byday": "", "bymonthday": "15"}, "Dag 15 i måneden kl. 11–14"),
        ({"freq": "MONTHLY", "byday": "1TH", "interval": 3},
         "Første torsdag i måneden, hver 3. måned kl. 11–14"),
    ],
)  # fmt: skip
def test_a_rule_is_said_as_people_say_it(fields: dict[str, Any], sentence: str) -> None:
    assert lines(**fields) == [sentence]


def test_a_rule_without_words_is_told_by_its_dates() -> None:
    assert lines(count=2, valid_from=date(2026, 11, 24)) == [
        "24. november 2026 og 1. desember 2026 kl. 11–14"
    ]


def test_a_single_day_is_told_with_its_weekday() -> None:
    day = date(2026, 11, 26)
    assert lines(valid_from=day, valid_to=day, byday="TH") == [
        "Torsdag 26. november 2026 kl. 11–14"
    ]
    assert lines(freq="", byday="", dtstart=day, lang="nn") == [
        "Torsdag 26. november 2026 kl. 11–14"
    ]


def test_a_single_day_that_is_over_is_not_shown() -> None:
    assert not said(schedule(valid_from=date(2026, 11, 20), valid_to=date(2026, 11, 20)))


@pytest.mark.parametrize(
    "fields", [{"byday": "XX"}, {"freq": "MONTHLY", "byday": "", "bymonthday": "x"}]
)
def test_a_rule_that_cannot_be_read_is_left_out(fields: dict[str, Any]) -> None:
    assert said(schedule(**fields)).timetables == []


# -- now and next ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"byday": "SA"}, "Åpent nå, til kl. 14"),
        ({"byday": "SA", "closes_at": time(23, 59)}, "Åpent nå, til kl. 24"),
        ({"byday": "SA", "opens_at": time(18), "closes_at": time(20, 30)},
         "Neste gang: i dag kl. 18–20.30"),
        ({"byday": "SU"}, "Neste gang: i morgen kl. 11–14"),
        ({"byday": "TU"}, "Neste gang: tirsdag 24. november kl. 11–14"),
        ({"byday": "TU", "valid_from": date(2027, 6, 1)},
         "Neste gang: tirsdag 1. juni 2027 kl. 11–14"),
        ({"byday": "TU", "valid_to": date(2026, 11, 23)}, ""),
    ],
)  # fmt: skip
def test_what_is_true_now_or_comes_next(fields: dict[str, Any], state: str) -> None:
    found = said(schedule(**fields))
    assert found.state == state
    assert found.is_open == state.startswith("Åpent")
