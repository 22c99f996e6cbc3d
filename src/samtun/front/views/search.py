"""Results: a list with filters, and a map of the same list when asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from samtun.front import answers, maps, shell
from samtun.front.asking import Asked, asked
from samtun.front.frame import Frame, frame_of
from samtun.people.access import public

TILES = "https://cache.kartverket.no"


@public
@require_safe
def results(request: HttpRequest, region: str) -> HttpResponse:
    """The whole page, or for htmx the part below the question field."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    question = asked(request.GET, frame)
    found = render_to_string("front/_results.html", _context(frame, question))
    is_part = request.headers.get("HX-Request-Type") == "partial"
    response = HttpResponse(found if is_part else _around(found, frame, question))
    patch_vary_headers(response, ["HX-Request-Type"])
    if question.with_map:
        response._csp_update = {"img-src": [TILES]}  # type: ignore[attr-defined]  # as csp_update
    return response


def _around(found: str, frame: Frame, question: Asked) -> str:
    values = {
        shell.RESULTS: found,
        shell.QUESTION: question.text,
        shell.TITLE: f"{question.text} – " if question.text else "",
        shell.QUERY: question.query_string(page=question.page).removeprefix("?"),
    }
    region, language = frame.scope.slug, frame.language
    return shell.fill(region, language, with_map=question.with_map, values=values)


def _context(frame: Frame, question: Asked) -> dict[str, Any]:
    origin = question.origin()
    found = answers.answer(question, question.query(frame, origin, timezone.localtime()))
    return (
        frame.context()
        | answers.context(question, found, frame, origin)
        | {
            "search_url": f"{frame.url}sok/",
            "map_url": f"{frame.url}sok/kart.json{question.query_string(with_map=False)}",
            "with_map_url": question.query_string(with_map=True, page=question.page),
            "without_map_url": question.query_string(with_map=False, page=question.page),
            "near_url": question.query_string(place="", near=None, order="distance"),
        }
    )


@public
@require_safe
def map_points(request: HttpRequest, region: str) -> JsonResponse:
    """The places of all that the list holds, as GeoJSON; the map never knows more than the list."""
    frame = frame_of(region)
    question = asked(request.GET, frame)
    query = question.query(frame, question.origin(), timezone.localtime())
    return JsonResponse(
        maps.features(answers.answer(question, maps.whole(query)), frame),
        content_type="application/geo+json",
    )
