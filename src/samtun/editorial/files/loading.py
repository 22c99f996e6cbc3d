# ruff: noqa: ANN401  (pages, and models of media, of either kind)
"""Makes pages of course files, and publishes them. Loading the same again changes nothing."""

import json
import tomllib
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from wagtail.models import Locale
from wagtail.signal_handlers import disable_reference_index_auto_update

from samtun.editorial import freezing
from samtun.editorial.actions import folders
from samtun.editorial.files import streams
from samtun.editorial.files.problems import Problem
from samtun.editorial.files.reading import Read, ReadCourse, ReadModule, read
from samtun.editorial.models import (
    CoursePage,
    EditorialDocument,
    EditorialImage,
    EditorialPage,
    ModulePage,
    Shelf,
)
from samtun.learning.actions.publishing import digest_of
from samtun.learning.errors import LearningError
from samtun.learning.models import Course, CourseVersion, ModuleVersion
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Organization

_PAGES_OF_COURSE = ("sectors", "themes", "company", "is_open", "position")


class Loaded:
    """What became of a folder."""

    def __init__(self, found: Read) -> None:
        self.courses, self.modules = len(found.courses), len(found.modules)
        self.published = 0  # pages in a language that were new or had changed
        self.problems: list[Problem] = found.problems


def load(folder: Path, *, region: str = "") -> Loaded:
    """Load what can be loaded of the courses in `folder`; `problems` says what cannot, and why.

    `region`: the key that the organisations' keys belong to; without it that of the region whose
    files lie around the folder.
    """
    found = read(folder)
    loaded = Loaded(found)
    loader = _Loader(folder, region or _region_around(folder), loaded)
    for course in found.courses:
        try:
            with transaction.atomic():
                loader.course(course, [found.modules[name] for name in course.entry["modules"]])
        except (LearningError, LookupError) as error:
            loaded.problems.append(Problem("courses.toml", 0, f"{course.slug}: {error}"))
    return loaded


def _region_around(folder: Path) -> str:
    told = folder.resolve().parent / "region.toml"
    if not told.is_file():
        return ""
    return str(tomllib.loads(told.read_text(encoding="utf-8"))["region"]["key"])


class _Loader:
    def __init__(self, folder: Path, region: str, loaded: Loaded) -> None:
        self.folder, self.region, self.loaded = folder, region, loaded
        self.done: set[str] = set()  # a module of several courses is loaded once
        self.locales = {one.language_code: one for one in Locale.objects.all()}

    def course(self, course: ReadCourse, modules: list[ReadModule]) -> None:
        """A course with its modules."""
        organization = self._organization(course.entry["organization"])
        shelf = folders.make(organization=organization, by=None)
        for module in modules:
            if module.slug not in self.done:
                self._module(module, organization, shelf)
                self.done.add(module.slug)
        for language in course.languages:
            self._course(course, organization, language)

    def _organization(self, key: str) -> Organization:
        pk = derived_id("organization", self.region, key)
        if found := Organization.objects.filter(pk=pk).first():
            return found
        raise LookupError(f"there is no organisation “{key}” in “{self.region}”")

    def _module(self, module: ReadModule, organization: Organization, shelf: Shelf) -> None:
        key = derived_id("module", self.region, module.slug)
        for language in module.languages:
            page = self._page(ModulePage, key, module.slug, organization, language)
            writer = streams.Writer(module.slug, language, _Files(self.folder, shelf).find)
            _fill(page, module.entry, module.slug, language, ("title", "summary"))
            page.lessons = json.dumps(writer.lessons(module.entry))
            digest = digest_of(freezing.module_content(page))
            versions = ModuleVersion.objects.filter(module=key)
            if not _is_current(versions, language, digest):
                self._publish(page, folders.module_folder(organization, language))

    def _course(self, course: ReadCourse, organization: Organization, language: str) -> None:
        key = derived_id("course", self.region, course.slug)
        page = self._page(CoursePage, key, course.slug, organization, language)
        names = ("title", "summary", "for_whom", "authors")
        _fill(page, course.entry, course.slug, language, names)
        for name in _PAGES_OF_COURSE:
            setattr(page, name, course.entry.get(name, getattr(page, name)))
        page.modules = json.dumps(self._modules(course, organization))
        digest = digest_of(freezing.course_content(page))
        same = _is_current(CourseVersion.objects.filter(course=key), language, digest)
        if not same or not _has(key, page):
            self._publish(page, folders.course_folder(organization, language))

    def _modules(self, course: ReadCourse, organization: Organization) -> list[dict[str, Any]]:
        """References to the pages of the original language."""
        keys = {name: derived_id("module", self.region, name) for name in course.entry["modules"]}
        pages = ModulePage.objects.filter(translation_key__in=keys.values())
        found = dict(
            pages.filter(locale__language_code=course.language).values_list("translation_key", "pk")
        )
        return [
            {
                "type": "module",
                "id": str(derived_id("link", course.slug, name)),
                "value": found.get(key),
            }
            for name, key in keys.items()
        ]

    def _page(
        self,
        kind: Any,
        key: UUID,
        slug: str,
        organization: Organization,
        language: str,
    ) -> Any:
        """The page with this key in this language, or a new one that is not saved."""
        locale = self.locales[language]
        found = kind.objects.filter(translation_key=key, locale=locale).first()
        return found or kind(
            translation_key=key, locale=locale, slug=slug, organization=organization, live=False
        )

    def _publish(self, page: EditorialPage, folder: EditorialPage) -> None:
        with disable_reference_index_auto_update():
            if page.pk is None:
                folder.add_child(instance=page)
            revision = page.save_revision(clean=False)
            revision.publish()
        self.loaded.published += 1


def _fill(
    page: Any, entry: dict[str, Any], slug: str, language: str, names: tuple[str, ...]
) -> None:
    words = entry["text"][language]
    for name in names:
        setattr(page, name, " ".join(words.get(name, "").split()))
    page.draft_title = page.title
    page.goals = "\r\n".join(words.get("goals", []))
    page.sources = json.dumps(streams.sources(slug, entry.get("source", [])))


def _is_current(versions: Any, language: str, digest: str) -> bool:
    return bool(versions.filter(language=language, is_current=True, digest=digest).exists())


def _has(key: UUID, page: CoursePage) -> bool:
    """Whether the course is in the catalogue as the page says; a translation says nothing of it."""
    course = Course.objects.get(pk=key)
    if course.language != page.locale.language_code:
        return True
    return all(getattr(course, name) == getattr(page, name) for name in _PAGES_OF_COURSE)


class _Files:
    """Finds the pictures and files of an organisation by what is in them, or brings them in."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        self.folder, self.shelf = folder, shelf

    def find(self, kind: str, name: str) -> int:
        """The key of the picture or document."""
        if kind == "image":
            return self._found(EditorialImage, self.folder / "pictures" / name)
        return self._found(EditorialDocument, self.folder / "files" / name)

    def _found(self, kind: Any, path: Path) -> int:
        with path.open("rb") as stream:
            new = kind(title=path.stem, collection=self.shelf.collection)
            new.file = File(stream, name=path.name)
            new._set_file_hash()
            old = kind.objects.filter(
                file_hash=new.file_hash, collection=self.shelf.collection
            ).first()
            if old:
                return int(old.pk)
            new.file_size = path.stat().st_size
            new.save()
            return int(new.pk)
