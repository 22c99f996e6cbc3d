"""The OpenAPI document is the one agreed on, and holds whatever is asked."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from samtun.api.openapi import document
from tests.factories import directory as make

SNAPSHOT = Path(__file__).parents[2] / "docs" / "openapi.json"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
RENEW = "SAMTUN_RENEW_OPENAPI=1 .venv/bin/pytest tests/api/test_openapi.py"

ROOT, *PATHS = json.loads(document())["paths"]  # the root takes nothing that could be wrong


def test_openapi_document_is_the_snapshot() -> None:
    if os.environ.get("SAMTUN_RENEW_OPENAPI"):
        SNAPSHOT.write_bytes(document())
    assert SNAPSHOT.read_bytes() == document(), f"Meant? Then renew it: {RENEW}"


def test_openapi_document_is_served_to_everybody(client: Client) -> None:
    answer = client.get("/api/hsds/v3/openapi.json")
    assert answer.json()["openapi"].startswith("3.1")
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.fixture
def described(db: None) -> Iterator[schemathesis.BaseSchema]:
    """The document of the running application, which must not end the test's transaction."""
    make.full_service()
    make.postal_code("2900")
    make.region("valdres")
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/hsds/v3/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", PATHS)
def test_whatever_is_asked_the_document_holds(
    described: schemathesis.BaseSchema, path: str, mode: GenerationMode
) -> None:
    @given(case=described[path]["GET"].as_strategy(generation_mode=mode))
    @settings(max_examples=20, derandomize=True, deadline=None)
    def holds(case: schemathesis.Case) -> None:
        as_is = {"Accept-Encoding": "identity"}  # the library does not unpack what it gets
        case.call_and_validate(checks=CHECKS, headers=as_is)

    holds()
