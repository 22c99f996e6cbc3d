"""What a device kept while the line was gone: many things at once, in few SQL queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction

from samtun.learning.actions import progress
from samtun.learning.errors import LearningError
from samtun.learning.models import Answer, Course, CourseModule, Learner, Module


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One small thing that happened on a device; `id` was made there."""

    id: UUID
    kind: Literal["answer", "place", "finish"]
    course: UUID
    module: UUID
    lesson: str
    block: str
    language: str
    number: int
    value: Any
    at: datetime


@dataclass(slots=True)
class Arrived:
    """Which of them are kept now, why others never can be, and the courses that became complete."""

    kept: list[UUID] = field(default_factory=list)
    refused: dict[UUID, str] = field(default_factory=dict)
    completed: list[UUID] = field(default_factory=list)


@transaction.atomic
def keep(*, learner: Learner, events: Iterable[Event]) -> Arrived:
    """Keep what a device sends; the same again changes nothing.

    One that makes no sense is refused by itself and stops none of the others.
    """
    arrived = Arrived()
    known = _Known(events := list(events))
    _answers(learner, [one for one in events if one.kind == "answer"], arrived)
    _places(learner, [one for one in events if one.kind == "place"], known, arrived)
    for event in sorted((one for one in events if one.kind == "finish"), key=lambda one: one.at):
        _finish(learner, event, known, arrived)
    return arrived


class _Known:
    """The courses and modules that events which concern them name; nothing is asked for answers."""

    def __init__(self, events: list[Event]) -> None:
        concerned = [one for one in events if one.kind != "answer"]
        courses = {one.course for one in concerned}
        parts = (
            CourseModule.objects.filter(course__in=courses)
            if courses
            else CourseModule.objects.none()
        )
        if any(one.kind == "finish" for one in events):  # evidence names who made it
            rows = parts.select_related("course__organization", "module__organization")
        else:
            rows = parts.select_related("course", "module")
        self.courses: dict[UUID, Course] = {}
        self.modules: dict[tuple[UUID, UUID], Module] = {}
        for row in rows:
            self.courses[row.course_id] = row.course
            self.modules[row.course_id, row.module_id] = row.module

    def module_of(self, event: Event) -> Module | None:
        """The module, when it is in the course that the event names."""
        return self.modules.get((event.course, event.module))

    def finished(self, event: Event) -> Module | None:
        """The module, also when it was taken out of the course before the line came back."""
        return self.module_of(event) or Module.objects.filter(pk=event.module).first()


def _answers(learner: Learner, events: list[Event], arrived: Arrived) -> None:
    rows = []
    for event in events:
        try:
            lessons = progress.lessons_of(event.module, event.language, event.number)
        except LearningError as error:
            arrived.refused[event.id] = str(error)
            continue
        if event.block not in lessons.blocks:
            arrived.refused[event.id] = "No such question"
            continue
        rows.append(_row(learner, event))
    if not rows:
        return
    Answer.objects.bulk_create(rows, ignore_conflicts=True)
    here = Answer.objects.filter(learner=learner, pk__in=[row.pk for row in rows])
    kept = set(here.values_list("pk", flat=True))
    arrived.kept += kept
    arrived.refused |= {
        row.pk: "The answer is somebody else's" for row in rows if row.pk not in kept
    }


def _row(learner: Learner, event: Event) -> Answer:
    return Answer(
        id=event.id, learner=learner, module_id=event.module, block=event.block,
        language=event.language, number=event.number, sealed=progress.sealed(event.value),
        answered_at=progress.not_ahead(event.at),
    )  # fmt: skip


def _places(learner: Learner, events: list[Event], known: _Known, arrived: Arrived) -> None:
    """Only the last place in each course is written."""
    newest: dict[UUID, Event] = {}
    for event in sorted(events, key=lambda one: one.at):
        if known.module_of(event) is None:
            arrived.refused[event.id] = "No such course"
            continue
        newest[event.course] = event
        arrived.kept.append(event.id)
    for event in newest.values():
        progress.place(
            learner=learner, course=known.courses[event.course], module=known.module_of(event),
            lesson=event.lesson, block=event.block, at=event.at,
        )  # fmt: skip


def _finish(learner: Learner, event: Event, known: _Known, arrived: Arrived) -> None:
    module = known.finished(event)
    if module is None:
        arrived.refused[event.id] = "No such module"
        return
    try:
        done = progress.finish_lesson(
            learner=learner, course=known.courses.get(event.course), module=module,
            lesson=event.lesson, language=event.language, number=event.number, at=event.at,
        )  # fmt: skip
    except LearningError as error:
        arrived.refused[event.id] = str(error)
        return
    arrived.kept.append(event.id)
    if done.course and event.course not in arrived.completed:
        arrived.completed.append(event.course)
