"""The OpenAPI 3.1 document: what django-ninja knows, and what it cannot say by itself."""

from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from samtun.api.answers import json_bytes
from samtun.api.views import ROOT, api


@cache
def document() -> bytes:
    """The document as it is served and kept in docs/openapi.json."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=ROOT))
    made["servers"] = [{"url": "/"}]
    made["paths"] = {path.rstrip("/") or "/": ops for path, ops in made["paths"].items() if ops}
    for path, operations in made["paths"].items():
        for status, answer in operations["get"]["responses"].items():
            _say_how(path, int(status), answer)
    options = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(made, option=options)


def _say_how(path: str, status: int, answer: dict[str, Any]) -> None:
    content = answer["content"]
    if status != 200:
        answer["content"] = {"application/problem+json": content["application/json"]}
    elif path.count("/") == 4 and "{" not in path:
        content["application/x-ndjson"] = {"schema": {"type": "string"}}


def served(request: HttpRequest) -> HttpResponse:
    """The document."""
    return json_bytes(request, document())
