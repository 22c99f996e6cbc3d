"""To be filled."""

from django.http import Http404, HttpRequest, HttpResponse

from samtun.people.access import public


@public
def party(request: HttpRequest, token: str) -> HttpResponse:
    """Not there yet."""
    raise Http404


change = cancel = move = offer = calendar = party
