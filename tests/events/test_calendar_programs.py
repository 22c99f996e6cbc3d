"""Feeds and invitations in programs that are not ours: read without a complaint, and right."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from samtun.events.actions import occurrences
from samtun.events.enums import OccurrenceStatus, PartyState
from samtun.events.ical import feeds
from samtun.events.ical.invitations import invitation, occurrence_calendar, party_calendar
from samtun.organisations.models import Region
from tests.events.calendar_programs import Libical, calcurse
from tests.events.calendars import at, course, series, standing_clock, utc
from tests.factories import directory as make
from tests.factories import events as happening

__all__ = ["standing_clock"]  # a fixture
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]


@pytest.fixture
def region() -> Region:
    """Valdres."""
    return make.region()


def a_year(region: Region) -> str:
    """A feed with all that can be in one."""
    event, dates = series(
        region, "2027-03-17 18:00", 6, location=make.location(), name="Temakafé; og, mer"
    )
    dates[1].theme = "Hvile – og litt til om søvn og alt annet som kan være til hjelp"
    dates[3].status = OccurrenceStatus.CANCELLED
    dates[4].starts_at, dates[4].ends_at = at("2027-04-15 12:00"), at("2027-04-15 14:00")
    for one in dates:
        one.save()
    dates[2].delete()
    evenings, _ = course(region, "2027-10-26 18:00", "2027-11-02 18:00", meets_online=True)
    feeds.refresh([event.pk, evenings.pk])
    return Client().get("/valdres/kalender.ics").content.decode()


def test_libical_reads_a_feed_without_a_complaint(region: Region) -> None:
    read = Libical(a_year(region))
    assert read.complaints() == []
    master = next(moments for _, moments in read.dates() if len(moments) > 2)
    assert master[:4] == [
        utc("2027-03-17 17:00"),
        utc("2027-03-24 17:00"),  # 31 March is left out
        utc("2027-04-07 16:00"),  # summer time
        utc("2027-04-14 16:00"),
    ]
    assert [utc("2027-04-15 10:00")] in [moments for _, moments in read.dates()]
    assert [utc("2027-10-26 16:00")] in [moments for _, moments in read.dates()]
    assert [utc("2027-11-02 17:00")] in [moments for _, moments in read.dates()]


def test_calcurse_takes_in_a_feed_and_shows_it_on_norwegian_time(
    region: Region, tmp_path: Path
) -> None:
    event, dates = series(region, "2027-03-24 18:00", 4, name="Temakafé")
    dates[1].delete()
    feeds.refresh([event.pk])
    text = Client().get("/valdres/kalender.ics").content.decode()
    shown = calcurse(tmp_path, text, first="03/20/2027", last="04/12/2027")
    assert shown == [
        *("03/24/27:", "- 18:00 -> 20:00", "Temakafé"),
        *("04/07/27:", "- 18:00 -> 20:00", "Temakafé"),
    ]


def test_the_whole_year_goes_into_calcurse(region: Region, tmp_path: Path) -> None:
    shown = calcurse(tmp_path, a_year(region), first="10/01/2027", last="10/27/2027")
    assert "- 18:00 -> 20:00" in shown


def test_libical_knows_a_wrong_calendar() -> None:
    """The test above would see it."""
    wrong = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n"
    assert Libical(f"{wrong}END:VCALENDAR\r\n").complaints()


@pytest.mark.parametrize("state", [PartyState.CONFIRMED, PartyState.CANCELLED])
def test_invitations_are_what_their_method_asks_for(region: Region, state: PartyState) -> None:
    _, dates = course(region, "2027-03-22 18:00", "2027-03-30 18:00", "2027-04-05 18:00")
    dates[1].status = OccurrenceStatus.CANCELLED
    dates[1].save()
    party = happening.party(dates[0].intake, state=state, name='Anne "Æ" Ås; Co')
    text, method = invitation(party)
    read = Libical(text)
    assert (read.complaints(), method in text) == ([], True)
    assert {uid for uid, _ in read.dates()} == {str(party.pk)}
    if state == PartyState.CONFIRMED:
        assert {moment for _, moments in read.dates() for moment in moments} == {
            utc("2027-03-22 17:00"),
            utc("2027-04-05 16:00"),
        }


def test_what_is_added_by_hand_is_read_too(region: Region) -> None:
    _, dates = series(region, "2027-03-17 18:00", 1)
    party = happening.party(dates[0].intake)
    for text in (party_calendar(party), occurrence_calendar(dates[0], "nn")):
        read = Libical(text)
        assert read.complaints() == []
        assert [moments for _, moments in read.dates()] == [[utc("2027-03-17 17:00")]]


RULES = {
    "last Wednesdays": ("FREQ=MONTHLY;BYDAY=-1WE", "2026-11-25 18:00"),
    "second Tuesdays": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-12-01 17:30"),
    "twice a week": ("FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20271104T200000Z", "2026-12-03 10:00"),
    "first Mondays but in summer": (
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTH=1,2,3,4,5,9,10,11,12",
        "2026-12-07 12:00",
    ),
    "the fifteenth": ("FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12", "2026-12-15 00:30"),
    "nights of Saturday": ("FREQ=WEEKLY;BYDAY=SA", "2026-12-05 23:30"),
}


@pytest.mark.parametrize("name", RULES)
def test_libical_makes_the_same_dates_of_a_rule_over_both_changes_of_the_clock(
    region: Region, name: str
) -> None:
    rule, begins = RULES[name]
    fields = {"kind": "series", "rrule": rule, "starts_at": at(begins)}
    event = happening.event(*region.municipalities.all(), **fields)
    occurrences.renew([event])
    feeds.refresh([event.pk])
    held = sorted(event.occurrences.values_list("starts_at", flat=True))
    text = Client().get("/valdres/kalender.ics").content.decode()
    ((_, moments),) = Libical(text).dates()
    assert moments[: len(held)] == held
    assert {utc_hours(moment, at(begins)) for moment in held} == {0, 1}  # winter and summer


def utc_hours(moment: datetime, first: datetime) -> int:
    """How many hours earlier in the day, in UTC, than the first."""
    minutes = [60 * one.hour + one.minute for one in (first.astimezone(UTC), moment)]
    return (minutes[0] - minutes[1]) // 60 % 24
