"""What a learner does in a course: answers, where they are, lessons they have been through.

Nothing is lost and nothing counts twice: a device sends the same again until it is told that it
arrived. All of it is the learner's own; nobody else reads it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from samtun.learning.actions import evidence
from samtun.learning.actions.learner_accounts import learner_of
from samtun.learning.content import Block
from samtun.learning.enums import Learnt
from samtun.learning.errors import LearningError
from samtun.learning.models import (
    Answer,
    Course,
    Evidence,
    Learner,
    LessonDone,
    Module,
    ModuleVersion,
    Progress,
)
from samtun.people.sealing import seal

__all__ = ["Lessons", "answer", "finish_lesson", "learner_of", "lessons_of", "place"]


@dataclass(frozen=True, slots=True)
class Lessons:
    """The lessons of a published version, which never changes: with whom each is for."""

    edition: int
    sectors: dict[str, frozenset[str] | None]  # by lesson; None: for all
    blocks: dict[str, str]  # block → lesson

    def of(self, sectors: list[str]) -> set[str]:
        """Those that somebody in a course of `sectors` is shown anything of."""
        return {
            lesson
            for lesson, only in self.sectors.items()
            if only is None or not sectors or only & set(sectors)
        }


@lru_cache(maxsize=2048)
def lessons_of(module: UUID, language: str, number: int) -> Lessons:
    """The lessons of the version; kept in memory, since a version never changes.

    Raises:
        LearningError: there is no such version.
    """
    version = ModuleVersion.objects.filter(
        module=module, language=language, number=number
    ).values_list("edition", "content")
    for edition, content in version:
        lessons = content["lessons"]
        return Lessons(
            edition,
            {lesson["id"]: _only_for(lesson["blocks"]) for lesson in lessons},
            {block["id"]: lesson["id"] for lesson in lessons for block in lesson["blocks"]},
        )
    raise LearningError("No such version of the module")


def _only_for(blocks: list[Block]) -> frozenset[str] | None:
    if not blocks or any(not block["sectors"] for block in blocks):
        return None
    return frozenset(sector for block in blocks for sector in block["sectors"])


@transaction.atomic
def answer(
    *,
    learner: Learner,
    module: Module,
    block: str,
    language: str,
    number: int,
    value: Any,  # noqa: ANN401  (what the kind of question takes)
    answer_id: UUID,
    answered_at: datetime,
) -> Answer:
    """Keep what the learner answered, sealed; with the same id again, the one there is already.

    A later answer to the same question stands beside the older ones.

    Raises:
        LearningError: no such block in that version, or the id is somebody else's.
    """
    if block not in lessons_of(module.pk, language, number).blocks:
        raise LearningError("No such question")
    wanted = Answer(
        id=answer_id, learner=learner, module=module, block=block, language=language,
        number=number, sealed=sealed(value), answered_at=not_ahead(answered_at),
    )  # fmt: skip
    Answer.objects.bulk_create([wanted], ignore_conflicts=True)
    kept = Answer.objects.filter(pk=answer_id, learner=learner).first()
    if kept is None:
        raise LearningError("The answer is somebody else's")
    return kept


def sealed(value: Any) -> str:  # noqa: ANN401
    """An answer as it is kept."""
    return seal(json.dumps(value, ensure_ascii=False))


def not_ahead(at: datetime) -> datetime:
    """A device whose clock is ahead did it now."""
    return min(at, timezone.now())


@transaction.atomic(savepoint=False)  # nothing in it fails by itself
def place(
    *,
    learner: Learner,
    course: Course,
    module: Module | None,
    lesson: str,
    block: str = "",
    at: datetime,
) -> None:
    """Where to go on from; what another device did later stays."""
    at = not_ahead(at)
    here = {"module": module, "lesson": lesson, "block": block, "changed_at": at}
    rows = Progress.objects.filter(learner=learner, course=course)
    if rows.filter(changed_at__lte=at).update(**here):
        return
    first = Progress(learner=learner, course=course, started_at=at, **here)
    Progress.objects.bulk_create([first], ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class Finished:
    """What became complete by a lesson, if anything."""

    module: Evidence | None = None
    course: Evidence | None = None


@transaction.atomic
def finish_lesson(
    *,
    learner: Learner,
    course: Course | None,
    module: Module,
    lesson: str,
    language: str,
    number: int,
    at: datetime,
) -> Finished:
    """The learner has been through the lesson; evidence when it was the last one.

    Counts for the edition that was read: a correction undoes nothing, and who read the edition
    before a substantial revision has done that one.

    Raises:
        LearningError: no such lesson in that version.
    """
    read = lessons_of(module.pk, language, number)
    if lesson not in read.sectors:
        raise LearningError("No such lesson")
    evidence.lock(learner)
    at = not_ahead(at)
    done = _marked(learner, module, read.edition, lesson, language, number, at)
    if not _is_complete(course, module, read, set(done)):
        return Finished()
    latest = evidence.latest_of_module(learner, module, read.edition)
    if latest and timezone.localdate(min(done.values())) <= latest.done_on:
        return Finished(latest, _of_course(learner, course, language, at))
    made = evidence.record_module(
        learner=learner, module=module, course=course, language=language, number=number,
        done_on=timezone.localdate(at), learnt=Learnt.ALONE,
    )  # fmt: skip
    return Finished(made, _of_course(learner, course, language, at))


def _of_course(
    learner: Learner, course: Course | None, language: str, at: datetime
) -> Evidence | None:
    if course is None:
        return None
    return evidence.complete_course(
        learner=learner, course=course, language=language, done_on=timezone.localdate(at)
    )


def _marked(
    learner: Learner,
    module: Module,
    edition: int,
    lesson: str,
    language: str,
    number: int,
    at: datetime,
) -> dict[str, datetime]:
    """When each lesson of the edition was last been through, with this one."""
    rows = LessonDone.objects.filter(learner=learner, module=module, edition=edition)
    done = dict(rows.values_list("lesson", "done_at"))
    version = {"language": language, "number": number, "done_at": at}
    if lesson not in done:
        LessonDone.objects.create(
            learner=learner, module=module, edition=edition, lesson=lesson, **version
        )
    elif done[lesson] < at:
        rows.filter(lesson=lesson).update(**version)
    return done | {lesson: max(at, done.get(lesson, at))}


def _is_complete(course: Course | None, module: Module, read: Lessons, done: set[str]) -> bool:
    """All lessons of the version read, or of the present one: a correction may take one away."""
    sectors = list(course.sectors) if course else []
    if read.of(sectors) <= done:
        return True
    current = ModuleVersion.objects.filter(module=module, is_current=True, edition=read.edition)
    return any(
        lessons_of(module.pk, language, number).of(sectors) <= done
        for language, number in current.values_list("language", "number")
    )
