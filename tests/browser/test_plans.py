"""Training plans in a real browser: written, agreed on, followed and mapped for."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk_scenes import Open, pages, signed_in
from tests.browser.test_service import violations

ROOM = "/skrivebord/opplaering/"
ADVISER = "ada@parorendesenteret.example"
LEADER = "lise@nord-aurdal.example"
HEAD_OF_UNIT = "gro.vik.eksempelsen@nord-aurdal.example"
EDITOR = "randi@valdres.example"
OUTSIDER = "guri@vang.example"
EXAMPLE = "Opplæringsplan for pårørendearbeid i Valdres"
EMPLOYEES = """Navn;E-post;Ansattnummer;Enhet;Stilling;Yrke;Første dag
Prøve Nettleser;prove.nettleser@nord-aurdal.example;9901;Nord-Aurdal helsetun;Lege;Lege;2024-01-08
"""


@pytest.fixture(scope="module")
def sessions(chromium: Browser, address: str) -> dict[str, Any]:
    """What a browser remembers of each of them, once they have signed in."""
    return {}


@pytest.fixture
def desk_of(chromium: Browser, address: str, sessions: dict[str, Any]) -> Iterator[Any]:
    """`desk_of(who)(width, …)` opens an empty page of theirs."""
    opened: list[Iterator[Open]] = []

    def of(who: str) -> Open:
        if who not in sessions:
            sessions[who] = signed_in(chromium, address, who)
        opened.append(pages(chromium, address, sessions[who]))
        return next(opened[-1])

    yield of
    for each in opened:
        next(each, None)


def example_plan(page: Page) -> str:
    """The address of the region's plan."""
    page.goto(f"{ROOM}planer/")
    href = page.get_by_role("link", name=EXAMPLE, exact=True).get_attribute("href")
    assert href is not None
    return href


def new_plan(page: Page, title: str) -> str:
    """A plan of Nord-Aurdal that the adviser has begun; its address."""
    page.goto(f"{ROOM}planer/ny/")
    page.locator("#id_title").fill(title)
    page.locator("#id_owner").select_option(label="Nord-Aurdal")
    page.get_by_role("button", name="Lag utkastet").click()
    page.wait_for_url("**/skriv/")
    return page.url.removesuffix("skriv/")


def written(page: Page) -> None:
    """Days, a goal and something to learn."""
    page.locator("#id_starts_on").fill("2030-01-01")
    page.get_by_role("button", name="Ett mål til").click()
    page.locator("#id_goal-0-text").fill("Alle pårørende blir spurt")
    page.locator("#id_goal-0-indicator").fill("Andel som er spurt")
    page.get_by_role("button", name="Én ting til å lære").click()
    page.locator("#id_item-0-kind").select_option("activity")
    page.locator("#id_item-0-title").fill("Snakk sammen på personalmøtet")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def put_away(page: Page, plan: str) -> None:
    """So that nobody else's list has it."""
    page.goto(f"{plan}arkiv/")
    page.locator("main form button").first.click()


def pressed(page: Page, name: str) -> None:
    """Comes to a button by the keyboard alone, and presses it."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            page.keyboard.press("Enter")
            return
    pytest.fail(f"the keyboard comes to no button called {name}")


def test_a_plan_from_the_draft_to_the_yes_of_both_sides(desk_of: Any) -> None:  # noqa: ANN401
    ada, lise, guri = (desk_of(who)(360) for who in (ADVISER, LEADER, OUTSIDER))
    plan = new_plan(ada, "Prøveplan fra nettleseren")
    written(ada)
    ada.locator("input[name=then]").check()
    ada.get_by_role("button", name="Lagre utkastet", exact=True).click()
    ada.wait_for_url("**/enig/")
    ada.get_by_role("button", name="Ja, vi er enige").click()
    assert guri.goto(plan).status == 404  # type: ignore[union-attr]  # there is an answer
    assert guri.goto(f"{plan}enig/").status == 404  # type: ignore[union-attr]
    lise.goto(f"{plan}enig/")
    pressed(lise, "Ja, vi er enige om dette")
    expect(lise.get_by_text("Dere er enige om versjon 1.")).to_be_visible()
    put_away(ada, plan)


def test_rows_of_the_draft_stand_folded_and_what_is_wrong_opens_without_scripts(
    desk_of: Any,  # noqa: ANN401
) -> None:
    page = desk_of(ADVISER)(360, scripts=False)
    page.goto(f"{example_plan(page)}skriv/")
    box = page.locator("#id_item-1-minutes")
    expect(box).to_be_hidden()
    page.locator("#item-1 > summary").click()
    box.fill("-3")
    page.locator("#goal-0 > summary").click()
    page.locator("#id_goal-0-source").fill("Skrevet og ikke lagret")
    page.locator("#add-goal").click()
    expect(box).to_have_value("-3")  # what is changed and not saved stays open
    expect(page.locator("#id_goal-0-source")).to_have_value("Skrevet og ikke lagret")
    expect(page.locator("#id_item-2-title")).to_be_hidden()
    page.get_by_role("button", name="Lagre utkastet", exact=True).click()
    expect(page.locator("#item-1 .ds-tag").first).to_be_visible()
    expect(box).to_be_visible()
    expect(page.locator("#id_goal-0-source")).to_have_value("Skrevet og ikke lagret")


def test_a_row_saves_the_draft_and_is_come_back_to(desk_of: Any) -> None:  # noqa: ANN401
    page = desk_of(ADVISER)(360)
    plan = new_plan(page, "Prøveplan, rad for rad")
    written(page)
    page.locator("#item-0 > .st-plan-row-boxes > .st-plan-ways .ds-button").click()
    page.wait_for_url("**/skriv/#item-0")
    expect(page.locator("#goal-0 > summary")).to_contain_text("Alle pårørende blir spurt")
    put_away(page, plan)


def test_a_leader_exempts_somebody_with_a_reason_and_takes_it_back(desk_of: Any) -> None:  # noqa: ANN401
    page = desk_of(HEAD_OF_UNIT)(360)
    page.goto(f"{ROOM}enheter/")
    page.get_by_role("link", name="Nord-Aurdal helsetun").click()
    names = page.locator(".st-late > li:has(.st-late-items) h3")
    before = names.all_inner_texts()
    assert len(before) == len(set(before)) > 1
    page.locator(".st-late-items a").first.click()
    expect(page.locator("#id_employment option:checked")).to_contain_text(before[0])
    page.locator("input[name=verdict][value=exempt]").check()
    page.locator("#id_reason").fill("Vikar ut året")
    page.get_by_role("button", name="Bestem").click()
    expect(page.get_by_text("Vikar ut året")).to_be_visible()
    expect(page.locator(".st-late-items > li")).not_to_have_count(0)
    after = names.all_inner_texts()
    assert after != before
    page.locator("li", has_text="Vikar ut året").get_by_role("button").click()
    expect(names).to_have_text(before)


def test_a_small_list_is_looked_at_before_it_is_done(desk_of: Any) -> None:  # noqa: ANN401
    page = desk_of(EDITOR)(360)
    page.goto(f"{ROOM}ansatte/fil/")
    page.locator("#id_employer").select_option(label="Nord-Aurdal kommune")
    page.locator("#id_file").set_input_files(
        {"name": "ansatte.csv", "mimeType": "text/csv", "buffer": EMPLOYEES.encode()}
    )
    page.get_by_role("button", name="Se hva den vil gjøre").click()
    expect(page.get_by_role("row", name="Prøve Nettleser")).to_contain_text("Ny")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name=re.compile("^Lagre 1")).click()
    page.locator("#navn").fill("Prøve Nettleser")
    page.get_by_role("button", name="Finn").click()
    page.get_by_role("link", name="Prøve Nettleser").click()
    page.goto(f"{page.url}slutter/")
    page.locator("#id_left_on").fill("2024-01-09")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_text("9. januar 2024")).to_be_visible()


def employee(page: Page) -> str:
    """The address of the first employee."""
    page.goto(f"{ROOM}ansatte/")
    return str(page.locator("main tbody a").first.get_attribute("href"))


def of_the_unit(page: Page) -> str:
    """The address of a unit."""
    page.goto(f"{ROOM}enheter/")
    return str(page.locator("main tbody a").nth(1).get_attribute("href"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_an_adviser_pass_axe_and_fit(desk_of: Any, scheme: str) -> None:  # noqa: ANN401
    page = desk_of(ADVISER)(360, scheme=scheme)
    plan = example_plan(page)
    page.goto(f"{ROOM}kartlegging/")
    mapping = str(page.locator(".st-late a").first.get_attribute("href"))
    paths = ("", "skriv/", "enig/", "forskjell/", "maal/", "evaluering/")
    for path in (f"{ROOM}planer/", mapping, *(f"{plan}{each}" for each in paths)):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
    page.goto(f"{plan}skriv/")
    for each in ("#goal-0", "#item-0", "#item-0-rule-0"):
        page.locator(f"{each} > summary").click()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_employees_and_units_pass_axe_and_fit(
    desk_of: Any,  # noqa: ANN401
    scheme: str,
) -> None:
    page = desk_of(EDITOR)(360, scheme=scheme)
    for path in (f"{ROOM}ansatte/", employee(page), f"{ROOM}ansatte/fil/", of_the_unit(page)):
        page.goto(path)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
