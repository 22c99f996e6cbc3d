"""Invitations as letters bring them: one identifier for good, a number that never falls."""

import pytest
from icalendar import Calendar, Event

from samtun.events import tokens
from samtun.events.enums import Consent, EventStatus, OccurrenceStatus, PartyState
from samtun.events.ical.invitations import invitation, party_calendar
from samtun.events.models import Occurrence, Party
from tests.events.calendars import at, course, series, utc
from tests.factories import directory as make
from tests.factories import events as happening

pytestmark = pytest.mark.django_db


def vevents(party: Party) -> list[Event]:
    """What the invitation of `party`, as it is now, holds."""
    fresh = Party.objects.get(pk=party.pk)
    return list(Calendar.from_ical(invitation(fresh)[0]).walk("VEVENT"))


@pytest.fixture
def dates() -> list[Occurrence]:
    """Six evenings over the change to summer time, the organiser being named."""
    moments = [f"2027-03-{day} 18:00" for day in ("09", "16", "23", "30")]
    _, made = course(make.region(), *moments, "2027-04-06 18:00", "2027-04-13 18:00")
    return made


def test_the_reader_alone_is_named(dates: list[Occurrence]) -> None:
    happening.party(dates[0].intake, name="Ola", email="ola@example.org")
    party = happening.party(dates[0].intake, name="Kari", email="kari@example.org")
    text, method = invitation(party)
    (one,) = vevents(party)
    assert method == "REQUEST"
    assert str(one["attendee"]) == "mailto:kari@example.org"
    assert "ola" not in text.lower().replace("solastrand", "")
    assert str(one["organizer"]).startswith("mailto:")


def test_the_personal_page_is_in_it_and_the_way_to_join_is_not(dates: list[Occurrence]) -> None:
    event = dates[0].event
    event.join_url, event.meets_online = "https://join.example/x", True
    event.save()
    party = happening.party(dates[0].intake)
    for text in (invitation(party)[0], party_calendar(party)):
        plain = text.replace("\r\n ", "")
        assert tokens.token_of(party) in plain
        assert "join.example" not in plain


def test_a_course_is_one_event_with_all_its_evenings(dates: list[Occurrence]) -> None:
    dates[2].theme = "Søvn"
    dates[2].save()
    dates[4].status = OccurrenceStatus.CANCELLED
    dates[4].save()
    party = happening.party(dates[0].intake)
    master, sleep = vevents(party)
    assert {str(one["uid"]) for one in (master, sleep)} == {str(party.pk)}
    assert (master["rrule"]["FREQ"], master["rrule"]["COUNT"]) == (["WEEKLY"], [6])
    assert [one.dt for one in master["exdate"].dts] == [at("2027-04-06 18:00")]
    assert sleep["recurrence-id"].dt == at("2027-03-23 18:00")
    assert str(sleep["summary"]).endswith(": Søvn")


def test_irregular_evenings_are_named_one_by_one() -> None:
    _, made = course(make.region(), "2027-03-22 18:00", "2027-03-30 18:00", "2027-04-05 17:00")
    (one,) = vevents(happening.party(made[0].intake))
    assert [each.dt for each in one["rdate"].dts] == [
        utc("2027-03-30 16:00"),
        utc("2027-04-05 15:00"),
    ]


def test_a_course_by_a_rule_keeps_the_rule(dates: list[Occurrence]) -> None:
    event = dates[0].event
    event.rrule = "FREQ=WEEKLY;COUNT=6"
    event.save()
    for one in dates:
        one.rule_starts_at = one.starts_at
        one.save()
    dates[3].starts_at, dates[3].ends_at = at("2027-03-31 18:00"), at("2027-03-31 20:00")
    dates[3].save()
    dates[4].status = OccurrenceStatus.CANCELLED
    dates[4].save()
    dates[5].delete()
    master, moved = vevents(happening.party(dates[0].intake))
    assert master["rrule"]["COUNT"] == [6]
    left_out = [at("2027-04-06 18:00"), at("2027-04-13 18:00")]
    assert [one.dt for one in master["exdate"].dts] == left_out
    assert moved["recurrence-id"].dt == at("2027-03-30 18:00")
    assert moved["dtstart"].dt == at("2027-03-31 18:00")


@pytest.mark.parametrize(
    "state", [PartyState.CANCELLED, PartyState.WAITING, PartyState.OFFERED, PartyState.LAPSED]
)
def test_who_has_no_seats_has_no_date(dates: list[Occurrence], state: PartyState) -> None:
    until = at("2027-03-01 12:00") if state == PartyState.OFFERED else None
    party = happening.party(dates[0].intake, state=state, answer_by=until)
    text, method = invitation(party)
    assert (method, "STATUS:CANCELLED" in text, "METHOD:CANCEL" in text) == ("CANCEL", True, True)
    assert text.count("BEGIN:VEVENT") == 1


def test_what_is_cancelled_ends_the_date(dates: list[Occurrence]) -> None:
    party = happening.party(dates[0].intake)
    Occurrence.objects.update(status=OccurrenceStatus.CANCELLED)
    assert invitation(Party.objects.get(pk=party.pk))[1] == "CANCEL"
    Occurrence.objects.update(status=OccurrenceStatus.SCHEDULED)
    dates[0].event.status = EventStatus.CANCELLED
    dates[0].event.save()
    assert invitation(Party.objects.get(pk=party.pk))[1] == "CANCEL"


def test_a_party_that_moves_keeps_its_identifier() -> None:
    _, (first, second) = series(make.region(), "2027-03-24 18:00", 2)
    party = happening.party(first.intake)
    (before,) = vevents(party)
    Party.objects.update(intake=second.intake)
    (after,) = vevents(party)
    assert str(before["uid"]) == str(after["uid"])
    assert after["dtstart"].dt == at("2027-03-31 18:00")


@pytest.mark.parametrize("consent", [Consent.ASKED, Consent.REFUSED])
def test_a_child_without_a_yes_is_invited_to_nothing(
    dates: list[Occurrence], consent: Consent
) -> None:
    party = happening.party(dates[0].intake, consent=consent)
    assert invitation(party)[1] == "CANCEL"
    assert [str(one["status"]) for one in vevents(party)] == ["CANCELLED"]
