"""The page that shows every component in every state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from samtun.ui import drawings, samples


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state; also what accessibility is tested on."""
    everything = samples.context() | {"drawings": sorted(drawings.names())}
    return render(request, "ui/components.html", everything)


# What samtun.people.access.public sets; that package stands above this one.
components.access = "public"  # type: ignore[attr-defined]
