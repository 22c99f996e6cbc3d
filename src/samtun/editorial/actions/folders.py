"""Room for an organisation to write in: folders in each language, and a shelf for pictures."""

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale

from samtun.editorial.models import CourseFolder, EditorialPage, FolderPage, ModuleFolder, Shelf
from samtun.organisations.enums import Language
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Organization
from samtun.people import audit
from samtun.people.models import User


@transaction.atomic
def make(*, organization: Organization, by: User | None) -> Shelf:
    """Folders for courses and modules in every language, and a place for pictures. Once only."""
    if shelf := Shelf.objects.filter(organization=organization).first():
        return shelf
    for language in Language.values:
        _make_folders(organization, language)
    collection = _collections_root().add_child(instance=Collection(name=organization.name[:255]))
    shelf = Shelf.objects.create(organization=organization, collection=collection)
    details: dict[str, object] = {} if by else {"by": "loader"}
    audit.record("editorial.folders_made", by=by, about=organization, details=details)
    return shelf


def course_folder(organization: Organization, language: str) -> CourseFolder:
    """Where the organisation's courses in `language` lie; `make` comes first."""
    found: CourseFolder = CourseFolder.objects.get(
        organization=organization, locale__language_code=language
    )
    return found


def module_folder(organization: Organization, language: str) -> ModuleFolder:
    """Where its modules in `language` lie; `make` comes first."""
    found: ModuleFolder = ModuleFolder.objects.get(
        organization=organization, locale__language_code=language
    )
    return found


def _make_folders(organization: Organization, language: str) -> None:
    locale, _new = Locale.objects.get_or_create(language_code=language)
    key = str(organization.pk)
    top = FolderPage(
        title=f"{organization.name} ({Language(language).label})"[:255],
        slug=f"{slugify(organization.name)[:200]}-{key[:8]}-{language}",
        organization=organization,
        locale=locale,
        translation_key=derived_id("editorial", key),
    )
    _root().add_child(instance=top)
    with translation.override(language):
        names = {CourseFolder: _("Courses"), ModuleFolder: _("Modules")}
    for kind, name in names.items():
        top.add_child(
            instance=kind(
                title=name,
                slug=slugify(name),
                organization=organization,
                locale=locale,
                translation_key=derived_id("editorial", key, kind.__name__),
            )
        )


def _root() -> EditorialPage:
    """The root of all pages; Wagtail's migrations make it, emptying all tables takes it away."""
    root = EditorialPage.get_first_root_node()
    if root is None:
        locale, _new = Locale.objects.get_or_create(language_code=Language.BOKMAL)
        root = EditorialPage.add_root(
            instance=EditorialPage(title="Root", slug="root", locale=locale)
        )
    found: EditorialPage = root
    return found


def _collections_root() -> Collection:
    root = Collection.get_first_root_node()
    return Collection.add_root(name="Root") if root is None else root
