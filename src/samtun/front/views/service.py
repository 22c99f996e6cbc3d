"""The page of one service."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samtun.people.access import public


@public
@require_safe
def service_page(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """One service."""
    raise Http404
