"""The calendar and an event's page in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_service import violations

CALENDAR = "/valdres/kalender/"
SCHEMES = ("light", "dark")


def first_event(page: Page) -> str:
    """The address of the first event of the list."""
    page.goto(CALENDAR)
    address = page.locator(".st-happening a").first.get_attribute("href")
    assert address
    return address


def this_month(page: Page) -> None:
    """Go to the month."""
    page.goto(CALENDAR)
    page.get_by_role("link", name="Måned").click()
    page.wait_for_url("**maaned=**")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_list_and_an_event_pass_axe(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's words
    page.goto(CALENDAR)
    assert violations(page) == []
    page.goto(first_event(page))
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_month_passes_axe(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's words
    page.set_viewport_size({"width": 1280, "height": 900})
    this_month(page)
    expect(page.get_by_role("table")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    for path in (CALENDAR, first_event(page), "/valdres/", "/nn/valdres/kalender/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_phone_reads_the_month_as_a_list(page: Page) -> None:
    this_month(page)
    expect(page.get_by_role("table")).to_have_count(0)
    expect(page.locator(".st-happening").first).to_be_visible()


def test_the_list_follows_a_filter_and_the_address_says_it(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(CALENDAR)
    page.get_by_label("Digitalt").check()
    page.wait_for_url("**form=digital")
    expect(page.get_by_role("list", name="Valgte filtre")).to_contain_text("Digitalt")


def test_a_day_of_the_month_is_reached_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    this_month(page)
    day = page.locator(".st-month td a").first
    day.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#dag-**")


def test_all_of_it_is_there_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(
        java_script_enabled=False, base_url=address, viewport={"width": 360, "height": 800}
    )
    page = context.new_page()
    page.goto(CALENDAR)
    page.locator(".st-filters > summary").click()
    page.get_by_label("Ansikt til ansikt").check()
    page.get_by_role("button", name="Vis det som passer").click()
    assert "form=in_person" in page.url
    expect(page.locator(".st-happening").first).to_be_visible()
    page.locator(".st-happening a").first.click()
    expect(page.get_by_role("link", name="Legg i kalenderen min")).to_be_visible()
    context.close()


def test_print_keeps_what_matters(page: Page) -> None:
    page.goto(first_event(page))
    page.emulate_media(media="print")
    expect(page.locator(".st-event-time")).to_be_visible()
    expect(page.get_by_role("link", name="Legg i kalenderen min")).not_to_be_visible()
