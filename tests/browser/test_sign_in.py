"""Signing in with Chromium: password and app, passkey, code, another provider, and by keyboard."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from tests import identity, migrated
from tests.serving import free_port, wait_for

CHECKOUT = Path(__file__).resolve().parents[2]
AXE = CHECKOUT / "frontend/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "fjell og lys i tunet"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
# Kari needs a second factor and has none; Berit has an app; Nils has no password.
PREPARE = f"""
import django; django.setup()
from django.utils import timezone
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from samtun.organisations.models import Organization
from samtun.people.models import Role, User
place = Organization.objects.create(name="Prøvehuset", last_modified=timezone.now())
for name, password in (("kari", {PASSWORD!r}), ("berit", {PASSWORD!r}), ("nils", None)):
    user = User.objects.create_user(
        email=f"{{name}}@valdres.example", name=name.title(), password=password)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if name != "nils":
        Role.objects.create(person=user, kind="organisation_editor", organization=place)
    if name == "berit":
        TOTP.activate(user, {SECRET!r})
"""


@dataclass(frozen=True)
class Site:
    """A server of our own, and its database."""

    url: str
    data: Path
    provider: identity.IdentityServer

    def code_for(self, email: str) -> str:
        """The code of the newest letter to somebody."""
        with sqlite3.connect(self.data / "samtun.sqlite3") as database:
            row = database.execute(
                'select text from mail_letter where "to" = ? order by posted_at desc', [email]
            ).fetchone()
        database.close()
        found = re.search(r"^([A-Z0-9-]{6,12})$", row[0], re.MULTILINE)
        assert found
        return found[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small installation with three people and one provider."""
    data = tmp_path_factory.mktemp("sign-in")
    port = free_port()
    with identity.running() as provider:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "samtun.config.settings",
            "SAMTUN_DATA_DIR": str(data),
            "SAMTUN_PUBLIC_URL": f"http://localhost:{port}",
            "SAMTUN_OIDC": "prove",
            "SAMTUN_OIDC_PROVE_NAME": "Prøveporten",
            "SAMTUN_OIDC_PROVE_URL": provider.url,
            "SAMTUN_OIDC_PROVE_CLIENT_ID": "samtun",
            "SAMTUN_OIDC_PROVE_CLIENT_SECRET": "hemmelig",
            "SAMTUN_OIDC_PROVE_MATCH_EMAIL": "verified",
        }
        environment.pop("DATABASE_URL", None)
        migrated.lay(data)
        subprocess.run([sys.executable, "-c", PREPARE], env=environment, check=True, cwd=CHECKOUT)
        command = [sys.executable, "-m", "samtun.cli", "serve", "--port", str(port)]
        with subprocess.Popen(command, cwd=CHECKOUT, env=environment) as server:
            try:
                wait_for(f"http://localhost:{port}/-/healthy", server)
                yield Site(f"http://localhost:{port}", data, provider)
            finally:
                server.terminate()


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Page]:
    """Somebody on a phone. What the policy forbids, or a script that fails, is an error."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, base_url=site.url, locale="nb-NO"
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    unexpected = [text for text in said if "Failed to load resource" not in text]
    assert not unexpected


def with_password(page: Page, name: str) -> None:
    """Fill in the form and send it, by keyboard."""
    page.goto("/konto/logg-inn/?next=/konto/okter/")
    page.get_by_label("E-postadresse").focus()
    page.keyboard.type(f"{name}@valdres.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def with_authenticator(page: Page) -> None:
    """Give the browser a device that asks for a finger, and let the finger be there."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def test_password_and_app_by_keyboard(visitor: Page) -> None:
    with_password(visitor, "berit")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Ett steg til")
    visitor.get_by_label("Kode").focus()
    visitor.keyboard.type(format_hotp_value(hotp_value(SECRET, int(time.time()) // 30)))
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Her er du logget inn")
    expect(visitor.get_by_text("Denne", exact=True)).to_be_visible()


def test_a_passkey_is_made_when_the_role_needs_one_and_opens_the_desk_alone(visitor: Page) -> None:
    with_authenticator(visitor)
    with_password(visitor, "kari")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Her er du logget inn")
    visitor.goto("/skrivebord/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Én ting først")
    visitor.get_by_role("link", name="Legg til en passnøkkel").click()
    visitor.get_by_role("button", name="Lag passnøkkelen").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Reservekoder")
    visitor.get_by_role("link", name="Gå videre").click()
    expect(visitor).to_have_url(re.compile("/skrivebord/$"))
    visitor.get_by_role("button", name="Logg ut").click()
    visitor.wait_for_url(re.compile(r"^http://[^/]+/$"))
    visitor.goto("/konto/logg-inn/?next=/konto/sikkerhet/")
    visitor.get_by_role("button", name="Bruk en passnøkkel").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Trygg innlogging")
    visitor.goto("/skrivebord/")
    expect(visitor).to_have_url(re.compile("/skrivebord/$"))


def test_without_a_device_the_page_says_so_and_leaves_other_ways(visitor: Page) -> None:
    visitor.goto("/konto/logg-inn/")
    visitor.evaluate("() => { navigator.credentials.get = () => Promise.reject(Error('no')); }")
    visitor.get_by_role("button", name="Bruk en passnøkkel").click()
    expect(visitor.get_by_role("alert")).to_contain_text("velg en annen måte")


def test_an_address_that_is_a_number_says_why_a_passkey_cannot_work(
    visitor: Page, site: Site
) -> None:
    visitor.goto(f"{site.url.replace('localhost', '127.0.0.1')}/konto/logg-inn/")
    visitor.get_by_role("button", name="Bruk en passnøkkel").click()
    expect(visitor.get_by_role("alert")).to_contain_text("localhost")


def test_a_code_by_e_mail_without_javascript(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False, locale="nb-NO")
    page = context.new_page()
    page.goto("/konto/logg-inn/")
    expect(page.get_by_role("button", name="Bruk en passnøkkel")).not_to_be_visible()
    page.get_by_role("link", name="Få en kode på e-post").click()
    page.get_by_label("E-postadresse").fill("nils@valdres.example")
    page.get_by_role("button", name="Send meg en kode").click()
    page.wait_for_url("**/kode/skriv/")
    page.get_by_label("Kode").fill(site.code_for("nils@valdres.example"))
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Min læring")
    page.goto("/konto/")
    page.get_by_role("button", name="Logg ut").first.click()
    page.goto("/konto/")
    expect(page).to_have_url(re.compile("/konto/logg-inn/"))
    context.close()


def test_through_another_provider_and_back(visitor: Page, site: Site) -> None:
    sub = site.provider.has("nils-1", email="nils@valdres.example", email_verified=True)
    visitor.goto("/konto/logg-inn/")
    visitor.get_by_role("button", name="Fortsett med Prøveporten").click()
    visitor.wait_for_url(f"{site.provider.url}/**")
    visitor.locator("input[name=sub]").first.fill(sub)
    visitor.locator("button[type=submit]").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Min læring")


def test_a_stranger_with_another_provider_is_told_how_to_get_an_account(
    visitor: Page, site: Site
) -> None:
    visitor.goto("/konto/logg-inn/")
    visitor.get_by_role("button", name="Fortsett med Prøveporten").click()
    visitor.locator("input[name=sub]").first.fill("ukjent@valdres.example")
    visitor.locator("button[type=submit]").first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Konto får du ved invitasjon")


def test_a_mistake_is_where_the_reader_is_led(visitor: Page) -> None:
    visitor.goto("/konto/logg-inn/")
    visitor.get_by_label("E-postadresse").fill("ingen@valdres.example")
    visitor.get_by_label("Passord").fill("noe helt annet")
    visitor.get_by_role("button", name="Logg inn").click()
    summary = visitor.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("hører ikke sammen")


OPEN = ["/konto/logg-inn/", "/konto/logg-inn/kode/", "/konto/ny/", "/konto/passord/glemt/"]
OWN = ["/konto/", "/konto/sikkerhet/", "/konto/sikkerhet/app/", "/konto/okter/", "/konto/to-trinn/"]


def faults(page: Page, path: str) -> list[object]:
    """What axe and the width of a small phone have against a page."""
    page.goto(path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    wide = page.evaluate("document.documentElement.scrollWidth") > 320
    return [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] + [
        (path, "too wide")
    ] * wide


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits_a_small_phone(
    visitor: Page, site: Site, scheme: str
) -> None:
    visitor.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of Playwright's words
    visitor.set_viewport_size({"width": 320, "height": 740})
    assert [faults(visitor, path) for path in OPEN] == [[] for _ in OPEN]
    visitor.goto("/konto/logg-inn/kode/")
    visitor.get_by_label("E-postadresse").fill("nils@valdres.example")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/kode/skriv/")
    visitor.get_by_label("Kode").fill(site.code_for("nils@valdres.example"))
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/kurs/mitt/")
    assert [faults(visitor, path) for path in OWN] == [[] for _ in OWN]
