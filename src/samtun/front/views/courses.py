"""The course portal: the catalogue, a course, a lesson."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from samtun.documents.course_pages import course_pdf as made_pdf
from samtun.front import course_answers, course_kept, course_learner, course_paper
from samtun.front.course_asked import Reader, reader_of
from samtun.front.course_catalogue import Catalogue, shown
from samtun.front.course_learner import person_in
from samtun.front.course_lesson import ShownLesson
from samtun.front.course_page import ShownCourse
from samtun.front.views.pdf import answer as document
from samtun.learning.queries.courses import CoursePage, LessonPage, course_page, lesson_page
from samtun.people.access import public


@public
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All courses, narrowed as the address says."""
    reader = reader_of(request)
    if course_kept.is_anybodys(request, reader):
        return _own(request, HttpResponse(course_kept.catalogue(reader)))
    found = Catalogue(request)
    context = {"catalogue": found, "reader": found.reader}
    return render(request, "front/course/catalogue.html", context)


@public
@require_safe
def course(request: HttpRequest, course: str) -> HttpResponse:
    """What a course is about, and its lessons."""
    reader = reader_of(request)
    page = _course(course, reader)
    if page.is_withdrawn:
        return _withdrawn(request, page, reader)
    if course_kept.is_anybodys(request, reader):
        return _own(request, HttpResponse(course_kept.course(page, reader)))
    known = course_learner.known_of(person_in(request), page.card.id)
    made = ShownCourse(page, reader, known)
    context = course_kept.course_context(made) | {"is_through": "ferdig" in request.GET}
    return _own(request, render(request, "front/course/course.html", context))


# Visitors have no cookie to guard, and get none; whoever has signed in is guarded in `_kept`.
@public
@csrf_exempt
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
    if not page.card.is_open and person_in(request) is None:
        return redirect_to_login(request.get_full_path())
    if course_kept.is_anybodys(request, reader) and course_kept.can_keep_lesson(found, reader):
        return _own(request, HttpResponse(course_kept.lesson(found, reader)))
    if request.method != "POST":
        answers = course_learner.answers_of(person_in(request), found)
        return _lesson(request, found, reader, answers)
    if person_in(request):
        return _kept(request, found=found, reader=reader)
    return _answered(request, found, reader)


@public
@require_safe
def course_pdf(request: HttpRequest, course: str) -> HttpResponse:
    """The whole course on paper, without anybody's answers."""
    reader = reader_of(request)
    page = _course(course, reader)
    if page.is_withdrawn:
        return _withdrawn(request, page, reader)
    if not page.card.is_open and person_in(request) is None:
        return redirect_to_login(request.get_full_path())
    content = course_paper.booklet(page, reader, timezone.localdate())
    return document(request, content, made_pdf, page.card.slug)


def _course(slug: str, reader: Reader) -> CoursePage:
    page = course_page(slug, reader.language)
    if page is None:
        raise Http404
    return page


def _sectors(reader: Reader) -> tuple[str, ...]:
    return (reader.sector,) if reader.sector else ()


def _withdrawn(request: HttpRequest, page: CoursePage, reader: Reader) -> HttpResponse:
    """Kind about what is gone."""
    context = {"course": shown(page.card, reader), "reader": reader}
    return render(request, "front/course/withdrawn.html", context, status=410)


@csrf_protect
def _kept(request: HttpRequest, *, found: LessonPage, reader: Reader) -> HttpResponse:
    """As `_answered`, for somebody who has signed in: nothing of it is lost.

    A device that keeps and sends answers itself only asks how it went: `bare_svar`.
    """
    if "bare_svar" in request.POST:
        return _answered(request, found, reader)
    person = person_in(request)
    if person and "ferdig" in request.POST:
        course_learner.finish(person, found)
    block = course_answers.block_in(request.POST, found.blocks)
    if person and block and "ferdig" not in request.POST:
        value = course_answers.value_in(request.POST, block)
        if value not in ("", [], {}):
            course_learner.keep(person, found, block, value)
    return _answered(request, found, reader)


def _answered(request: HttpRequest, found: LessonPage, reader: Reader) -> HttpResponse:
    """Grades what was answered, or goes on to the next lesson."""
    if "ferdig" in request.POST:
        return redirect(_onwards(ShownLesson(found, reader, {})))
    answers = course_learner.answers_of(person_in(request), found)
    answers |= course_answers.earlier(request.POST.dict())
    block = course_answers.block_in(request.POST, found.blocks)
    if block:
        answers[block["id"]] = course_answers.value_in(request.POST, block)
    known = {each["id"] for each in found.blocks}
    kept = {key: value for key, value in answers.items() if key in known}
    return _lesson(request, found, reader, kept)


def _onwards(lesson: ShownLesson) -> str:
    if lesson.next:
        return lesson.next["url"]
    joint = "&" if "?" in lesson.course_url else "?"
    return f"{lesson.course_url}{joint}ferdig=1"


def _lesson(
    request: HttpRequest, found: LessonPage, reader: Reader, answers: dict[str, Any]
) -> HttpResponse:
    placed = course_learner.at_work(person_in(request), reader, found)
    lesson = ShownLesson(found, placed, answers, film=request.GET.get("film", ""))
    context = {"lesson": lesson, "is_example": lesson.course.card.is_example}
    return _own(request, render(request, "front/course/lesson.html", context))


def _own(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What somebody has done is nobody else's to see in a cache on the way."""
    if person_in(request):
        add_never_cache_headers(response)
    patch_vary_headers(response, ["Cookie"])
    return response
