"""Courses on a phone: light enough, found, and answered with the keyboard and without scripts."""

import re
from contextlib import closing
from http.client import HTTPConnection

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_service import violations
from tests.ui.test_first_visit import BUILD, packed

COURSE = "/kurs/a-se-de-parorende/"
LESSON = f"{COURSE}hvem-er-parorende/1/"
PAGES = ("/kurs/", COURSE, LESSON, "/nn/kurs/?sektor=school", f"{COURSE}a-mote-de-parorende/3/")
# What a first lesson fetches besides the page itself.
FETCHED = ("app.css", "course.css", "app.js", "course.js", "theme.js", "young-serif.woff2")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_courses_pass_axe(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's words
    page.goto(path)
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_courses_is_wider_than_the_window(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def fetched(address: str, path: str, encoding: str = "identity") -> bytes:
    """What comes over the wire."""
    with closing(HTTPConnection(address.removeprefix("http://"), timeout=60)) as visitor:
        visitor.request("GET", path, headers={"Accept-Encoding": encoding})
        return visitor.getresponse().read()


def links(address: str, path: str, wanted: str) -> set[str]:
    """The addresses on the page that look like `wanted`."""
    return set(re.findall(rf'href="({wanted})"', fetched(address, path).decode()))


def test_every_lesson_of_the_example_is_light(address: str) -> None:
    around = sum(packed((BUILD / name).read_bytes()) for name in FETCHED)
    courses = links(address, "/kurs/", r"/kurs/[a-z0-9-]+/") - {"/kurs/mitt/", "/kurs/med/"}
    lessons = {
        lesson
        for course in courses
        for lesson in links(address, course, r"/kurs/[a-z0-9-]+/[a-z0-9-]+/\d+/")
    }
    assert len(lessons) >= len(courses) >= 6
    for path in lessons:
        assert len(fetched(address, path, "gzip")) + around <= 60_000, path


def test_a_course_is_found_by_its_sector_and_begun(page: Page) -> None:
    page.goto("/kurs/")
    page.get_by_role("link", name=re.compile("^Skole")).click()
    page.get_by_role("link", name=re.compile("skole og barnehage")).click()
    page.get_by_role("link", name="Start kurset").click()
    expect(page.get_by_text("Leksjon 1 av")).to_be_visible()
    assert "sektor=school" in page.url


def test_a_question_is_answered_with_the_keyboard_without_scripts(
    chromium: Browser, address: str
) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(LESSON)
    while page.locator("[data-quiz=one], [data-quiz=many]").count() == 0:
        page.locator("form[data-finish] button").click()
    quiz = page.locator("[data-quiz=one], [data-quiz=many]").first
    quiz.locator("input[name=answer]").first.focus()
    page.keyboard.press("Space")
    quiz.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-verdict").first).to_be_visible()
    expect(page.get_by_role("button", name="Prøv igjen")).to_be_visible()
    assert context.cookies() == []
    context.close()
