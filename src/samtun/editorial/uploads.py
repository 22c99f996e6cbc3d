"""Whose an upload is that has not been published: a picture in any size, or a file."""

from wagtail.images.models import AbstractImage
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry

from samtun.editorial.models import EditorialDocument, EditorialImage, EditorialRendition
from samtun.people.models import User


def may_see(person: User, name: str) -> bool:
    """Whether `person` may use the upload whose file is called `name`; nobody's is nobody's."""
    if picture := _picture(name):
        return _may_use(person, EditorialImage, picture)
    found = EditorialDocument.objects.select_related("collection").filter(file=name).first()
    return found is not None and _may_use(person, EditorialDocument, found)


def _picture(name: str) -> AbstractImage | None:
    if found := EditorialImage.objects.select_related("collection").filter(file=name).first():
        return found
    sized = EditorialRendition.objects.select_related("image__collection").filter(file=name)
    rendition = sized.first()
    return rendition.image if rendition else None


def _may_use(
    person: User,
    kind: type[EditorialImage | EditorialDocument],
    upload: AbstractImage | EditorialDocument,
) -> bool:
    policy: BasePermissionPolicy = policy_registry.get_by_type(kind)
    return bool(policy.user_has_any_permission_for_instance(person, ["choose", "change"], upload))
