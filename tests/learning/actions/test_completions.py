# ruff: noqa: ANN401  (fields of any kind)
"""What is done is done on a day in Norway, once, and nothing that happens later gives it back."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from samtun.learning.actions import arriving, employees, obligations, progress, publishing
from samtun.learning.actions import evidence as proof
from samtun.learning.enums import EvidenceKind, Learnt
from samtun.learning.errors import LearningError
from samtun.learning.models import Course, Employment, Evidence, Learner, Module, Obligation
from tests.factories import directory as make
from tests.factories import learning

pytestmark = pytest.mark.django_db


def module_of(course: Course) -> Module:
    return course.course_modules.get().module


def lessons(module: Module) -> list[str]:
    return [one["id"] for one in module.versions.get(number=1).content["lessons"]]


def finished(learner: Learner, course: Course, at: datetime) -> None:
    """All of a course of one module."""
    module = module_of(course)
    for lesson in lessons(module):
        progress.finish_lesson(
            learner=learner, course=course, module=module, lesson=lesson, language="nb", number=1,
            at=at,
        )  # fmt: skip


def told(course: Course, lesson: str, at: datetime, kind: Any = "finish") -> arriving.Event:
    """What a device kept."""
    return arriving.Event(
        id=uuid4(), kind=kind, course=course.pk, module=module_of(course).pk, lesson=lesson,
        block=lesson, language="nb", number=1, value=None, at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 1, 22, 30, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), date(2026, 7, 1)),
    ],
)
def test_it_was_done_on_the_day_in_norway(at: datetime, day: date) -> None:
    finished(learning.learner(), learning.course(), at)
    assert set(Evidence.objects.values_list("kind", "done_on")) == {
        (EvidenceKind.MODULE, day), (EvidenceKind.COURSE, day),
    }  # fmt: skip


def test_what_is_to_be_done_is_done_with_the_last_lesson() -> None:
    version = learning.version()
    item = learning.item(version)
    learning.rule(item)
    job = learning.employment()
    obligations.recompute(version.plan)
    assert item.course
    finished(job.learner, item.course, timezone.now())
    assert Obligation.objects.get().state == "done"


def test_what_a_device_sends_in_another_order_was_done_when_it_was_done() -> None:
    learner, course = learning.learner(), learning.course()
    first, last = lessons(module_of(course))
    now = timezone.now()
    sent = [told(course, last, now), told(course, first, now - timedelta(days=3))]
    arriving.keep(learner=learner, events=sent)
    days = set(Evidence.objects.values_list("done_on", flat=True))
    assert days == {timezone.localdate(now)}


def test_the_place_is_the_latest_in_whatever_order_it_is_sent() -> None:
    learner, course, now = learning.learner(), learning.course(), timezone.now()
    sent = [told(course, "now", now, "place"), told(course, "then", now - timedelta(1), "place")]
    arriving.keep(learner=learner, events=sent)
    assert learner.progress.get().lesson == "now"


def test_a_lesson_sent_late_does_not_make_a_newer_reading_older() -> None:
    learner, course, now = learning.learner(), learning.course(), timezone.now()
    lesson = lessons(module_of(course))[0]
    for at in (now, now - timedelta(days=5)):
        arriving.keep(learner=learner, events=[told(course, lesson, at)])
    assert learner.lessons.get().done_at == now


def test_the_mark_of_one_is_never_the_evidence_of_another() -> None:
    given: dict[str, Any] = {
        "kind": EvidenceKind.ACTIVITY, "title": "Fagdag", "edition": 1, "language": "nb",
        "minutes": 1, "done_on": date(2026, 1, 1), "learnt": Learnt.ALONE, "facts": {}, "key": "x",
    }  # fmt: skip
    proof.record(learner=learning.learner(), **given)
    with pytest.raises(LearningError):
        proof.record(learner=learning.learner("Ola Annen"), **given)


def test_a_course_with_a_revised_module_is_complete_with_the_new_edition_only() -> None:
    learner, parts = learning.learner(), (learning.module(), learning.module())
    course = learning.course(*parts)
    given: dict[str, Any] = {"language": "nb", "done_on": date(2026, 1, 1), "course": course}
    given |= {"learner": learner, "learnt": Learnt.ALONE}
    proof.record_module(module=parts[0], number=1, **given)
    Module.objects.filter(pk=parts[0].pk).update(edition=2)
    proof.record_module(module=parts[1], number=1, **given)
    done = Evidence.objects.filter(kind=EvidenceKind.COURSE)
    assert not done.exists()
    content = parts[0].versions.get().content
    learning.module_version(parts[0], content=content, edition=2, number=2)
    proof.record_module(module=parts[0], number=2, **given)
    assert done.get().course == course


def test_what_was_brought_from_elsewhere_completes_no_course_of_ours() -> None:
    learner, course = learning.learner(), learning.course(learning.module(), learning.module())
    first, last = (part.module for part in course.course_modules.order_by("position"))
    learning.evidence(learner, kind=EvidenceKind.MODULE, module=first, learnt=Learnt.BROUGHT)
    proof.record_module(
        learner=learner, module=last, language="nb", number=1, done_on=date(2026, 1, 1),
        learnt=Learnt.ALONE, course=course,
    )  # fmt: skip
    assert not Evidence.objects.filter(kind=EvidenceKind.COURSE).exists()


class Done:
    """Somebody who has done what a plan asks."""

    def __init__(self) -> None:
        self.plan = learning.plan()
        self.item = learning.item(learning.version(self.plan))
        learning.rule(self.item)
        self.unit = make.organization(municipality=self.plan.municipality)
        self.job = learning.employment(self.unit, external_id="7")
        assert self.item.course
        self.course: Course = self.item.course
        finished(self.job.learner, self.course, timezone.now() - timedelta(days=40))


def revised(case: Done, *, is_substantial: bool) -> None:
    module = module_of(case.course)
    content = module.versions.get().content | {"title": "Nytt"}
    publishing.publish_module(
        module_id=module.pk, slug=module.slug, organization=module.organization, language="nb",
        content=content, is_substantial=is_substantial, what_changed="", by=None, is_original=True,
    )  # fmt: skip


def left_and_back(case: Done) -> None:
    last_day = timezone.localdate() - timedelta(days=10)
    employees.leave(employment=case.job, left_on=last_day, by=None)
    employees.hire(
        employer=case.unit, unit=case.unit, name=case.job.learner.name, external_id="7",
        email=case.job.learner.email, by=None,
    )  # fmt: skip


HAPPENINGS: dict[str, Callable[[Done], object]] = {
    "a correction": lambda case: revised(case, is_substantial=False),
    "a substantial revision": lambda case: revised(case, is_substantial=True),
    "the course withdrawn": lambda case: publishing.withdraw(course=case.course, by=None),
    "the module out of it": lambda case: case.course.course_modules.all().delete(),
    "left and back": left_and_back,
    "another first day": lambda case: employees.change(
        employment=case.job, joined_on=timezone.localdate(), by=None
    ),
    "the course in another edition": lambda case: Course.objects.update(edition=9),
}


@pytest.mark.parametrize("happens", HAPPENINGS.values(), ids=HAPPENINGS)
def test_nothing_gives_back_what_is_done(happens: Callable[[Done], object]) -> None:
    case = Done()
    before = set(Evidence.objects.values_list("pk", "done_on"))
    happens(case)
    obligations.tonight(timezone.localdate())
    assert set(Evidence.objects.values_list("pk", "done_on")) == before
    in_force = Obligation.objects.filter(ended_on__isnull=True)
    assert set(in_force.values_list("state", flat=True)) == {"done"}
    assert in_force.count() == Employment.objects.filter(left_on=None).count() == 1
