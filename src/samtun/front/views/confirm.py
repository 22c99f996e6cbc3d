"""The pages behind a letter's links."""

from django.http import Http404, HttpRequest, HttpResponse

from samtun.people.access import public


@public
def letter(request: HttpRequest, token: str) -> HttpResponse:
    """All entries of a letter."""
    raise Http404
