"""Pages of courses as anybody meets them who has neither signed in nor answered.

What is published is frozen, so such a page is the same for all who read it in one language, one
sector and one region: it is made once a minute. As templates it takes six times as long as all the
rest of the answer. Nothing of a visitor is ever kept: whoever chose a municipality, asked for a
film or answered gets a page of their own.
"""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext

from samtun.front.course_asked import Reader
from samtun.front.course_catalogue import Catalogue
from samtun.front.course_lesson import ShownLesson
from samtun.front.course_page import ShownCourse
from samtun.front.course_structured_data import json_ld
from samtun.learning.enums import BlockKind
from samtun.learning.queries.courses import (
    CoursePage,
    LessonPage,
    course_page,
    every_card,
    lesson_page,
)
from samtun.organisations.recent import for_a_minute
from samtun.ui.context import page

# What changes when a text does: numbers of versions, or titles.
Versions = tuple[object, ...]


def is_anybodys(request: HttpRequest, reader: Reader) -> bool:
    """Whether the address says nothing but language, sector and region, as we write it."""
    asked = request.META.get("QUERY_STRING", "")
    is_visitors = request.method in {"GET", "HEAD"} and not request.user.is_authenticated
    return is_visitors and asked == reader.tail[1:] and not reader.municipality


def catalogue(reader: Reader) -> str:
    """All courses, for one who reads in that language, sector and region."""
    cards = every_card(reader.language)
    said = tuple((each.slug, each.title, each.summary, each.minutes) for each in cards)
    return _catalogue(reader, said)


@for_a_minute
def _catalogue(reader: Reader, _versions: Versions) -> str:
    request = _anybody(reader.home + reader.tail)
    found = Catalogue(request)
    context = {"catalogue": found, "reader": found.reader}
    return render_to_string("front/course/catalogue.html", page(request) | context)


def course(found: CoursePage, reader: Reader) -> str:
    """The page of a course for one who has not begun."""
    return _course(found.card.slug, reader, _versions(found))


@for_a_minute
def _course(slug: str, reader: Reader, _versions: Versions) -> str:
    found = course_page(slug, reader.language)
    if found is None:
        return ""
    made = ShownCourse(found, reader)
    context = page(_anybody(made.url + reader.tail)) | course_context(made)
    return render_to_string("front/course/course.html", context)


def course_context(made: ShownCourse) -> dict[str, Any]:
    """What the page of a course says, whoever reads it."""
    return {
        "course": made,
        "json_ld": json_ld(made),
        "is_example": made.page.card.is_example,
        "trail": [
            {"name": gettext("Courses"), "url": made.reader.catalogue_url()},
            {"name": made.page.card.title, "url": made.url},
        ],
    }


def can_keep_lesson(found: LessonPage, reader: Reader) -> bool:
    """Offers where somebody works are shown as they are just now."""
    asks = any(block["kind"] == BlockKind.SERVICES for block in found.blocks)
    return not (asks and reader.region)


def lesson(found: LessonPage, reader: Reader) -> str:
    """The page of a lesson that nobody has answered."""
    number = next(each.number for each in found.module.lessons if each.id == found.lesson["id"])
    slugs = (found.course.card.slug, found.module.slug)
    return _lesson(*slugs, number, reader, _versions(found.course))


@for_a_minute
def _lesson(course: str, module: str, number: int, reader: Reader, _versions: Versions) -> str:
    sectors = (reader.sector,) if reader.sector else ()
    found = lesson_page(course, module, number, reader.language, sectors)
    if found is None:
        return ""
    shown = ShownLesson(found, reader, {})
    context = {"lesson": shown, "is_example": found.course.card.is_example}
    return render_to_string("front/course/lesson.html", page(_anybody(shown.url)) | context)


def _versions(course: CoursePage) -> Versions:
    modules = (each.number for each in course.modules)
    return (course.number, course.edition, course.published_at, *modules)


def _anybody(url: str) -> HttpRequest:
    request = HttpRequest()
    request.path, _mark, query = url.partition("?")
    request.META["QUERY_STRING"] = query
    request.GET = QueryDict(query)
    return request
