"""When services are due, and confirming them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.directory.editing import confirming
from samtun.directory.enums import Answer, AskingStage, ServiceStatus
from samtun.directory.models import Asking, Confirmation, Service
from samtun.people.models import AuditEvent
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
SPRING = date(2026, 4, 1)


def _due(service: Service) -> date | None:
    confirming.renew_due([service.pk])
    service.refresh_from_db()
    assert service.confirm_due_on == confirming.due_on(service)
    return service.confirm_due_on


def test_a_service_is_due_half_a_year_after_it_was_confirmed() -> None:
    assert _due(make.service(assured_date=SPRING)) == SPRING + timedelta(days=180)


def test_the_region_of_the_municipality_says_how_often() -> None:
    make.region("valdres", make.municipality(), confirm_every_days=90)
    owner = make.organization(municipality=make.municipality())
    service = make.service(assured_date=SPRING, organization=owner)
    assert _due(service) == SPRING + timedelta(days=90)


def test_the_most_careful_of_two_regions_that_share_a_municipality_counts() -> None:
    make.region("valdres", make.municipality(), confirm_every_days=120)
    make.region("innlandet", make.municipality(), confirm_every_days=60)
    owner = make.organization(municipality=make.municipality())
    service = make.service(assured_date=SPRING, organization=owner)
    assert _due(service) == SPRING + timedelta(days=60)


def test_the_region_that_keeps_an_organisation_goes_before_its_municipality() -> None:
    make.region("valdres", make.municipality(), confirm_every_days=60)
    keeper = make.region("norge", make.municipality("0301", "Oslo"), confirm_every_days=365)
    owner = make.organization(municipality=make.municipality(), region=keeper)
    service = make.service(assured_date=SPRING, organization=owner)
    assert _due(service) == SPRING + timedelta(days=365)


def test_an_editors_own_choice_goes_before_the_region() -> None:
    make.region("valdres", make.municipality(), confirm_every_days=90)
    owner = make.organization(municipality=make.municipality())
    service = make.service(assured_date=SPRING, organization=owner, confirm_every_days=30)
    assert _due(service) == SPRING + timedelta(days=30)


def test_what_nobody_confirmed_is_due_at_once_and_stays_due_since_that_day() -> None:
    service = make.service(assured_date=None)
    assert _due(service) == timezone.localdate()
    Service.objects.update(confirm_due_on=SPRING)
    assert _due(service) == SPRING


@pytest.mark.parametrize("status", [ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT])
def test_nobody_is_asked_about_drafts_and_archived_services(status: ServiceStatus) -> None:
    service = make.service(assured_date=SPRING, status=status, confirm_due_on=SPRING)
    assert _due(service) is None


def test_without_names_all_services_are_renewed_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(3):
        make.service(assured_date=SPRING)
    with django_assert_num_queries(1):
        confirming.renew_due()
    due = Service.objects.values_list("confirm_due_on", flat=True)
    assert set(due) == {SPRING + timedelta(days=180)}


def test_a_confirmed_service_is_fresh_and_nobody_is_asked_any_longer() -> None:
    service = make.service(assured_date=SPRING)
    Asking.objects.create(
        service=service, stage=AskingStage.DESK, since=SPRING, first_asked_on=SPRING
    )
    kari = people.person()
    confirming.confirm(service, answer=Answer.STILL_RIGHT, by=kari)
    today = timezone.localdate()
    assert service.assured_date == today
    assert service.confirm_due_on == today + timedelta(days=180)
    assert not Asking.objects.exists()
    assert service.listing.data["assured_date"] == today.isoformat()
    said = Confirmation.objects.get()
    assert (said.answer, said.person) == (Answer.STILL_RIGHT, kari)


def test_no_longer_offered_confirms_nothing() -> None:
    service = make.service(assured_date=SPRING)
    confirming.confirm(service, answer=Answer.NO_LONGER, by=None)
    service.refresh_from_db()
    assert service.assured_date == SPRING
    assert Confirmation.objects.get().answer == Answer.NO_LONGER


def test_the_trail_says_that_it_was_a_keeper_without_an_account() -> None:
    service = make.service()
    confirming.confirm(service, answer=Answer.STILL_RIGHT, by=None)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor) == ("service.confirmed", None)
    assert event.details == {"answer": "still_right", "by": "keeper"}
