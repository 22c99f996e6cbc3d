"""A tired carer, and a frightened child, in a real browser on the example region."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/",
    "/?sted=oslo",
    "/valdres/?kommune=3454",
    "/valdres/barn-og-unge/",
    "/valdres/sok/?q=avlastnig&behov=avlastning&sted=2900",
    "/valdres/sok/?q=pappa slår mamma",
    "/nn/valdres/sok/?q=qwrtplx",
    "/nn/valdres/liste/?t=temakafe-fagernes,finnes-ikke",
    "/en/valdres/sok/?q=respite&side=2",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_passes_axe_and_fits_the_window(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's words
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_everyday_words_lead_to_an_offer(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Hvor bor du?").fill("vang")
    page.keyboard.press("Enter")
    page.get_by_label("Skriv med dine egne ord").fill("sliten av å passe på mannen min")
    page.keyboard.press("Enter")
    expect(page.locator(".st-result").first).to_contain_text("vlast")
    assert "kommune=3454" in page.url


def test_results_follow_a_filter_and_back_undoes_it(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/valdres/sok/?q=avlastning")
    status = page.get_by_role("status").first
    before = status.inner_text()
    page.get_by_label("Etnedal").check()
    expect(status).not_to_have_text(before)
    assert "kommune=3450" in page.url
    expect(page.get_by_label("Etnedal")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("status").first).to_have_text(before)


def test_the_map_shows_the_places_of_the_list_only_when_asked(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(base_url=address, locale="nb-NO")
    page = context.new_page()
    page.route("https://cache.kartverket.no/**", lambda route: route.abort())
    page.goto("/valdres/sok/?q=temakafe")
    page.get_by_role("link", name="Vis på kart").click()
    expect(page.locator(".st-pin").first).to_be_visible()
    assert page.locator(".st-pin").count() > 1
    context.close()


def test_an_offer_is_kept_and_found_again_in_the_list(page: Page) -> None:
    page.goto("/valdres/sok/?q=temakafe fagernes")
    name = page.locator(".st-result h3").first.inner_text()
    page.locator("[data-list-add]").first.click()
    page.get_by_role("link", name="Lista mi").click()
    expect(page.locator(".st-result h3")).to_have_text([name])


def test_a_child_can_leave_in_a_hurry(page: Page) -> None:
    page.route("https://www.yr.no/**", lambda route: route.fulfill(body="weather"))
    page.goto("/valdres/barn-og-unge/")
    link = page.locator("[data-quick-exit]")
    assert (link.get_attribute("href") or "").startswith("https://www.yr.no")
    page.evaluate("document.querySelector('[data-quick-exit]').href = '/'")
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("Du hjelper noen. Hvem hjelper deg?")


def test_all_of_it_works_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(
        java_script_enabled=False, base_url=address, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    page.goto("/valdres/sok/?q=avlastning")
    page.locator("details.st-filters > summary").click()
    page.get_by_label("Etnedal").check()
    page.get_by_role("button", name="Vis det som passer").click()
    assert "kommune=3450" in page.url
    page.locator("[data-list-add]").first.click()
    page.get_by_role("link", name="Finn flere").click()
    page.locator("[data-list-add]").nth(1).click()
    expect(page.locator(".st-result")).to_have_count(2)
    context.close()
