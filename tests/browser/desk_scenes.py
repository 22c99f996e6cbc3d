"""Somebody of the demo at the desk, in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

Open = Callable[..., Page]
DESK = "/skrivebord/"


def signed_in(chromium: Browser, address: str, who: str, arrives_at: str = DESK) -> Any:  # noqa: ANN401  (what a browser remembers)
    """The cookies of `who`, who has signed in with the password and code of the demo's outbox.

    Raises playwright's `TimeoutError` when `who` is not led to `arrives_at`.
    """
    context = chromium.new_context(base_url=address, locale="nb-NO")
    page = context.new_page()
    page.goto("/utboks/")
    said = page.locator("li", has_text=who).locator("strong")
    password, code = said.nth(1).inner_text(), said.nth(2).inner_text()
    page.goto(f"/konto/logg-inn/?next={DESK}")
    page.locator("input[type=email], input[name=login]").first.fill(who)
    page.locator("input[type=password]").fill(password)
    page.keyboard.press("Enter")
    page.locator("input[name=code]").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{arrives_at}")
    state = context.storage_state()
    context.close()
    return state


def pages(chromium: Browser, address: str, session: Any) -> Iterator[Open]:  # noqa: ANN401
    """Opens empty pages of whom `session` remembers: `opened(width, scheme=…, scripts=…)`."""
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
