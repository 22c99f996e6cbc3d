"""A visitor tells us that something is wrong, without an account, and without JavaScript."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

PATIENCE = 3.2  # seconds: a form that is sent at once is a robot's


def without_javascript(chromium: Browser, address: str) -> Page:
    """A narrow phone that runs no script."""
    context = chromium.new_context(
        base_url=address, java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    return context.new_page()


def first_service(page: Page) -> str:
    """The address of some offer that is on the map."""
    page.goto("/valdres/sok/?q=temakafé")
    return page.locator("ol.st-results a").first.get_attribute("href") or ""


def test_visitor_reports_an_error_by_keyboard_and_without_javascript(
    chromium: Browser, address: str
) -> None:
    page = without_javascript(chromium, address)
    page.goto(first_service(page))
    page.get_by_role("link", name="Er noe feil her?").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Er noe feil her?")
    page.get_by_label("Telefonnummeret").press("Space")
    page.get_by_label(re.compile("Hva skulle det ha stått")).press_sequentially("61 00 00 00")
    time.sleep(PATIENCE)
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tusen takk!")
    assert page.context.cookies() == []
    page.context.close()


def test_form_that_is_sent_at_once_keeps_what_was_written(chromium: Browser, address: str) -> None:
    page = without_javascript(chromium, address)
    page.goto("/valdres/foresla/")
    page.get_by_label("Hva heter det?").fill("Strikkekafé")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Det gikk fort!")
    expect(page.get_by_label("Hva heter det?")).to_have_value("Strikkekafé")
    time.sleep(PATIENCE)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tusen takk!")
    page.context.close()


@pytest.mark.parametrize("path", ["/valdres/foresla/", "/nn/valdres/foresla/"])
def test_trap_is_out_of_the_way_and_the_page_fits_a_narrow_screen(
    path: str, chromium: Browser, address: str
) -> None:
    context = chromium.new_context(base_url=address, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(path)
    trap = page.locator("input[name=nettsted_2]")
    box = trap.locator("..").bounding_box()
    assert box is not None
    assert box["width"] <= 1
    assert trap.get_attribute("tabindex") == "-1"
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


def test_search_that_finds_nothing_leads_to_the_form(chromium: Browser, address: str) -> None:
    page = without_javascript(chromium, address)
    page.goto("/valdres/sok/?q=fallskjermhopping")
    page.get_by_role("link", name="Vet du om hjelp som mangler her?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mangler det noe?")
    page.context.close()
