"""Pages about the site itself. Their texts are written in each language, not translated."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from samtun.organisations.queries import region_scopes
from samtun.people.access import public


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Samtun is."""
    return _page(request, "samtun", gettext("What Samtun is"))


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what is tested, what falls short, where to say so."""
    return _page(request, "accessibility", gettext("Accessibility statement"))


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about whom."""
    return _page(request, "privacy", gettext("Privacy"))


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The open data and where its facts come from."""
    return _page(request, "data", gettext("Open data"))


def _page(request: HttpRequest, name: str, title: str) -> HttpResponse:
    """The text called `name` in the reader's language."""
    language = get_language() or settings.LANGUAGE_CODE
    context = {
        "page_title": title,
        "text": f"front/about/{name}.{language}.html",
        "email": settings.CONTACT_EMAIL,
        "public_url": settings.PUBLIC_URL,
        "is_example": any(scope.is_example for scope in region_scopes()),
    }
    return render(request, "front/about/page.html", context)
