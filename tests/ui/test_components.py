"""The page of all components, and the rows that must be quick."""

import re
from typing import Any

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from samtun.ui import samples, views


@pytest.fixture
def components() -> str:
    """The component page in bokmål."""
    request: HttpRequest = RequestFactory().get("/_components/")
    with translation.override("nb"):
        return views.components(request).content.decode()


def test_every_component_shows_itself(components: str) -> None:
    for part in ("st-hero", "st-tile", "st-young", "st-exit", "st-facet", "st-result", "st-facts"):
        assert f'class="{part}' in components, part
    assert "<c-" not in components


def test_no_id_is_used_twice(components: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', components)
    assert sorted(ids) == sorted(set(ids))


def test_a_button_for_javascript_only_is_marked_as_such(components: str) -> None:
    buttons = re.findall(
        r"<button[^>]*data-(?:print|copy|share|near|theme-toggle)[^>]*>", components
    )
    assert len(buttons) >= 5
    assert [button for button in buttons if "st-js" not in button] == []


def test_text_in_another_language_says_so_to_eye_and_ear() -> None:
    with translation.override("nb"):
        html = render_to_string("ui/results.html", samples.context() | {"language": "nb"})
    assert '<h3 lang="nn">' in html
    assert "Teksten er på nynorsk" in html


@pytest.mark.parametrize("field", ["name", "summary", "organization", "slug", "url"])
def test_a_row_escapes_what_others_wrote(field: str) -> None:
    row: dict[str, Any] = {**samples.context()["rows"][0], field: '"><img src=x>'}
    assert "<img" not in render_to_string("ui/results.html", {"rows": [row]})


def test_a_chosen_filter_without_hits_can_still_be_taken_away() -> None:
    option = {"value": "x", "label": "X", "count": 0, "is_chosen": True}
    facet = {"name": "behov", "title": "Behov", "options": [option]}
    html = render_to_string("ui/facets.html", {"facets": [facet]})
    assert "checked" in html
    assert "st-option-none" not in html


def test_one_page_of_results_needs_no_pagination() -> None:
    assert render_to_string("ui/pagination.html", {"pages": {}}).strip() == ""
