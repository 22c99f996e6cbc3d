"""Where somebody writes: the folders of the organisations that they reach."""

from dataclasses import dataclass

from samtun.editorial.actions.folders import course_folder, module_folder
from samtun.editorial.models import FolderPage, Shelf
from samtun.organisations.enums import Language
from samtun.organisations.models import Organization
from samtun.people.grants import grants_of
from samtun.people.models import User
from samtun.people.rules import HOLDERS, may


@dataclass(frozen=True, slots=True)
class Room:
    """Where an organisation's courses in one language are written; `courses` and `modules` are
    the numbers of their folders.
    """

    organization: Organization
    language: str
    courses: int
    modules: int


def rooms_of(person: User) -> list[Room]:
    """By organisation, then by language, bokmål first."""
    reach = grants_of(person).reach(HOLDERS["editorial.write"])
    if not reach:
        return []
    folders = FolderPage.objects.filter(reach.condition("organization"))
    found = folders.select_related("organization", "locale").order_by("organization__name", "path")
    return [
        _room(folder, folder.organization)
        for folder in found
        if folder.organization and may(person, "editorial.write", folder)
    ]


def _room(folder: FolderPage, organization: Organization) -> Room:
    code = folder.locale.language_code
    return Room(
        organization=organization,
        language=str(Language(code).label),
        courses=course_folder(organization, code).pk,
        modules=module_folder(organization, code).pk,
    )


def without_room(person: User) -> list[Organization]:
    """Organisations that the person has a role for and that have no folders yet."""
    held = {
        role.organization
        for role in grants_of(person).roles
        if role.organization and may(person, "editorial.write", role.organization)
    }
    have = Shelf.objects.filter(organization__in=held).values_list("organization", flat=True)
    return sorted((one for one in held if one.pk not in set(have)), key=lambda one: one.name)
