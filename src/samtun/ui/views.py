"""The page that shows every component in every state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samtun.ui import drawings, samples


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state; also what accessibility is tested on."""
    return render(request, "ui/components.html", samples.context() | {"drawings": sorted(drawings.names())})
