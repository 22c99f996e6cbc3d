"""Running a meeting in a real browser: one thumb on the day, somebody who calls, and a message."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHECKOUT
from tests.browser.desk_scenes import Open, pages, signed_in
from tests.browser.test_components import AXE, RULES

DESK = "/skrivebord/"
WHO = "kari@valdres.example"
HELD_TODAY = """
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from samtun.events.models import Event
from tests.factories import events as happening
event = Event.objects.filter(kind="series", sign_up="anonymous", status="published").first()
begins = timezone.now() - timedelta(hours=3)
happening.occurrence(event, begins, ends_at=begins + timedelta(hours=2))
"""


@pytest.fixture(scope="module")
def session(chromium: Browser, address: str) -> Any:  # noqa: ANN401  (what a browser remembers)
    """The cookies of the region's coordinator."""
    return signed_in(chromium, address, WHO)


@pytest.fixture
def kari(chromium: Browser, address: str, session: Any) -> Iterator[Open]:  # noqa: ANN401
    """Opens pages of hers."""
    yield from pages(chromium, address, session)


def passes_axe(page: Page, width: int) -> None:
    """No finding, and nothing beside the screen."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def to_the_list(page: Page) -> None:
    """The list of a meeting that somebody in the example is called about."""
    page.goto(f"{DESK}ring/")
    page.get_by_role("link", name="Påmeldingen").last.click()
    page.locator("main p a[href*='/pamelding/']").first.click()
    page.wait_for_url("**/pamelding/*/")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_the_pages_pass_axe_and_fit(kari: Open, width: int, scheme: str) -> None:
    page = kari(width, scheme=scheme)
    for path in ("ring/", "tall/"):
        page.goto(DESK + path)
        passes_axe(page, width)
    to_the_list(page)
    passes_axe(page, width)


def test_somebody_who_calls_is_signed_up_without_scripts(kari: Open) -> None:
    page = kari(360, scripts=False)
    to_the_list(page)
    page.get_by_role("link", name="Meld på noen").click()
    page.locator("#id_name").fill("Dina fra telefonen")
    page.locator("#id_phone").fill("90 00 00 99")
    page.get_by_role("button", name="Meld dem på").click()
    page.wait_for_url("**/pamelding/*/")
    expect(page.get_by_role("link", name="Dina fra telefonen")).to_be_visible()


def test_a_message_is_seen_before_it_goes(kari: Open) -> None:
    page = kari(360)
    to_the_list(page)
    page.get_by_role("link", name="Skriv til dem").click()
    page.locator("#id_subject").fill("Vi møtes på biblioteket")
    page.locator("#id_text").fill("Kom til hovedinngangen.")
    page.get_by_role("button", name="Se det før det sendes").click()
    expect(page.get_by_role("article")).to_contain_text("Kom til hovedinngangen.")
    passes_axe(page, 360)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Det er på vei")


@pytest.fixture
def held(address: str, environment: dict[str, str]) -> None:
    """A meeting of today that nobody has counted, whatever day it is in the example."""
    command = [sys.executable, "-c", HELD_TODAY]
    variables = environment | {"DJANGO_SETTINGS_MODULE": "samtun.config.settings"}
    subprocess.run(command, cwd=CHECKOUT, env=variables, check=True)


def to_attendance(page: Page) -> None:
    """The list on the day of a meeting that nobody has counted; needs `held`."""
    page.goto(DESK)
    page.locator("a[href*='/oppmote/']").first.click()
    page.wait_for_url("**/oppmote/**")


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("scripts", [True, False])
def test_those_who_just_came_are_counted_with_one_thumb(kari: Open, scripts: bool) -> None:  # noqa: FBT001
    page = kari(360, scripts=scripts)
    to_attendance(page)
    url = page.url.partition("#")[0]
    row = page.locator("#k-ukjent")
    before = int(row.locator("[data-value=people]").inner_text())
    row.get_by_role("button", name="Én til").first.click()
    expect(page.locator("#k-ukjent [data-value=people]")).to_have_text(str(before + 1))
    page.wait_for_load_state("networkidle")
    page.goto(url)
    expect(page.locator("#k-ukjent [data-value=people]")).to_have_text(str(before + 1))
    box = page.locator("#k-ukjent button").nth(1).bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
    page.locator("#k-ukjent").get_by_role("button", name="Én færre").first.click()
    page.wait_for_load_state("networkidle")


@pytest.mark.usefixtures("held")
def test_a_tap_on_a_weak_line_is_sent_when_it_is_back(kari: Open) -> None:
    page = kari(360)
    to_attendance(page)
    url = page.url.partition("#")[0]
    page.context.set_offline(True)
    page.locator("#k-ukjent").get_by_role("button", name="Én til").first.click()
    expect(page.locator("[data-unsent]")).to_be_visible()
    shown = page.locator("#k-ukjent [data-value=people]").inner_text()
    page.context.set_offline(False)
    expect(page.locator("[data-unsent]")).to_be_hidden(timeout=15_000)
    page.goto(url)
    expect(page.locator("#k-ukjent [data-value=people]")).to_have_text(shown)
    assert page.evaluate("Object.keys(localStorage).filter(k => k.includes('attendance'))") == []
