"""The desk's people. Kari looks after Valdres, Ola after one organisation there, Nils after Gol."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.directory.models import Service, ServiceDraft
from samtun.organisations.models import Organization, Region, RegionContact
from samtun.people.enums import CoordinatorKind, RoleKind
from samtun.people.models import AuditEvent, Invitation, Role, User
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@dataclass(frozen=True)
class World:
    """Who works where."""

    region: Region
    unit: Organization
    kari: User
    ola: User
    nils: User
    coordinator: Role


@pytest.fixture
def world() -> World:
    """Kari and Ola in Nord-Aurdal, Nils in Gol; Guri coordinates in Kari's region."""
    region = make.region()
    unit = make.organization(municipality=make.municipality(), name="Laget")
    gol = make.region("hallingdal", make.municipality("3330", "Gol"))
    kari, ola, nils = (people.person(name) for name in ("Kari", "Ola", "Nils"))
    people.role(kari, RoleKind.REGION_EDITOR, region=region)
    people.role(ola, RoleKind.ORGANISATION_EDITOR, organization=unit)
    people.role(nils, RoleKind.REGION_EDITOR, region=gol)
    coordinator = people.role(
        people.person("Guri"),
        RoleKind.COORDINATOR,
        region=region,
        coordinator_kind=CoordinatorKind.CANCER,
        starts_on=timezone.localdate() - 9 * YESTERDAY,
    )
    return World(region, unit, kari, ola, nils, coordinator)


def page_of(person: User, address: str) -> str:
    """What `person` sees."""
    response = people.signed_in(person).get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_shows_those_in_reach_and_nobody_else(world: World) -> None:
    page = page_of(world.kari, "/skrivebord/folk/")
    assert all(name in page for name in ("Kari", "Ola", "Guri"))
    assert "Nils" not in page
    assert "Guri" not in page_of(world.ola, "/skrivebord/folk/")


def test_a_look_at_the_list_and_at_a_person_is_in_the_trail(world: World) -> None:
    client = people.signed_in(world.kari)
    client.get("/skrivebord/folk/")
    client.get(f"/skrivebord/folk/{world.coordinator.person_id}/")
    looks = AuditEvent.objects.filter(action="looked.at", actor=world.kari).order_by("id")
    assert [one.object_id for one in looks] == ["people", str(world.coordinator.pk)]
    assert {one.region_id for one in looks} == {world.region.id}


def test_last_seen_is_coarse(world: World) -> None:
    guri = world.coordinator.person
    page = page_of(world.kari, f"/skrivebord/folk/{guri.pk}/")
    assert "Aldri logget inn" in page or "Never signed in" in page


def addresses(world: World) -> list[str]:
    """Every address about Guri."""
    guri, role = world.coordinator.person_id, world.coordinator.pk
    return [
        f"/skrivebord/folk/{guri}/",
        f"/skrivebord/folk/{guri}/overlever/",
        f"/skrivebord/folk/rolle/{role}/",
        f"/skrivebord/folk/rolle/{role}/avslutt/",
        f"/skrivebord/folk/kort/{role}/",
    ]


@pytest.mark.parametrize("outsider", ["ola", "nils"])
def test_outsiders_are_answered_as_if_there_were_nobody(world: World, outsider: str) -> None:
    client = people.signed_in(getattr(world, outsider))
    for address in addresses(world):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in {404, 405}
    assert client.post(f"/skrivebord/folk/{world.coordinator.person_id}/konto/").status_code == 404
    assert client.get(f"/skrivebord/folk/{uuid4()}/").status_code == 404
    world.coordinator.refresh_from_db()
    assert world.coordinator.ends_on is None


def test_who_looks_after_it_opens_every_page(world: World) -> None:
    for address in addresses(world):
        page_of(world.kari, address)


def test_whoever_has_not_signed_in_is_asked_to(world: World) -> None:
    for address in ["/skrivebord/folk/", *addresses(world)]:
        assert "/konto/logg-inn/" in Client().get(address)["Location"]


def test_an_invitation_is_sent_withdrawn_and_sent_again(world: World) -> None:
    client = people.signed_in(world.kari)
    given = {
        "email": "ny@valdres.example",
        "work": "coordinator:cancer",
        "scope": "municipality:3451",
        "language": "nn",
    }
    assert client.post("/skrivebord/folk/inviter/", given).status_code == 302
    invitation = Invitation.objects.get()
    assert invitation.coordinator_kind == CoordinatorKind.CANCER
    assert "ny@valdres.example" in client.get("/skrivebord/folk/").content.decode()
    client.post(f"/skrivebord/folk/invitasjon/{invitation.pk}/send/")
    for outsider in (world.ola, world.nils):
        other = people.signed_in(outsider)
        address = f"/skrivebord/folk/invitasjon/{invitation.pk}/trekk/"
        assert other.post(address).status_code == 404
    client.post(f"/skrivebord/folk/invitasjon/{invitation.pk}/trekk/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert Client().get(f"/skrivebord/folk/invitasjon/{invitation.pk}/trekk/").status_code == 302


@pytest.mark.parametrize(
    "work_and_scope",
    [("system_administrator", "everything:"), ("region_editor", "municipality:3451")],
)
def test_an_invitation_beyond_ones_reach_or_sense_is_refused(
    world: World, work_and_scope: tuple[str, str]
) -> None:
    work, scope = work_and_scope
    given = {"email": "x@valdres.example", "work": work, "scope": scope, "language": "nb"}
    response = people.signed_in(world.kari).post("/skrivebord/folk/inviter/", given)
    assert response.status_code == 200
    assert not Invitation.objects.exists()


def test_a_role_is_changed_and_ended(world: World) -> None:
    client = people.signed_in(world.kari)
    given = {
        "work": "coordinator:carer",
        "scope": f"region:{world.region.pk}",
        "title": "Pårørendekoordinator",
        "starts_on": "2026-01-01",
    }
    client.post(f"/skrivebord/folk/rolle/{world.coordinator.pk}/", given)
    world.coordinator.refresh_from_db()
    assert world.coordinator.title == "Pårørendekoordinator"
    client.post(f"/skrivebord/folk/rolle/{world.coordinator.pk}/avslutt/", {"ends_on": ""})
    world.coordinator.refresh_from_db()
    assert not world.coordinator.is_not_over


def test_the_last_editor_is_told_why_the_role_stays(world: World) -> None:
    role = world.kari.roles.get()
    response = people.signed_in(world.kari).post(f"/skrivebord/folk/rolle/{role.pk}/avslutt/", {})
    assert response.status_code == 200
    assert "Valdres" in response.content.decode()
    role.refresh_from_db()
    assert role.ends_on is None


def kept_by(person: User, **fields: object) -> Service:
    """A service that `person` looks after."""
    return make.service(keeper=person, **fields)


def test_handing_over_gives_all_to_a_colleague_in_one_step(world: World) -> None:
    guri = world.coordinator.person
    service = kept_by(guri, organization=world.unit)
    ServiceDraft.objects.create(person=guri, service=service, fields={})
    outside = kept_by(guri)
    address = f"/skrivebord/folk/{guri.pk}/overlever/"
    assert service.name in page_of(world.kari, address)
    people.signed_in(world.kari).post(address, {"to": str(world.kari.pk)})
    for one in (service, outside, guri):
        one.refresh_from_db()
    assert service.keeper == world.kari
    assert outside.keeper == guri, "it lies outside Kari's reach"
    assert ServiceDraft.objects.get().person == world.kari
    assert not guri.is_active
    assert AuditEvent.objects.filter(action="service.handed_over").count() == 1


def test_handing_over_to_nobody_leaves_it_without_owner(world: World) -> None:
    service = kept_by(world.coordinator.person, organization=world.unit)
    address = f"/skrivebord/folk/{world.coordinator.person_id}/overlever/"
    people.signed_in(world.kari).post(address, {"to": ""})
    service.refresh_from_db()
    assert service.keeper is None


def test_drafts_outside_ones_reach_are_shown_to_nobody_else(world: World) -> None:
    guri, gol = world.coordinator.person, make.municipality("3330", "Gol")
    people.role(guri, RoleKind.COORDINATOR, municipality=gol)
    there = make.service(organization=make.organization(municipality=gol))
    ServiceDraft.objects.create(person=guri, service=there, fields={})
    ServiceDraft.objects.create(person=guri, service=None, fields={})
    here = ServiceDraft.objects.create(
        person=guri, service=make.service(organization=world.unit), fields={}
    )
    address = f"/skrivebord/folk/{guri.pk}/overlever/"
    people.signed_in(world.kari).post(address, {"to": str(world.kari.pk)})
    assert list(ServiceDraft.objects.filter(person=world.kari)) == [here]


def test_roles_outside_ones_reach_stay_and_so_does_the_account(world: World) -> None:
    guri = world.coordinator.person
    gol = people.role(guri, RoleKind.LEADER, municipality=make.municipality("3330"))
    address = f"/skrivebord/folk/{guri.pk}/overlever/"
    people.signed_in(world.kari).post(address, {"to": ""})
    guri.refresh_from_db()
    gol.refresh_from_db()
    assert guri.is_active
    assert gol.ends_on is None


def test_the_last_editor_hands_over_with_the_role_or_not_at_all(world: World) -> None:
    client = people.signed_in(world.kari)
    address = f"/skrivebord/folk/{world.kari.pk}/overlever/"
    assert client.post(address, {"to": str(world.coordinator.person_id)}).status_code == 200
    assert client.post(
        address, {"to": str(world.coordinator.person_id), "takes_roles": "on"}
    ).status_code == 302  # fmt: skip
    assert Role.objects.filter(
        person=world.coordinator.person, kind=RoleKind.REGION_EDITOR, ends_on=None
    ).exists()
    world.kari.refresh_from_db()
    assert not world.kari.is_active


CARD = {
    "name": "Guri",
    "phone": "10 00 00 09",
    "titles_nb": "Kreftkoordinator",
    "abouts_nn": "Du kan kome med alt.",
    "languages": ["nb", "en"],
    "is_public": "on",
}


def test_a_coordinator_edits_the_own_card_and_nobody_elses(world: World) -> None:
    client = people.signed_in(world.coordinator.person)
    assert client.get("/skrivebord/mitt-kort/")["Location"].endswith(f"{world.coordinator.pk}/")
    client.post(f"/skrivebord/folk/kort/{world.coordinator.pk}/", CARD)
    card = RegionContact.objects.get()
    assert card.abouts == {"nn": "Du kan kome med alt."}
    assert card.languages == ["nb", "en"]
    other = people.role(people.person("Per"), RoleKind.COORDINATOR, region=world.region)
    assert client.get(f"/skrivebord/folk/kort/{other.pk}/").status_code == 404


def test_a_role_that_is_over_has_no_card_any_more(world: World) -> None:
    guri = world.coordinator.person
    over = people.role(
        guri,
        RoleKind.COORDINATOR,
        region=world.region,
        starts_on=timezone.localdate() - 9 * YESTERDAY,
        ends_on=timezone.localdate() - YESTERDAY,
    )
    answer = people.signed_in(guri).post(f"/skrivebord/folk/kort/{over.pk}/", CARD)
    assert answer.status_code == 404
    assert not RegionContact.objects.exists()


def test_a_system_administrator_closes_and_opens_accounts(world: World) -> None:
    root = people.person("Rot")
    people.role(root, RoleKind.SYSTEM_ADMINISTRATOR)
    client = people.signed_in(root)
    guri = world.coordinator.person
    client.post(f"/skrivebord/folk/{guri.pk}/konto/", {"close": "1"})
    guri.refresh_from_db()
    assert not guri.is_active
    client.post(f"/skrivebord/folk/{guri.pk}/konto/", {"open": "1"})
    guri.refresh_from_db()
    assert guri.is_active


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_as_many_queries_for_one_as_for_thirty(
    world: World, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        made = people.person(f"Per {number}")
        people.role(made, RoleKind.LEADER, region=world.region)
        people.role(made, RoleKind.EMPLOYEE, organization=world.unit)
    client = people.signed_in(world.kari)
    client.get("/skrivebord/folk/")
    with django_assert_max_num_queries(14):
        client.get("/skrivebord/folk/")
