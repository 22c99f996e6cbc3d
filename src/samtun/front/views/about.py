"""Pages about the site itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samtun.people.access import public


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    raise Http404


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about whom."""
    raise Http404


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The open data."""
    raise Http404
