"""Pages that concern one person who has no account.

They set no cookie, and take forms without a CSRF token: that token guards people who are signed in
against being led to press something, and here nobody is. The signed name in the address, where
there is one, is the whole authority. Such an address is neither told to other sites, nor kept, nor
indexed, and opening it changes nothing: mail scanners open links.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from samtun.front import robots_trap
from samtun.people.access import public

Rest = ParamSpec("Rest")
View = Callable[Concatenate[HttpRequest, Rest], HttpResponse]


def private(view: View[Rest]) -> View[Rest]:
    """Open to everybody who has the address; see above."""

    @wraps(view)
    def kept(request: HttpRequest, /, *args: Rest.args, **address: Rest.kwargs) -> HttpResponse:
        response = view(request, *args, **address)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        patch_cache_control(response, no_store=True, private=True)
        return response

    pages = require_http_methods(["GET", "HEAD", "POST"])
    opened: View[Rest] = public(csrf_exempt(pages(kept)))
    return opened


def sender_of(request: HttpRequest) -> str:
    """The visitor's address as the proxies in front tell it; it is counted, and never kept."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured):
        return ""


def trap(request: HttpRequest, name: str, caught: robots_trap.Caught | None) -> dict[str, Any]:
    """What the form called `name` shows of the trap.

    A person who was too quick keeps the old stamp, so that the wait is soon over.
    """
    keeps = caught in {robots_trap.Caught.QUICK, robots_trap.Caught.FILLED}
    return {
        "stamp": request.POST[robots_trap.STAMP] if keeps else robots_trap.stamp(name),
        "stamp_field": robots_trap.STAMP,
        "trap_field": robots_trap.FIELD,
        "caught": caught,
    }
