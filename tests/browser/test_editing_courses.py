"""A lesson is written, seen as readers will see it, published and answered, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.desk_scenes import Open, pages, signed_in
from tests.browser.test_service import violations

RANDI = "randi@valdres.example"
TITLE = "Prøve på en kveldsvakt"
COURSE = "Kurs om en kveldsvakt"
QUESTION = "Hvem ringer du først?"
ADD = "Sett inn en del"


@pytest.fixture(scope="module")
def randi(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens empty pages of the region's editor."""
    yield from pages(chromium, address, signed_in(chromium, address, RANDI))


def new_page(page: Page, what: str) -> None:
    """An empty form, reached as an editor reaches it."""
    page.goto("/redaksjon/")
    page.get_by_role("link", name=re.compile(f"{what}.*Bokmål")).first.click()
    page.get_by_label("Tittel", exact=False).first.wait_for()


def add(page: Page, path: str, kind: str = "") -> None:
    """One more block in the stream that is called `path`."""
    page.locator(f"[data-contentpath={path}]").first.get_by_role("button", name=ADD).last.click()
    if kind:
        page.get_by_role("option", name=kind, exact=True).click()


def write_module(page: Page) -> None:
    """A module with one lesson: a text and a question."""
    new_page(page, "Skriv en ny modul")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_summary").fill("En vakt, en telefon.")
    add(page, "lessons")
    page.locator("#lessons-0-value-title").fill("Telefonen")
    add(page, "blocks", "Tekst")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("Datteren ringer klokka ni.")
    add(page, "blocks", "Spørsmål")
    question = "#lessons-0-value-blocks-1-value"
    page.locator(f"{question}-question").fill(QUESTION)
    page.locator(f"{question}-options-0-value-text").fill("Datteren")
    page.locator(f"{question}-options-0-value-is_right").check()
    page.locator(f"{question}-options-0-value-feedback").fill("Ja, hun venter på deg.")


def one_more_answer(page: Page) -> None:
    """A question needs two."""
    page.locator("[data-contentpath=options]").get_by_role("button", name="Legg til").last.click()
    page.locator("#lessons-0-value-blocks-1-value-options-1-value-text").fill("Ingen")


def preview(page: Page) -> FrameLocator:
    """The frame beside the form."""
    page.get_by_role("button", name="Vis eller skjul forhåndsvisningen").click()
    return page.frame_locator("iframe[id=w-preview-iframe], iframe[title]").first


def publish(page: Page) -> None:
    """What the form says now, when it has been kept as a draft by itself."""
    page.wait_for_url("**/edit/")
    page.get_by_role("button", name="Flere handlinger").click()
    page.get_by_role("button", name="Publiser", exact=True).click()


def write_course(page: Page) -> None:
    """A course of that module alone, for students, who have no other course in the example."""
    new_page(page, "Sett sammen et nytt kurs")
    page.locator("#id_title").fill(COURSE)
    page.locator("#id_summary").fill("Om telefoner på kveldstid.")
    add(page, "modules")
    page.get_by_role("button", name="Velg en side").click()
    page.locator(".modal-content").get_by_role("link", name=TITLE).click()
    page.get_by_label("Studenter").check()


def take_away(page: Page, title: str) -> None:
    """So that other tests meet the example as it was."""
    page.goto(f"/redaksjon/pages/1/?q={title}")
    page.get_by_role("link", name=title).first.click()
    page.goto(page.url.replace("/edit/", "/unpublish/"))
    page.get_by_role("button", name="Ja, avpubliser").click()


@pytest.fixture(scope="module")
def lesson(randi: Open) -> Iterator[str]:
    """The address of a lesson that was written here."""
    page = randi()
    write_module(page)
    seen = preview(page)
    expect(seen.get_by_text(QUESTION)).to_be_visible()
    expect(seen.get_by_role("button", name="Se hvordan det gikk")).to_be_visible()
    one_more_answer(page)
    publish(page)
    expect(
        page.get_by_text("er publisert").or_(page.get_by_text("publisert.")).first
    ).to_be_visible()
    write_course(page)
    publish(page)
    expect(page.get_by_text(re.compile(f"{COURSE}.*publisert"))).to_be_visible()
    yield "/kurs/kurs-om-en-kveldsvakt/prove-pa-en-kveldsvakt/1/"
    take_away(page, COURSE)
    take_away(page, TITLE)


def test_a_visitor_without_script_answers_what_was_just_written(
    chromium: Browser, address: str, lesson: str
) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(lesson)
    expect(page.get_by_text("Datteren ringer klokka ni.")).to_be_visible()
    page.get_by_label("Datteren").check()
    page.get_by_role("button", name="Se hvordan det gikk").click()
    expect(page.get_by_text("Ja, hun venter på deg.")).to_be_visible()
    context.close()


def test_what_was_just_written_is_accessible(page: Page, lesson: str) -> None:
    page.goto(lesson)
    assert violations(page) == []


@pytest.mark.parametrize(
    ("who", "arrives_at"),
    [("emil@nord-aurdal.example", "/kurs/mitt/"), ("lise@nord-aurdal.example", "/skrivebord/")],
)
def test_whoever_does_not_write_courses_finds_nothing_here(
    chromium: Browser, address: str, who: str, arrives_at: str
) -> None:
    state = signed_in(chromium, address, who, arrives_at)
    context = chromium.new_context(base_url=address, storage_state=state)
    answer = context.request.get("/redaksjon/")
    assert answer.status == 404
    context.close()
