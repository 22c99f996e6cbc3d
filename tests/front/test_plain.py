"""Addresses for machines."""

import json
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from samtun.front.views import plain
from tests.factories import directory as make
from tests.front import scenes

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(autouse=True)
def _public(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://samtun.example"


def sitemap(client: Client, path: str = "/sitemap.xml") -> ElementTree.Element:
    """The parsed file; ours, so the simple parser will do."""
    response = client.get(path)
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314


def test_robots_are_welcome_but_not_among_endless_filters(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /*/sok/" in text
    assert "Sitemap: https://samtun.example/sitemap.xml" in text
    assert "Disallow: /\n" not in text


def test_every_page_is_in_the_sitemap_in_every_language(client: Client) -> None:
    scenes.valdres()
    scenes.offer("Temakafé", "kafe")
    locations = [each.text for each in sitemap(client).iter(f"{SITEMAP}loc")]
    for path in ("/", "/om/", "/valdres/", "/valdres/barn-og-unge/", "/valdres/tilbud/kafe/"):
        for prefix in ("", "/nn", "/en"):
            assert f"https://samtun.example{prefix}{path}" in locations
    assert len(locations) == len(set(locations))


def test_a_page_of_the_sitemap_names_its_languages_and_last_change(client: Client) -> None:
    scenes.valdres()
    scenes.offer("Temakafé", "kafe")
    entry = next(
        each
        for each in sitemap(client)
        if each[0].text == "https://samtun.example/valdres/tilbud/kafe/"
    )
    assert {each.get("hreflang") for each in entry.iter(LINK)} == {"nb", "nn", "en"}
    assert [each.text for each in entry.iter(f"{SITEMAP}lastmod")] == ["2026-05-04"]


def test_the_sitemap_holds_only_what_has_a_page(client: Client) -> None:
    scenes.valdres()
    scenes.offer("Nedlagt", "nedlagt", status="defunct")
    scenes.offer("I Lom", "lom", where="3434")
    scenes.offer("For alle", "for-alle", where="country")
    text = client.get("/sitemap.xml").content.decode()
    assert "/tilbud/nedlagt/" not in text
    assert "/tilbud/lom/" not in text
    assert "/tilbud/for-alle/" in text


def test_a_large_sitemap_is_an_index_of_files(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "PAGES_IN_A_FILE", 2)
    scenes.valdres()
    for number in range(5):
        scenes.offer(f"Kafé {number}", f"kafe-{number}")
    files = [str(each.text) for each in sitemap(client).iter(f"{SITEMAP}loc")]
    names = ("om-0", "valdres-0", "valdres-1", "valdres-2")
    assert files == [f"https://samtun.example/sitemap-{name}.xml" for name in names]
    found = [
        str(each.text)
        for file in files
        for each in sitemap(client, file.removeprefix("https://samtun.example")).iter(
            f"{SITEMAP}loc"
        )
    ]
    assert len([each for each in found if "/tilbud/" in each]) == 15
    assert "https://samtun.example/om/" in found


@pytest.mark.parametrize("path", ["valdres-9", "valdres-99999999999999999999999", "lom-0", "x-0"])
def test_a_part_that_does_not_exist_is_not_found(client: Client, path: str) -> None:
    scenes.valdres()
    assert client.get(f"/sitemap-{path}.xml").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_sitemap_takes_no_more_queries_for_more_pages(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    scenes.valdres()
    for number in range(count):
        scenes.offer(f"Kafé {number}", f"kafe-{number}")
    client.get("/sitemap.xml")
    with django_assert_num_queries(4):
        client.get("/sitemap.xml")


def test_a_hostile_slug_cannot_break_the_file(client: Client) -> None:
    scenes.valdres()
    made = scenes.offer("Temakafé", "kafe")
    type(made).objects.filter(pk=made.pk).update(slug="<a>&b")
    assert "&lt;a&gt;&amp;b" in client.get("/sitemap.xml").content.decode()


def test_the_manifest_is_one(client: Client) -> None:
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert manifest["start_url"] == "/"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}


def test_the_favicon_is_where_browsers_look(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert response.status_code == 302
    assert response["Location"].endswith(".png")


def test_weaknesses_can_be_told_to_somebody(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONTACT_EMAIL = "sikkerhet@samtun.example"
    now = datetime.fromisoformat("2026-11-21T12:00:00+00:00")
    monkeypatch.setattr(timezone, "now", lambda: now)
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:sikkerhet@samtun.example\n" in text
    assert "Expires: 2027-05-20T00:00:00Z\n" in text


def test_without_a_contact_there_is_nobody_to_tell(client: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = ""
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/sitemap.xml", "/manifest.webmanifest", "/favicon.ico"]
)
def test_what_machines_fetch_may_be_kept_for_a_while(client: Client, path: str) -> None:
    make.region("valdres")
    assert "max-age=" in client.get(path)["Cache-Control"]
    assert "public" in client.get(path)["Cache-Control"]
