"""The page of a course, in words."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format

from samtun.front import course_words
from samtun.front.course_asked import Reader
from samtun.front.course_catalogue import ShownCard, shown
from samtun.learning.enums import Company
from samtun.learning.queries.courses import CoursePage, LessonOutline, ModuleOutline, steps_of
from samtun.learning.queries.progress import Standing


@dataclass(frozen=True, slots=True)
class ShownLessonLine:
    """A lesson in the list of a course."""

    id: str
    title: str
    minutes: str
    url: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class ShownModule:
    """A module with the ways to its lessons."""

    outline: ModuleOutline
    lang: str
    minutes: str
    lessons: list[ShownLessonLine]


class ShownCourse:
    """A course for one reader; `known` is what they have done, when they have signed in."""

    def __init__(self, page: CoursePage, reader: Reader, known: Standing | None = None) -> None:
        self.page, self.reader, self.known = page, reader, known
        self.card: ShownCard = shown(page.card, reader)

    @property
    def url(self) -> str:
        """Its own address, without what the reader chose."""
        return f"{self.reader.home}{self.page.card.slug}/"

    @property
    def pdf_url(self) -> str:
        """All of it on paper, for the reader's sector."""
        tail = f"?sektor={self.reader.sector}" if self.reader.sector else ""
        return f"{self.url}kurs.pdf{tail}"

    @property
    def start_url(self) -> str:
        """Its first lesson."""
        steps = steps_of(self.page)
        return self._lesson_url(steps[0].module, steps[0].lesson.number) if steps else ""

    @property
    def is_begun(self) -> bool:
        """Whether we know where they left."""
        return bool(self.known and self.known.lesson)

    @property
    def continue_url(self) -> str:
        """Where they left, at the very block; else the first lesson."""
        known = self.known
        for step in steps_of(self.page) if known else ():
            if known and (step.module.id, step.lesson.id) == (known.module, known.lesson):
                place = f"#b-{known.block}" if known.block else ""
                return self._lesson_url(step.module, step.lesson.number) + place
        return self.start_url

    @property
    def session_url(self) -> str:
        """Where one plans to go through it with colleagues; empty when that is not for it."""
        if self.page.card.company == Company.ALONE:
            return ""
        try:
            return f"{reverse('desk:session_new')}?kurs={self.page.card.slug}"
        except NoReverseMatch:
            return ""

    @cached_property
    def modules(self) -> list[ShownModule]:
        """Its modules in order."""
        return [self._module(outline) for outline in self.page.modules]

    @property
    def sources(self) -> list[dict[str, str]]:
        """What it and its modules stand on, each once."""
        found: dict[tuple[str | None, str | None], dict[str, str]] = {}
        for sources in (self.page.sources, *(each.sources for each in self.page.modules)):
            found |= {(one.get("title"), one.get("url")): one for one in sources}
        return [one | {"read_on": _written(one.get("read_on", ""))} for one in found.values()]

    def _module(self, outline: ModuleOutline) -> ShownModule:
        return ShownModule(
            outline=outline,
            lang="" if outline.language == self.reader.language else outline.language,
            minutes=course_words.minutes(outline.minutes),
            lessons=[self._line(outline, each) for each in outline.lessons],
        )

    def _line(self, module: ModuleOutline, lesson: LessonOutline) -> ShownLessonLine:
        return ShownLessonLine(
            id=lesson.id,
            title=lesson.title,
            minutes=course_words.minutes(lesson.minutes),
            url=self._lesson_url(module, lesson.number),
            is_done=self.known is not None and lesson.id in self.known.done,
        )

    def _lesson_url(self, module: ModuleOutline, number: int) -> str:
        return self.reader.lesson_url(self.page.card.slug, module.slug, number)


def _written(day: str) -> str:
    """A day as people write it; what is no day stays as it is."""
    try:
        return str(date_format(date.fromisoformat(day)))
    except ValueError:
        return day
