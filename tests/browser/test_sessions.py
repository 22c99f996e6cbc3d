"""A leader runs a session in a real browser, and two come with their phones."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_scenes import Open, pages, signed_in
from tests.browser.test_components import AXE, RULES

SESSIONS = "/skrivebord/opplaering/samlinger/"
WHO = "kari@valdres.example"
OTHER = "lise@nord-aurdal.example"


@pytest.fixture(scope="module")
def session(chromium: Browser, address: str) -> Any:  # noqa: ANN401  (what a browser remembers)
    """The cookies of the region's coordinator."""
    return signed_in(chromium, address, WHO)


@pytest.fixture
def kari(chromium: Browser, address: str, session: Any) -> Iterator[Open]:  # noqa: ANN401
    """Opens pages of hers."""
    yield from pages(chromium, address, session)


def planned(page: Page) -> str:
    """A new session of the first module at the first unit; its address."""
    page.goto(f"{SESSIONS}ny/")
    for name in ("what", "unit"):
        page.locator(f"#id_{name}").select_option(index=1)
    page.get_by_role("button", name="Lag planen").click()
    page.wait_for_url("**/samlinger/*-*/")
    return page.url


def begun(page: Page) -> str:
    """The screen of a new session; its code."""
    planned(page)
    page.get_by_role("button", name="Begynn nå").click()
    page.wait_for_url("**/led/")
    return page.locator(".st-join-code").inner_text()


def passes_axe(page: Page, width: int) -> None:
    """No finding, and nothing beside the screen."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def come_by_name(phone: Page, code: str, name: str) -> None:
    """Types the code and a first name, and gets no cookie."""
    phone.goto("/kurs/med/")
    phone.locator("#kode").fill(code.lower())
    phone.get_by_role("button", name="Gå videre").click()
    phone.locator("#navn").fill(name)
    phone.get_by_role("button", name="Jeg er her").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Du står på lista")
    assert phone.context.cookies() == []


def test_a_session_from_the_code_to_the_proof(
    kari: Open, page: Page, chromium: Browser, address: str
) -> None:
    screen = kari(1280)
    code = begun(screen)
    come_by_name(page, code, "Frida")
    other = signed_in(chromium, address, OTHER)
    for opened in pages(chromium, address, other):
        phone = opened(360)
        phone.goto(f"/kurs/med/{code}/")
        phone.get_by_role("button", name="Jeg er her").click()
        expect(phone.get_by_role("heading", level=1)).to_have_text("Du står på lista")
        break
    expect(screen.locator("[data-count]")).to_have_text("2")  # without loading it again
    screen.locator("#note").fill("Vi spør alle om hvem som er nær")
    expect(screen.locator("[data-said]")).to_have_text("Lagret")
    screen.get_by_role("button", name="Avslutt samlingen").last.click()
    expect(screen.get_by_text("Vi spør alle om hvem som er nær")).to_be_visible()
    screen.get_by_role("link", name="Hvem var her").click()
    expect(screen.get_by_text("Frida", exact=True).first).to_be_visible()
    expect(screen.get_by_text("Har beviset")).to_have_count(1)


def test_two_screens_that_write_at_once_lose_nothing(kari: Open) -> None:
    one, two = kari(1280), kari(1280)
    begun(one)
    two.goto(one.url)
    two.locator("#note").focus()
    one.locator("#note").fill("Fra den ene")
    expect(one.locator("[data-said]")).to_have_text("Lagret")
    two.locator("#note").fill("Fra den andre")
    expect(two.locator("[data-theirs]")).to_have_text("Fra den ene")
    two.get_by_role("button", name="Behold begge").click()
    expect(two.locator("[data-said]")).to_have_text("Lagret")
    one.reload()
    expect(one.locator("#note")).to_have_value("Fra den ene\nFra den andre")


def test_a_note_waits_for_the_line(kari: Open) -> None:
    page = kari(1280)
    begun(page)
    page.context.set_offline(True)
    page.locator("#note").fill("Skrevet uten nett")
    expect(page.locator("[data-said]")).to_contain_text("ikke lagret")
    page.context.set_offline(False)
    expect(page.locator("[data-said]")).to_have_text("Lagret")
    page.reload()
    expect(page.locator("#note")).to_have_value("Skrevet uten nett")


def test_two_tabs_that_wait_for_the_line_keep_both_notes(kari: Open) -> None:
    one = kari(1280)
    begun(one)
    two = one.context.new_page()
    two.goto(one.url)
    for tab in (one, two):
        tab.route("**/notat/", lambda route: route.abort())
    one.locator("#note").fill("Fra den ene")
    two.get_by_role("button", name="Neste").click()
    expect(two.locator("#note")).to_have_value("")
    two.locator("#note").fill("Fra den andre")
    one.locator("#note").fill("Fra den ene, og mer")
    kept = one.evaluate("Object.values(localStorage).join()")
    assert "Fra den ene, og mer" in kept
    assert "Fra den andre" in kept


def test_without_scripts_buttons_do_it_all(kari: Open) -> None:
    page = kari(360, scripts=False)
    begun(page)
    page.locator("#note").fill("Uten skript")
    page.get_by_role("button", name="Lagre notatet").click()
    page.get_by_role("button", name="Neste").click()
    page.get_by_role("button", name="Tilbake").click()
    expect(page.locator("#note")).to_have_value("Uten skript")
    expect(page.locator(".st-timer-plan")).to_be_visible()
    expect(page.locator("[data-left]")).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_pages_pass_axe_and_fit(kari: Open, width: int, scheme: str) -> None:
    page = kari(width, scheme=scheme)
    page.goto(SESSIONS)
    passes_axe(page, width)
    before = planned(page)
    passes_axe(page, width)
    page.get_by_role("button", name="Begynn nå").click()
    page.wait_for_url("**/led/")
    passes_axe(page, width)
    for path in (f"{before}deltakere/", page.locator(".st-join-way").inner_text()):
        page.goto(path if path.startswith("http") else "/kurs/med/")
        passes_axe(page, width)
