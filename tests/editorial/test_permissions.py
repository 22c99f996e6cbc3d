"""Who may write and publish: by our rules. Kari's pages are none of Ola's or Nils' business."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Collection, Site
from wagtail.permissions import policy_registry

from samtun.editorial.models import (
    EditorialDocument,
    EditorialImage,
    EditorialPage,
    ModulePage,
    Shelf,
)
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import editorial
from tests.factories import people as someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> Organization:
    return make.organization(municipality=make.municipality())


@pytest.fixture
def page(centre: Organization) -> ModulePage:
    return editorial.module_page(centre)


def having(kind: RoleKind, organization: Organization) -> User:
    person = someone.person()
    someone.role(person, kind, organization=organization)
    return person


@pytest.fixture
def kari(centre: Organization) -> User:
    return having(RoleKind.ORGANISATION_EDITOR, centre)


@pytest.fixture
def ada(centre: Organization) -> User:
    return having(RoleKind.ADVISER, centre)


@pytest.fixture
def ola(centre: Organization) -> User:
    """An editor in the same municipality, who has pages of his own."""
    other = make.organization(municipality=centre.municipality)
    editorial.module_page(other)
    return having(RoleKind.ORGANISATION_EDITOR, other)


@pytest.fixture
def nils() -> User:
    return having(RoleKind.ADVISER, make.organization(municipality=make.municipality()))


def test_an_editor_writes_and_publishes_and_an_adviser_writes(
    page: ModulePage, kari: User, ada: User
) -> None:
    for person, publishes in ((kari, True), (ada, False)):
        over = page.permissions_for_user(person)
        assert over.can_edit()
        assert (over.can_publish(), over.can_unpublish()) == (publishes, False)


@pytest.mark.parametrize("name", ["ola", "nils"])
def test_an_outsider_may_do_nothing_with_it(
    page: ModulePage, name: str, request: pytest.FixtureRequest
) -> None:
    outsider = request.getfixturevalue(name)
    over = page.permissions_for_user(outsider)
    asked = (over.can_edit, over.can_publish, over.can_delete, over.can_copy)
    assert not any(may() for may in asked)
    seen = policy_registry.get_by_type(EditorialPage).explorable_instances(outsider)
    assert not seen.filter(pk=page.pk).exists()


ADDRESSES = [
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:usage",
    "wagtailadmin_pages:preview_on_edit",
    "simple_translation:submit_page_translation",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_outsider_finds_no_such_page(page: ModulePage, ola: User, address: str) -> None:
    client = someone.signed_in(ola)
    assert client.get(reverse(address, args=[page.pk])).status_code == 404
    assert client.post(reverse(address, args=[page.pk])).status_code == 404


def test_the_lists_of_an_outsider_name_nothing_of_it(page: ModulePage, ola: User) -> None:
    client = someone.signed_in(ola)
    root = EditorialPage.objects.get(depth=1).pk
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[root]),
        reverse("wagtailadmin_pages:search") + "?q=modul",
        reverse("wagtailadmin_choose_page") + "?page_type=editorial.modulepage",
        reverse("wagtailadmin_choose_page_child", args=[root]),
        reverse("wagtailadmin_api:pages:listing") + "?fields=*",
    ]
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200
        assert page.title not in answer.content.decode()
        assert page.organization
        assert page.organization.name not in answer.content.decode()


def test_whoever_may_not_write_finds_nothing_here(centre: Organization, client: Client) -> None:
    home = reverse("wagtailadmin_home")
    assert client.get(home).headers["Location"].startswith("/konto/")
    leader = someone.signed_in(having(RoleKind.LEADER, centre))
    assert leader.get(home).status_code == 404


def test_an_editor_needs_a_second_factor(kari: User) -> None:
    client = Client()
    client.force_login(kari)
    assert "/konto/" in client.get(reverse("wagtailadmin_home")).headers["Location"]


CLOSED = [
    "wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index",
    "wagtailadmin_collections:index", "wagtailadmin_workflows:index",
    "wagtailadmin_reports:site_history", "wagtailadmin_login", "wagtailadmin_password_reset",
    "wagtailadmin_api:images:listing", "wagtailsnippets:index",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_looked_after_elsewhere_is_not_here(kari: User, address: str) -> None:
    assert someone.signed_in(kari).get(reverse(address)).status_code == 404


def test_ones_account_is_looked_after_where_everybodys_is(kari: User) -> None:
    answer = someone.signed_in(kari).get(reverse("wagtailadmin_account"))
    assert answer.headers["Location"] == reverse("account_home")


def test_pages_are_not_moved_out_of_their_folder(kari: User, page: ModulePage) -> None:
    editor = someone.signed_in(kari)
    for action, answer in (("move", 404), ("publish", 200)):
        address = reverse("wagtail_bulk_action", args=["editorial", "editorialpage", action])
        assert editor.get(address, {"id": page.pk, "next": "/"}).status_code == answer


def test_groups_and_superusers_of_django_count_for_nothing(page: ModulePage, nils: User) -> None:
    nils.groups.set(Group.objects.all())
    assert not page.permissions_for_user(nils).can_edit()
    for model in (Collection, Site, Group, User):
        assert not policy_registry.get_by_type(model).user_has_permission(nils, "change")


def picture(organization: Organization) -> EditorialImage:
    shelf = Shelf.objects.get(organization=organization)
    return EditorialImage.objects.create(
        title="Tunet", file="x.png", width=1, height=1, collection=shelf.collection
    )


def test_pictures_are_the_organisations_own(
    page: ModulePage, kari: User, ola: User, centre: Organization
) -> None:
    image = picture(centre)
    policy = policy_registry.get_by_type(EditorialImage)
    theirs = [
        policy.instances_user_has_permission_for(who, "choose").count() for who in (kari, ola)
    ]
    assert theirs == [1, 0]
    assert not policy.user_has_permission_for_instance(kari, "delete", image)
    client = someone.signed_in(ola)
    assert client.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 404
    assert client.get(reverse("wagtailimages_chooser:chosen", args=[image.pk])).status_code == 404


def test_files_are_asked_of_the_same_rules() -> None:
    policy = policy_registry.get_by_type(EditorialDocument)
    assert type(policy).__module__ == "samtun.editorial.policies"


def test_nobody_changes_a_folder_by_hand(page: ModulePage, kari: User) -> None:
    folder = page.get_parent().get_parent()
    over = folder.permissions_for_user(kari)
    asked = (over.can_edit, over.can_delete, over.can_move, over.can_unpublish)
    assert not any(may() for may in asked)
    client = someone.signed_in(kari)
    address = reverse("wagtailadmin_pages:delete", args=[folder.pk])
    assert client.post(address).status_code == 404


def test_an_editor_saves_and_publishes_in_the_browser(page: ModulePage, kari: User) -> None:
    client = someone.signed_in(kari)
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert (
        client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).status_code == 200
    )


def test_every_address_of_it_is_behind_the_door() -> None:
    def walk(patterns: Any, *, inside: bool) -> Any:  # noqa: ANN401
        for one in patterns:
            here = inside or str(one.pattern) == "redaksjon/"
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns, inside=here)
            elif here:
                yield getattr(one.callback, "access", None)

    assert set(walk(get_resolver().url_patterns, inside=False)) == {"editorial.write", "signed in"}
