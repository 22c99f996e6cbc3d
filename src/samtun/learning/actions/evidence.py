"""What somebody has done is written once and never taken back.

Everything that makes evidence comes through here: a course done alone, a group session, earlier
learning that counts, a file that somebody brings along.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from samtun.learning.actions import obligations
from samtun.learning.enums import EvidenceKind, ItemKind, Learnt, ObligationState, PlanStatus
from samtun.learning.errors import LearningError
from samtun.learning.models import (
    Course,
    CourseModule,
    CourseVersion,
    Evidence,
    Item,
    Learner,
    Module,
    ModuleVersion,
    Obligation,
    Progress,
)
from samtun.people.models import User

# Who goes through the same edition again after so long, has renewed it; sooner is the same time.
RENEWED_AFTER = timedelta(days=30)
_DONE_HERE = (Learnt.ALONE, Learnt.GROUP)


@transaction.atomic
def record(
    *,
    learner: Learner,
    kind: EvidenceKind,
    course: Course | None = None,
    module: Module | None = None,
    item_key: UUID | None = None,
    title: str,
    edition: int,
    language: str,
    minutes: int,
    done_on: date,
    learnt: Learnt,
    reason: str = "",
    facts: dict[str, Any],
    key: str,
    by: User | None = None,
) -> Evidence:
    """That `learner` has done it; with the same `key` again, the evidence there is already.

    The obligations of the learner follow in the same transaction.
    """
    if known := Evidence.objects.filter(key=key).first():
        return _of(learner, known)
    wanted = Evidence(
        learner=learner, kind=kind, course=course, module=module, item_key=item_key,
        title=title[:200], edition=edition, language=language, minutes=minutes, done_on=done_on,
        learnt=learnt, reason=reason[:300], facts=facts, key=key, made_by=by,
    )  # fmt: skip
    Evidence.objects.bulk_create([wanted], ignore_conflicts=True)  # made at the same moment
    kept = _of(learner, Evidence.objects.get(key=key))
    obligations.follow(learner)
    return kept


def _of(learner: Learner, known: Evidence) -> Evidence:
    if known.learner_id != learner.pk:
        raise LearningError("The same key for two people")
    return known


@transaction.atomic
def record_module(
    *,
    learner: Learner,
    module: Module,
    language: str,
    number: int,
    done_on: date,
    learnt: Learnt,
    course: Course | None = None,
    by: User | None = None,
) -> Evidence:
    """That `learner` has done the module in the version `language`, `number`.

    Once per edition, or again when it is renewed. A course that becomes complete by it is
    recorded too: `course`, those the learner has begun or is to do, and one that alone has it.

    Raises:
        LearningError: there is no such version.
    """
    version = ModuleVersion.objects.filter(module=module, language=language, number=number).first()
    if version is None:
        raise LearningError("No such version of the module")
    lock(learner)
    made = _module_done(learner, module, version, done_on, learnt, by)
    for each in _courses_to_complete(learner, module, course):
        complete_course(learner=learner, course=each, language=language, done_on=done_on, by=by)
    return made


@transaction.atomic
def complete_course(
    *, learner: Learner, course: Course, language: str, done_on: date, by: User | None = None
) -> Evidence | None:
    """Evidence of the course once all its modules are done in their edition of today; else None."""
    parts = _parts_done(learner, course)
    if not parts or None in parts:
        return None
    done = [part for part in parts if part is not None]
    latest = _latest(learner, EvidenceKind.COURSE, course_id=course.pk, edition=course.edition)
    if latest and not _is_renewed(latest, min(part.done_on for part in done), done_on):
        return latest
    version = _course_version(course, language)
    minutes = sum(part.minutes for part in done)
    return record(
        learner=learner, kind=EvidenceKind.COURSE, course=course, edition=course.edition,
        title=version.content["title"], language=version.language, minutes=minutes,
        done_on=done_on, by=by, key=_key("course", course.pk, learner, course.edition, latest),
        learnt=Learnt.GROUP if all(p.learnt == Learnt.GROUP for p in done) else Learnt.ALONE,
        facts={
            "contents": [entry for part in done for entry in part.facts.get("contents", [])],
            "publisher": course.organization.name,
            "version": version.number,
        },
    )  # fmt: skip


def lock(learner: Learner) -> None:
    """Two devices of one learner take turns, so that what both complete is seen complete once."""
    list(Learner.objects.select_for_update(no_key=True).filter(pk=learner.pk).values_list("pk"))


def latest_of_module(learner: Learner, module: Module, edition: int) -> Evidence | None:
    """The newest evidence that the module was done in `edition`, here with us."""
    return _latest(learner, EvidenceKind.MODULE, module_id=module.pk, edition=edition)


def _module_done(
    learner: Learner,
    module: Module,
    version: ModuleVersion,
    done_on: date,
    learnt: Learnt,
    by: User | None,
) -> Evidence:
    latest = latest_of_module(learner, module, version.edition)
    if latest and done_on < latest.done_on + RENEWED_AFTER:
        return latest
    content = version.content
    minutes = sum(lesson["minutes"] for lesson in content["lessons"])
    entry = {"title": content["title"], "version": version.number, "minutes": minutes}
    return record(
        learner=learner, kind=EvidenceKind.MODULE, module=module, edition=version.edition,
        title=content["title"], language=version.language, minutes=minutes, done_on=done_on,
        learnt=learnt, by=by, key=_key("module", module.pk, learner, version.edition, latest),
        facts={"contents": [entry], "publisher": module.organization.name,
               "version": version.number},
    )  # fmt: skip


def _latest(learner: Learner, kind: EvidenceKind, **of: object) -> Evidence | None:
    found = Evidence.objects.filter(learner=learner, kind=kind, learnt__in=_DONE_HERE, **of)
    return found.order_by("-done_on", "-made_at").first()


def _is_renewed(latest: Evidence, oldest_part: date, done_on: date) -> bool:
    """Whether every part was done again since, and not just now."""
    return oldest_part > latest.done_on and done_on >= latest.done_on + RENEWED_AFTER


def _key(what: str, of: UUID, learner: Learner, edition: int, latest: Evidence | None) -> str:
    """The same thing done again is another: its key builds on the one before."""
    after = f":after:{latest.pk}" if latest else ""
    return f"{what}:{of}:{learner.pk}:{edition}{after}"


def _parts_done(learner: Learner, course: Course) -> list[Evidence | None]:
    """For each module of the course, in order, its newest evidence in the edition of today."""
    parts = list(
        CourseModule.objects.filter(course=course).select_related("module").order_by("position")
    )
    editions = {part.module_id: part.module.edition for part in parts}
    found = Evidence.objects.filter(
        learner=learner, kind=EvidenceKind.MODULE, module__in=editions, learnt__in=_DONE_HERE
    )
    newest = {
        one.module_id: one
        for one in found.order_by("done_on", "made_at")
        if one.module_id and one.edition >= editions[one.module_id]
    }
    return [newest.get(part.module_id) for part in parts]


def _courses_to_complete(learner: Learner, module: Module, course: Course | None) -> list[Course]:
    courses = list(
        Course.objects.filter(course_modules__module=module).select_related("organization")
    )
    if len(courses) < 2:
        return courses
    wanted = _begun(learner, courses) | _owed(learner, courses) | ({course.pk} if course else set())
    return [one for one in courses if one.pk in wanted]


def _begun(learner: Learner, courses: list[Course]) -> set[UUID]:
    found = Progress.objects.filter(learner=learner, course__in=courses)
    return set(found.values_list("course_id", flat=True))


def _owed(learner: Learner, courses: list[Course]) -> set[UUID]:
    owed = Obligation.objects.filter(employment__learner=learner, state=ObligationState.OPEN)
    items = Item.objects.filter(
        version__status=PlanStatus.ACTIVE,
        kind=ItemKind.COURSE,
        course__in=courses,
        key__in=owed.values("item_key"),
    )
    return {pk for pk in items.values_list("course_id", flat=True) if pk}


def _course_version(course: Course, language: str) -> CourseVersion:
    """What was read: in the language, else in the original's."""
    current = {one.language: one for one in course.versions.filter(is_current=True)}
    return current.get(language) or current.get(course.language) or next(iter(current.values()))
