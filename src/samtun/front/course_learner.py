"""What a course's pages know of somebody who has signed in: their own places and answers.

Reading makes nothing; the first answer or finished lesson does.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils import timezone

from samtun.front.course_asked import Reader
from samtun.learning.actions import progress
from samtun.learning.content import Block
from samtun.learning.enums import BlockKind
from samtun.learning.models import Course, Employment, Learner, Module
from samtun.learning.queries.courses import LessonPage
from samtun.learning.queries.progress import Standing, own_answers, standing
from samtun.people.grants import grants_of
from samtun.people.models import User


def person_in(request: HttpRequest) -> User | None:
    """Who has signed in."""
    return request.user if isinstance(request.user, User) else None


def known_of(person: User | None, course: UUID) -> Standing | None:
    """Where they are in the course, if they ever began one."""
    learner = _learner(person)
    return standing(learner, Course.objects.get(pk=course)) if learner else None


def answers_of(person: User | None, page: LessonPage) -> dict[str, Any]:
    """Their last answer to each block of the lesson."""
    learner = _learner(person)
    if learner is None:
        return {}
    here = {block["id"] for block in page.blocks}
    found = own_answers(learner, page.module.id)
    return {one.block: one.value for one in found if one.block in here}


def keep(person: User, page: LessonPage, block: Block, value: object) -> None:
    """Keep an answer, and that they are here now."""
    learner, now = progress.learner_of(person), timezone.now()
    module = Module.objects.get(pk=page.module.id)
    progress.answer(
        learner=learner,
        module=module,
        block=block["id"],
        language=page.module.language,
        number=page.module.number,
        value=value,
        answer_id=uuid4(),
        answered_at=now,
    )
    progress.place(
        learner=learner,
        course=Course.objects.get(pk=page.course.card.id),
        module=module,
        lesson=page.lesson["id"],
        block=block["id"],
        at=now,
    )


def finish(person: User, page: LessonPage) -> None:
    """They have been through the lesson; the next one is where they go on."""
    learner, now = progress.learner_of(person), timezone.now()
    course = Course.objects.get(pk=page.course.card.id)
    module = Module.objects.get(pk=page.module.id)
    progress.finish_lesson(
        learner=learner,
        course=course,
        module=module,
        lesson=page.lesson["id"],
        language=page.module.language,
        number=page.module.number,
        at=now,
    )
    if page.next:
        onwards = Module.objects.get(pk=page.next.module.id)
        lesson = page.next.lesson.id
        progress.place(learner=learner, course=course, module=onwards, lesson=lesson, at=now)


def at_work(person: User | None, reader: Reader, page: LessonPage) -> Reader:
    """The reader with the municipality of their job, where the lesson asks for it."""
    asks = any(block["kind"] == BlockKind.SERVICES for block in page.blocks)
    if person is None or not asks or reader.municipality or reader.region:
        return reader
    return replace(reader, works_in=_municipality(person))


def _municipality(person: User) -> str:
    """Of their job, else of a role of theirs; empty when neither tells."""
    jobs = Employment.objects.filter(learner__user=person, left_on=None).order_by("-joined_on")
    numbers = jobs.values_list("unit__municipality", "employer__municipality")
    for number in (one for both in numbers for one in both if one):
        return str(number)
    places = (role.municipality_id for role in grants_of(person).roles)
    return next((number for number in places if number), "")


def _learner(person: User | None) -> Learner | None:
    return Learner.objects.filter(user=person).first() if person else None
