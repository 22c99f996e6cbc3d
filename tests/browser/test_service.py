"""The page of a service in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CAFE = "/valdres/tilbud/temakafe-fagernes/"
SHELTER = "/valdres/tilbud/krisesenter-valdres/"
PAGES = (
    CAFE,
    SHELTER,
    "/nn/om/tilgjengelighet/",
    "/om/data/",
    "/finnes-ikke/",
    "/valdres/tilbud/nei/",
)


def violations(page: Page) -> list[object]:
    """What axe finds wrong."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_pass_axe(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's words
    page.goto(path)
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_number_to_call_is_on_the_first_two_screens_of_a_phone(page: Page) -> None:
    page.goto(CAFE)
    box = page.get_by_role("link", name="Ring").first.bounding_box()
    assert box is not None
    assert box["y"] < 2 * 740


def test_an_offer_goes_into_the_list(page: Page) -> None:
    page.goto(CAFE)
    page.locator(".st-next-step [data-list-add]").click()
    expect(page.locator("[data-my-list-count]")).to_have_text("1")
    page.locator("[data-my-list]").click()
    expect(page.get_by_role("heading", name="Temakafe Fagernes")).to_be_visible()


def test_a_page_on_violence_is_left_with_three_escapes_and_not_found_with_back(page: Page) -> None:
    page.goto("/-/healthy")
    page.goto(SHELTER)
    page.evaluate("document.querySelector('[data-quick-exit]').href = '/-/healthy?away'")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**/-/healthy?away")
    page.go_back()
    assert "krisesenter" not in page.url


def test_nothing_moves_and_everything_is_there_without_javascript(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(CAFE)
    expect(page.get_by_role("link", name="Legg i lista mi").first).to_have_attribute(
        "href", "/valdres/liste/?t=temakafe-fagernes"
    )
    expect(page.get_by_role("link", name="Last ned som PDF")).to_be_visible()
    expect(page.get_by_role("button", name="Skriv ut")).not_to_be_visible()
    context.close()


def test_print_keeps_what_matters(page: Page) -> None:
    page.goto(CAFE)
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Slik får du det")).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
    expect(page.get_by_role("heading", name="Mer som kan hjelpe")).not_to_be_visible()
    expect(page.locator(".st-tools")).not_to_be_visible()


def test_a_pdf_opens(page: Page) -> None:
    response = page.request.get(f"{CAFE}pdf/")
    assert response.headers["content-type"] == "application/pdf"
    assert response.body().startswith(b"%PDF-")
