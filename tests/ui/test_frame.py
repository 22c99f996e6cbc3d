"""What every page carries: languages, address, urgent numbers."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from samtun.ui import context
from samtun.ui.templatetags import ui


@pytest.mark.parametrize(
    ("path", "bare"),
    [
        ("/valdres/", "/valdres/"),
        ("/nn/valdres/", "/valdres/"),
        ("/en/", "/"),
        ("/nn", "/"),
        ("/nnn/", "/nnn/"),
        ("/english/", "/english/"),
    ],
)
def test_a_path_without_its_language(path: str, bare: str) -> None:
    assert context.without_language(path) == bare


def test_the_language_links_keep_the_search() -> None:
    request = RequestFactory().get("/nn/valdres/sok/", {"q": "søvn & ro"})
    with translation.override("nn"):
        languages = context.page(request)["languages"]
    query = "?q=s%C3%B8vn+%26+ro"
    assert [each.url for each in languages] == [
        f"/valdres/sok/{query}",
        f"/nn/valdres/sok/{query}",
        f"/en/valdres/sok/{query}",
    ]
    assert [each.code for each in languages if each.is_current] == ["nn"]


def test_the_public_address_has_no_search_in_it() -> None:
    request = RequestFactory().get("/valdres/sok/?q=rus")
    with translation.override("nb"):
        page = context.page(request)
    assert page["canonical_url"].endswith("/valdres/sok/")


@pytest.mark.parametrize(
    ("number", "href"),
    [
        ("10 00 12 34", "tel:+4710001234"),
        ("116 117", "tel:116117"),
        ("113", "tel:113"),
        ("+46 8 123", "tel:+468123"),
        ("00 46 8 123", "tel:+468123"),
    ],
)
def test_a_number_can_be_called(number: str, href: str) -> None:
    assert ui.phone_href(number) == href


def test_urgent_numbers_stand_before_everything_else() -> None:
    html = render_to_string("ui/message_page.html", request=RequestFactory().get("/borte/"))
    assert html.index('href="tel:113"') < html.index("<main")
    assert html.count("<main") == 1


def test_a_page_without_a_list_address_has_no_list_link() -> None:
    html = render_to_string("ui/message_page.html", request=RequestFactory().get("/"))
    assert "data-my-list" not in html


def test_an_address_cannot_break_out_of_a_language_link() -> None:
    request = RequestFactory().get('/valdres/"><script>/', {"q": '"><script>'})
    assert "<script>" not in render_to_string("ui/message_page.html", request=request)
