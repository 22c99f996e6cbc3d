"""A carer signs up on a phone that runs no scripts, without a mouse, and changes their mind."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHECKOUT
from tests.browser.test_confirmation import tab_to
from tests.browser.test_reporting import PATIENCE
from tests.browser.test_service import violations

Scenes = dict[str, str]


@pytest.fixture(scope="module")
def scenes(address: str, tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    """Where something is that one can sign up for; see `sign_up_scenes`."""
    assert address
    environment = os.environ | {
        "SAMTUN_DATA_DIR": str(tmp_path_factory.getbasetemp() / "demo0"),
        "DJANGO_SETTINGS_MODULE": "samtun.config.settings",
        "SAMTUN_DEMO": "1",
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.browser.sign_up_scenes"]
    said = subprocess.run(
        command, cwd=CHECKOUT, env=environment, check=True, capture_output=True, timeout=120
    )
    found: Scenes = json.loads(said.stdout)
    return found


@pytest.fixture
def carer(chromium: Browser, address: str) -> Iterator[Page]:
    """Somebody with a phone that runs no scripts."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, base_url=address, java_script_enabled=False
    )
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def type_into(page: Page, label: str, text: str) -> None:
    """Walk to the field with the keyboard alone, and write."""
    field = page.get_by_label(re.compile(label))
    for _step in range(60):
        page.keyboard.press("Tab")
        if field.and_(page.locator(":focus")).count():
            page.keyboard.type(text)
            return
    pytest.fail(f"the keyboard does not reach «{label}»")


def send(page: Page, button: str) -> None:
    """Press the button with the keyboard, not faster than a person."""
    time.sleep(PATIENCE)
    tab_to(page, button)
    page.keyboard.press("Enter")


def heading(page: Page, text: str) -> None:
    """The page says so."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_carer_signs_up_changes_and_cancels_with_the_keyboard_alone(
    carer: Page, scenes: Scenes
) -> None:
    carer.goto(scenes["room"])
    type_into(carer, "^Navn", "Anne")
    type_into(carer, "E-posten din", "anne@privat.example")
    type_into(carer, "Hvor mange", "2")
    type_into(carer, "Tåler dere alt", "Nøtter")
    send(carer, "Meld deg på")
    heading(carer, "Dere har 2 plasser")
    own = carer.url
    carer.get_by_role("link", name="Endre").press("Enter")
    type_into(carer, "Hvor mange", "3")
    tab_to(carer, "Lagre")
    carer.keyboard.press("Enter")
    heading(carer, "Dere har 3 plasser")
    carer.goto(own)
    carer.get_by_role("link", name="Meld deg av").press("Enter")
    tab_to(carer, "Ja, meld meg av")
    carer.keyboard.press("Enter")
    heading(carer, "Du er ikke påmeldt lenger")
    expect(carer.get_by_role("link", name="Meld deg på igjen")).to_be_visible()


def test_what_is_wrong_is_said_and_what_was_typed_stays(carer: Page, scenes: Scenes) -> None:
    carer.goto(scenes["room"])
    type_into(carer, "^Navn", "Anne")
    carer.get_by_label("Telefon", exact=False).first.press("Space")
    expect(carer.get_by_label("E-posten din")).to_be_hidden()
    type_into(carer, "Telefonnummeret ditt", "12")
    send(carer, "Meld deg på")
    expect(carer.get_by_role("alert")).to_contain_text("åtte siffer")
    expect(carer.get_by_label(re.compile("^Navn"))).to_have_value("Anne")
    expect(carer.get_by_label("Telefonnummeret ditt")).to_have_value("12")


def test_who_waits_is_offered_what_becomes_free_and_takes_it(carer: Page, scenes: Scenes) -> None:
    carer.goto(scenes["full"])
    expect(carer.get_by_text("Vi kan ikke love at det blir plass.")).to_be_visible()
    type_into(carer, "^Navn", "Berit")
    type_into(carer, "E-posten din", "berit@privat.example")
    send(carer, "Sett meg på ventelisten")
    heading(carer, "Du står på ventelisten")
    own = carer.url
    carer.goto(scenes["seated"] + "avmelding/")
    tab_to(carer, "Ja, meld meg av")
    carer.keyboard.press("Enter")
    heading(carer, "Du er ikke påmeldt lenger")
    carer.goto(own)
    heading(carer, "Det er plass til deg")
    tab_to(carer, "Ja takk")
    carer.keyboard.press("Enter")
    heading(carer, "Du har plass")


def test_grown_up_is_asked_and_answers_with_a_button(carer: Page, scenes: Scenes) -> None:
    carer.goto(scenes["children"])
    carer.get_by_label("Jeg melder på meg selv").press("Space")
    type_into(carer, "Hvor gammel er du", "11")
    type_into(carer, "Hva heter den voksne", "Berit")
    type_into(carer, "E-posten til den voksne", "berit@hjem.example")
    type_into(carer, "^Navn", "Ola")
    type_into(carer, "E-posten din", "ola@privat.example")
    send(carer, "Meld deg på")
    heading(carer, "Vi holder av plassen din")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scene", ["room", "full", "children", "seated", "consent", "evaluation"])
def test_the_pages_pass_axe_and_fit_a_narrow_screen(
    page: Page, scenes: Scenes, scene: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's words
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(scenes[scene])
    for each in page.get_by_role("radio").all()[:1]:
        each.check()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
