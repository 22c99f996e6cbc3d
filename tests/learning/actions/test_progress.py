# ruff: noqa: ANN401  (fields and answers of any kind)
"""Answers, places and finished lessons: none lost, none counted twice."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from samtun.learning.actions import progress
from samtun.learning.enums import EvidenceKind
from samtun.learning.errors import LearningError
from samtun.learning.models import Answer, Course, Evidence, Learner, LessonDone, Module, Progress
from samtun.people.sealing import unseal
from tests.factories import learning

pytestmark = pytest.mark.django_db


def answered(learner: Learner, module: Module, value: Any = "o1", **fields: Any) -> Answer:
    """The first question of the first lesson, answered now."""
    content = module.versions.get(is_current=True, language="nb").content
    quiz = next(b for b in content["lessons"][0]["blocks"] if b["kind"] == "quiz")
    defaults = {"language": "nb", "number": 1, "answer_id": uuid4(), "answered_at": timezone.now()}
    return progress.answer(
        learner=learner, module=module, block=quiz["id"], value=value, **defaults | fields
    )


def lessons(module: Module, number: int = 1) -> list[str]:
    """The ids of a version's lessons."""
    version = module.versions.get(language="nb", number=number)
    return [one["id"] for one in version.content["lessons"]]


def finish(
    learner: Learner, course: Course, module: Module, lesson: str, **fields: Any
) -> progress.Finished:
    """Been through, now."""
    defaults = {"language": "nb", "number": 1, "at": timezone.now()}
    return progress.finish_lesson(
        learner=learner, course=course, module=module, lesson=lesson, **defaults | fields
    )


def finish_all(learner: Learner, course: Course, **fields: Any) -> None:
    """Every lesson of every module."""
    for part in course.course_modules.select_related("module"):
        for lesson in lessons(part.module, fields.get("number", 1)):
            finish(learner, course, part.module, lesson, **fields)


def test_an_answer_sent_twice_is_one_answer() -> None:
    learner, module, once = learning.learner(), learning.module(), uuid4()
    first = answered(learner, module, answer_id=once)
    again = answered(learner, module, answer_id=once, value="o2")
    assert first == again
    assert unseal(again.sealed) == '"o1"'


def test_a_later_answer_stands_beside_the_older() -> None:
    learner, module = learning.learner(), learning.module()
    answered(learner, module, "o1")
    answered(learner, module, "o2")
    assert {unseal(one.sealed) for one in Answer.objects.all()} == {'"o1"', '"o2"'}


def test_what_was_written_is_nowhere_in_the_database_in_clear() -> None:
    answered(learning.learner(), learning.module(), "Jeg tenkte på mor")
    assert "mor" not in Answer.objects.get().sealed


def test_an_answer_with_the_id_of_somebody_elses_is_refused_and_changes_nothing() -> None:
    module, once = learning.module(), uuid4()
    hers = answered(learning.learner(), module, answer_id=once)
    with pytest.raises(LearningError):
        answered(learning.learner("Ola Annen"), module, answer_id=once, value="o2")
    assert Answer.objects.get().learner == hers.learner


def test_a_clock_that_is_ahead_answers_now() -> None:
    at = timezone.now() + timedelta(days=400)
    kept = answered(learning.learner(), learning.module(), answered_at=at)
    assert kept.answered_at <= timezone.now()


def test_a_question_that_is_not_in_the_version_is_refused() -> None:
    with pytest.raises(LearningError):
        progress.answer(
            learner=learning.learner(), module=learning.module(), block="nothing", language="nb",
            number=1, value=1, answer_id=uuid4(), answered_at=timezone.now(),
        )  # fmt: skip


def test_the_place_is_where_the_learner_was_last_on_any_device() -> None:
    learner, course = learning.learner(), learning.course()
    now = timezone.now()
    for block, at in (("b2", now), ("b1", now - timedelta(minutes=5))):
        progress.place(learner=learner, course=course, module=None, lesson="l", block=block, at=at)
    assert Progress.objects.get().block == "b2"


def test_a_course_is_done_when_all_its_lessons_are() -> None:
    learner = learning.learner()
    course = learning.course(learning.module(), learning.module())
    finish_all(learner, course)
    kinds = Evidence.objects.values_list("kind", flat=True)
    assert sorted(kinds) == [EvidenceKind.COURSE, EvidenceKind.MODULE, EvidenceKind.MODULE]


def test_the_evidence_says_what_it_was() -> None:
    learner, course = learning.learner(), learning.course()
    finish_all(learner, course)
    made = Evidence.objects.get(kind=EvidenceKind.COURSE)
    assert made.facts["publisher"] == course.organization.name
    assert [one["minutes"] for one in made.facts["contents"]] == [8]
    assert (made.minutes, made.title) == (8, course.versions.get().content["title"])


def test_nothing_is_evidence_before_the_last_lesson() -> None:
    learner, course = learning.learner(), learning.course()
    module = course.course_modules.get().module
    assert finish(learner, course, module, lessons(module)[0]) == progress.Finished()
    assert not Evidence.objects.exists()


def test_the_same_lesson_finished_again_the_same_day_makes_no_second_evidence() -> None:
    learner, course = learning.learner(), learning.course()
    finish_all(learner, course)
    finish_all(learner, course)
    assert Evidence.objects.count() == 2
    assert LessonDone.objects.count() == 2


def test_done_again_a_year_later_is_new_evidence_and_the_old_one_stays() -> None:
    learner, course = learning.learner(), learning.course()
    finish_all(learner, course, at=timezone.now() - timedelta(days=365))
    module = course.course_modules.get().module
    finish(learner, course, module, lessons(module)[0])
    assert Evidence.objects.count() == 2, "one lesson again is not the whole course again"
    finish(learner, course, module, lessons(module)[1])
    assert Evidence.objects.filter(kind=EvidenceKind.COURSE).count() == 2


def corrected(module: Module, contents: list[Any], **fields: Any) -> None:
    """A new version with the lessons given."""
    content = module.versions.get(is_current=True).content | {"lessons": contents}
    learning.module_version(module, content=content, **fields)


def test_a_correction_that_adds_a_lesson_asks_nothing_of_who_reads_the_older_version() -> None:
    learner, course = learning.learner(), learning.course()
    module = course.course_modules.get().module
    content = module.versions.get().content
    corrected(module, [*content["lessons"], learning.lesson()])
    finish_all(learner, course, number=1)
    assert Evidence.objects.filter(kind=EvidenceKind.COURSE).exists()


def test_a_correction_that_takes_a_lesson_away_leaves_nothing_undone() -> None:
    learner, course = learning.learner(), learning.course()
    module = course.course_modules.get().module
    corrected(module, module.versions.get().content["lessons"][:1])
    finish(learner, course, module, lessons(module, 2)[0], number=1)
    assert Evidence.objects.filter(kind=EvidenceKind.COURSE).exists()


def test_a_substantial_revision_can_be_done_anew_and_the_older_stays_done() -> None:
    learner, course = learning.learner(), learning.course()
    module = course.course_modules.get().module
    finish_all(learner, course)
    Module.objects.filter(pk=module.pk).update(edition=2)
    Course.objects.filter(pk=course.pk).update(edition=2)
    module.refresh_from_db()
    corrected(module, module.versions.get(is_current=True).content["lessons"], edition=2)
    finish_all(learner, Course.objects.get(), number=2)
    editions = Evidence.objects.filter(kind=EvidenceKind.COURSE).values_list("edition", flat=True)
    assert sorted(editions) == [1, 2]


def test_a_lesson_that_is_only_for_schools_is_not_asked_of_a_nurse() -> None:
    only = learning.lesson(learning.block(sectors=("school",)))
    course = learning.course(learning.module(learning.lesson(), only), sectors=["health"])
    module, learner = course.course_modules.get().module, learning.learner()
    finish(learner, course, module, lessons(module)[0])
    assert Evidence.objects.filter(kind=EvidenceKind.COURSE).exists()


def test_a_module_of_two_courses_completes_the_one_that_is_taken() -> None:
    module = learning.module()
    taken, other = learning.course(module), learning.course(module)
    finish_all(learning.learner(), taken)
    courses = Evidence.objects.filter(kind=EvidenceKind.COURSE).values_list("course", flat=True)
    assert list(courses) == [taken.pk]
    assert other.pk not in courses


def test_a_lesson_of_another_module_is_refused() -> None:
    course = learning.course()
    module = course.course_modules.get().module
    with pytest.raises(LearningError):
        finish(learning.learner(), course, module, str(uuid4()))
    with pytest.raises(LearningError):
        finish(learning.learner(), course, module, lessons(module)[0], number=99)


def test_answers_are_found_by_the_id_from_the_device() -> None:
    once = UUID("11111111-1111-4111-8111-111111111111")
    assert answered(learning.learner(), learning.module(), answer_id=once).pk == once
