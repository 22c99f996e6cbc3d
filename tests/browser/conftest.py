"""A real demo server and a real Chromium."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import migrated
from tests.conftest import REQUIRED
from tests.serving import free_port, wait_for

CHECKOUT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
HOW_TO_GET_IT = (
    "Chromium is not installed: browser tests are skipped. On Debian: apt install chromium"
)
# A page that comes late on a busy machine is no wrong page; speed is measured in `benchmarks/`.
expect.set_options(timeout=20_000)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of the demo, with data of its own."""
    folder = tmp_path_factory.mktemp("demo")
    migrated.lay(folder)
    own = {"SAMTUN_DATA_DIR": str(folder), "SAMTUN_SHOW_COMPONENTS": "1"}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own


@pytest.fixture(scope="session")
def address(environment: dict[str, str]) -> Iterator[str]:
    """Where `samtun demo` serves the example region."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "samtun.cli",
        "demo",
        "--port",
        str(port),
    ]
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(f"http://127.0.0.1:{port}/-/ready", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    if CHROMIUM is None:
        if "chromium" in REQUIRED:
            pytest.fail(HOW_TO_GET_IT)
        pytest.skip(HOW_TO_GET_IT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A fresh visitor on a phone; any request that leaves the server under test is an error."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, base_url=address, locale="nb-NO"
    )
    strangers: list[str] = []
    page = context.new_page()
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((address, "data:", "blob:"))
            else strangers.append(request.url)
        ),
    )
    yield page
    context.close()
    assert not strangers, f"requests to third parties: {strangers}"
