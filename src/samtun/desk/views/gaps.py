"""What is missing: needs that nobody meets in a municipality."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from samtun.desk.area import municipalities_of, results_url
from samtun.desk.page import page
from samtun.directory.enums import Taxonomies
from samtun.directory.queries.gaps import Matrix, matrix
from samtun.directory.queries.terms import TermLabel, terms
from samtun.organisations.models import Municipality
from samtun.organisations.queries import Scope, region_scopes
from samtun.organisations.texts import in_language
from samtun.people.access import PersonRequest, requires
from samtun.people.rules import may

_PERMISSION = "directory.view_freshness"


@requires(_PERMISSION)
@require_safe
def gaps(request: PersonRequest) -> HttpResponse:
    """Needs × municipalities, and how many offers there are for each."""
    language = get_language() or "nb"
    mine = municipalities_of(request.user, _PERMISSION)
    regions = [scope for scope in region_scopes() if scope.numbers & {one.number for one in mine}]
    places = _chosen(request, mine, regions)
    needs = terms(Taxonomies.NEEDS, language)
    above = needs.get(request.GET.get("under", ""))
    found = matrix([one.number for one in places], language, below=above.code if above else "")
    context = {
        "places": places,
        "above": above,
        "rows": [_row(need, places, found, request) for need in found.needs],
        "regions": [(scope.slug, in_language(scope.names, language)) for scope in regions],
        "region": request.GET.get("region", ""),
    }
    return page(request, "desk/gaps.html", context, room="freshness")


def _chosen(
    request: HttpRequest, mine: Sequence[Municipality], regions: Sequence[Scope]
) -> Sequence[Municipality]:
    """One region at a time when there are several, so that the table can be read."""
    if len(regions) < 2:
        return mine
    asked = request.GET.get("region", "")
    scope = next((one for one in regions if one.slug == asked), regions[0])
    return [one for one in mine if one.number in scope.numbers]


def _row(
    need: TermLabel, places: Sequence[Municipality], found: Matrix, request: PersonRequest
) -> dict[str, Any]:
    new = reverse("desk:offer_new") if may(request.user, "directory.add_service") else ""
    return {
        "need": need,
        "below_url": "" if need.parent else f"{reverse('desk:gaps')}?under={need.code}",
        "national": found.national.get(need.code, 0),
        "cells": [_cell(need, place, found, new) for place in places],
    }


def _cell(need: TermLabel, place: Municipality, found: Matrix, new: str) -> dict[str, Any]:
    asked = urlencode({"behov": need.code, "kommune": place.number})
    return {
        "place": place,
        "coverage": found.at(need.code, place.number),
        "new_url": f"{new}?{asked}" if new else "",
        "results_url": results_url(need.code, place.number),
    }
