"""Evidence of courses, modules and the rest as `learning.actions` writes it, for many at once.

The keys are the actions' own, so that whoever does the same again has done it already.
"""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from samtun.cli.example_training.told import moment
from samtun.learning.content import Lesson
from samtun.learning.enums import EvidenceKind, Learnt
from samtun.learning.models import (
    Course,
    CourseVersion,
    Evidence,
    Item,
    Learner,
    LessonDone,
    Module,
    ModuleVersion,
    Progress,
)

_BETWEEN = timedelta(days=4)  # from one module of a course to the next


class Bookkeeping:
    """What is written when all is known."""

    def __init__(self) -> None:
        self.evidence: dict[str, Evidence] = {}
        self.lessons: dict[tuple[object, ...], LessonDone] = {}
        self.places: dict[tuple[object, ...], Progress] = {}

    def write_evidence(self, *, until: date) -> None:
        """What was done by the day; again, with a later day, what has come since."""
        rows = [one for one in self.evidence.values() if one.done_on <= until and one._state.adding]
        Evidence.objects.bulk_create(rows)

    def write_places(self) -> None:
        """Lessons and places, a query each."""
        LessonDone.objects.bulk_create(self.lessons.values(), ignore_conflicts=True)
        Progress.objects.bulk_create(self.places.values(), ignore_conflicts=True)

    @cached_property
    def _courses(self) -> dict[Any, Course]:
        found = Course.objects.select_related("organization").prefetch_related("course_modules")
        return {course.pk: course for course in found}

    @cached_property
    def _modules(self) -> dict[Any, Module]:
        return {one.pk: one for one in Module.objects.select_related("organization")}

    @cached_property
    def _course_texts(self) -> dict[tuple[Any, str], CourseVersion]:
        found = CourseVersion.objects.filter(is_current=True)
        return {(one.course_id, one.language): one for one in found}

    @cached_property
    def _module_texts(self) -> dict[tuple[Any, str], ModuleVersion]:
        found = ModuleVersion.objects.filter(is_current=True)
        return {(one.module_id, one.language): one for one in found}

    def course(self, learner: Learner, course_id: object, on: date) -> Evidence:
        """The course done on the day, its modules a few days apart before that; twice is again."""
        course = self._courses[course_id]
        modules = self._modules_of(course)
        days = [on - _BETWEEN * back for back in reversed(range(len(modules)))]
        parts = [self._module(learner, *pair) for pair in zip(modules, days, strict=True)]
        texts = self._course_texts
        version = texts.get((course.pk, learner.language)) or texts[course.pk, course.language]
        self._place(learner, course, modules[-1], -1, days[0], on)
        return self._keep(
            Evidence(
                learner=learner, kind=EvidenceKind.COURSE, course=course, edition=course.edition,
                title=version.content["title"], language=version.language,
                minutes=sum(part.minutes for part in parts), done_on=on, learnt=Learnt.ALONE,
                facts={
                    "contents": [entry for part in parts for entry in part.facts["contents"]],
                    "publisher": course.organization.name,
                    "version": version.number,
                },
                key=self._key("course", course.pk, learner, course.edition),
                made_at=moment(on, "19:30"),
            )
        )  # fmt: skip

    def begun(self, learner: Learner, course_id: object, on: date) -> None:
        """The first lesson of the course done, and no more yet."""
        course = self._courses[course_id]
        module = self._modules_of(course)[0]
        version = self._text(module, learner)
        self._lesson(learner, module, version, version.content["lessons"][0], on)
        self._place(learner, course, module, 1, on, on)

    def activity(self, learner: Learner, item: Item, on: date) -> Evidence:
        """An item that is no course, marked as done."""
        is_group = item.kind == "event" or item.is_together
        return self._keep(
            Evidence(
                learner=learner, kind=EvidenceKind.ACTIVITY, item_key=item.key, edition=1,
                title=item.title, language=item.version.plan.language, minutes=item.minutes,
                done_on=on, learnt=Learnt.GROUP if is_group else Learnt.ALONE,
                facts={"contents": [{"title": item.title, "minutes": item.minutes}]},
                key=f"item:{item.key}:{learner.pk}:{on.isoformat()}",
                made_at=moment(on, "15:00"),
            )
        )  # fmt: skip

    def _module(self, learner: Learner, module: Module, on: date) -> Evidence:
        version = self._text(module, learner)
        lessons = version.content["lessons"]
        for lesson in lessons:
            self._lesson(learner, module, version, lesson, on)
        title, minutes = version.content["title"], sum(one["minutes"] for one in lessons)
        contents = [{"title": title, "version": version.number, "minutes": minutes}]
        return self._keep(
            Evidence(
                learner=learner, kind=EvidenceKind.MODULE, module=module, edition=version.edition,
                title=title, language=version.language, minutes=minutes, done_on=on,
                learnt=Learnt.ALONE,
                facts={"contents": contents, "publisher": module.organization.name,
                       "version": version.number},
                key=self._key("module", module.pk, learner, version.edition),
                made_at=moment(on, "19:00"),
            )
        )  # fmt: skip

    def _key(self, what: str, of: object, learner: Learner, edition: int) -> str:
        """As the action makes it: the same thing done again builds on the one before."""
        key = f"{what}:{of}:{learner.pk}:{edition}"
        before = self.evidence.get(key)
        return f"{key}:after:{before.pk}" if before else key

    def _keep(self, made: Evidence) -> Evidence:
        return self.evidence.setdefault(made.key, made)

    def _modules_of(self, course: Course) -> list[Module]:
        parts = sorted(course.course_modules.all(), key=lambda part: part.position)
        return [self._modules[part.module_id] for part in parts]

    def _text(self, module: Module, learner: Learner) -> ModuleVersion:
        texts = self._module_texts
        return texts.get((module.pk, learner.language)) or texts[module.pk, module.language]

    def _lesson(
        self,
        learner: Learner,
        module: Module,
        version: ModuleVersion,
        lesson: Lesson,
        on: date,
    ) -> None:
        self.lessons[learner.pk, module.pk, lesson["id"]] = LessonDone(
            learner=learner, module=module, lesson=lesson["id"], edition=version.edition,
            language=version.language, number=version.number, done_at=moment(on, "18:50"),
        )  # fmt: skip

    def _place(
        self, learner: Learner, course: Course, module: Module, number: int, began: date, on: date
    ) -> None:
        """Where they are: in a lesson of a module, by its number."""
        lessons = self._text(module, learner).content["lessons"]
        self.places[learner.pk, course.pk] = Progress(
            learner=learner, course=course, module=module,
            lesson=lessons[min(number, len(lessons) - 1)]["id"],
            started_at=moment(began, "18:30"), changed_at=moment(on, "19:00"),
        )  # fmt: skip
