"""Freezing what is published: each publication in a language is a version that never changes.

Who wrote it and with what is none of its business: it takes plain content (`learning.content`).
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.learning.content import CourseContent, ModuleContent
from samtun.learning.errors import LearningError
from samtun.learning.models import (
    Course,
    CourseModule,
    CourseVersion,
    Module,
    ModuleVersion,
)
from samtun.organisations.models import Organization
from samtun.people import audit
from samtun.people.models import User

# Addresses below /kurs/ that are something else than a course.
RESERVED = frozenset({"mitt", "bevis", "med", "sporsmaal"})


def digest_of(content: object) -> str:
    """The SHA-256 of `content`, the same however its keys happen to be ordered."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


@transaction.atomic
def publish_module(
    *,
    module_id: UUID,
    slug: str,
    organization: Organization,
    language: str,
    content: ModuleContent,
    is_substantial: bool,
    what_changed: str,
    by: User | None,
    is_original: bool,
    is_example: bool = False,
) -> ModuleVersion:
    """Freeze a module in one language, and give the version; the same again makes no new one.

    A substantial revision of the original raises the edition of the module and of every course
    that has it, so that it can be asked for again; a translation follows and never does. The
    module's minutes are those of the original. `by=None`: published at the hour set beforehand.

    Raises:
        LearningError: another module has the address.
    """
    _check_slug(Module, slug, module_id)
    first = {"slug": slug, "organization": organization, "language": language}
    module, is_new = _locked(Module, module_id, first | {"is_example": is_example})
    latest = _latest(module, language)
    if is_original and is_substantial and _differs(latest, content):
        _raise_edition(module)
    module.slug, module.organization, module.withdrawn_at = slug, organization, None
    if is_original or is_new:
        module.language = language
        module.minutes = sum(lesson["minutes"] for lesson in content["lessons"])
    module.save()
    _count_minutes(module.course_modules.values_list("course", flat=True))
    return _freeze(  # type: ignore[no-any-return]  # a version of a module
        module, latest, content, language, is_substantial and is_original, what_changed, by
    )


@transaction.atomic
def publish_course(
    *,
    course_id: UUID,
    slug: str,
    organization: Organization,
    language: str,
    content: CourseContent,
    sectors: Sequence[str],
    themes: Sequence[str],
    company: str,
    is_open: bool,
    position: int,
    is_substantial: bool,
    what_changed: str,
    by: User | None,
    is_original: bool,
    is_example: bool = False,
) -> CourseVersion:
    """Freeze a course in one language, as `publish_module` does; a translation brings words only.

    Raises:
        LearningError: another course or page has the address, or a module is not published yet.
    """
    _check_slug(Course, slug, course_id)
    shared = {"slug": slug, "organization": organization}
    own = {
        "language": language, "sectors": list(sectors), "themes": list(themes),
        "company": company, "is_open": is_open, "position": position,
    }  # fmt: skip
    course, is_new = _locked(Course, course_id, shared | own | {"is_example": is_example})
    latest = _latest(course, language)
    is_substantial = is_substantial and is_original
    course.edition += is_substantial and _differs(latest, content)
    _set(course, (shared | own if is_original else shared) | {"withdrawn_at": None})
    if is_original or is_new:
        _set_modules(course, content["modules"])
    return _freeze(  # type: ignore[no-any-return]  # a version of a course
        course, latest, content, language, is_substantial, what_changed, by
    )


@transaction.atomic
def withdraw(
    *,
    course: Course | None = None,
    module: Module | None = None,
    language: str = "",
    by: User | None,
) -> None:
    """Take a course or module away from readers, in one language or (without, or the original's)
    in all. What people have done stays, and it can be published again.

    Raises:
        LearningError: a course that can be taken has the module.
    """
    thing = course or module
    if thing is None:
        return
    if language and language != thing.language:
        thing.versions.filter(language=language, is_current=True).update(is_current=False)
    else:
        if module:
            _check_unused(module)
        thing.withdrawn_at = thing.withdrawn_at or timezone.now()
        thing.save(update_fields=["withdrawn_at"])
    _record("withdrawn", thing, by, {"language": language or "all"})


def courses_with(module: Module) -> list[Course]:
    """The courses that can be taken now and have `module`."""
    return list(Course.objects.filter(course_modules__module=module, withdrawn_at__isnull=True))


def _locked(model: Any, key: UUID, first: dict[str, Any]) -> tuple[Any, bool]:  # noqa: ANN401
    """The course or module, made when it is new, and whether it is."""
    found: tuple[Any, bool] = model.objects.select_for_update().get_or_create(
        pk=key, defaults=first
    )
    return found


def _latest(thing: Course | Module, language: str) -> Any:  # noqa: ANN401  (a version of the thing)
    return thing.versions.filter(language=language).order_by("-number").first()


def _check_unused(module: Module) -> None:
    if used := courses_with(module):
        names = ", ".join(course.slug for course in used)
        raise LearningError(
            _("The module is part of a course that can be taken: %(courses)s.") % {"courses": names}
        )


def _check_slug(model: type[Course] | type[Module], slug: str, key: UUID) -> None:
    taken = model._default_manager.filter(slug=slug).exclude(pk=key).exists()
    if taken or (model is Course and slug in RESERVED):
        raise LearningError(_("The address “%(slug)s” is taken already.") % {"slug": slug})


def _differs(latest: ModuleVersion | CourseVersion | None, content: object) -> bool:
    """Whether there was something before, and it was something else."""
    return latest is not None and latest.digest != digest_of(content)


def _raise_edition(module: Module) -> None:
    """Courses that are withdrawn too: they may come back."""
    module.edition += 1
    of_these = Course.objects.filter(course_modules__module=module)
    of_these.update(edition=F("edition") + 1)


def _set(course: Course, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(course, name, value)
    course.save()


def _set_modules(course: Course, keys: list[str]) -> None:
    """Let the course have these modules in this order, and count their minutes.

    Raises:
        LearningError: one of them is not published.
    """
    found = {str(one.pk): one for one in Module.objects.filter(pk__in=keys)}
    if missing := [key for key in keys if key not in found or found[key].withdrawn_at]:
        raise LearningError(
            _("Publish the modules of the course first; %(count)s are not published yet.")
            % {"count": len(missing)}
        )
    course.course_modules.all().delete()
    CourseModule.objects.bulk_create(
        CourseModule(course=course, module=found[key], position=position)
        for position, key in enumerate(dict.fromkeys(keys))
    )
    _count_minutes([course.pk])
    course.refresh_from_db(fields=["minutes"])


def _count_minutes(courses: Iterable[UUID]) -> None:
    counted = Course.objects.filter(pk__in=list(courses)).annotate(
        total=Sum("course_modules__module__minutes")
    )
    for course in counted:
        Course.objects.filter(pk=course.pk).update(minutes=course.total or 0)


def _freeze(
    thing: Course | Module,
    latest: Any,  # noqa: ANN401  (a version of the thing)
    content: CourseContent | ModuleContent,
    language: str,
    is_substantial: bool,  # noqa: FBT001  (called in two places, right above)
    what_changed: str,
    by: User | None,
) -> Any:  # noqa: ANN401  (a version of the thing)
    """A new version, or the latest one when it says the same."""
    if latest and latest.digest == digest_of(content):
        if not latest.is_current:
            latest.is_current = True
            latest.save(update_fields=["is_current"])
        return latest
    thing.versions.filter(language=language, is_current=True).update(is_current=False)
    made: CourseVersion | ModuleVersion = thing.versions.create(
        language=language,
        number=latest.number + 1 if latest else 1,
        edition=thing.edition,
        is_substantial=is_substantial,
        what_changed=what_changed[:300],
        content=content,
        digest=digest_of(content),
        published_by=by,
    )
    details: dict[str, object] = {"language": language, "number": made.number}
    _record("published", thing, by, details | {"edition": made.edition})
    return made


def _record(what: str, thing: Course | Module, by: User | None, details: dict[str, object]) -> None:
    """Whoever set an hour for it is not the one who published: then it was the schedule."""
    kind = "course" if isinstance(thing, Course) else "module"
    said = details if by else details | {"by": "schedule"}
    audit.record(f"{kind}.{what}", by=by, about=thing, details=said)
