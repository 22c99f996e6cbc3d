"""Documents on request: the right file, kept while it is right, silent about secrets."""

import re
import threading
import zlib
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from samtun.directory import finding
from samtun.documents import pdf as documents
from samtun.documents.content import Booklet, Entry, Sheet
from samtun.documents.errors import DocumentError
from samtun.front.views import pdf
from tests.factories import directory as make
from tests.front import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was asked to be printed; nothing is typeset."""
    contents: list[Any] = []

    def keep(content: object) -> bytes:
        contents.append(content)
        return b"%PDF-1.7"

    for name in ("service_pdf", "list_pdf", "booklet_pdf"):
        monkeypatch.setattr(documents, name, keep)
    monkeypatch.setattr(pdf, "_last_booklets", {})
    return contents


def streams(content: bytes) -> bytes:
    """All of a PDF that can be unpacked."""
    packed = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    return content + b"".join(
        zlib.decompressobj().decompress(each) for each in packed if each[0] == 0x78
    )


# -- a service -------------------------------------------------------------------------------------


def test_a_service_comes_as_a_pdf_named_after_it(client: Client) -> None:
    scenes.valdres()
    scenes.offer("Temakafé", "kafe")
    response = client.get("/valdres/tilbud/kafe/pdf/")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="kafe.pdf"'
    assert response.content.startswith(b"%PDF-")


def test_an_unchanged_pdf_is_not_made_again(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    scenes.offer("Temakafé", "kafe")
    etag = client.get("/valdres/tilbud/kafe/pdf/")["ETag"]
    again = client.get("/valdres/tilbud/kafe/pdf/", headers={"if-none-match": etag})
    assert again.status_code == 304
    assert len(made) == 1


def test_a_changed_service_gets_a_new_pdf(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    service = scenes.offer("Temakafé", "kafe")
    etag = client.get("/valdres/tilbud/kafe/pdf/")["ETag"]
    service.description = "Ny tekst."
    service.save()
    again = client.get("/valdres/tilbud/kafe/pdf/", headers={"if-none-match": etag})
    assert again.status_code == 200
    assert len(made) == 2


def test_the_sheet_is_in_the_readers_language(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    translations = {"nn": {"name": "Temakafé på nynorsk"}}
    scenes.offer("Temakafé", "kafe", translations=translations)
    client.get("/nn/valdres/tilbud/kafe/pdf/")
    sheet: Sheet = made[0]
    assert (sheet.language, sheet.name) == ("nn", "Temakafé på nynorsk")
    assert sheet.url.endswith("/nn/valdres/tilbud/kafe/")


def test_nothing_of_a_confidential_location_is_printed(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    make.full_service(slug="alt")
    finding.rebuild()
    for path in ("tilbud/alt/pdf/", "liste/pdf/?t=alt", "hefte/"):
        assert client.get(f"/valdres/{path}").status_code == 200
    said = repr(made)
    for secret in (*make.SECRET_WORDS, "60.5", "9.9"):
        assert secret not in said, secret
    assert "Adressen er hemmelig" in said


def test_a_real_pdf_holds_no_secret(client: Client) -> None:
    scenes.valdres()
    hidden = make.full_service(slug="alt")
    content = streams(client.get("/valdres/tilbud/alt/pdf/").content)
    assert str(hidden.hidden_location.pk).encode() not in content
    assert b"Skjulveien" not in content


def test_the_pdf_of_a_sensitive_page_has_a_neutral_name(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    scenes.offer("Krisesenteret", "krisesenteret", needs=["vold-krisesenter"])
    response = client.get("/valdres/tilbud/krisesenteret/pdf/")
    assert response["Content-Disposition"] == 'inline; filename="valdres.pdf"'
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("status", "where"), [("defunct", "3451"), ("active", "3434")])
def test_what_has_no_page_has_no_pdf(client: Client, status: str, where: str) -> None:
    scenes.valdres()
    scenes.offer("Temakafé", "kafe", status=status, where=where)
    assert client.get("/valdres/tilbud/kafe/pdf/").status_code == 404


def test_a_document_that_cannot_be_made_is_explained(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(sheet: Sheet) -> bytes:
        raise DocumentError("Det ble for mye tekst.")

    monkeypatch.setattr(documents, "service_pdf", refuse)
    scenes.valdres()
    scenes.offer("Temakafé", "kafe")
    response = client.get("/valdres/tilbud/kafe/pdf/")
    assert response.status_code == 503
    assert "Det ble for mye tekst." in response.content.decode()
    assert 'href="/valdres/tilbud/kafe/"' in response.content.decode()


# -- my list ---------------------------------------------------------------------------------------


def test_my_list_is_printed_in_its_order(client: Client, made: list[Any]) -> None:
    scenes.valdres()
    for slug in ("a", "b", "c"):
        scenes.offer(f"Kafé {slug}", slug)
    response = client.get("/valdres/liste/pdf/?t=c,finnes-ikke,a")
    assert response["Content-Disposition"] == 'inline; filename="valdres-liste.pdf"'
    entries: tuple[Entry, ...] = made[0].entries
    assert [entry.name for entry in entries] == ["Kafé c", "Kafé a"]
    assert made[0].url.endswith("/valdres/liste/?t=c,a")


@pytest.mark.parametrize("chosen", ["", "finnes-ikke", "%00", "a" * 5000, ",,,", "<script>"])
def test_an_empty_list_has_no_pdf(client: Client, chosen: str) -> None:
    scenes.valdres()
    assert client.get(f"/valdres/liste/pdf/?t={chosen}").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_a_long_list_takes_no_more_queries(
    client: Client, made: list[Any], django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    scenes.valdres()
    for number in range(count):
        service = scenes.offer(f"Kafé {number}", f"kafe-{number}")
        make.place(service, make.location())
        make.phone(contact=make.contact(service=service))
        make.schedule(service=service)
    address = f"/valdres/liste/pdf/?t={','.join(f'kafe-{number}' for number in range(count))}"
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)


# -- the booklet -----------------------------------------------------------------------------------


def valdres_by_need() -> None:
    """Two needs below one, a service in each and one in both."""
    scenes.valdres()
    parent = make.term("moteplass", names={"nn": "Møteplassar"})
    make.term("stottegruppe", parent=parent)
    make.term("temakafe", parent=parent)
    scenes.offer("Gruppa", "gruppa", needs=["stottegruppe"])
    scenes.offer("Kafeen", "kafeen", needs=["temakafe", "stottegruppe"], where="3454")
    scenes.offer("Telefonen", "telefonen", needs=["moteplass"], where="country")
    scenes.offer("I Lom", "lom", needs=["temakafe"], where="3434")
    finding.rebuild()


def test_the_booklet_holds_the_regions_offers_by_need(client: Client, made: list[Any]) -> None:
    valdres_by_need()
    response = client.get("/nn/valdres/hefte/")
    assert response["Content-Disposition"] == 'inline; filename="valdres-hefte-nn.pdf"'
    content: Booklet = made[0]
    chapter = content.chapters[0]
    assert chapter.title == "Møteplassar"
    assert [[entry.name for entry in group.entries] for group in chapter.groups] == [
        ["Telefonen"],
        ["Gruppa", "Kafeen"],
        ["Kafeen"],
    ]
    assert "113" in {line.number for line in content.crisis}


def test_the_booklet_reads_the_map_in_one_query(
    client: Client, made: list[Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    valdres_by_need()
    client.get("/valdres/hefte/")
    with django_assert_num_queries(1):
        client.get("/valdres/hefte/")


def test_the_booklet_is_kept_until_the_map_changes(client: Client, made: list[Any]) -> None:
    valdres_by_need()
    client.get("/valdres/hefte/")
    client.get("/valdres/hefte/")
    assert len(made) == 1
    scenes.offer("Ny kafé", "ny", needs=["temakafe"])
    finding.rebuild()
    client.get("/valdres/hefte/")
    assert len(made) == 2


def test_whoever_waits_too_long_for_a_booklet_is_asked_to_come_back(
    client: Client, made: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = threading.Lock()
    taken.acquire()
    monkeypatch.setattr(pdf, "_one_booklet", taken)
    monkeypatch.setattr(pdf, "PATIENCE", 0.01)
    valdres_by_need()
    response = client.get("/valdres/hefte/")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Prøv igjen om et minutt." in response.content.decode()


def test_a_failed_booklet_lets_the_next_one_try(
    client: Client, made: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(content: Booklet) -> bytes:
        raise DocumentError("Ikke nå.")

    valdres_by_need()
    with monkeypatch.context() as broken:
        broken.setattr(documents, "booklet_pdf", refuse)
        assert client.get("/valdres/hefte/").status_code == 503
    assert client.get("/valdres/hefte/").status_code == 200


def test_a_region_without_offers_has_no_booklet(client: Client) -> None:
    scenes.valdres()
    assert client.get("/valdres/hefte/").status_code == 404


def test_addresses_in_documents_do_not_depend_on_the_request(
    client: Client, made: list[Any], settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://samtun.example"
    settings.ALLOWED_HOSTS = ["*"]
    scenes.valdres()
    scenes.offer("Temakafé", "kafe")
    client.get("/valdres/tilbud/kafe/pdf/", headers={"host": "evil.example"})
    assert made[0].url == "https://samtun.example/valdres/tilbud/kafe/"
