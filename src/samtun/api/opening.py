"""What makes a view open data: anybody may read it, from any web page, and nothing else."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from samtun.api.problems import not_found, problem
from samtun.people.access import public

View = Callable[..., HttpResponseBase]

_ALLOWED = "GET, HEAD, OPTIONS"
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_LANGUAGES = ("nb", "nn", "en")


def open_data(view: View) -> View:
    """Answer GET, HEAD and OPTIONS to everybody; any other method is a 405 problem."""

    @public
    @csrf_exempt
    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        response = _response(view, request, *args, **kwargs)
        for name, value in _OPEN.items():
            response.headers[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        asked = request.GET.get("lang", "")
        response.headers["Content-Language"] = asked if asked in _LANGUAGES else "nb"
        return response

    return respond


def unknown(request: HttpRequest) -> HttpResponse:
    """No open data here."""
    return not_found()


def _response(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
    if request.method == "OPTIONS":
        return _preflight()
    if request.method == "GET":
        return view(request, *args, **kwargs)
    if request.method == "HEAD":
        request.method = "GET"
        return _without_body(view(request, *args, **kwargs))
    answer = problem(HTTPStatus.METHOD_NOT_ALLOWED, "The open data can only be read.")
    answer.headers["Allow"] = _ALLOWED
    return answer


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=HTTPStatus.NO_CONTENT,
        headers={
            "Allow": _ALLOWED,
            "Access-Control-Allow-Methods": _ALLOWED,
            "Access-Control-Allow-Headers": "*",
            "Access-Control-Max-Age": "86400",
        },
    )


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """The head of an answer; with the length its body would have, where that is known."""
    kept: dict[str, Any] = {"status": response.status_code, "headers": dict(response.headers)}
    head: HttpResponseBase = StreamingHttpResponse((), **kept)  # nobody gives it a length of 0
    if isinstance(response, HttpResponse):
        head = HttpResponse(**kept)
        head.headers["Content-Length"] = str(len(response.content))
    response.close()
    return head
