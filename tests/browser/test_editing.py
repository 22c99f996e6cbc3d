"""Writing an offer in a real browser: by keyboard, without JavaScript, with what is typed kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_scenes import Open, pages, signed_in
from tests.browser.test_components import AXE, RULES

LIST = "/skrivebord/tilbud/"
NEW = "/skrivebord/tilbud/nytt/"
WHO = "randi@valdres.example"


@pytest.fixture(scope="module")
def session(chromium: Browser, address: str) -> Any:  # noqa: ANN401  (what a browser remembers)
    """The cookies of the region's editor."""
    return signed_in(chromium, address, WHO)


@pytest.fixture
def editor(chromium: Browser, address: str, session: Any) -> Iterator[Open]:  # noqa: ANN401
    """Opens pages of hers."""
    yield from pages(chromium, address, session)


def first_offer(page: Page) -> str:
    """The address of an offer with places and hours."""
    page.goto(f"{LIST}?q=temakafe")
    return page.locator("th[scope=row] a").first.get_attribute("href") or ""


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("what", ["list", "new", "offer", "history"])
def test_the_pages_pass_axe_and_fit(editor: Open, width: int, scheme: str, what: str) -> None:
    page = editor(width, scheme=scheme)
    offer = first_offer(page)
    page.goto({"list": LIST, "new": NEW, "offer": offer, "history": f"{offer}historikk/"}[what])
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_draft_is_kept_and_shown_while_one_types(editor: Open) -> None:
    page = editor()
    page.goto(NEW)
    with page.expect_response("**/nytt/utkast/") as kept:
        page.locator("#id_nb-name").focus()
        page.keyboard.type("Turgruppe for pårørende")
    assert kept.value.ok
    expect(page.locator(".st-preview-name")).to_have_text("Turgruppe for pårørende")
    expect(page.locator("[data-draft-state]")).not_to_be_empty()
    page.goto(NEW)
    page.locator("a[href*='?utkast=']").first.click()
    expect(page.locator("#id_nb-name")).to_have_value("Turgruppe for pårørende")
    page.goto(NEW)
    page.locator("button[value^='discard:']").first.click()
    expect(page.locator("a[href*='?utkast=']")).to_have_count(0)


def test_rows_come_and_go_by_keyboard(editor: Open) -> None:
    page = editor()
    page.goto(NEW)
    page.locator("#add-phones").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_phones-1-number")).to_be_focused()
    page.keyboard.type("61 00 00 00")
    page.locator("[data-row='phones-0'] [data-remove-row]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-row^='phones-']")).to_have_count(1)
    expect(page.locator("#id_phones-1-number")).to_have_value("61 00 00 00")
    page.locator("#id_nb-name").press("Enter")
    assert page.url.endswith(NEW)


def test_a_text_is_copied_from_the_other_language(editor: Open) -> None:
    page = editor()
    page.goto(NEW)
    page.locator("#id_nb-summary").fill("Vi går tur")
    page.locator("[data-take-to='id_nn-summary']").click()
    expect(page.locator("#id_nn-summary")).to_have_value("Vi går tur")


def test_an_offer_is_made_without_javascript(editor: Open) -> None:
    page = editor(scripts=False)
    page.goto(NEW)
    page.locator("#id_organization").select_option(index=1)
    page.locator("#id_nb-name").fill("Strikkekveld uten skript")
    page.locator("#add-hours").click()
    page.locator("#id_hours-0-opens_at").fill("18:00")
    page.locator("#id_nb-summary").fill("Vi strikker")
    page.locator("button[value=publish]").first.click()
    expect(page.locator(".ds-error-summary a[href='#id_hours-0-days']")).to_be_visible()
    expect(page.locator("#id_nb-summary")).to_have_value("Vi strikker")
    page.locator("input[name='hours-0-days'][value=TU]").check()
    page.locator("button[value='copy:nb:nn']").click()
    expect(page.locator("#id_nn-name")).to_have_value("Strikkekveld uten skript")
    page.locator("button[value=save]").first.click()
    page.wait_for_url("**/tilbud/*-*-*/?lagret=*")
    page.locator("button[value=publish]").first.click()
    expect(page.locator("h1")).to_have_text("Strikkekveld uten skript")


def test_what_was_typed_survives_being_signed_out(editor: Open) -> None:
    page = editor()
    page.goto(NEW)
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.locator("#id_nb-name").fill("Skrevet etter utlogging")
    expect(page.locator("[data-draft-state] a")).to_be_visible()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # as they were given
    page.locator("[data-draft-state] a").click()
    page.locator("[data-stash-use]").click()
    expect(page.locator("#id_nb-name")).to_have_value("Skrevet etter utlogging")


def test_two_at_once_lose_nothing(editor: Open) -> None:
    first, second = editor(), editor()
    offer = first_offer(first)
    first.goto(offer)
    second.goto(offer)
    first.locator("#id_nb-summary").fill("Den første skrev dette.")
    first.locator("button[value=save]").first.click()
    first.wait_for_url("**lagret**")
    second.locator("#id_nb-summary").fill("Den andre skrev dette.")
    second.locator("button[value=save]").first.click()
    meanwhile = second.locator("#meanwhile")
    expect(meanwhile).to_contain_text("Den første skrev dette.")
    expect(meanwhile).to_contain_text("Den andre skrev dette.")
    second.locator("button[value='take:texts.nb.summary']").click()
    expect(second.locator("#id_nb-summary")).to_have_value("Den første skrev dette.")
