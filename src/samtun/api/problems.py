"""What went wrong, as RFC 9457 problem details."""

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

log = logging.getLogger(__name__)


class WrongParameter(Exception):  # noqa: N818  (named for what the caller did, not for Python)
    """A parameter is well formed, but names or combines what does not exist."""

    def __init__(self, parameter: str, detail: str) -> None:
        super().__init__(detail)
        self.parameter = parameter
        self.detail = detail


def problem(status: HTTPStatus, detail: str, errors: Sequence[dict[str, str]] = ()) -> HttpResponse:
    """An answer that says what went wrong; `errors` name the parameters at fault."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
    if errors:
        body["errors"] = list(errors)
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")


def not_found(detail: str = "There is nothing public at this address.") -> HttpResponse:
    """The same for what never existed and for what must not be shown."""
    return problem(HTTPStatus.NOT_FOUND, detail)


def handle_on(api: NinjaAPI) -> None:
    """Let every failure of `api` answer as a problem."""
    handlers: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
        ValidationError: _malformed,
        WrongParameter: _wrong,
        Http404: _missing,
        SuspiciousOperation: _suspicious,
        OperationalError: _unavailable,
        Exception: _unexpected,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What is no identifier cannot be an address, so a malformed one in the path is a 404."""
    if any(each["loc"][0] == "path" for each in error.errors):
        return not_found()
    errors = [{"parameter": str(each["loc"][-1]), "detail": each["msg"]} for each in error.errors]
    return problem(HTTPStatus.BAD_REQUEST, "A parameter cannot be understood.", errors)


def _wrong(request: HttpRequest, error: WrongParameter) -> HttpResponse:
    errors = [{"parameter": error.parameter, "detail": error.detail}]
    return problem(HTTPStatus.BAD_REQUEST, "A parameter cannot be used so.", errors)


def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return not_found()


def _suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    return problem(HTTPStatus.BAD_REQUEST, "The request cannot be read.")


def _unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The database is locked, full or away: nothing is lost, and it passes."""
    log.error("open data: database cannot answer: %s", type(error).__name__)
    answer = problem(
        HTTPStatus.SERVICE_UNAVAILABLE, "The database cannot answer now; try again in a minute."
    )
    answer.headers["Retry-After"] = "60"
    return answer


def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("open data: unexpected error", exc_info=error)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here; it is logged.")
