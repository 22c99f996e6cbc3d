"""Events that are a part of a service are its schedules in the open data."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.directory.models import Service
from samtun.events.actions import events, occurrences
from samtun.events.actions.values import EventValues
from samtun.events.enums import EventKind
from samtun.events.models import Event
from samtun.events.recurrence import OSLO
from tests.conformance.schemas import faults
from tests.factories import directory as make
from tests.factories import events as happening

pytestmark = pytest.mark.django_db
ROOT = "/api/hsds/v3"
SERVICE = ("hsds-3.1/schema/compiled/service.json.gz", "oruk-3.0/uk_service.json")
PLACE = "hsds-3.1/schema/compiled/service_at_location.json.gz"


@pytest.fixture
def service() -> Service:
    municipality = make.municipality()
    make.region("valdres", municipality)
    return make.service(organization=make.organization(municipality=municipality))


def published(service: Service, **others: Any) -> Event:  # noqa: ANN401
    given = {
        "organization": service.organization_id,
        "service": service.pk,
        "municipalities": [make.municipality().pk],
        "name": "Temakafé",
        "kind": EventKind.SERIES,
        "starts_at": happening.soon(),
        "rrule": "FREQ=WEEKLY;INTERVAL=2",
        "minutes": 90,
        "join_url": "https://video.example/hemmelig",
    }
    made = events.save(event=None, values=EventValues(**given | others), by=None)
    return events.publish(event=made, by=None)


def schedules(client: Client, service: Service) -> list[dict[str, Any]]:
    answer = client.get(f"{ROOT}/services/{service.pk}")
    assert b"video.example" not in answer.content
    told = answer.json()
    for schema in SERVICE:
        assert faults(schema, told) == []
    found: list[dict[str, Any]] = told.get("schedules", [])
    return found


def test_a_series_that_follows_its_rule_is_a_rule(client: Client, service: Service) -> None:
    event = published(service)
    first = happening.soon()
    told = schedules(client, service)[0]
    del told["id"]
    assert told == {
        "service_id": str(service.pk),
        "description": "Temakafé",
        "dtstart": f"{first:%Y-%m-%d}",
        "freq": "WEEKLY",
        "interval": 2,
        "wkst": "MO",
        "byday": ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[first.weekday()],
        "opens_at": "18:00",
        "closes_at": "19:30",
        "attending_type": "in_person",
        "schedule_link": f"{settings.PUBLIC_URL}/valdres/kalender/{event.slug}/",
    }


def test_the_last_wednesday_of_the_month_is_said_so(client: Client, service: Service) -> None:
    published(service, rrule="FREQ=MONTHLY;BYDAY=-1WE;COUNT=6")
    told = schedules(client, service)[0]
    assert (told["freq"], told["byday"], told["count"]) == ("MONTHLY", "-1WE", 6)


@pytest.mark.parametrize("what", ["moved", "cancelled"])
def test_a_series_with_an_exception_is_told_date_by_date(
    client: Client, service: Service, what: str
) -> None:
    event = published(service, rrule="FREQ=WEEKLY;COUNT=3")
    date = event.occurrences.order_by("starts_at")[0]
    later = date.starts_at + timedelta(days=1)
    if what == "moved":
        ends = later + timedelta(hours=1)
        occurrences.move(occurrence=date, starts_at=later, ends_at=ends, by=None)
    else:
        occurrences.cancel(occurrence=date, by=None)
    told = schedules(client, service)
    assert len(told) == (3 if what == "moved" else 2)
    if what == "moved":
        assert told[0]["dtstart"] == f"{later.astimezone(OSLO):%Y-%m-%d}"
    assert all("freq" not in one for one in told)


@pytest.mark.parametrize("rrule", ["FREQ=DAILY;COUNT=3", "FREQ=MONTHLY;BYMONTH=1,2,3;BYDAY=1MO"])
def test_a_rule_that_hsds_does_not_know_is_told_date_by_date(
    client: Client, service: Service, rrule: str
) -> None:
    event = published(service, rrule=rrule)
    told = schedules(client, service)
    assert len(told) == event.occurrences.count()
    assert all(one["valid_from"] == one["valid_to"] for one in told)


def test_what_is_over_cancelled_or_a_draft_is_not_told(client: Client, service: Service) -> None:
    happening.one_off(service=service, status="draft")
    happening.one_off(service=service, status="cancelled")
    over = happening.one_off(service=service).event
    past = timezone.now() - timedelta(days=1)
    over.occurrences.update(starts_at=past - timedelta(hours=1), ends_at=past)
    assert schedules(client, service) == []


def test_what_happens_at_a_place_of_the_service_is_told_there(
    client: Client, service: Service
) -> None:
    there = make.place(service, make.location())
    happening.one_off(service=service, location=there.location, name="Her")
    happening.one_off(service=service, name="På nett")
    told = client.get(f"{ROOT}/service_at_locations/{there.pk}").json()
    assert faults(PLACE, told) == []
    assert [one["description"] for one in told["schedules"]] == ["Her"]
    assert [one["description"] for one in told["service"]["schedules"]] == ["På nett"]


def test_a_secret_place_is_not_given_away(client: Client, service: Service) -> None:
    there = make.place(service, make.location(is_confidential=True))
    happening.one_off(service=service, location=there.location)
    assert schedules(client, service)[0]["service_id"] == str(service.pk)


@pytest.mark.parametrize("count", [1, 30])
def test_the_events_of_thirty_services_take_as_many_queries_as_of_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    make.region("valdres", make.municipality())
    for _number in range(count):
        happening.one_off(service=make.full_service().service)
    with django_assert_num_queries(19):
        told = client.get(f"{ROOT}/services?full=true").json()["contents"]
    assert all(len(one["schedules"]) > 0 for one in told)
