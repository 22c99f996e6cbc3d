"""A provider who has nothing but the letter: no account, no JavaScript, no mouse, a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_service import violations

MOST_TABS = 400  # the form of an offer is long
LAST_SIDE = 20  # of the outbox, which holds letters about meeting places too


@pytest.fixture
def provider(chromium: Browser, address: str) -> Iterator[Page]:
    """Somebody with a phone that runs no scripts."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, base_url=address, java_script_enabled=False
    )
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def link_in_letter(page: Page, answer: str, which: int) -> str:
    """Where a button leads in one of the demo's letters in bokmål, counted from the newest."""
    found: list[str] = []
    for side in range(1, LAST_SIDE + 1):
        page.goto(f"/utboks/?side={side}")
        links = page.locator(f"a[href$='?svar={answer}'][href*='-']:not([href*='/nn/'])")
        found += [str(link.get_attribute("href")) for link in links.all()]
        if len(found) > which:
            return found[which]
    pytest.fail(f"no letter asks for «{answer}» that often")


def tab_to(page: Page, name: str) -> None:
    """Walk to the button of that name with the keyboard alone."""
    button = page.get_by_role("button", name=name, exact=True)
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        if button.and_(page.locator(":focus")).count():
            return
    pytest.fail(f"the keyboard does not reach «{name}»")


def test_opening_asks_and_a_button_answers(provider: Page) -> None:
    provider.goto(link_in_letter(provider, "riktig", 0))
    expect(provider.get_by_text("Er det vi viser, fortsatt riktig?")).to_be_visible()
    tab_to(provider, "Ja, det er fortsatt riktig")
    provider.keyboard.press("Enter")
    expect(provider.get_by_role("heading", name="Takk!")).to_be_visible()
    expect(provider.get_by_text("Vi spør igjen")).to_be_visible()


def test_the_answer_can_be_changed_from_the_same_letter(provider: Page) -> None:
    address = link_in_letter(provider, "slutt", 1)
    provider.goto(address)
    tab_to(provider, "Det tilbys ikke lenger")
    provider.keyboard.press("Enter")
    expect(provider.get_by_text("Vi viser det ikke lenger.")).to_be_visible()
    provider.goto(address.replace("slutt", "riktig"))
    tab_to(provider, "Ja, det er fortsatt riktig")
    provider.keyboard.press("Enter")
    expect(provider.get_by_text("Du svarte at det fortsatt er riktig.")).to_be_visible()
    provider.get_by_role("link", name="Se siden slik pårørende ser den").click()
    expect(provider.get_by_text("Bekreftet ", exact=False).first).to_be_visible()


def test_something_is_changed_in_the_form_and_everybody_sees_it(provider: Page) -> None:
    provider.goto(link_in_letter(provider, "endre", 2))
    expect(provider.get_by_role("heading", name="Endre det vi viser")).to_be_visible()
    provider.locator("[name$='application_process']").first.fill("Ring Per på 10 00 77 77.")
    tab_to(provider, "Lagre endringene")
    provider.keyboard.press("Enter")
    expect(provider.get_by_role("heading", name="Takk!")).to_be_visible()
    expect(provider.get_by_text("Endringene dine er lagret, og alle kan se dem.")).to_be_visible()
    provider.get_by_role("link", name="Se siden slik pårørende ser den").click()
    expect(provider.get_by_text("Ring Per på 10 00 77 77.")).to_be_visible()


def test_a_link_that_is_spoilt_says_what_to_do(provider: Page) -> None:
    provider.goto("/bekreft/tull/")
    tab_to(provider, "Send meg et nytt brev")
    provider.keyboard.press("Enter")
    expect(provider.get_by_role("heading", name="Se i innboksen din")).to_be_visible()


@pytest.mark.parametrize("answer", ["riktig", "endre", "slutt"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_pass_axe_and_fit_a_narrow_screen(page: Page, answer: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's words
    page.set_viewport_size({"width": 320, "height": 740})
    address = link_in_letter(page, answer, 4)
    page.goto(address)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.goto("/".join(address.split("/")[:-2]) + "/")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
