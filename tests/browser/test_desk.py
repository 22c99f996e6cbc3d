"""The desk in a real browser: one click from done, by keyboard, with and without JavaScript."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_components import AXE, RULES

DESK = "/skrivebord/"
LIST = f"{DESK}tilbud/"
SHEET = f"{LIST}regneark/"
WHO = "kari@valdres.example"
PAGES = [DESK, f"{DESK}ferskhet/", f"{DESK}mangler/", SHEET]
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def session(chromium: Browser, address: str) -> Any:  # noqa: ANN401  (what a browser remembers)
    """The cookies of the region's coordinator, who has signed in with password and code."""
    context = chromium.new_context(base_url=address, locale="nb-NO")
    page = context.new_page()
    page.goto("/utboks/")
    said = page.locator("li", has_text=WHO).locator("strong")
    password, code = said.nth(1).inner_text(), said.nth(2).inner_text()
    page.goto(f"/konto/logg-inn/?next={DESK}")
    page.locator("input[type=email], input[name=login]").first.fill(WHO)
    page.locator("input[type=password]").fill(password)
    page.keyboard.press("Enter")
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{DESK}")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def kari(chromium: Browser, address: str, session: Any) -> Iterator[Open]:  # noqa: ANN401
    """Opens an empty page of hers: `kari(width, scheme=…, scripts=…)`."""
    contexts: list[BrowserContext] = []

    def opened(width: int = 1280, *, scheme: Any = "light", scripts: bool = True) -> Page:  # noqa: ANN401
        context = chromium.new_context(
            base_url=address, locale="nb-NO", storage_state=session, color_scheme=scheme,
            java_script_enabled=scripts, viewport={"width": width, "height": 900},
        )  # fmt: skip
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("path", PAGES)
def test_the_pages_pass_axe_and_fit(kari: Open, width: int, scheme: str, path: str) -> None:
    page = kari(width, scheme=scheme)
    page.goto(path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_press_of_a_key_is_done_and_back(kari: Open) -> None:
    page = kari(scripts=False)
    page.goto(DESK)
    buttons = page.get_by_role("button", name="Fortsatt riktig")
    before = buttons.count()
    buttons.last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{DESK}")
    expect(page.get_by_role("status")).to_contain_text("bekreftet")
    assert before > 0


def test_many_are_changed_without_scripts_and_told_before(kari: Open) -> None:
    page = kari(360, scripts=False)
    page.goto(LIST)
    for number in range(2):
        page.locator(".st-choose input").nth(number).check()
    page.locator("form[action*=samlet] button").first.click()
    page.locator("#bulk-needs > summary").click()
    page.locator("input[name=needs]").nth(3).check()
    page.locator("button[value=needs]").click()
    expect(page.locator("main table tbody tr")).to_have_count(2)
    page.locator("button[name=bekreft]").click()
    expect(page.locator("main table tbody tr")).to_have_count(2)


def test_all_on_the_page_are_chosen_with_one_key_and_counted(kari: Open) -> None:
    page = kari()
    page.goto(LIST)
    page.locator("thead input[type=checkbox]").focus()
    page.keyboard.press("Space")
    chosen = page.locator(".st-choose input:checked").count()
    expect(page.locator(".st-chosen")).to_contain_text(str(chosen))
    page.locator(".st-choose input").first.uncheck()
    expect(page.locator(".st-chosen")).to_contain_text(str(chosen - 1))


def test_a_spreadsheet_goes_out_and_in_again(kari: Open, tmp_path: Path) -> None:
    page = kari(scripts=False)
    page.goto(SHEET)
    with page.expect_download() as download:
        page.locator("a[href$='tilbud.xlsx']").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[2] if cell.value == "summary.en")
    sheet.cell(3, column).value = "Written in a spreadsheet."
    book.save(tmp_path / "inn.xlsx")
    page.set_input_files("#file", tmp_path / "inn.xlsx")
    page.locator("main form button").click()
    expect(page.locator("main ins")).to_have_text("Written in a spreadsheet.")
    page.locator("main form button").first.click()
    expect(page.locator("main table tbody tr")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("lagret")
