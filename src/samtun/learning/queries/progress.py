"""What a learner has done and where they are: for the learner alone."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from samtun.learning.models import Answer, Course, Learner, LessonDone, Progress
from samtun.people.sealing import unseal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner is in a course, and the lessons they have been through."""

    module: UUID | None
    lesson: str
    block: str
    changed_at: datetime | None
    done: frozenset[str]  # ids of lessons, in the edition of today


def standing(learner: Learner, course: Course) -> Standing:
    """Two questions to the database."""
    place = (
        Progress.objects.filter(learner=learner, course=course)
        .values_list("module_id", "lesson", "block", "changed_at")
        .first()
    )
    module, lesson, block, changed_at = place or (None, "", "", None)
    return Standing(module, lesson, block, changed_at, lessons_done(learner, [course]))


def lessons_done(learner: Learner, courses: Iterable[Course]) -> frozenset[str]:
    """The lessons that `learner` has been through in the edition of today of their modules."""
    found = LessonDone.objects.filter(
        learner=learner,
        module__course_modules__course__in=list(courses),
        edition__gte=F("module__edition"),
    )
    return frozenset(found.values_list("lesson", flat=True))


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What the learner answered, readable again."""

    block: str
    value: Any
    answered_at: datetime


def own_answers(learner: Learner, module: UUID | None = None) -> list[OwnAnswer]:
    """The learner's own answers, oldest first. Only ever shown to the learner."""
    rows = Answer.objects.filter(learner=learner)
    rows = rows.filter(module=module) if module else rows
    found = rows.order_by("answered_at", "received_at").values_list(
        "block", "sealed", "answered_at"
    )
    return [OwnAnswer(block, json.loads(unseal(sealed)), at) for block, sealed, at in found]
