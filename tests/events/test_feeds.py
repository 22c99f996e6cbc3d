"""Feeds as others read them: right across the changes of the clock, and without a secret."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar
from pytest_django import Settings

from samtun.events import tokens
from samtun.events.actions import occurrences
from samtun.events.enums import EventStatus, OccurrenceStatus
from samtun.events.ical import feeds
from samtun.events.ical.zone import OSLO as VTIMEZONE
from samtun.events.models import CalendarText, Event
from samtun.organisations.models import Region
from tests.events.calendars import at, course, series, standing_clock, utc
from tests.factories import directory as make
from tests.factories import events as happening

__all__ = ["standing_clock"]  # a fixture
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]


@pytest.fixture
def region() -> Region:
    """Valdres, with one municipality."""
    return make.region()


def feed(address: str = "/valdres/kalender.ics") -> str:
    """What a calendar program gets."""
    response = Client().get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content.decode()


def unfolded(text: str) -> list[str]:
    """The content lines."""
    return text.replace("\r\n ", "").split("\r\n")


def read(text: str, first: str = "20260101", last: str = "20290101") -> list[tuple[str, str]]:
    """(UTC moment, summary) of each date, as an independent program expands them."""
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(first, last)
    begins = ((one["DTSTART"].dt.astimezone(ZoneInfo("UTC")), one) for one in found)
    return sorted((f"{moment:%Y-%m-%d %H:%M}", str(one["SUMMARY"])) for moment, one in begins)


@pytest.mark.parametrize(
    ("first", "instants"),
    [
        ("2027-03-21 18:00", ["2027-03-21 17:00", "2027-03-28 16:00", "2027-04-04 16:00"]),
        ("2027-10-24 18:00", ["2027-10-24 16:00", "2027-10-31 17:00", "2027-11-07 17:00"]),
    ],
)
def test_six_o_clock_stays_six_o_clock_over_a_change_of_the_clock(
    region: Region, first: str, instants: list[str]
) -> None:
    event, _ = series(region, first, 3, rrule="FREQ=WEEKLY;COUNT=3", name="Temakafé")
    feeds.refresh([event.pk])
    assert [moment for moment, _ in read(feed())] == instants


def test_a_date_that_is_moved_or_cancelled_is_so_in_the_feed_at_once(region: Region) -> None:
    event, dates = series(region, "2027-10-24 18:00", 3, name="Temakafé")
    feeds.refresh([event.pk])
    tags = [Client().get("/valdres/kalender.ics").headers["ETag"]]
    starts_at = at("2027-10-25 19:00")
    ends_at = starts_at + timedelta(hours=2)
    occurrences.move(occurrence=dates[0], starts_at=starts_at, ends_at=ends_at, by=None)
    tags.append(Client().get("/valdres/kalender.ics").headers["ETag"])
    occurrences.cancel(occurrence=dates[1], by=None)
    tags.append(Client().get("/valdres/kalender.ics").headers["ETag"])
    assert len(set(tags)) == 3
    lines = [line for line in unfolded(feed()) if line.startswith(("STATUS", "SEQUENCE"))]
    assert lines.count("STATUS:CANCELLED") == 1
    assert lines.count("SEQUENCE:1") == 2  # of the two that differ
    assert "2027-10-25 17:00" in [moment for moment, _ in read(feed())]


def test_what_is_free_is_never_said_to_be_unchanged_by_its_date(region: Region) -> None:
    feeds.refresh([series(region, "2027-10-24 18:00", 1)[0].pk])
    assert "Last-Modified" in Client().get("/valdres/kalender.ics").headers
    assert "Last-Modified" not in Client().get("/valdres/kalender.ics?ledig=1").headers


def test_what_ended_more_than_ninety_days_ago_is_not_in_feeds(region: Region) -> None:
    for days in (80, 100):
        begins = f"{timezone.localdate() - timedelta(days=days)} 12:00"
        event, _ = series(region, begins, 1, rrule="", name=f"For {days} dager siden")
        feeds.refresh([event.pk])
    assert [name for _, name in read(feed(), "20200101")] == ["For 80 dager siden"]


@pytest.mark.parametrize("meets_in_person", [True, False])
def test_no_personal_link_and_no_way_in_is_in_a_feed(
    region: Region, *, meets_in_person: bool
) -> None:
    way_in = {"meets_online": True, "join_url": "https://join.example/x"}
    event, dates = series(region, "2027-10-24 18:00", 2, meets_in_person=meets_in_person, **way_in)
    dates[1].join_url = "https://join.example/y"
    dates[1].save()
    party = happening.party(dates[0].intake, name="Solveig", email="solveig@example.org")
    feeds.refresh([event.pk])
    text = "".join(unfolded(feed()))
    for secret in (tokens.token_of(party), str(party.pk), "olveig", "join.example"):
        assert secret not in text


def test_the_zone_changes_when_norway_does() -> None:
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{VTIMEZONE}END:VCALENDAR\r\n"
    ours = Calendar.from_ical(text).timezones[0].to_tz(lookup_tzid=False)
    for day in range(365 * 6):
        moment = utc("2025-01-01 12:00") + timedelta(days=day)
        assert (
            moment.astimezone(ours).utcoffset()
            == moment.astimezone(at("2026-01-01 00:00").tzinfo).utcoffset()
        )


def test_a_series_is_one_event_with_exceptions(region: Region) -> None:
    event, dates = series(region, "2027-01-06 18:00", 5, name="Temakafé")
    dates[1].theme = "Avlastning"
    dates[2].status, dates[2].notice = OccurrenceStatus.CANCELLED, "Kafeen er stengt."
    dates[3].starts_at, dates[3].ends_at = at("2027-01-28 19:00"), at("2027-01-28 21:00")
    for one in dates:
        one.save()
    feeds.refresh([event.pk])
    text = feed("/nn/valdres/kalender.ics")
    assert {f"UID:{event.pk}"} == {line for line in unfolded(text) if line.startswith("UID")}
    assert text.count("RECURRENCE-ID") == 3
    assert "RECURRENCE-ID;TZID=Europe/Oslo:20270127T180000" in text
    assert read(text, last="20270204") == [
        ("2027-01-06 17:00", "Temakafé"),
        ("2027-01-13 17:00", "Temakafé: Avlastning"),
        ("2027-01-20 17:00", read(text)[2][1]),
        ("2027-01-28 18:00", "Temakafé"),
        ("2027-02-03 17:00", "Temakafé"),
    ]
    assert "Temakafé" in read(text)[2][1] != "Temakafé"  # said to be cancelled
    assert text.count("STATUS:CANCELLED") == 1


def test_a_date_of_the_rule_that_nobody_holds_is_left_out(region: Region) -> None:
    event, dates = series(region, "2027-01-06 18:00", 4)
    dates[2].delete()
    feeds.refresh([event.pk])
    assert [moment for moment, _ in read(feed(), last="20270128")] == [
        "2027-01-06 17:00",
        "2027-01-13 17:00",
        "2027-01-27 17:00",
    ]


def test_dates_by_hand_and_evenings_of_a_course_stand_by_themselves(region: Region) -> None:
    event, _ = series(region, "2027-01-06 18:00", 2, rrule="FREQ=WEEKLY;COUNT=2")
    added = happening.occurrence(event, at("2027-01-09 12:00"))
    evenings, sessions = course(region, "2027-02-02 18:00", "2027-02-10 18:00", name="Kurs")
    feeds.refresh([event.pk, evenings.pk])
    text = feed()
    uids = {line[4:] for line in unfolded(text) if line.startswith("UID:")}
    assert uids == {str(one.pk) for one in (event, added, *sessions)}
    assert [name for _, name in read(text)][-2:] == ["Kurs (1 av 2)", "Kurs (2 av 2)"]


def test_a_feed_holds_no_secret(region: Region) -> None:
    secret = make.location(name="Krisesenteret", is_confidential=True, latitude=61.0, longitude=9.0)
    event, dates = series(
        region, "2027-01-06 18:00", 2, location=secret, join_url="https://join.example/x",
        meets_online=True,
    )  # fmt: skip
    dates[0].join_url = "https://join.example/y"
    dates[0].save()
    happening.party(dates[0].intake, name="Solveig", email="solveig@example.org")
    draft = happening.event(*region.municipalities.all(), name="Utkast", status=EventStatus.DRAFT)
    happening.occurrence(draft)
    feeds.refresh([event.pk, draft.pk])
    text = "\n".join(unfolded(feed()))
    for word in ("join.example", "Krisesenter", "61.0", "GEO", "olveig", "Utkast", "ATTENDEE"):
        assert word not in text
    assert "METHOD" not in text  # nobody is asked for anything
    assert "ORGANIZER" not in text


def test_a_place_made_secret_leaves_the_feed_at_once(region: Region) -> None:
    place, other = make.location(name="Skjulestedet"), make.location(name="Hytta i skogen")
    event, dates = series(region, "2027-01-06 18:00", 2, location=place)
    dates[1].location = other
    dates[1].save()
    feeds.refresh([event.pk])
    before = Client().get("/valdres/kalender.ics")
    assert "Skjulestedet" in feed()
    assert "Hytta i skogen" in feed()
    for secret in (place, other):
        secret.is_confidential = True
        secret.save()
        assert secret.name not in feed()
    again = Client().get("/valdres/kalender.ics", headers={"If-None-Match": before["ETag"]})
    assert again.status_code == 200


def test_what_is_archived_leaves_the_feed(region: Region) -> None:
    event, _ = series(region, "2027-01-06 18:00", 2)
    feeds.refresh([event.pk])
    Event.objects.update(status=EventStatus.ARCHIVED)
    feeds.refresh([event.pk])
    assert not CalendarText.objects.exists()
    assert "VEVENT" not in feed()


def test_lines_are_at_most_75_octets_and_no_letter_is_split(
    region: Region, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://et-ganske-langt-navn-paa-en-kommune.samtun.example"
    event, dates = series(region, "2027-01-06 18:00", 2, name="Pårørendekafé på Ål æøå " * 7)
    dates[0].theme, dates[0].notice = "Å hvile\x1a seg, kort; langt\\" * 5, "Første\nAndre" * 9
    dates[0].save()
    feeds.refresh([event.pk])
    text = feed()
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")
    assert "\x1a" not in text
    address = f"{settings.PUBLIC_URL}/valdres/kalender/{event.slug}/{dates[0].pk}/"
    assert f"URL:{address}" in unfolded(text)
    assert any(line.startswith("DESCRIPTION") and line.endswith(address) for line in unfolded(text))


def test_a_changed_address_of_ours_needs_no_text_made_anew(
    region: Region, settings: Settings
) -> None:
    event, _ = series(region, "2027-01-06 18:00", 2)
    feeds.refresh([event.pk])
    before = Client().get("/valdres/kalender.ics")
    settings.PUBLIC_URL = "https://ny.example"
    after = Client().get("/valdres/kalender.ics", headers={"If-None-Match": before["ETag"]})
    assert f"URL:https://ny.example/valdres/kalender/{event.slug}/" in unfolded(
        after.content.decode()
    )


def test_nothing_new_is_told_without_a_text(region: Region) -> None:
    event, dates = series(region, "2027-01-06 18:00", 2)
    feeds.refresh([event.pk])
    first = Client().get("/valdres/kalender.ics")
    again = {"If-None-Match": first["ETag"]}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert Client().get("/valdres/kalender.ics", headers=again).status_code == 304
    assert not [one for one in asked if '"text"' in one["sql"]]
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert Client().get("/valdres/kalender.ics", headers=since).status_code == 304
    dates[0].theme = "Nytt"
    dates[0].save()
    feeds.refresh([event.pk])
    told = parsedate_to_datetime(first["Last-Modified"])
    CalendarText.objects.update(changed_at=told + timedelta(seconds=2))
    for headers in (again, since):
        assert Client().get("/valdres/kalender.ics", headers=headers).status_code == 200


def test_a_feed_costs_the_same_queries_for_one_and_for_thirty(region: Region) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            feed()
        return len(asked)

    feeds.refresh([series(region, "2027-01-06 18:00", 2)[0].pk])
    feed()
    one = queries()
    feeds.refresh([series(region, "2027-01-06 18:00", 2)[0].pk for _ in range(30)])
    assert queries() == one


def test_feeds_of_an_organisation_an_event_and_a_date(region: Region) -> None:
    event, dates = series(region, "2027-01-06 18:00", 2, name="Temakafé")
    other, _ = series(region, "2027-01-07 18:00", 2, name="Turgruppe")
    feeds.refresh([event.pk, other.pk])
    whose = feed(f"/valdres/kalender.ics?organisasjon={other.organization_id}")
    assert ("Turgruppe" in whose, "Temakafé" in whose) == (True, False)
    assert "Turgruppe" not in feed(f"/valdres/kalender/{event.slug}/kalender.ics")
    one = feed(f"/valdres/kalender/{event.slug}/{dates[1].pk}/kalender.ics")
    assert [moment for moment, _ in read(one)] == ["2027-01-13 17:00"]
    assert f"/valdres/kalender/{event.slug}/{dates[1].pk}/" in "".join(unfolded(one))


def test_what_is_not_public_here_has_no_feed(region: Region) -> None:
    elsewhere = make.region("hallingdal", make.municipality("3330", name="Hol"))
    event, dates = series(elsewhere, "2027-01-06 18:00", 1)
    feeds.refresh([event.pk])
    assert "VEVENT" not in feed()
    for address in (f"{event.slug}/kalender.ics", f"{event.slug}/{dates[0].pk}/kalender.ics"):
        assert Client().get(f"/valdres/kalender/{address}").status_code == 404


def test_nobody_gets_a_cookie(region: Region) -> None:
    assert not Client().get("/valdres/kalender.ics").cookies
