"""The same change to many: each its version and its answer, and no more than one may."""

from typing import Any

import pytest

from samtun.directory.editing import actions
from samtun.directory.editing.errors import Invalid, NotYours
from samtun.directory.editing.reading import document_of
from samtun.directory.models import Listing, Service
from samtun.people.models import AuditEvent, User
from tests.directory.editing import scenes
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


def offers(count: int) -> tuple[list[Service], User]:
    """Offers of one organisation, and Kari."""
    owner = make.organization()
    return [make.service(organization=owner) for _ in range(count)], scenes.kari(owner)


def test_coverage_is_changed_for_many() -> None:
    services, kari = offers(3)
    for number in ("3451", "3454"):
        make.municipality(number, number)
    make.area(services[0], make.municipality("3451"))
    results = actions.change_coverage(services, by=kari, add=["3454"], remove=["3451"])
    assert [one.is_changed for one in results] == [True] * 3
    assert [one.service for one in results] == services
    for service in services:
        assert document_of(service)["covers"] == ["3454"]
        assert [one.reason for one in service.versions.order_by("number")] == ["before", "bulk"]
        assert Listing.objects.get(service=service).data["municipalities"] == ["3454"]
    assert AuditEvent.objects.filter(action="service.changed", actor=kari).count() == 3


def test_what_kari_may_not_change_is_refused_and_the_rest_is_done() -> None:
    services, kari = offers(1)
    of_ola = make.service()
    results = actions.archive_many([of_ola, *services], by=kari)
    assert [type(one.error) for one in results] == [NotYours, type(None)]
    of_ola.refresh_from_db()
    assert (of_ola.status, Service.objects.get(pk=services[0].pk).status) == ("active", "defunct")
    assert not of_ola.versions.exists()


def test_leave_is_asked_of_what_is_stored_and_not_of_what_is_said() -> None:
    services, kari = offers(1)
    of_ola = make.service()
    of_ola.organization_id = services[0].organization_id  # as a stale object may say
    assert type(actions.archive_many([of_ola], by=kari)[0].error) is NotYours


def test_offers_are_handed_to_an_organisation_one_reaches() -> None:
    services, kari = offers(2)
    unit = make.organization(parent_organization=services[0].organization)
    elsewhere = make.organization()
    people.forget(kari)
    refused = actions.change_owner(services, organization=elsewhere, by=kari)
    assert [type(one.error) for one in refused] == [Invalid, Invalid]
    actions.change_owner(services, organization=unit, by=kari)
    assert {one.organization_id for one in Service.objects.all()} == {unit.pk}


def test_a_keeper_takes_the_place_of_an_address_and_back() -> None:
    services, kari = offers(1)
    actions.change_owner(services, assurer_email="noen@x.example", by=kari)
    actions.change_owner(services, keeper=kari, by=kari)
    kept = Service.objects.get(pk=services[0].pk)
    assert (kept.keeper, kept.assurer_email) == (kari, "")
    actions.change_owner(services, assurer_email="noen@x.example", by=kari)
    kept.refresh_from_db()
    assert (kept.keeper, kept.assurer_email) == (None, "noen@x.example")


def test_tagging_adds_and_removes() -> None:
    services, kari = offers(2)
    make.tag(services[0], make.term("moteplass"))
    make.term("avlastning")
    results = actions.tag(services, add=["avlastning"], remove=["moteplass"], by=kari)
    assert all(one.is_changed for one in results)
    assert [document_of(one)["needs"] for one in services] == [["avlastning"]] * 2
    again = actions.tag(services, add=["avlastning"], by=kari)
    assert [(one.is_changed, one.error) for one in again] == [(False, None)] * 2


def queries_for(count: int, capture: Any) -> int:  # noqa: ANN401
    """How many queries it takes to archive so many."""
    services, kari = offers(count)
    people.forget(kari)
    with capture as queries:
        actions.archive_many(services, by=kari)
    return len(queries)


def test_many_offers_take_few_queries_each(django_assert_max_num_queries: Any) -> None:  # noqa: ANN401
    few = queries_for(2, django_assert_max_num_queries(60))
    many = queries_for(22, django_assert_max_num_queries(200))
    assert (many - few) / 20 <= 5
