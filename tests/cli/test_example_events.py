"""The example's year of meeting places: enough of everything, never old, nothing taken for real."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from samtun.cli import example_events
from samtun.directory.enums import Taxonomies
from samtun.directory.models import Location
from samtun.events.enums import Channel, Consent, EventStatus, OccurrenceStatus, PartyState, SignUp
from samtun.events.models import (
    Attendance,
    Evaluation,
    Event,
    Headcount,
    Intake,
    Notice,
    Occurrence,
    Party,
    Tally,
)
from samtun.organisations.identifiers import derived_id
from samtun.people.enums import RoleKind
from tests.factories import directory as make
from tests.factories import people
from tests.factories.events import OSLO

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "valdres"
VALDRES = ("3449", "3450", "3451", "3452", "3453", "3454")
NYNORSK = {"3452", "3453", "3454"}
INVENTED = re.compile(r"10 00 \d\d \d\d")


def told() -> list[dict[str, Any]]:
    """The events, as they are written."""
    events: list[dict[str, Any]] = tomllib.loads((FOLDER / "events.toml").read_text("utf-8"))[
        "event"
    ]
    return events


def test_each_event_is_told_in_both_language_forms() -> None:
    for entry in told():
        assert entry["language"] in entry, entry["key"]
        assert entry["nb"].keys() == entry["nn"].keys(), entry["key"]


def test_events_of_nynorsk_municipalities_are_written_in_nynorsk() -> None:
    theirs = [entry for entry in told() if set(entry["municipalities"]) <= NYNORSK]
    assert len(theirs) >= 4
    assert {entry["language"] for entry in theirs} == {"nn"}


def test_nobody_in_it_can_be_reached() -> None:
    text = "".join(
        (FOLDER / name).read_text("utf-8") for name in ("events.toml", "event_life.toml")
    )
    numbers = re.findall(r'phone = "([\d ]+)"', text)
    assert all(INVENTED.fullmatch(number) for number in numbers)
    assert all(
        one.endswith(".example")
        for one in re.findall(r"@([\w.-]+)", text.replace("example.org", ""))
    )


def test_only_reasons_that_are_told_are_asked_for() -> None:
    questions = [question for entry in told() for question in entry.get("question", [])]
    assert questions
    assert all(question["why"]["nb"] and question["why"]["nn"] for question in questions)


# -- the year --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The year, made once for all tests here, and taken back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        _load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def year(loaded: None, db: None) -> None:
    """The year, for a test to look at."""


def _load() -> None:
    """Upon no more of the region than it needs."""
    towns = {number: make.municipality(number, f"Kommune {number}") for number in VALDRES}
    region = make.region("valdres", *towns.values())
    for email in {entry["by"] for entry in told()}:
        person = people.person(email=email)
        people.role(person, RoleKind.REGION_EDITOR, region=region)
    _terms({code for entry in told() for code in entry["terms"]})
    for key in {
        key for one in told() for key in (one["organization"], *one.get("co_organizers", []))
    }:
        identifier = derived_id("organization", "valdres", key)
        make.organization(id=identifier, name=key, municipality=towns["3451"])
    for key in {entry["location"] for entry in told() if "location" in entry}:
        Location.objects.create(pk=derived_id("location", "valdres", key), name=key)
    for code in {entry["place"]["postal_code"] for entry in told() if "place" in entry}:
        make.postal_code(code)
    example_events.load()


def _terms(codes: set[str]) -> None:
    groups = make.taxonomy(Taxonomies.TARGET_GROUPS)
    make.term("demens", taxonomy=groups)
    for code in codes - {"demens"}:
        make.term(code)


def test_there_is_enough_of_everything(year: None) -> None:
    assert Event.objects.filter(is_example=True).count() >= 12
    assert 60 <= Occurrence.objects.count() <= 130
    assert Party.objects.count() >= 80
    assert set(Event.objects.values_list("sign_up", flat=True)) == set(SignUp)
    assert Event.objects.filter(status=EventStatus.DRAFT).count() == 1
    assert Occurrence.objects.filter(status=OccurrenceStatus.CANCELLED).count() == 2
    assert Event.objects.filter(co_organizers__isnull=False).distinct().count() == 1
    states = set(Party.objects.values_list("state", flat=True))
    assert {
        PartyState.CONFIRMED,
        PartyState.WAITING,
        PartyState.OFFERED,
        PartyState.CANCELLED,
    } <= states
    assert Party.objects.filter(consent=Consent.ASKED).exists()
    assert Notice.objects.filter(channel=Channel.PHONE, settled_at__isnull=True).exists()
    for table in (Tally, Headcount, Evaluation, Attendance):
        assert table._default_manager.exists(), table


def test_there_is_attendance_to_take_yesterday(year: None) -> None:
    yesterday = [
        one
        for one in Occurrence.objects.select_related("intake")
        if (timezone.localdate() - timezone.localdate(one.starts_at)).days == 1
    ]
    expected = Party.objects.filter(intake__in=[one.intake_id for one in yesterday])
    assert expected.count() >= 5
    assert not Attendance.objects.filter(party__in=expected).exists()


def test_the_clock_on_the_wall_is_right_all_year(year: None) -> None:
    cafe = Event.objects.get(slug__startswith="temakafe")
    dates = [one.starts_at.astimezone(OSLO) for one in cafe.occurrences.all()]
    assert len(dates) >= 20
    assert {(one.hour, one.minute, one.weekday()) for one in dates} == {(18, 0, 2)}


def test_the_books_are_right(year: None) -> None:
    for intake in Intake.objects.all():
        holding = intake.parties.filter(state__in=(PartyState.CONFIRMED, PartyState.OFFERED))
        assert sum(party.size for party in holding) == intake.taken


def test_loading_it_again_changes_nothing(year: None) -> None:
    tables = (Event, Occurrence, Party, Notice, Tally, Headcount, Evaluation)
    before = [table._default_manager.count() for table in tables]
    example_events.load()
    assert [table._default_manager.count() for table in tables] == before
