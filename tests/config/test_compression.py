"""Answers are small on the way, and the same when they arrive."""

import gzip
from collections.abc import Iterator

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from samtun.config.compression import SMALLEST, compressed
from tests.factories import directory as make

LONG = "Hva trenger du hjelp til? " * 100


def answer(response: HttpResponseBase, accepts: str = "gzip, deflate, br") -> HttpResponseBase:
    """`response` as a browser that accepts these encodings gets it."""
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepts})
    return compressed(lambda _request: response)(request)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    "kind",
    ["text/html; charset=utf-8", "application/json", "application/problem+json", "image/svg+xml"],
)
def test_text_is_compressed_and_comes_out_the_same(kind: str) -> None:
    got = answer(HttpResponse(LONG, content_type=kind))
    assert isinstance(got, HttpResponse)
    assert got.headers["Content-Encoding"] == "gzip"
    assert got.headers["Content-Length"] == str(len(got.content))
    assert len(got.content) < len(LONG) / 5
    assert gzip.decompress(got.content).decode() == LONG


@pytest.mark.parametrize("accepts", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br", "xgzip2"])
def test_who_does_not_take_gzip_gets_plain_text_that_caches_keep_apart(accepts: str) -> None:
    got = answer(HttpResponse(LONG), accepts)
    assert "Content-Encoding" not in got.headers
    assert got.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepts", ["gzip", "br, GZIP", "gzip;q=0.5", "gzip; q=0.01, *;q=0"])
def test_who_takes_gzip_in_any_spelling_gets_it(accepts: str) -> None:
    assert answer(HttpResponse(LONG), accepts).headers["Content-Encoding"] == "gzip"


def _lines() -> Iterator[bytes]:
    yield LONG.encode()


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("a" * (SMALLEST - 1)),
        HttpResponse(LONG, content_type="application/pdf"),
        HttpResponse(LONG, headers={"Content-Encoding": "identity"}),
        StreamingHttpResponse(_lines(), content_type="application/json"),
    ],
    ids=["small", "pdf", "encoded already", "stream"],
)
def test_what_gains_nothing_is_left_alone(response: HttpResponseBase) -> None:
    before = dict(response.headers)
    assert dict(answer(response).headers) == before


@pytest.mark.parametrize(("tag", "sent"), [('"abc"', 'W/"abc"'), ('W/"abc"', 'W/"abc"')])
def test_a_tag_promises_the_page_but_no_longer_its_bytes(tag: str, sent: str) -> None:
    assert answer(HttpResponse(LONG, headers={"ETag": tag})).headers["ETag"] == sent


@pytest.mark.django_db
def test_results_travel_light_and_still_vary_by_what_htmx_asks_for(client: Client) -> None:
    make.region("valdres")
    got = client.get("/valdres/sok/?q=hjelp", headers={"Accept-Encoding": "gzip"})
    assert len(got.content) < 10_000
    assert b"<!doctype html>" in gzip.decompress(got.content)
    assert {"HX-Request-Type", "Accept-Encoding"} <= set(got.headers["Vary"].split(", "))


@pytest.mark.django_db
def test_open_data_that_is_known_already_is_not_sent_again(client: Client) -> None:
    for number in range(5):
        make.service(name=f"Tilbud {number}", slug=f"tilbud-{number}")
    asked = "/api/hsds/v3/services"
    first = client.get(asked, headers={"Accept-Encoding": "gzip"})
    assert first.headers["ETag"].startswith("W/")
    again = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    assert client.get(asked, headers=again).status_code == 304
