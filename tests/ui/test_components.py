"""The page of all components, and the rows that must be quick."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation

from samtun.ui import filters, views
from samtun.ui.paging import Page, pagination
from samtun.ui.rows import Row, fact, rows


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


def test_text_in_another_language_says_so_to_eye_and_ear(components: str) -> None:
    assert '<h3 lang="nn">' in components
    assert "Teksten er på nynorsk" in components


@pytest.mark.parametrize("field", ["slug", "url", "name", "lang", "place", "summary", "add_url"])
def test_a_row_escapes_what_others_wrote(field: str) -> None:
    row = Row("a", "/a/", "A", add_url="/liste/?t=a")
    assert "<img" not in rows([replace(row, **{field: '"><img src=x>'})])  # type: ignore[arg-type]


def test_a_fact_escapes_what_others_wrote() -> None:
    assert "<img" not in fact("<img src=x>", "strong", url='"><img src=x>')


def test_a_row_can_be_added_or_taken_off_but_need_not_be() -> None:
    add = rows([Row("a", "/a/", "A", add_url="/liste/?t=a")])
    take_off = rows([Row("a", "/a/", "A", remove_url="/liste/?t=")])
    assert 'href="/liste/?t=a" rel="nofollow" data-list-add="a"' in add
    assert 'data-list-remove="a"' in take_off
    assert "data-list" not in rows([Row("a", "/a/", "A")])


def test_an_option_escapes_what_others_wrote() -> None:
    option = filters.Option('"><img>', '"><img>', "<img>")
    assert "<img" not in option.html(1, is_chosen=False)
    assert "<img" not in filters.group("<img>", [], is_open=True)


def test_a_chosen_filter_without_hits_can_still_be_taken_away() -> None:
    option = filters.Option("behov", "x", "X")
    assert "checked" in option.html(0, is_chosen=True)
    assert "st-option-none" not in option.html(0, is_chosen=True)
    assert "st-option-none" in option.html(0, is_chosen=False)


@pytest.mark.parametrize("links", [filters.chips, filters.choices])
def test_links_escape_and_are_nothing_when_there_are_none(
    links: Callable[[list[filters.Link]], str],
) -> None:
    assert links([]) == ""
    assert "<img" not in links([filters.Link("<img>", '"><img>')])


def test_one_page_of_results_needs_no_pagination() -> None:
    assert pagination([Page(1, "?", is_current=True)]) == ""


def test_pages_name_themselves_and_leave_gaps() -> None:
    with translation.override("nb"):
        html = pagination([Page(1, "?a&b"), None, Page(9, "?9", is_current=True)], next_url="?10")
    assert 'href="?a&amp;b" aria-label="Side 1"' in html
    assert "<li></li>" in html
    assert html.count('aria-current="true"') == 1


def test_hot_words_follow_the_language() -> None:
    said = []
    for language in ("nb", "nn", "en"):
        with translation.override(language):
            said.append(filters.chips([filters.Link("X", "?")], "?"))
    assert len(set(said)) == 3
