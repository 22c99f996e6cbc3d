"""Making a meeting in a real browser: by keyboard, on a phone, without JavaScript."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_scenes import Open, pages, signed_in
from tests.browser.test_components import AXE, RULES

LIST = "/skrivebord/moteplasser/"
NEW = f"{LIST}ny/"
WHO = "randi@valdres.example"
FIRST = date.today() + timedelta(days=30)  # noqa: DTZ011  (a day that a person chooses)


@pytest.fixture(scope="module")
def session(chromium: Browser, address: str) -> Any:  # noqa: ANN401  (what a browser remembers)
    """The cookies of the region's editor."""
    return signed_in(chromium, address, WHO)


@pytest.fixture
def editor(chromium: Browser, address: str, session: Any) -> Iterator[Open]:  # noqa: ANN401
    """Opens pages of hers."""
    yield from pages(chromium, address, session)


def choose(page: Page, box: str, presses: str) -> None:
    """Go to the box and press keys there."""
    page.locator(box).focus()
    for key in presses.split():
        page.keyboard.press(key)


def fill_in(page: Page, name: str) -> None:
    """A weekly series for the whole region, that people sign up for."""
    choose(page, "#id_organization", "ArrowDown")
    page.locator("#id_nb-name").focus()
    page.keyboard.type(name)
    choose(page, "#id_kind_0", "ArrowDown")  # again and again
    page.locator("#id_on").fill(FIRST.isoformat())
    page.locator("#id_begins").fill("18:00")
    page.locator("#id_ends").fill("20:00")
    page.locator("#id_times").focus()
    page.keyboard.type("4")
    choose(page, "#id_regions_valdres", "Space")
    choose(page, "#id_meets_in_person", "Space")
    choose(page, "#id_sign_up_0", "ArrowDown ArrowDown")  # sign up
    page.locator("#id_capacity").focus()
    page.keyboard.type("12")


def test_a_series_is_made_on_a_phone_by_keyboard_without_scripts(editor: Open) -> None:
    page = editor(360, scripts=False)
    page.goto(NEW)
    expect(page.locator("#id_times")).to_be_hidden()  # once is the default
    fill_in(page, "Kveldskafé for pårørende")
    choose(page, "button[value=dates]", "Enter")
    shown = page.locator(".st-event-shown li")
    expect(shown).to_have_count(4)
    expect(shown.first).to_contain_text("18:00–20:00")
    expect(page.locator("#id_nb-name")).to_have_value("Kveldskafé for pårørende")
    choose(page, "button[value=publish]", "Enter")
    page.wait_for_url("**/moteplasser/*-*/")
    page.get_by_role("link", name="Datoer og plasser").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_is_wrong_is_led_to(editor: Open) -> None:
    page = editor(360, scripts=False)
    page.goto(NEW)
    fill_in(page, "")
    choose(page, "button[value=save]", "Enter")
    link = page.locator("#problems a").first
    expect(link).to_be_visible()
    link.press("Enter")
    expect(page.locator("#id_nb-name")).to_be_in_viewport()
    expect(page.locator("#id_capacity")).to_have_value("12")


def the_page(page: Page, what: str) -> None:
    """Go to the page called `what`, of the first meeting there is."""
    page.goto(LIST)
    one = page.locator("th[scope=row] a").first.get_attribute("href") or ""
    if what == "date":
        page.goto(f"{one}datoer/")
        page.locator("a[href*='/dato/']").first.click()
        return
    page.goto({"list": LIST, "new": NEW}.get(what) or one + what.removeprefix("form"))


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("what", ["list", "new", "form", "datoer/", "date", "avlys/", "kopier/"])
def test_the_pages_pass_axe_and_fit(editor: Open, width: int, scheme: str, what: str) -> None:
    page = editor(width, scheme=scheme)
    the_page(page, what)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
