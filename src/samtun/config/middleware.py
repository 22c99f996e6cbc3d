"""What every answer carries, whoever it goes to, and what is said when an answer fails."""

import logging
from collections.abc import Callable

from django.core.exceptions import TooManyFieldsSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

from samtun.front.views import errors

log = logging.getLogger(__name__)
Respond = Callable[[HttpRequest], HttpResponse]

_PERMISSIONS = "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)"
# Everything comes from us: no script or style in a page, nothing from anybody else, no frame.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    "media-src 'self'; "
    "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "img-src 'self' data:"
)
# Where courses are written: the editor sets styles on what it draws, previews in a frame of ours,
# and shows a picture before it is sent. Still nothing from anybody else, and no script in a
# page but the few lines that `editorial.scripts` knows.
_EDITORIAL = "/redaksjon/"
_EDITORIAL_POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-src 'self'; "
    "frame-ancestors 'self'; base-uri 'none'; media-src 'self'; img-src 'self' data: blob:"
)
_API = "/api/"
MOST_PARAMETERS = 1_000


def public_headers(get_response: Respond) -> Respond:
    """What a browser may load for the page, and the permissions we never use.

    A view that shows pictures from elsewhere sets `pictures_from` on its response.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", _policy(request, response))
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return respond


def _policy(request: HttpRequest, response: HttpResponse) -> str:
    if request.path.startswith(_EDITORIAL):
        return _EDITORIAL_POLICY.format(scripts=getattr(response, "scripts", ""))
    pictures = getattr(response, "pictures_from", "")
    return f"{_POLICY} {pictures}" if pictures else _POLICY


class KindFailures:
    """Say it plainly when the database is locked, full or away, and when a page cannot be sent to.

    A transaction that failed is rolled back by then, so nothing is half written.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse an address with too much in it; give an empty refusal a page that says what to do.

        Forms may have many fields, since a module of a course is one form; addresses may not.
        """
        if request.META.get("QUERY_STRING", "").count("&") > MOST_PARAMETERS:
            raise TooManyFieldsSent
        response = self.get_response(request)
        if response.status_code == 405 and not (response.streaming or response.content):
            allowed = response.headers.get("Allow", "")
            response = errors.wrong_method(request)
            response["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 instead of a broken page, in the manner of whoever asked."""
        if not isinstance(exception, OperationalError):
            return None
        log.error("database unavailable: %s", _reason(exception))
        if request.path.startswith(_API):
            return _problem()
        return errors.unavailable(request)


def _reason(exception: OperationalError) -> str:
    """What the database said, cut before anything it may quote from a row or a connection."""
    return str(exception).partition("\n")[0][:80]


def _problem() -> JsonResponse:
    problem = {
        "type": "about:blank",
        "title": "The data cannot be reached just now",
        "status": 503,
        "detail": "Nothing is lost. Try again in half a minute.",
    }
    return JsonResponse(
        problem,
        status=503,
        content_type="application/problem+json",
        headers={"Retry-After": "30", "Access-Control-Allow-Origin": "*"},
    )
