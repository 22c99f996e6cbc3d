"""A draft in the shape in which readers meet what is published, for the preview.

The portal's own templates show it, so that what one sees is what readers will see.
"""

from uuid import UUID

from django.utils import timezone

from samtun.editorial.freezing import course_content, module_content
from samtun.editorial.keeping import shown
from samtun.editorial.models import CoursePage, ModulePage
from samtun.learning.content import Lesson, ModuleContent
from samtun.learning.models import CourseVersion
from samtun.learning.queries import courses


def lessons_of(page: ModulePage) -> list[courses.LessonPage]:
    """Every lesson of a module as it is written now, with all blocks whoever they are for."""
    content = module_content(page, shown)
    module = _outline(page, content)
    course = _around(page, (module,), content["lessons"])
    steps = courses.steps_of(course)
    return [
        courses.LessonPage(
            course=course,
            module=module,
            lesson=lesson,
            blocks=tuple(lesson["blocks"]),
            position=place + 1,
            total=len(steps),
            previous=steps[place - 1] if place else None,
            next=steps[place + 1] if place + 1 < len(steps) else None,
        )
        for place, lesson in enumerate(content["lessons"])
    ]


def course_of(page: CoursePage) -> courses.CoursePage:
    """A course as it is written now, with its modules as they were saved last."""
    saved = [one.value.specific for one in page.modules if one.value]
    modules = tuple(_outline(each, module_content(each, shown)) for each in saved)
    return _around(page, modules, [])


def _outline(page: ModulePage, content: ModuleContent) -> courses.ModuleOutline:
    lessons = tuple(
        courses.LessonOutline(each["id"], number, each["title"], each["minutes"])
        for number, each in enumerate(content["lessons"], start=1)
    )
    return courses.ModuleOutline(
        id=page.translation_key,
        slug=page.slug or "-",
        language=page.locale.language_code,
        number=0,
        edition=0,
        title=content["title"],
        summary=content["summary"],
        goals=tuple(content["goals"]),
        minutes=sum(each.minutes for each in lessons),
        lessons=lessons,
        sources=tuple(content["sources"]),
    )


def _around(
    page: CoursePage | ModulePage, modules: tuple[courses.ModuleOutline, ...], lessons: list[Lesson]
) -> courses.CoursePage:
    """The course that is shown; around a module alone as much as its lessons need."""
    whole = course_content(page, shown) if isinstance(page, CoursePage) else None
    known: dict[tuple[UUID, str], Lesson] = {
        (page.translation_key, lesson["id"]): lesson for lesson in lessons
    }
    return courses.CoursePage(
        card=_card(page, sum(each.minutes for each in modules)),
        goals=tuple(whole["goals"]) if whole else (),
        authors=page.authors if isinstance(page, CoursePage) else "",
        publisher=page.organization.name if page.organization else "",
        sources=tuple(whole["sources"]) if whole else (),
        number=_next_number(page),
        edition=0,
        what_changed=page.what_changed,
        published_at=timezone.now(),
        is_withdrawn=False,
        modules=modules,
        lessons=known,
    )


def _card(page: CoursePage | ModulePage, minutes: int) -> courses.CourseCard:
    language = page.locale.language_code
    is_course = isinstance(page, CoursePage)
    return courses.CourseCard(
        id=page.translation_key,
        slug=page.slug or "-",
        language=language,
        languages=(language,),
        title=page.title,
        summary=page.summary,
        for_whom=page.for_whom if is_course else "",
        picture=course_content(page, shown)["picture"] if is_course else {},
        minutes=minutes,
        sectors=tuple(page.sectors) if is_course else (),
        themes=tuple(page.themes) if is_course else (),
        company=page.company if is_course else "",
        is_open=True,
        is_example=False,
    )


def _next_number(page: CoursePage | ModulePage) -> int:
    """Of the version that it becomes."""
    earlier = CourseVersion.objects.filter(
        course=page.translation_key, language=page.locale.language_code
    )
    return earlier.count() + 1
