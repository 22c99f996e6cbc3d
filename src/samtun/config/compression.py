"""Compressed answers, for networks in the mountains; decision 6 says why here and why safely.

Secrets can be guessed from the size of a compressed page that also repeats what a visitor sent
(BREACH). No page of a visitor holds one. Whoever has signed in, or is about to, gets pages as they
are: what they may see is a secret, and their network is seldom the mountain's.
"""

import gzip
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

Respond = Callable[[HttpRequest], HttpResponse]

SMALLEST = 1_024  # below that a packet is a packet
_LEVEL = 1  # a fifth of the size already; more takes twice as long for a twentieth
_KINDS = re.compile(r"text/(?:html|calendar)|application/(?:[\w.-]+\+)?json|image/svg\+xml")
_ACCEPTED = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)


def compressed(get_response: Respond) -> Respond:
    """Send HTML, JSON, SVG and calendars as gzip to whoever takes it.

    Streams and files stay as they are. Not to whoever has a cookie of ours, or gets one now.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if _is_worth_it(response) and not _has_secrets(request, response):
            patch_vary_headers(response, ["Accept-Encoding"])
            if _ACCEPTED.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
                _compress(response)
        return response

    return respond


def _has_secrets(request: HttpRequest, response: HttpResponse) -> bool:
    ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    return bool(ours & request.COOKIES.keys() or ours & response.cookies.keys())


def _is_worth_it(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and len(response.content) >= SMALLEST
        and not response.has_header("Content-Encoding")
        and _KINDS.match(response.headers.get("Content-Type", "")) is not None
    )


def _compress(response: HttpResponse) -> None:
    response.content = gzip.compress(response.content, _LEVEL, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.content))
    tag = response.headers.get("ETag", "")
    if tag.startswith('"'):  # the same page, but no longer the same bytes (RFC 9110, 8.8.1)
        response.headers["ETag"] = f"W/{tag}"
