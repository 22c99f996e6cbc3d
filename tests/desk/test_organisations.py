"""New and changed organisations, and how a region keeps its map."""

import pytest
from django.test import Client

from samtun.organisations.models import Organization, Region
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db

NEW = "/skrivebord/organisasjoner/ny/"
REGION = "/skrivebord/region/valdres/"
HERE = {"name": "Sanitetsforeninga", "where": "municipality:3451"}


def browser(kind: RoleKind, **scope: object) -> Client:
    """Of somebody with that role."""
    person = people.person()
    people.role(person, kind, **scope)
    return people.signed_in(person)


@pytest.fixture
def region() -> Region:
    """Valdres with two municipalities."""
    return make.region("valdres", make.municipality(), make.municipality("3454", "Vang"))


@pytest.fixture
def kari(region: Region) -> Client:
    """Looks after Nord-Aurdal."""
    return browser(RoleKind.COORDINATOR, municipality=make.municipality())


def test_an_organisation_is_added_and_written_in_the_trail(kari: Client) -> None:
    answer = kari.post(NEW, HERE | {"organization_number": "974 760 673"})
    made = Organization.objects.get(name="Sanitetsforeninga")
    assert answer["Location"].endswith(f"/{made.pk}/")
    assert (made.municipality_id, made.organization_number) == ("3451", "974760673")
    assert AuditEvent.objects.filter(action="organization.added").count() == 1


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"organization_number": "974760674"}, {"where": "municipality:3454"},
     {"where": "region:x"}, {"parent": "x"}, {"email": "x"}, {"website": "javascript:x"},
     {"name": "a" * 400}],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_message(kari: Client, changes: dict[str, str]) -> None:
    answer = kari.post(NEW, HERE | changes)
    assert answer.status_code == 200
    assert "ds-error-summary" in answer.content.decode()
    assert not Organization.objects.exists()


def test_a_number_belongs_to_one_organisation(kari: Client) -> None:
    make.organization(organization_number="974760673")
    assert kari.post(NEW, HERE | {"organization_number": "974760673"}).status_code == 200
    assert Organization.objects.count() == 1


def test_outsiders_meet_nothing(kari: Client) -> None:
    made = make.organization(municipality=make.municipality())
    other = make.organization(municipality=make.municipality())
    ola = browser(RoleKind.ORGANISATION_EDITOR, organization=other)
    nils = browser(RoleKind.COORDINATOR, municipality=make.municipality("5001", "Trondheim"))
    leader = browser(RoleKind.LEADER, municipality=make.municipality())
    for each in (ola, nils, leader):
        assert each.get(f"/skrivebord/organisasjoner/{made.pk}/").status_code == 404
        assert each.post(f"/skrivebord/organisasjoner/{made.pk}/", HERE).status_code == 404
        assert each.get(REGION).status_code == 404
    assert ola.get(NEW).status_code == 404
    assert kari.get(REGION).status_code == 404
    assert Client().get(NEW).status_code == 302


def test_an_organisation_cannot_be_given_away_nor_be_part_of_itself(kari: Client) -> None:
    made = make.organization(municipality=make.municipality())
    unit = make.organization(municipality=make.municipality(), parent_organization=made)
    address = f"/skrivebord/organisasjoner/{made.pk}/"
    assert kari.post(address, HERE | {"where": "municipality:3454"}).status_code == 200
    assert kari.post(address, HERE | {"parent": str(unit.pk)}).status_code == 200
    made.refresh_from_db()
    assert (made.municipality_id, made.parent_organization_id) == ("3451", None)


def test_a_unit_is_not_taken_from_those_above_it(region: Region) -> None:
    above = make.organization(name="Landslaget")
    unit = make.organization(
        name="Laget", municipality=make.municipality(), parent_organization=above
    )
    ola = browser(RoleKind.ORGANISATION_EDITOR, organization=unit)
    address = f"/skrivebord/organisasjoner/{unit.pk}/"
    ola.post(address, {"name": "Laget", "where": "municipality:3451", "parent": ""})
    unit.refresh_from_db()
    assert unit.parent_organization == above


def test_changing_the_name_shows_it_everywhere(kari: Client) -> None:
    made = make.organization(municipality=make.municipality())
    service = make.service(organization=made)
    kari.post(f"/skrivebord/organisasjoner/{made.pk}/", HERE)
    assert "Sanitetsforeninga" in str(service.listing.data)


def test_a_region_says_how_its_map_is_kept(region: Region) -> None:
    randi = browser(RoleKind.REGION_EDITOR, region=region)
    owner = make.organization(municipality=make.municipality())
    service = make.service(organization=owner, assured_date="2026-01-01")
    fields = {"confirm_every_days": "90", "introduction_nn": "Velkomen"}
    assert randi.post(REGION, fields).status_code == 302
    region.refresh_from_db()
    service.refresh_from_db()
    assert (region.confirm_every_days, region.keeper_changes_go_live) == (90, False)
    assert region.introductions == {"nn": "Velkomen"}
    assert str(service.confirm_due_on) == "2026-04-01"
    assert randi.post(REGION, {"confirm_every_days": "3"}).status_code == 200


def test_the_way_to_the_settings_is_shown_to_those_who_may_change_them(
    region: Region, kari: Client
) -> None:
    siv = browser(RoleKind.SYSTEM_ADMINISTRATOR)
    randi = browser(RoleKind.REGION_EDITOR, region=region)
    for page in ("/skrivebord/", "/skrivebord/folk/"):
        assert REGION in randi.get(page).content.decode()
        assert REGION in siv.get(page).content.decode()
        assert REGION not in kari.get(page).content.decode()


def test_the_way_to_who_gives_an_offer_is_shown_to_those_who_may_change_it(kari: Client) -> None:
    giver = make.organization(municipality=make.municipality())
    offer = f"/skrivebord/tilbud/{make.service(organization=giver).pk}/"
    ola = browser(RoleKind.LEADER, municipality=make.municipality())
    assert f"/skrivebord/organisasjoner/{giver.pk}/" in kari.get(offer).content.decode()
    assert f"/skrivebord/organisasjoner/{giver.pk}/" not in ola.get(offer).content.decode()
