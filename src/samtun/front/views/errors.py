"""Pages for what went wrong: what happened, what is kept, what to do.

They must be shown when the rest is broken, so they ask the database for as little as they can, and
do without what it cannot give.
"""

import re
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from samtun.front.frame import Frame
from samtun.organisations.queries import region_scope, region_scopes
from samtun.ui.context import without_language

_SLUG = re.compile(r"[-a-z0-9_]{1,60}")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing at this address: a search, the regions, and the urgent numbers."""
    return render(request, "front/errors/not_found.html", _whereabouts(request), status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The address or form cannot be read."""
    return render(request, "front/errors/bad_request.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not for this visitor."""
    return render(request, "front/errors/permission_denied.html", status=403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the cookie or the key that says it is ours (CSRF)."""
    return render(request, "front/errors/form_refused.html", status=403)


def wrong_method(request: HttpRequest) -> HttpResponse:
    """A page that can only be read was sent something."""
    return render(request, "front/errors/wrong_method.html", status=405)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database cannot be read just now; nothing is lost."""
    response = render(request, "front/errors/unavailable.html", status=503)
    response["Retry-After"] = "30"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke here. A page of its own, since the frame of the others may be what broke."""
    language = get_language() or settings.LANGUAGE_CODE
    page = render_to_string("front/errors/server_error.html", {"language": language})
    return HttpResponse(page, status=500)


def _whereabouts(request: HttpRequest) -> dict[str, Any]:
    """The region that the address begins with, and all the others."""
    language = get_language() or settings.LANGUAGE_CODE
    first = without_language(request.path).strip("/").partition("/")[0]
    try:
        scope = region_scope(first) if _SLUG.fullmatch(first) else None
        regions = [Frame(each, language) for each in region_scopes()[:30]]
    except DatabaseError:
        return {}
    own = Frame(scope, language).context() if scope else {}
    return own | {"regions": regions}
