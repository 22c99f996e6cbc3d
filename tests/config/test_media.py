"""Files of courses: open when published, whatever is in them harmless."""

from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import Settings

from samtun.editorial.models import (
    EditorialDocument,
    EditorialImage,
    EditorialRendition,
    Shelf,
)
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from tests.factories import directory as make
from tests.factories import editorial, people

CONTENT = bytes(range(256)) * 4


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    root = tmp_path / "media"
    settings.MEDIA_ROOT = root
    for name in ("published/abc/film.mp4", "published/abc/ark.pdf", "images/utkast.png"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(CONTENT)
    (root / "published" / ".hidden.png").write_bytes(CONTENT)
    (tmp_path / "secret_key").write_text("hemmelig")
    return root


def read(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_a_published_film_is_shown_as_what_it_is_and_kept_for_good(
    client: Client, files: Path
) -> None:
    answer = client.get("/media/published/abc/film.mp4")
    assert read(answer) == CONTENT
    assert answer["Content-Type"] == "video/mp4"
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox;")


def test_a_document_is_downloaded_and_never_opened_here(client: Client, files: Path) -> None:
    answer = client.get("/media/published/abc/ark.pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="ark.pdf"'


@pytest.mark.parametrize("name", ["side.html", "side.svg", "side.xhtml", "side.js", "side"])
def test_what_could_run_is_only_bytes(client: Client, files: Path, name: str) -> None:
    (files / "published" / "abc" / name).write_text("<script>alert(1)</script>")
    answer = client.get(f"/media/published/abc/{name}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("bytes=0-99", CONTENT[:100]),
        ("bytes=1000-", CONTENT[1000:]),
        ("bytes=-10", CONTENT[-10:]),
        ("bytes=1000-9999999", CONTENT[1000:]),
    ],
)
def test_a_player_gets_the_part_it_asks_for(
    client: Client, files: Path, asked: str, wanted: bytes
) -> None:
    answer = client.get("/media/published/abc/film.mp4", headers={"range": asked})
    assert (answer.status_code, read(answer)) == (206, wanted)
    assert answer["Content-Length"] == str(len(wanted))


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=9-2"])
def test_a_part_that_is_not_there_is_refused(client: Client, files: Path, asked: str) -> None:
    answer = client.get("/media/published/abc/film.mp4", headers={"range": asked})
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=" + "9" * 99])
def test_what_is_not_understood_gets_the_whole(client: Client, files: Path, asked: str) -> None:
    answer = client.get("/media/published/abc/film.mp4", headers={"range": asked})
    assert (answer.status_code, read(answer)) == (200, CONTENT)


def test_a_file_that_the_browser_has_is_not_sent_again(client: Client, files: Path) -> None:
    tag = client.get("/media/published/abc/film.mp4")["ETag"]
    again = client.get("/media/published/abc/film.mp4", headers={"if-none-match": tag})
    assert again.status_code == 304
    other = {"range": "bytes=0-1", "if-range": '"another"'}
    assert client.get("/media/published/abc/film.mp4", headers=other).status_code == 200


@pytest.mark.django_db  # the page that says that there is no such page names the regions
@pytest.mark.parametrize(
    "path",
    [
        "published/../../secret_key",
        "published/%2e%2e/%2e%2e/secret_key",
        "published//etc/passwd",
        "published/" + quote("../" * 20) + "etc/passwd",
        "published/.hidden.png",
        "published/abc",
        "published/" + "a" * 4000,
        "published/a%00b.png",
    ],
)
def test_nothing_outside_is_ever_given(client: Client, files: Path, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.django_db
def test_a_link_that_leads_out_is_not_followed(client: Client, files: Path) -> None:
    (files / "published" / "ut.png").symlink_to(files.parent / "secret_key")
    assert client.get("/media/published/ut.png").status_code == 404


def upload(organization: Organization, kind: str) -> None:
    """That images/utkast.png is the organisation's: a picture, a size of one, or a file."""
    editorial.module_page(organization)
    shelf = Shelf.objects.get(organization=organization).collection
    file = "images/utkast.png"
    if kind == "file":
        EditorialDocument.objects.create(title="Tunet", file=file, collection=shelf)
        return
    size = {"width": 1, "height": 1}
    own = file if kind == "picture" else "images/heil.png"
    image = EditorialImage.objects.create(title="Tunet", file=own, collection=shelf, **size)
    if kind == "size":
        EditorialRendition.objects.create(image=image, file=file, filter_spec="width-1", **size)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["picture", "size", "file"])
def test_what_is_not_published_is_for_those_who_write_there(
    client: Client, files: Path, kind: str
) -> None:
    centre = make.organization(municipality=make.municipality())
    upload(centre, kind)
    kari, ola, nils = (people.person(name) for name in ("Kari", "Ola", "Nils"))
    people.role(kari, RoleKind.ADVISER, organization=centre)
    other = make.organization(municipality=centre.municipality)
    people.role(ola, RoleKind.ADVISER, organization=other)
    for outsider in (client, people.signed_in(ola), people.signed_in(nils)):
        assert outsider.get("/media/images/utkast.png").status_code == 404
    answer = people.signed_in(kari).get("/media/images/utkast.png")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")


@pytest.mark.django_db
def test_what_nobody_has_uploaded_is_shown_to_nobody(files: Path) -> None:
    kari = people.person("Kari")
    people.role(kari, RoleKind.ADVISER, organization=make.organization())
    assert people.signed_in(kari).get("/media/images/utkast.png").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("up", ["..", "%2e%2e", "abc/../.."])
def test_what_is_not_published_is_not_found_by_way_of_what_is(
    client: Client, files: Path, up: str
) -> None:
    assert client.get(f"/media/published/{up}/images/utkast.png").status_code == 404


def test_a_published_file_sets_no_cookie_and_asks_no_database(client: Client, files: Path) -> None:
    answer = client.get("/media/published/abc/film.mp4")
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
