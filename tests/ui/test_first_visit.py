"""A first visit must be light: the countryside's networks are part of the design."""

import gzip
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from samtun import ui
from samtun.ui import views

BUILD = Path(ui.__file__).parent / "static" / "samtun" / "build"
FIRST_VISIT = ("app.css", "app.js", "theme.js", "young-serif.woff2")


def packed(content: bytes) -> int:
    """Bytes on the wire."""
    return len(gzip.compress(content, 6))


def test_what_a_first_visit_fetches_leaves_room_for_the_page() -> None:
    fetched = sum(packed((BUILD / name).read_bytes()) for name in FIRST_VISIT)
    assert fetched <= 36_000


def test_all_components_together_still_fit_in_sixty_kilobytes() -> None:
    request: HttpRequest = RequestFactory().get("/_components/")
    page = packed(views.components(request).content)
    assert page + sum(packed((BUILD / name).read_bytes()) for name in FIRST_VISIT) <= 60_000


@pytest.mark.parametrize("name", ["app.css", "map.css", "app.js", "theme.js", "search.js"])
def test_nothing_is_fetched_from_elsewhere(name: str) -> None:
    text = (BUILD / name).read_text(encoding="utf-8")
    for address in ("url(http", "url(//", "@import", 'import("http'):
        assert address not in text


def test_no_property_of_the_design_system_is_shipped_unused() -> None:
    css = (BUILD / "app.css").read_text(encoding="utf-8")
    assert "--ds-color-info-base-contrast-subtle" not in css


def test_only_the_map_knows_the_address_of_the_tiles() -> None:
    knowing = [path.name for path in BUILD.glob("*.js") if "kartverket" in path.read_text("utf-8")]
    assert knowing == ["map.js"]
