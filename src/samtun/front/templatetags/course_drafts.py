"""What somebody writes, ready for the templates of lessons and courses.

`editorial` may not import the portal; its preview loads these tags by name.
"""

from django import template

from samtun.front.course_asked import Reader
from samtun.front.course_lesson import ShownLesson
from samtun.front.course_page import ShownCourse
from samtun.learning.queries.courses import CoursePage, LessonPage

register = template.Library()


@register.simple_tag
def draft_lesson(page: LessonPage) -> ShownLesson:
    """A lesson for a reader of its own language who has answered nothing."""
    return ShownLesson(page, Reader(language=page.module.language), {})


@register.simple_tag
def draft_course(page: CoursePage) -> ShownCourse:
    """A course for a reader of its own language who has not begun."""
    return ShownCourse(page, Reader(language=page.card.language))
