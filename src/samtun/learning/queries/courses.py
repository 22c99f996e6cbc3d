"""Courses as readers meet them: the catalogue, a course, a lesson. Only what is published.

A text is in the reader's language where that is published, else in the other Norwegian form, else
in the original's; `language` says which it became. What is published is frozen, so it is remembered
for a minute; nothing here belongs to a reader.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from samtun.learning.content import Block, CourseContent, Lesson, ModuleContent, shown
from samtun.learning.enums import Company
from samtun.learning.models import Course, CourseVersion, ModuleVersion
from samtun.organisations.recent import for_a_minute
from samtun.organisations.texts import in_language

# Lengths of the catalogue: more than the first number of minutes, and at most the second.
LENGTHS: dict[str, tuple[int, int]] = {
    "short": (-1, 10),
    "middle": (10, 20),
    "long": (20, 100_000),
}


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course as the catalogue shows it; `languages` are those it is published in."""

    id: UUID
    slug: str
    language: str
    languages: tuple[str, ...]
    title: str
    summary: str
    for_whom: str
    picture: dict[str, Any]
    minutes: int
    sectors: tuple[str, ...]
    themes: tuple[str, ...]
    company: str
    is_open: bool
    is_example: bool

    def fits(
        self, *, sector: str = "", theme: str = "", company: str = "", minutes: str = "", form: str
    ) -> bool:
        """Whether it is what is asked for; empty words ask for nothing."""
        first, last = LENGTHS.get(minutes, (-1, 100_000))
        return (
            (not sector or sector in self.sectors)
            and (not theme or theme in self.themes)
            and (not company or self.company in {company, Company.BOTH})
            and first < self.minutes <= last
            and (not form or form in self.languages)
        )


@dataclass(frozen=True, slots=True)
class LessonOutline:
    """A lesson in a list; `number` counts from 1 in its module, as this course has it."""

    id: str
    number: int
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ModuleOutline:
    """A module of a course with its lessons; `number` is that of the version shown."""

    id: UUID
    slug: str
    language: str
    number: int
    edition: int
    title: str
    summary: str
    goals: tuple[str, ...]
    minutes: int
    lessons: tuple[LessonOutline, ...]
    sources: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course with all that its page says."""

    card: CourseCard
    goals: tuple[str, ...]
    authors: str
    publisher: str
    sources: tuple[dict[str, str], ...]
    number: int
    edition: int
    what_changed: str
    published_at: datetime
    is_withdrawn: bool
    modules: tuple[ModuleOutline, ...]
    lessons: dict[tuple[UUID, str], Lesson] = field(repr=False)  # by module and the lesson's id

    @property
    def lesson_count(self) -> int:
        """How many lessons there are in all modules."""
        return sum(len(module.lessons) for module in self.modules)


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson in the way through a course."""

    module: ModuleOutline
    lesson: LessonOutline


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson with its place in the course: `position` of `total`."""

    course: CoursePage
    module: ModuleOutline
    lesson: Lesson
    blocks: tuple[Block, ...]  # that are for the reader's sectors
    position: int
    total: int
    previous: Step | None
    next: Step | None


def catalogue(
    *,
    language: str,
    sector: str = "",
    theme: str = "",
    company: str = "",
    minutes: str | None = None,
    form: str = "",
) -> list[CourseCard]:
    """The courses that are offered, in the order of the catalogue.

    `minutes` is one of `LENGTHS`, `form` a language that it must be published in.
    """
    return [
        card
        for card in every_card(language)
        if card.fits(sector=sector, theme=theme, company=company, minutes=minutes or "", form=form)
    ]


@for_a_minute
def every_card(language: str) -> tuple[CourseCard, ...]:
    """All that is offered, in three queries."""
    courses = Course.objects.filter(withdrawn_at__isnull=True).order_by("position", "slug")
    versions = _by_course(CourseVersion.objects.filter(is_current=True))
    return tuple(
        _card(course, found, _chosen(found, language, course.language))
        for course in courses
        if (found := versions.get(course.pk))
    )


def open_courses() -> list[tuple[str, datetime]]:
    """The address of each course that anyone may read, and when it was last changed."""
    found = Course.objects.filter(
        withdrawn_at__isnull=True, is_open=True, versions__is_current=True
    ).annotate(changed_at=Max("versions__published_at"))
    return list(found.order_by("slug").values_list("slug", "changed_at"))


@for_a_minute
def course_page(slug: str, language: str) -> CoursePage | None:
    """The course at the address `slug`, withdrawn or not; None when none was ever published.

    Four queries.
    """
    course = Course.objects.select_related("organization").filter(slug=slug).first()
    if course is None:
        return None
    found = list(course.versions.filter(is_current=True).defer("digest"))
    if not found:
        return None
    version = _chosen(found, language, course.language)
    modules = _modules(course, language)
    return _page(course, found, version, modules)


def lesson_page(
    course_slug: str,
    module_slug: str,
    number: int,
    language: str,
    sectors: Collection[str] = (),
) -> LessonPage | None:
    """The lesson called `number` (from 1) of a module in a course.

    Its blocks are those for `sectors`, as far as the course is for them, else for the course's own.
    """
    course = course_page(course_slug, language)
    if course is None:
        return None
    steps = steps_of(course)
    for place, step in enumerate(steps):
        if (step.module.slug, step.lesson.number) == (module_slug, number):
            return _lesson(course, steps, place, sectors)
    return None


def steps_of(course: CoursePage) -> list[Step]:
    """All lessons in order."""
    return [Step(module, lesson) for module in course.modules for lesson in module.lessons]


def _lesson(
    course: CoursePage, steps: list[Step], place: int, sectors: Collection[str]
) -> LessonPage:
    step = steps[place]
    lesson = course.lessons[step.module.id, step.lesson.id]
    own = [sector for sector in sectors if sector in course.card.sectors]
    return LessonPage(
        course=course,
        module=step.module,
        lesson=lesson,
        blocks=tuple(shown(lesson["blocks"], own or course.card.sectors)),
        position=place + 1,
        total=len(steps),
        previous=steps[place - 1] if place else None,
        next=steps[place + 1] if place + 1 < len(steps) else None,
    )


def _by_course(versions: Iterable[CourseVersion]) -> dict[UUID, list[CourseVersion]]:
    found: dict[UUID, list[CourseVersion]] = {}
    for version in versions:
        found.setdefault(version.course_id, []).append(version)
    return found


def _chosen(found: list[CourseVersion], language: str, original: str) -> CourseVersion:
    """The version for a reader of `language`."""
    by_language = {version.language: version for version in found}
    return by_language[best_language(by_language, language, original)]


def best_language(known: Iterable[str], language: str, original: str) -> str:
    """Which of the languages `known` a reader of `language` gets."""
    return in_language({code: code for code in known}, language, original=original).language


def _card(course: Course, found: list[CourseVersion], version: CourseVersion) -> CourseCard:
    content: CourseContent = version.content
    return CourseCard(
        id=course.pk,
        slug=course.slug,
        language=version.language,
        languages=tuple(sorted(each.language for each in found)),
        title=content["title"],
        summary=content["summary"],
        for_whom=content["for_whom"],
        picture=content.get("picture") or {},
        minutes=course.minutes,
        sectors=tuple(course.sectors),
        themes=tuple(course.themes),
        company=course.company,
        is_open=course.is_open,
        is_example=course.is_example,
    )


def _page(
    course: Course,
    found: list[CourseVersion],
    version: CourseVersion,
    modules: list[ModuleVersion],
) -> CoursePage:
    content: CourseContent = version.content
    return CoursePage(
        card=_card(course, found, version),
        goals=tuple(content["goals"]),
        authors=content["authors"],
        publisher=course.organization.name,
        sources=tuple(content["sources"]),
        number=version.number,
        edition=course.edition,
        what_changed=version.what_changed,
        published_at=version.published_at,
        is_withdrawn=course.withdrawn_at is not None,
        modules=tuple(_outline(each, course.sectors) for each in modules),
        lessons={
            (each.module_id, lesson["id"]): lesson
            for each in modules
            for lesson in each.content["lessons"]
        },
    )


def _modules(course: Course, language: str) -> list[ModuleVersion]:
    """The version of each module that the reader gets, in order."""
    current = ModuleVersion.objects.filter(
        is_current=True,
        module__withdrawn_at__isnull=True,
        module__course_modules__course=course,
    ).order_by("module__course_modules__position")
    originals: dict[UUID, str] = {}
    by_module: dict[UUID, dict[str, int]] = {}
    heads = current.values_list("module_id", "module__language", "language", "pk")
    for module, original, code, key in heads:
        originals[module] = original
        by_module.setdefault(module, {})[code] = key
    keys = [
        known[best_language(known, language, originals[module])]
        for module, known in by_module.items()
    ]
    read = ModuleVersion.objects.select_related("module").defer("digest").in_bulk(keys)
    return [read[key] for key in keys]


def _outline(version: ModuleVersion, sectors: Collection[str]) -> ModuleOutline:
    """Without the lessons in which there is nothing for any of `sectors`."""
    content: ModuleContent = version.content
    lessons = [one for one in content["lessons"] if is_for(one, sectors)]
    return ModuleOutline(
        id=version.module_id,
        slug=version.module.slug,
        language=version.language,
        number=version.number,
        edition=version.module.edition,
        title=content["title"],
        summary=content["summary"],
        goals=tuple(content["goals"]),
        minutes=version.module.minutes,
        lessons=tuple(
            LessonOutline(each["id"], number, each["title"], each["minutes"])
            for number, each in enumerate(lessons, start=1)
        ),
        sources=tuple(content["sources"]),
    )


def is_for(lesson: Lesson, sectors: Collection[str]) -> bool:
    """Whether a lesson says anything to somebody in a course of `sectors`."""
    return not lesson["blocks"] or bool(shown(lesson["blocks"], sectors))
