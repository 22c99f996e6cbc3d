"""What makes a view SCIM: a token says whose employees, and failures are SCIM errors."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import orjson
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from pydantic import ValidationError
from scim2_models import (
    Context,
    Error,
    InvalidSyntaxException,
    PayloadTooLargeException,
    Resource,
    ResponseParameters,
    SCIMException,
    UnauthorizedException,
    UniquenessException,
)

from samtun.api.scim.patching import with_booleans
from samtun.api.scim.schema import PROVIDER, Employee
from samtun.learning.actions import directory_tokens
from samtun.learning.actions.employees import AddressTakenError, AlreadyEmployedError
from samtun.learning.errors import LearningError
from samtun.organisations.models import Organization
from samtun.people.access import public

log = logging.getLogger(__name__)

JSON = "application/scim+json"
LARGEST_BODY = 256 * 1024
View = Callable[..., HttpResponse]
_PARAMETERS: Any = ResponseParameters.__class_getitem__(Employee)


def scim(**views: View) -> View:
    """The views of an address by method. Each gets the request and the employer of the token.

    Public and without CSRF: no cookie means anything here, the token in the header is the whole
    authority, and it opens one employer's list and nothing else.
    """

    @public
    @csrf_exempt
    def respond(request: HttpRequest, **parts: Any) -> HttpResponse:  # noqa: ANN401
        with PROVIDER:
            response = _guarded(views, request, **parts)
        response.headers["Cache-Control"] = "no-store"
        return response

    return respond


def _guarded(views: dict[str, View], request: HttpRequest, **parts: Any) -> HttpResponse:  # noqa: ANN401
    try:
        employer = _employer(request)
        view = views.get(str(request.method))
        if view is None:
            return _not_allowed(views)
        return view(request, employer, **parts)
    except SCIMException as error:
        return failure(error.to_error())
    except ValidationError as error:
        return failure(Error.from_validation_error(error.errors()[0]))
    except LearningError as error:
        return failure(_refused(error))
    except OperationalError:
        return failure(Error(status=503, detail="Busy. Try again in a moment."))
    except Exception as error:  # noqa: BLE001  # whatever it is: its words may quote people
        log.error("SCIM %s failed: %s", request.method, type(error).__name__)
        return failure(Error(status=500, detail="Something went wrong here. Nothing was changed."))


def _employer(request: HttpRequest) -> Organization:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    token = directory_tokens.shown(secret.strip()) if scheme.casefold() == "bearer" else None
    if token is None:
        raise UnauthorizedException(detail="Show a token that holds, as Bearer.")
    return token.employer


def body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent.

    Raises:
        PayloadTooLargeException, InvalidSyntaxException: as they say.
    """
    announced = request.headers.get("Content-Length") or "0"
    if not announced.isdecimal() or int(announced) > LARGEST_BODY:
        raise PayloadTooLargeException(detail="At most 256 kB.")
    try:
        found = orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise InvalidSyntaxException(detail="This is not JSON.") from error
    if not isinstance(found, dict):
        raise InvalidSyntaxException(detail="An object is needed.")
    return with_booleans(found)


def answer(content: dict[str, Any], status: int = 200) -> HttpResponse:
    """JSON as SCIM has it."""
    return HttpResponse(orjson.dumps(content), status=status, content_type=JSON)


def resource_answer(
    request: HttpRequest, resource: Resource[Any], context: Context, status: int = 200
) -> HttpResponse:
    """One resource, with its address and version in the head too."""
    response = answer(resource.model_dump(scim_ctx=context, **asked_for(request)), status)
    if resource.meta and resource.meta.location:
        response.headers["Location"] = str(resource.meta.location)
    if resource.meta and resource.meta.version:
        response.headers["ETag"] = str(resource.meta.version)
    return response


def asked_for(request: HttpRequest) -> dict[str, Any]:
    """Which attributes are wanted, as the writing takes it."""
    names = {"attributes", "excludedAttributes"} & request.GET.keys()
    if not names:
        return {}
    asked = {name: request.GET[name] for name in names}
    return {"response_parameters": _PARAMETERS.model_validate(asked)}


def failure(error: Error) -> HttpResponse:
    """An error as SCIM has it."""
    response = answer(error.model_dump(), error.status or 500)
    if error.status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Samtun"'
    return response


def _refused(error: LearningError) -> Error:
    if isinstance(error, AlreadyEmployedError | AddressTakenError):
        return UniquenessException(detail=str(error)).to_error()
    return Error(status=400, scim_type="invalidValue", detail=str(error))


def _not_allowed(views: dict[str, View]) -> HttpResponse:
    response = failure(Error(status=405, detail="This cannot be done here."))
    response.headers["Allow"] = ", ".join(sorted(views))
    return response
