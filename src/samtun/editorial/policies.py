# ruff: noqa: ANN401  (Wagtail passes models, pages and queries of any kind)
"""Wagtail's questions about permissions, answered by `editorial.rules` and people's roles.

Wagtail works out what a person may do from rows that give a group a permission over a page or a
collection with all below it. Here those rows are made up for each request from the person's roles:
over the folders of the organisations that they reach. Groups are never asked, nobody is a
superuser, and what is nobody's folder is seen by nobody.
"""

from collections.abc import Collection as Some
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.models import Collection, Locale, Site, Task, Workflow
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from samtun.editorial.models import (
    EditorialDocument,
    EditorialImage,
    EditorialPage,
    FolderPage,
    Shelf,
)
from samtun.people.grants import grants_of, held_today
from samtun.people.models import Role, User
from samtun.people.rules import HOLDERS, may

WRITERS_DO = ("add", "change", "lock")
PUBLISHERS_DO = ("publish", "unlock", "bulk_delete")
MEDIA = {
    "add": "editorial.write",
    "change": "editorial.write",
    "choose": "editorial.write",
    "delete": "editorial.delete_media",
}


@dataclass(frozen=True, slots=True)
class Codename:
    """Stands where Wagtail expects a row of Django's permissions."""

    codename: str


@dataclass(frozen=True, slots=True)
class OverPage:
    """Stands where Wagtail expects that a group has a permission over a page."""

    page: FolderPage
    permission: Codename

    @property
    def page_id(self) -> int:
        """Of the folder."""
        return int(self.page.pk)


@dataclass(frozen=True, slots=True)
class OverCollection:
    """The same for pictures and files."""

    collection: Collection
    permission: Codename

    @property
    def collection_id(self) -> int:
        """Of the shelf."""
        return int(self.collection.pk)


def _writers() -> QuerySet[User]:
    """Everybody who can write at all; whom a form offers is narrowed by asking about each."""
    holders = Role.objects.filter(held_today(), kind__in=HOLDERS["editorial.write"])
    return User.objects.filter(is_active=True, pk__in=holders.values("person"))


class PagePolicy(PagePermissionPolicy):
    """Who may do what with pages: decided over the folder that they lie in."""

    def get_all_permissions_for_user(self, user: User) -> list[OverPage]:
        """What `user` may do over which folders."""
        reach = grants_of(user).reach(HOLDERS["editorial.write"])
        if not reach:
            return []
        folders = FolderPage.objects.filter(reach.condition("organization"))
        return [
            OverPage(folder, Codename(f"{action}_{self.model_name}"))
            for folder in folders.select_related("organization").order_by("path")
            for action in self._actions(user, folder)
        ]

    @staticmethod
    def _actions(user: User, folder: FolderPage) -> tuple[str, ...]:
        if not may(user, "editorial.write", folder):
            return ()
        return WRITERS_DO + (PUBLISHERS_DO if may(user, "editorial.publish", folder) else ())

    def users_with_any_permission(
        self,
        actions: Some[str],
        include_superusers: bool = True,  # noqa: FBT001, FBT002  (Wagtail's)
    ) -> QuerySet[User]:
        """For lists of people to choose among."""
        return _writers()

    def users_with_any_permission_for_instance(
        self,
        actions: Some[str],
        instance: Any,
        include_superusers: bool = True,  # noqa: FBT001, FBT002
    ) -> QuerySet[User]:
        """Those who may do any of this with the page."""
        able = [
            user.pk
            for user in _writers()
            if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return User.objects.filter(pk__in=able)


def _shelves(user: User, actions: Some[str], model_name: str) -> list[OverCollection]:
    reach = grants_of(user).reach(HOLDERS["editorial.write"])
    if not reach:
        return []
    shelves = Shelf.objects.filter(reach.condition("organization"))
    return [
        OverCollection(shelf.collection, Codename(f"{action}_{model_name}"))
        for shelf in shelves.select_related("organization", "collection").order_by("pk")
        for action in actions
        if may(user, MEDIA[action], shelf)
    ]


class MediaPolicy(CollectionOwnershipPermissionPolicy):
    """Who may do what with pictures and files: those of the organisation's shelf, and no other.

    What has been brought in may be used in something published, so writers change but never
    delete it.
    """

    def __init__(self, model: Any, auth_model: str) -> None:
        super().__init__(model, auth_model=auth_model, owner_field_name="uploaded_by_user")
        self.permission_cache_name = f"_samtun_{auth_model.replace('.', '_')}"

    def get_all_permissions_for_user(self, user: User) -> list[OverCollection]:
        """What `user` may do with the pictures or files on which shelves."""
        return _shelves(user, MEDIA, self.model_name)

    def user_has_permission(self, user: User, action: str) -> bool:
        """Deleting is a permission of its own here; Wagtail takes it for changing."""
        return action in MEDIA and bool(self._check_perm(user, [action]))

    def user_has_any_permission_for_instance(
        self, user: User, actions: Some[str], instance: Any
    ) -> bool:
        """The same, over one picture or file; who brought it in makes no difference."""
        known = [action for action in actions if action in MEDIA]
        return bool(known) and self._check_perm(user, known, collection=instance.collection)

    def instances_user_has_any_permission_for(self, user: User, actions: Some[str]) -> Any:
        """The same, as rows."""
        known = [action for action in actions if action in MEDIA]
        shelves = self._collections_with_perm(user, known)
        return self.model._default_manager.filter(collection__in=shelves)

    def collections_user_has_any_permission_for(self, user: User, actions: Some[str]) -> Any:
        """The shelves themselves."""
        return self._collections_with_perm(user, [one for one in actions if one in MEDIA])

    def users_with_any_permission(self, actions: Some[str]) -> QuerySet[User]:
        """For lists of people to choose among."""
        return _writers()

    def users_with_any_permission_for_instance(
        self, actions: Some[str], instance: Any
    ) -> QuerySet[User]:
        """Those who may do any of this with it."""
        able = [
            user.pk
            for user in _writers()
            if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return User.objects.filter(pk__in=able)


class CollectionPolicy(CollectionManagementPermissionPolicy):
    """Nobody makes, changes or deletes collections by hand: they come with the folders."""

    permission_cache_name = "_samtun_collections"

    def get_all_permissions_for_user(self, user: User) -> list[OverCollection]:
        """None at all."""
        return []

    def users_with_any_permission(self, actions: Some[str]) -> QuerySet[User]:
        """Nobody."""
        return User.objects.none()


class Nobody(BasePermissionPolicy):
    """For what Wagtail can administrate and we do not let it: people, groups, sites, languages."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Never."""
        return False

    def users_with_any_permission(self, actions: Some[str]) -> QuerySet[User]:
        """Nobody."""
        return User.objects.none()


def register() -> None:
    """Answer for all that Wagtail administrates; called once, when the application starts.

    For exactly these classes: Wagtail's packages, which start after ours, answer for them as well.
    """
    register_permission_policy(EditorialPage, PagePolicy(EditorialPage))
    answers: dict[type[Any], BasePermissionPolicy] = {
        EditorialImage: MediaPolicy(EditorialImage, "wagtailimages.Image"),
        EditorialDocument: MediaPolicy(EditorialDocument, "wagtaildocs.Document"),
        Collection: CollectionPolicy(Collection),
    }
    answers |= {model: Nobody(model) for model in (Site, Task, Workflow, Locale, User, Group)}
    for model, policy in answers.items():
        register_permission_policy(model, policy, exact_class=True)
