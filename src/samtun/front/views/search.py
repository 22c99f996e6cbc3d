"""Results: a list with filters, and a map of the same list when asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from samtun.directory.keeping import missed
from samtun.front import answers, maps, results_page
from samtun.front.asking import asked
from samtun.front.frame import frame_of
from samtun.people.access import public

TILES = "https://cache.kartverket.no"


@public
@require_safe
def results(request: HttpRequest, region: str) -> HttpResponse:
    """The whole page, or for htmx the part below the question field."""
    frame = frame_of(region, request.GET.get("kommune", ""))
    question = asked(request.GET, frame)
    is_part = request.headers.get("HX-Request-Type") == "partial"
    found = results_page.answered(question, frame)
    response = HttpResponse(results_page.html(found, is_part=is_part))
    if found.is_missed and request.method == "GET":
        _after(response, lambda: missed.remember(frame.scope.id, question.text))
    patch_vary_headers(response, ["HX-Request-Type"])
    if question.with_map:
        response.pictures_from = TILES  # type: ignore[attr-defined]  # config.middleware reads it
    return response


def _after(response: HttpResponse, act: Callable[[], None]) -> None:
    """Do `act` when the answer has been sent: nobody waits for it."""
    close = response.close

    def closed() -> None:
        try:
            act()
        finally:
            close()

    response.close = closed  # type: ignore[method-assign]  # what the server calls last


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
