"""A course in a real browser: the line goes and comes back, and another device goes on."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import migrated
from tests.serving import free_port, wait_for

CHECKOUT = Path(__file__).resolve().parents[2]
STATUS = "[data-device-status]"
Device = Callable[..., BrowserContext]
# For each test a learner who has signed in, and a course: long texts around a question and a
# reflection.
PREPARE = """
import json, django; django.setup()
from django.contrib.sessions.backends.db import SessionStore
from tests.factories import learning, people
long = "<p>Spør den pårørende hva som er viktig.</p>" * 40
for number in range(7):
    blocks = [learning.block(html=long), learning.quiz(), learning.block(html=long),
        learning.block("reflection", prompt="Hvem står ved siden av?"), learning.block(html=long)]
    course = learning.course(learning.module(learning.lesson(*blocks)))
    person, session = people.person("Eli Ansatt"), SessionStore()
    session["_auth_user_id"] = str(person.pk)
    session["_auth_user_backend"] = "allauth.account.auth_backends.AuthenticationBackend"
    session["_auth_user_hash"] = person.get_session_auth_hash()
    session.create()
    module = course.course_modules.get().module
    print(json.dumps({"session": session.session_key, "person": person.pk.hex,
        "lesson": f"/kurs/{course.slug}/{module.slug}/1/", "blocks": [b["id"] for b in blocks]}))
"""


@dataclass(frozen=True)
class Learner:
    """A learner with a course of their own."""

    session: str
    person: str
    lesson: str  # the address of the course's only lesson
    blocks: list[str]


@dataclass(frozen=True)
class Site:
    """A server of our own, and its database."""

    url: str
    data: Path
    learners: Iterator[Learner]

    def count(self, table: str, learner: Learner) -> int:
        """How many rows of the table have reached the learner's account."""
        with sqlite3.connect(self.data / "samtun.sqlite3") as database:
            found = database.execute(
                f"select count(*) from learning_{table} join learning_learner on learner_id ="  # noqa: S608
                " learning_learner.id where user_id = ?",
                [learner.person],
            )
            return int(found.fetchone()[0])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small installation with courses."""
    data, port = tmp_path_factory.mktemp("learning"), free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "samtun.config.settings",
        "SAMTUN_DATA_DIR": str(data),
        "SAMTUN_PUBLIC_URL": f"http://localhost:{port}",
    }
    environment.pop("DATABASE_URL", None)
    migrated.lay(data)
    command = [sys.executable, "-c", PREPARE]
    told = subprocess.run(command, env=environment, check=True, cwd=CHECKOUT, capture_output=True)
    learners = [Learner(**json.loads(line)) for line in told.stdout.decode().splitlines()]
    command = [sys.executable, "-m", "samtun.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment) as server:
        try:
            wait_for(f"http://localhost:{port}/-/healthy", server)
            yield Site(f"http://localhost:{port}", data, iter(learners))
        finally:
            server.terminate()


@pytest.fixture
def eli(site: Site) -> Learner:
    """An employee with a course."""
    return next(site.learners)


@pytest.fixture
def device(chromium: Browser, site: Site) -> Iterator[Device]:
    """A phone of its own, on which somebody may have signed in."""
    opened: list[BrowserContext] = []

    def made(learner: Learner | None = None) -> BrowserContext:
        phone: Any = {"width": 360, "height": 740}
        context = chromium.new_context(viewport=phone, base_url=site.url, locale="nb-NO")
        if learner:
            sign_in(context, learner, site)
        opened.append(context)
        return context

    yield made
    for context in opened:
        context.close()


def sign_in(context: BrowserContext, learner: Learner, site: Site) -> None:
    """From now on."""
    cookie: Any = {"name": "samtun_session", "value": learner.session, "url": site.url}
    context.add_cookies([cookie])


def opened(context: BrowserContext, address: str) -> Page:
    """A page whose script has started."""
    page = context.new_page()
    with page.expect_response("**/framdrift/**"):
        page.goto(address)
    return page


def kept_on(page: Page) -> str:
    """All that the device keeps of courses."""
    said = page.evaluate("JSON.stringify(Object.entries(localStorage))")
    return str(said)


def test_the_line_goes_in_the_middle_of_a_lesson_and_nothing_is_lost(
    device: Device, site: Site, eli: Learner
) -> None:
    context = device(eli)
    page = opened(context, eli.lesson)
    context.set_offline(True)
    page.get_by_label("Spør").check()
    page.locator("form[data-quiz] button[type=submit]").click()
    expect(page.locator("form[data-quiz] [data-feedback]")).to_contain_text("uten nett")
    page.locator("textarea").fill("Naboen min")
    page.locator("[data-kind=reflection] button[type=submit]").click()
    assert site.count("answer", eli) == 0
    assert "Naboen min" in kept_on(page)
    context.set_offline(False)
    expect(page.locator(STATUS)).to_have_text("Sendt")
    expect(page.locator("form[data-quiz] .st-verdict")).to_be_visible()
    assert site.count("answer", eli) == 2


def test_sent_again_after_a_lost_reply_it_counts_once(
    device: Device, site: Site, eli: Learner
) -> None:
    page = opened(device(eli), eli.lesson)
    lost: list[str] = []

    def lose(route: object) -> None:
        if route.request.method == "POST" and not lost:  # type: ignore[attr-defined]
            lost.append("reply")
            route.fetch()  # type: ignore[attr-defined]  # it arrives, and the answer does not
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/framdrift/", lose)
    page.get_by_label("Spør").check()
    page.locator("form[data-quiz] button[type=submit]").click()
    expect(page.locator(STATUS)).to_have_text("Sendt")
    assert lost
    assert site.count("answer", eli) == 1


def test_another_device_goes_on_at_the_exact_block(
    device: Device, site: Site, eli: Learner
) -> None:
    first = opened(device(eli), eli.lesson)
    block = eli.blocks[3]
    first.locator("textarea").fill("Naboen min")
    with first.expect_response(lambda r: r.url.endswith("/framdrift/") and r.ok):
        first.locator("[data-kind=reflection] button[type=submit]").click()
    expect(first.locator(STATUS)).to_have_text("Sendt")
    first.wait_for_timeout(3_000)  # so long one stands at a block before it is the place
    second = device(eli).new_page()
    second.goto("/kurs/mitt/")
    second.locator(f"a[href$='#b-{block}']").click()
    expect(second.locator(f"[data-block='{block}']")).to_be_in_viewport()
    expect(second.locator("textarea")).to_have_value("Naboen min")


def test_what_was_done_without_an_account_is_merged_when_one_says_so(
    device: Device, site: Site, eli: Learner
) -> None:
    context = device()
    page = context.new_page()
    page.goto(eli.lesson)
    page.get_by_label("Spør").check()
    page.locator("form[data-quiz] button[type=submit]").click()
    expect(page.locator("form[data-quiz] .st-verdict")).to_be_visible()
    sign_in(context, eli, site)
    page.goto("/kurs/mitt/")
    assert site.count("answer", eli) == 0, "nobody has said that they are theirs"
    page.get_by_role("button", name="Ja, de er mine").click()
    expect(page.locator(STATUS)).to_have_text("Sendt")
    assert site.count("answer", eli) == 1
    assert "samtun-course:anyone" not in kept_on(page)


def test_signing_out_empties_what_belongs_to_the_account(
    device: Device, site: Site, eli: Learner
) -> None:
    context = device(eli)
    page = opened(context, eli.lesson)
    page.locator("textarea").fill("Naboen min")
    page.locator("[data-kind=reflection] button[type=submit]").click()
    expect(page.locator(STATUS)).to_have_text("Sendt")
    assert "Naboen min" in kept_on(page)
    context.clear_cookies()
    page.goto(eli.lesson)
    expect(page.locator("textarea")).to_have_value("")
    page.wait_for_function("!JSON.stringify(Object.entries(localStorage)).includes('Naboen min')")


def test_a_quiz_by_keyboard_with_names_for_a_screen_reader(
    device: Device, site: Site, eli: Learner
) -> None:
    page = opened(device(eli), eli.lesson)
    group = page.get_by_role("group", name="Hva gjør du først?")
    expect(group).to_be_visible()
    first = group.get_by_role("radio", name="Spør")
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(first).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator("form[data-quiz] button[type=submit]")).to_be_focused()
    page.keyboard.press("Enter")
    said = page.locator("form[data-quiz]").get_by_role("status")
    expect(said).to_contain_text("riktig")
    expect(page.locator("form[data-quiz] button[type=submit]")).to_be_focused()


def test_the_last_lesson_gives_a_certificate(device: Device, site: Site, eli: Learner) -> None:
    page = opened(device(eli), eli.lesson)
    page.locator("form[data-finish] button").click()
    page.wait_for_url("**ferdig**")
    assert site.count("evidence", eli) == 2, "of the module and of the course"
    page.goto("/kurs/mitt/")
    page.get_by_role("button", name="Hent kursbevis").first.click()
    expect(page.get_by_text("Eli Ansatt")).to_be_visible()
