"""Courses on a phone: light enough, found, and answered with the keyboard and without scripts."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import migrated
from tests.browser.conftest import CHECKOUT
from tests.browser.test_service import violations
from tests.serving import free_port, wait_for
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


# A lesson with all that the example has not: films, and questions of pairs and of order.
PREPARE = """
import django; django.setup()
from tests.factories import learning
said = "<p>Hun sier: Jeg orker ikke mer.</p>"
pairs = [{"id": f"o{n}", "text": text, "match": match, "is_right": False, "feedback": "Nettopp."}
    for n, (text, match) in enumerate([("Tårer", "Bli sittende"), ("Sinne", "Hør ferdig")])]
blocks = [
    learning.block("film", title="I døra", src="/media/published/a/film.webm", address="",
        poster="", minutes=2, transcript=said,
        captions=[{"language": "nb", "src": "/media/published/a/film.vtt"}]),
    learning.block("film", title="Ute", src="", address="https://film.example/1", poster="",
        minutes=3, captions=[], transcript=said),
    learning.quiz("match", question="Hva passer?", options=pairs),
    learning.quiz("order", question="Hva kommer først?"),
]
course = learning.course(learning.module(learning.lesson(*blocks)))
print(f"/kurs/{course.slug}/{course.course_modules.get().module.slug}/1/")
"""


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole address of that lesson, in a small installation."""
    data, port = tmp_path_factory.mktemp("lesson"), free_port()
    own = {"DJANGO_SETTINGS_MODULE": "samtun.config.settings", "SAMTUN_DATA_DIR": str(data)}
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= own | {"SAMTUN_PUBLIC_URL": f"http://localhost:{port}"}
    migrated.lay(data)
    command = [sys.executable, "-c", PREPARE]
    made = subprocess.run(command, env=environment, check=True, cwd=CHECKOUT, capture_output=True)
    command = [sys.executable, "-m", "samtun.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment) as server:
        try:
            wait_for(f"http://localhost:{port}/-/healthy", server)
            yield f"http://localhost:{port}{made.stdout.decode().split()[-1]}"
        finally:
            server.terminate()


@pytest.fixture
def reader(chromium: Browser) -> Iterator[Page]:
    """On a phone that runs no script."""
    context = chromium.new_context(
        java_script_enabled=False,
        viewport={"width": 360, "height": 740},
        has_touch=True,
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_films_and_every_kind_of_question_pass_axe(
    chromium: Browser, lesson: str, scheme: str
) -> None:
    context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(lesson)
    assert violations(page) == []
    page.get_by_role("button", name=re.compile("Vis filmen")).click()
    expect(page.locator("video")).to_be_visible()
    assert violations(page) == []
    context.close()


def test_no_film_is_fetched_before_it_is_asked_for(reader: Page, lesson: str) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(lesson)
    reader.wait_for_load_state("networkidle")
    assert not [url for url in asked if "film" in url]
    reader.get_by_text("Les det som blir sagt i filmen").first.tap()
    expect(reader.get_by_text("Jeg orker ikke mer").first).to_be_visible()
    with reader.expect_request("**/film.webm"):
        reader.get_by_role("button", name=re.compile("Vis filmen")).tap()
    assert reader.locator("track[srclang=nb]").count() == 1
    assert not [url for url in asked if "film.example" in url]


def test_pairs_are_found_by_touch_and_without_scripts(reader: Page, lesson: str) -> None:
    reader.goto(lesson)
    pairs = reader.locator("[data-quiz=match]")
    pairs.get_by_label("Tårer").select_option(label="Bli sittende")
    pairs.get_by_label("Sinne").select_option(label="Hør ferdig")
    pairs.get_by_role("button").tap()
    expect(reader.locator("[data-quiz=match] .st-verdict")).to_be_visible()
    expect(reader.get_by_text("Nettopp.").first).to_be_visible()


def test_things_are_put_in_order_with_the_keyboard(reader: Page, lesson: str) -> None:
    reader.goto(lesson)
    order = reader.locator("[data-quiz=order]")
    for place, text in enumerate(("Spør", "Vent", "Gå"), start=1):
        order.get_by_label(text).focus()
        reader.keyboard.press(str(place))
    order.get_by_role("button").focus()
    reader.keyboard.press("Enter")
    expect(reader.locator("[data-quiz=order] .st-verdict")).to_be_visible()
    expect(reader.locator("[data-quiz=order] [data-option][data-right]")).to_have_count(3)
