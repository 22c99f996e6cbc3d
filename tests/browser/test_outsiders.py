"""Somebody tries the addresses that others have at their desks."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from samtun.organisations.identifiers import derived_id
from tests.browser.desk_scenes import DESK, Open, pages, signed_in

ROOMS = (
    "", "tilbud/", "forslag/", "bekreftelser/", "lenker/", "sok-uten-svar/", "ferskhet/",
    "mangler/", "folk/", "logg/", "tilbud/regneark/",
)  # fmt: skip
KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
IN_NORD_AURDAL = derived_id("service", "valdres", "skyssvenn-nord-aurdal")


@pytest.fixture(scope="module")
def theirs(chromium: Browser, address: str) -> list[str]:
    """Every address on the region editor's desk that is about one thing or person."""
    session = signed_in(chromium, address, "randi@valdres.example")
    opened = next(pages(chromium, address, session))()
    found: set[str] = set()
    for room in ROOMS:
        opened.goto(DESK + room)
        links = opened.locator(f"a[href^='{DESK}']").evaluate_all("all => all.map(a => a.href)")
        found |= {link.removeprefix(address).partition("#")[0] for link in links}
    opened.context.close()
    return sorted(link for link in found if KEY.search(link))


def answers(opened: Open, addresses: list[str]) -> dict[str, Any]:
    """What each address answers to this person."""
    page = opened()
    return {path: page.context.request.get(path, max_redirects=0).status for path in addresses}


def test_an_employee_meets_nothing_at_any_address_of_the_desk(
    chromium: Browser, address: str, theirs: list[str]
) -> None:
    session = signed_in(chromium, address, "emil@nord-aurdal.example", arrives_at="/kurs/mitt/")
    tried = [*theirs, *(DESK + room for room in ROOMS)]
    met = answers(next(pages(chromium, address, session)), tried)
    assert len(theirs) > 30
    # The desk itself leads them to their own learning.
    assert {path: status for path, status in met.items() if status != 404} == {DESK: 302}


def test_a_coordinator_of_another_municipality_does_not_find_the_entry(
    chromium: Browser, address: str
) -> None:
    session = signed_in(chromium, address, "guri@vang.example")
    entry = f"{DESK}tilbud/{IN_NORD_AURDAL}/"
    met = answers(next(pages(chromium, address, session)), [entry, f"{entry}historikk/", DESK])
    assert [*met.values()] == [404, 404, 200]


def test_a_visitor_is_asked_to_sign_in_and_learns_nothing(page: Page, theirs: list[str]) -> None:
    nothing = f"{DESK}tilbud/00000000-0000-4000-8000-000000000000/"
    for path in [*theirs[:20], nothing]:
        answer = page.context.request.get(path, max_redirects=0)
        assert answer.status == 302
        assert answer.headers["location"].startswith("/konto/logg-inn/?next=")
