"""The door: choose a municipality or a region."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samtun import search
from samtun.directory import finding
from samtun.directory.queries.listed import listings_of
from samtun.front import crisis
from samtun.front.frame import Frame
from samtun.front.rows import text_in
from samtun.organisations.models import Municipality
from samtun.organisations.queries import municipalities_called, region_scopes, scope_of
from samtun.people.access import public

LONGEST_PLACE = 60


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Ask where the visitor lives; one answer leads on to the region's page."""
    language = get_language() or "nb"
    place = " ".join(request.GET.get("sted", "")[:LONGEST_PLACE].replace("\x00", " ").split())
    found = municipalities_called(place) if place else []
    if len(found) == 1 and (scope := scope_of(found[0])):
        frame = Frame(scope, language, found[0])
        return HttpResponseRedirect(frame.home_url)
    return render(request, "front/home.html", _context(language, place, found))


def _context(language: str, place: str, found: list[Municipality]) -> dict[str, Any]:
    outside = found[0] if len(found) == 1 else None
    lines = crisis.all_lines(language) if place and len(found) < 2 else []
    return {
        "regions": [Frame(scope, language) for scope in region_scopes()],
        "place": place,
        "choices": [(one, scope_of(one)) for one in found] if len(found) > 1 else [],
        "outside": outside,
        "is_unknown": bool(place) and not found,
        "lines": lines,
        "national": _national(outside, language, {line.number for line in lines}),
        "is_example": any(scope.is_example for scope in region_scopes()),
    }


def _national(
    municipality: Municipality | None, language: str, said: set[str]
) -> list[dict[str, str]]:
    """Help for the whole country, for who lives outside every region; no number in `said` again."""
    if municipality is None:
        return []
    query = search.Query(
        scope=frozenset({municipality.number}),
        language=language,
        limit=60,
        now=timezone.localtime(),
    )
    listed = listings_of([hit.id for hit in finding.find(query).results.hits])
    return [
        {
            "name": text_in(data, "name", language).value,
            "summary": text_in(data, "summary", language).value,
            "language": text_in(data, "name", language).language,
            "phone": str(data["phone"]),
        }
        for _, data in listed
        if data["phone"] and data["phone"] not in said and not data["is_example"]
    ][:12]
