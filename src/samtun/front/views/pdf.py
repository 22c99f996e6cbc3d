"""Printable documents, made on request."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from samtun.people.access import public


@public
@require_safe
def service_pdf(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    """One service."""
    raise Http404


@public
@require_safe
def my_list_pdf(request: HttpRequest, region: str) -> HttpResponse:
    """The list in the address."""
    raise Http404


@public
@require_safe
def booklet(request: HttpRequest, region: str) -> HttpResponse:
    """The whole region's map."""
    raise Http404
