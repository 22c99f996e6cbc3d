"""Changing where an offer is given, and whose place that is."""

from typing import Any

import pytest

from samtun.directory.editing import actions
from samtun.directory.editing.errors import Invalid
from samtun.directory.editing.reading import document_of
from samtun.directory.models import Listing, Location, Service
from samtun.organisations.models import Organization
from samtun.people.models import User
from tests.directory.editing import scenes
from tests.factories import directory as make
from tests.factories import events as happening

pytestmark = pytest.mark.django_db


def given_at(location: Location, organization: Organization | None = None) -> Service:
    """A service given at the location, by its owner unless said."""
    owner = organization or location.organization or make.organization()
    service = make.service(organization=owner, meets_in_person=True)
    make.place(service, location)
    return service


def house(**fields: Any) -> Location:  # noqa: ANN401
    """Kulturhuset with its address, owned by an organisation."""
    made = make.location(**{"organization": make.organization()} | fields)
    make.address(made, address_2="Oppgang B")
    return made


def move(service: Service, by: User | None, **fields: Any) -> Service:  # noqa: ANN401
    """Say of its only place what `fields` say."""
    document = document_of(service)
    document["places"][0] |= fields  # type: ignore[typeddict-item]
    return actions.save(document=document, by=by, service=service)


def address_of(service: Service) -> str:
    """The street of its only place."""
    return document_of(Service.objects.get(pk=service.pk))["places"][0]["address_1"]


def test_a_place_of_its_own_is_changed_as_it_is() -> None:
    make.postal_code("2900")
    make.postal_code("2975", place="VANG I VALDRES", municipality=make.municipality("3454", "Vang"),
                     latitude=61.1, longitude=8.6)  # fmt: skip
    location = house()
    service = given_at(location)
    move(service, None, address_1="Ny vei 2", postal_code="2975", city="")
    location.refresh_from_db()
    assert (location.municipality_id, location.latitude) == ("3454", 61.1)
    changed = location.addresses.get()
    assert (changed.address_1, changed.address_2, changed.city) == (
        "Ny vei 2",
        "Oppgang B",
        "Vang I Valdres",
    )
    assert Location.objects.count() == 1


def test_a_new_place_has_no_owner_who_would_show_it() -> None:
    service, kari = scenes.offer(status="inactive")
    scenes.edit(service, by=kari, places=[{"name": "Grendehuset"}])
    made = service.service_at_locations.get().location
    assert (made.name, made.organization_id) == ("Grendehuset", None)


def test_a_translation_stays_while_the_words_of_the_place_do() -> None:
    nynorsk = {"nn": {"name": "Kulturhuset", "transportation": "Buss frå Fagernes"}}
    location = house(transportation="Buss fra Fagernes", translations=nynorsk)
    heis = {"nn": {"description": "Heis", "details": "Smal"}}
    words = location.accessibility.create(description="Heis", translations=heis)
    service = given_at(location)
    move(service, None, transportation="Buss,  fra Fagernes.", accessibility="Heis.")
    location.refresh_from_db()
    words.refresh_from_db()
    assert (location.translations, words.translations) == (nynorsk, heis)
    move(service, None, transportation="Tog fra Fagernes", accessibility="Trapp")
    location.refresh_from_db()
    words.refresh_from_db()
    assert location.translations == {"nn": {"name": "Kulturhuset"}}
    assert words.translations == {"nn": {"details": "Smal"}}


def test_a_shared_place_that_changes_changes_for_one_offer_only() -> None:
    location = house()
    mine, other = given_at(location), given_at(location)
    tie = mine.service_at_locations.get().pk
    move(mine, None, address_1="Ny vei 2")
    assert (address_of(mine), address_of(other)) == ("Ny vei 2", "Storgata 1")
    assert mine.service_at_locations.get().pk == tie
    assert Location.objects.count() == 2


def test_a_shared_place_can_change_for_all_and_their_pages_follow() -> None:
    location = house()
    kari = scenes.kari(location.organization)  # type: ignore[arg-type]  # it has one
    mine, other = given_at(location), given_at(location)
    move(mine, kari, name="Nytt hus", address_1="Ny vei 2", for_all=True)
    assert (address_of(mine), address_of(other)) == ("Ny vei 2", "Ny vei 2")
    assert Listing.objects.get(service=other).data["places"][0]["name"] == "Nytt hus"
    assert Service.objects.get(pk=other.pk).last_modified > make.LAST_MODIFIED
    assert Location.objects.count() == 1


@pytest.mark.parametrize("for_all", [True, False])
def test_nobody_changes_a_place_of_an_owner_they_do_not_reach(for_all: bool) -> None:  # noqa: FBT001
    location = house()
    mine = given_at(location, make.organization())
    kari = scenes.kari(mine.organization)
    move(mine, kari, address_1="Ny vei 2", for_all=for_all)
    assert location.addresses.get().address_1 == "Storgata 1"
    assert address_of(mine) == "Ny vei 2"
    copy = mine.service_at_locations.get().location
    assert (copy.organization_id, copy.name) == (None, "Kulturhuset")


def test_a_place_that_becomes_secret_is_secret_for_all() -> None:
    location = house(name="Skjulestedet")
    kari = scenes.kari(location.organization)  # type: ignore[arg-type]  # it has one
    mine, other = given_at(location), given_at(location)
    move(mine, kari, is_confidential=True)
    location.refresh_from_db()
    assert location.is_confidential
    assert "Skjulestedet" not in str(Listing.objects.get(service=other).data)


def test_a_secret_place_of_others_cannot_be_named_to_see_it() -> None:
    secret = house(is_confidential=True, name="Skjulestedet")
    service, kari = scenes.offer()
    with pytest.raises(Invalid) as refused:
        scenes.edit(service, by=kari, places=[{"location": str(secret.pk)}])
    assert list(refused.value.errors) == ["places.0.name"]
    assert not service.service_at_locations.exists()


def test_an_open_place_of_others_can_be_used_as_it_is() -> None:
    location = house()
    service, kari = scenes.offer()
    scenes.edit(service, by=kari, places=[{"location": str(location.pk)}])
    assert service.service_at_locations.get().location_id == location.pk
    assert address_of(service) == "Storgata 1"
    assert Location.objects.count() == 1


def test_the_same_place_is_there_once() -> None:
    location = house()
    service = given_at(location)
    with pytest.raises(Invalid):
        scenes.edit(service, places=[{"location": str(location.pk)}] * 2)


def test_a_place_taken_out_and_in_again_keeps_its_tie_and_hours() -> None:
    location = house()
    service = given_at(location)
    tie = service.service_at_locations.get()
    make.schedule(service_at_location=tie)
    document = document_of(service)
    document["places"] = [{"location": str(location.pk)}]  # type: ignore[typeddict-item]
    saved = actions.save(document=document, by=None, service=service)
    assert saved.service_at_locations.get().pk == tie.pk
    assert document_of(saved)["hours"][0]["place"] == 0


def test_a_place_nobody_uses_any_more_goes_and_one_in_use_stays() -> None:
    shared, own = house(), house(name="Skuret")
    service = given_at(shared)
    make.place(service, own)
    Location.objects.filter(pk=own.pk).update(organization=service.organization)
    given_at(shared)
    scenes.edit(service, places=[], hours=[])
    assert list(Location.objects.all()) == [shared]


def test_a_place_where_people_meet_stays_when_an_offer_leaves_it() -> None:
    hall, room = house(organization=None), house(organization=None, name="Skuret")
    service = given_at(hall)
    make.place(service, room)
    event = happening.event(location=hall)
    date = happening.occurrence(event, location=room)
    scenes.edit(service, places=[], hours=[])
    event.refresh_from_db()
    date.refresh_from_db()
    assert (event.location, date.location) == (hall, room)


def test_a_place_comes_back_with_its_version() -> None:
    location = house()
    service = given_at(location)
    before = document_of(service)["places"]
    scenes.edit(service, places=[])
    restored = actions.restore(service, 1, by=None)
    assert document_of(restored)["places"] == before


def test_a_shared_place_without_an_owner_is_changed_for_all_by_who_reaches_all() -> None:
    location = house(organization=None)
    parent = make.organization()
    mine = given_at(location, make.organization(parent_organization=parent))
    other = given_at(location, make.organization(parent_organization=parent))
    kari = scenes.kari(parent)
    ola = scenes.kari(mine.organization)
    move(mine, ola, address_1="Olas vei", for_all=True)
    assert address_of(other) == "Storgata 1"
    third = given_at(location, mine.organization)
    move(third, kari, address_1="Ny vei 2", for_all=True)
    assert address_of(other) == "Ny vei 2"


def test_a_secret_place_without_an_owner_is_told_to_nobody_else() -> None:
    secret = house(organization=None, is_confidential=True)
    given_at(secret, make.organization())
    service, kari = scenes.offer()
    with pytest.raises(Invalid):
        scenes.edit(service, by=kari, places=[{"location": str(secret.pk)}])
