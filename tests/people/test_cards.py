"""The public card of a coordinator, on the map as long as the role."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from samtun.directory.exchange import regions
from samtun.organisations import recent
from samtun.organisations.models import Region, RegionContact
from samtun.people.actions import accounts, cards, roles, tidying
from samtun.people.actions.cards import CardFields
from samtun.people.enums import RoleKind
from samtun.people.errors import NoCardError
from samtun.people.models import Role
from tests.factories import directory as make
from tests.factories import people
from tests.front import scenes
from tests.people.test_roles import editor

pytestmark = pytest.mark.django_db
CARD = CardFields(
    name="Siri Koordinator",
    titles={"nb": "Kreftkoordinator", "nn": "Kreftkoordinator"},
    abouts={"nb": "Kom med alt som er tungt."},
    phone="10 00 99 99",
    hours={},
    email="",
    languages=["nb", "pl"],
    is_public=True,
)


def coordinator(region: Region, **scope: object) -> Role:
    """Siri, who has put out a card."""
    siri = people.person("Siri")
    since = timezone.localdate() - timedelta(days=3)
    role = people.role(siri, RoleKind.COORDINATOR, starts_on=since, **(scope or {"region": region}))
    cards.save_card(role=role, fields=CARD, by=siri)
    recent.forget()
    return role


def page(query: str = "") -> str:
    """The region's page."""
    return Client().get(f"/valdres/{query}").content.decode()


def test_a_card_says_what_and_whom_for_and_the_languages() -> None:
    coordinator(scenes.valdres())
    shown = page()
    assert "Siri Koordinator" in shown
    assert "Kom med alt som er tungt." in shown
    assert "Norsk, Polsk" in shown


def test_the_municipality_of_a_card_follows_from_the_role() -> None:
    region = scenes.valdres()
    coordinator(region, municipality=make.municipality("3454"))
    assert "Siri" not in page("?kommune=3451")
    assert "Siri" in page("?kommune=3454")


def test_a_municipality_without_anybody_is_shown_as_such() -> None:
    region = scenes.valdres()
    region.municipalities.filter(number="3451").update(website="https://nord-aurdal.example/")
    assert "https://nord-aurdal.example/" in page()
    assert "https://nord-aurdal.example/" in page("?kommune=3451")
    assert "https://nord-aurdal.example/" not in page("?kommune=3454")
    coordinator(region, municipality=make.municipality("3451"))
    assert "https://nord-aurdal.example/" not in page()


def test_a_card_ends_with_the_role(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    role = coordinator(scenes.valdres())
    assert "Siri" in page()
    with django_capture_on_commit_callbacks(execute=True):
        roles.end(role=role, by=None)
    assert "Siri" not in page()
    assert not RegionContact.objects.filter(name="Siri Koordinator").exists()


def test_a_role_that_has_run_out_or_not_begun_shows_no_card() -> None:
    role = coordinator(scenes.valdres())
    day = timezone.localdate()
    for first, last in ((-9, -1), (1, None)):
        Role.objects.filter(pk=role.pk).update(
            starts_on=day + timedelta(days=first),
            ends_on=day + timedelta(days=last) if last else None,
        )
        recent.forget()
        assert "Siri" not in page()
    Role.objects.update(starts_on=day - timedelta(days=9), ends_on=day - timedelta(days=1))
    tidying.tidy()
    assert not RegionContact.objects.filter(name="Siri Koordinator").exists()


def test_a_card_one_does_not_show_and_that_of_a_closed_account_are_not_there() -> None:
    role = coordinator(scenes.valdres())
    RegionContact.objects.filter(role=role).update(is_public=False)
    recent.forget()
    assert "Siri" not in page()
    RegionContact.objects.filter(role=role).update(is_public=True)
    accounts.close(person=role.person, by=None)
    recent.forget()
    assert "Siri" not in page()


def test_deleting_an_account_takes_its_card_along() -> None:
    role = coordinator(scenes.valdres())
    accounts.delete(person=role.person, by=None)
    recent.forget()
    assert "Siri" not in page()


def test_reading_the_regions_files_again_leaves_cards_of_roles_alone() -> None:
    region = scenes.valdres()
    card = coordinator(region).card
    assert card is not None
    entries = [{"name": f"Fil {number}", "municipalities": ["3454"]} for number in range(4)]
    for some in (entries, entries[:1], entries[:3]):
        regions._renew_contacts(region, some)
        names = list(region.contacts.order_by("position").values_list("name", flat=True))
        assert [name for name in names if name != card.name] == [one["name"] for one in some]
        assert region.contacts.get(pk=card.pk).phone == "10 00 99 99"


def test_a_role_for_an_organisation_of_no_region_has_no_card() -> None:
    role = people.role(people.person(), RoleKind.COORDINATOR, organization=make.organization())
    with pytest.raises(NoCardError):
        cards.save_card(role=role, fields=CARD, by=editor(make.region()))
