"""The page of all components in a real browser: accessible, whole at every size, calm."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGE = "/_components/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_all_components_pass_axe(page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's words
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(PAGE)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(PAGE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_tab_stop_leads_past_the_frame(page: Page) -> None:
    page.goto(PAGE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_evening_is_remembered_once_chosen(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(PAGE)
    assert page.evaluate("localStorage.length") == 0
    page.locator("[data-theme-toggle]").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-color-scheme", "dark")
    page.locator("[data-theme-toggle]").click()
    assert page.evaluate("localStorage.length") == 0


def test_an_offer_goes_into_the_list_and_out_again(page: Page) -> None:
    page.goto(PAGE)
    button = page.locator('[data-list-add="temakafe-fagernes"]')
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-my-list-count]")).to_have_text("1")
    expect(page.locator("[data-my-list]")).to_have_attribute(
        "href", "/valdres/liste/?t=temakafe-fagernes"
    )
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("localStorage.length") == 0


def test_filters_are_tucked_away_on_a_phone_and_open_where_there_is_room(page: Page) -> None:
    page.goto(PAGE)
    expect(page.locator(".st-facet").first).not_to_be_visible()
    page.locator(".st-filters > summary").click()
    expect(page.locator(".st-facet").first).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".st-filters > summary")).not_to_be_visible()
    expect(page.locator(".st-facet").first).to_be_visible()


def test_three_escapes_leave_the_page(page: Page) -> None:
    page.goto(PAGE)
    page.evaluate("document.querySelector('[data-quick-exit]').href = '/-/healthy'")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**/-/healthy")


def test_nothing_moves_unasked(page: Page) -> None:
    page.goto(PAGE)
    assert page.evaluate("document.getAnimations().length") == 0


def test_without_javascript_no_button_is_dead(page: Page) -> None:
    page.route("**/*.js", lambda route: route.abort())
    page.goto(PAGE)
    for attribute in ("print", "copy", "share", "near", "map", "theme-toggle"):
        assert page.locator(f"[data-{attribute}]").filter(visible=True).count() == 0, attribute
    expect(page.locator("[data-quick-exit]")).to_be_visible()
