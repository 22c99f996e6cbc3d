"""What every page carries."""

import pytest
from django.test import Client

from tests.factories import directory as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> None:
    """A region to visit."""
    make.region("valdres")


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("path", ["/", "/valdres/", "/valdres/sok/?q=hjelp", "/finnes-ikke/"])
def test_a_page_is_strict_about_what_it_loads(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Permissions-Policy"].startswith("camera=()")


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("path", ["/", "/valdres/", "/valdres/sok/?q=hjelp", "/valdres/liste/"])
def test_no_page_sets_a_cookie(client: Client, path: str) -> None:
    answer = client.get(path)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.usefixtures("region")
def test_only_a_page_with_the_map_open_may_load_the_background(client: Client) -> None:
    assert (
        "cache.kartverket.no" not in client.get("/valdres/sok/").headers["Content-Security-Policy"]
    )
    opened = client.get("/valdres/sok/?kart=1").headers["Content-Security-Policy"]
    assert "img-src 'self' data: https://cache.kartverket.no" in opened
