"""The course portal: the catalogue, a course, a lesson."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from samtun.front import course_answers
from samtun.front.course_asked import Reader, reader_of
from samtun.front.course_catalogue import Catalogue, shown
from samtun.front.course_lesson import ShownLesson
from samtun.front.course_page import ShownCourse
from samtun.learning.queries.courses import CoursePage, LessonPage, course_page, lesson_page
from samtun.people.access import public
from samtun.people.models import User


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All courses, narrowed as the address says."""
    found = Catalogue(request)
    return render(
        request, "front/course/catalogue.html", {"catalogue": found, "reader": found.reader}
    )


@public
@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """What a course is about, and its lessons."""
    reader = reader_of(request)
    page = _course(course, reader)
    if page.is_withdrawn:
        return _withdrawn(request, page, reader)
    return render(
        request,
        "front/course/course.html",
        {"course": ShownCourse(page, reader), "is_through": "ferdig" in request.GET},
    )


@public
@csrf_exempt  # visitors have no cookie to guard; who has signed in is checked in `_answered`
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, course: str, module: str, lesson: int) -> HttpResponse:
    """A lesson; posting an answer shows it again with what there is to say about it."""
    reader = reader_of(request)
    page = _course(course, reader)
    if page.is_withdrawn:
        return _withdrawn(request, page, reader)
    found = lesson_page(course, module, lesson, reader.language, _sectors(reader))
    if found is None:
        raise Http404
    if not page.card.is_open and _person(request) is None:
        return redirect_to_login(request.get_full_path())
    if request.method == "POST":
        return _answered(request, found, reader)
    return _lesson(request, ShownLesson(found, reader, {}, film=request.GET.get("film", "")))


def course_pdf(request: HttpRequest, course: str) -> HttpResponse:
    """The whole course on paper."""
    raise Http404


course_pdf = public(require_safe(course_pdf))


def _course(slug: str, reader: Reader) -> CoursePage:
    page = course_page(slug, reader.language)
    if page is None:
        raise Http404
    return page


def _sectors(reader: Reader) -> list[str]:
    return [reader.sector] if reader.sector else []


def _person(request: HttpRequest) -> User | None:
    """Who has signed in."""
    return request.user if isinstance(request.user, User) else None


def _withdrawn(request: HttpRequest, page: CoursePage, reader: Reader) -> HttpResponse:
    """Kind about what is gone."""
    context = {"course": shown(page.card, reader), "reader": reader}
    return render(request, "front/course/withdrawn.html", context, status=410)


def _answered(request: HttpRequest, found: LessonPage, reader: Reader) -> HttpResponse:
    """Grades what was answered, or goes on to the next lesson."""
    if "ferdig" in request.POST:
        return redirect(_onwards(ShownLesson(found, reader, {})))
    answers = course_answers.earlier(request.POST.dict())
    block = next((each for each in found.blocks if each["id"] == request.POST.get("block")), None)
    if block is not None and block["kind"] in course_answers.ANSWERED:
        answers[block["id"]] = course_answers.value_in(request.POST, block)
    known = {each["id"] for each in found.blocks}
    kept = {key: value for key, value in answers.items() if key in known}
    return _lesson(request, ShownLesson(found, reader, kept))


def _onwards(lesson: ShownLesson) -> str:
    if lesson.next:
        return lesson.next["url"]
    joint = "&" if "?" in lesson.course_url else "?"
    return f"{lesson.course_url}{joint}ferdig"


def _lesson(request: HttpRequest, lesson: ShownLesson) -> HttpResponse:
    context: dict[str, Any] = {"lesson": lesson, "is_example": lesson.course.card.is_example}
    return render(request, "front/course/lesson.html", context)
