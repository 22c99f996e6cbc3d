"""The desk in a real browser: one click from done, by keyboard, with and without JavaScript."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from tests.browser.desk_scenes import Open, pages, signed_in
from tests.browser.test_components import AXE, RULES

DESK = "/skrivebord/"
LIST = f"{DESK}tilbud/"
SHEET = f"{LIST}regneark/"
WHO = "kari@valdres.example"
PAGES = [DESK, f"{DESK}ferskhet/", f"{DESK}mangler/", SHEET]


@pytest.fixture(scope="module")
def session(chromium: Browser, address: str) -> Any:  # noqa: ANN401  (what a browser remembers)
    """The cookies of the region's coordinator."""
    return signed_in(chromium, address, WHO)


@pytest.fixture
def kari(chromium: Browser, address: str, session: Any) -> Iterator[Open]:  # noqa: ANN401
    """Opens pages of hers."""
    yield from pages(chromium, address, session)


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
