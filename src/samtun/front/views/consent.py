"""To be filled."""

from django.http import Http404, HttpRequest, HttpResponse

from samtun.people.access import public


@public
def consent(request: HttpRequest, **address: object) -> HttpResponse:
    """Not there yet."""
    raise Http404
