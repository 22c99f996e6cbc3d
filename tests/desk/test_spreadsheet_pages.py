"""Sending a spreadsheet in, as Kari, and as others who try her addresses."""

import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from samtun.desk.views import spreadsheet as views
from samtun.directory.exchange import spreadsheet_uploads
from samtun.directory.models import Service
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent
from tests.desk.desk_scenes import Scene, scene
from tests.factories import people

pytestmark = pytest.mark.django_db
PAGE = "/skrivebord/tilbud/regneark/"


@pytest.fixture
def valdres() -> Scene:
    made = scene()
    made.service("Kafé")
    made.service("Turlag")
    return made


@pytest.fixture
def browser(valdres: Scene) -> Client:
    """Kari's."""
    return valdres.in_browser(valdres.kari)


def sent_in(browser: Client, **cells: object) -> Any:  # noqa: ANN401  (the test client's answer)
    """The file as it is taken, with the first row changed, sent in again."""
    book = load_workbook(io.BytesIO(browser.get(f"{PAGE}tilbud.xlsx").content))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[2]}
    for code, value in cells.items():
        sheet.cell(3, columns[code.replace("__", ".")]).value = value
    out = io.BytesIO()
    book.save(out)
    return browser.post(PAGE, {"fil": SimpleUploadedFile("tilbud.xlsx", out.getvalue())})


def test_the_whole_way(browser: Client) -> None:
    preview = sent_in(browser, summary__nb="Kom innom")["Location"]
    page = browser.get(preview).content.decode()
    assert "<ins>Kom innom</ins>" in page
    assert Service.objects.get(name="Kafé").summary == ""
    assert browser.post(preview)["Location"] == preview
    assert Service.objects.get(name="Kafé").summary == "Kom innom"
    report = load_workbook(io.BytesIO(browser.get(f"{preview}rapport.xlsx").content))
    assert len(list(report.active.values)) == 3


def test_saving_twice_makes_nothing_twice(browser: Client, valdres: Scene) -> None:
    preview = sent_in(browser, id="", version="", organization=valdres.owner.name)["Location"]
    for _ in range(2):
        browser.post(preview)
    assert Service.objects.filter(name="Kafé").count() == 2


def test_what_takes_long_goes_on_with_the_next_press(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "_SECONDS", -1.0)
    preview = sent_in(browser, summary__nb="Kom innom")["Location"]
    for _ in range(3):
        browser.post(preview)
    assert Service.objects.get(name="Kafé").summary == "Kom innom"


def test_nobody_else_sees_what_was_sent_in(browser: Client, valdres: Scene) -> None:
    preview = sent_in(browser, summary__nb="Kom innom")["Location"]
    randi = people.person("Randi")
    people.role(randi, RoleKind.REGION_EDITOR, region=valdres.region)
    for person in (valdres.ola, valdres.nils, randi):
        other = valdres.in_browser(person)
        for address in (preview, f"{preview}rapport.xlsx"):
            assert other.get(address).status_code == 404
        assert other.post(preview).status_code == 404
    assert Service.objects.get(name="Kafé").summary == ""


def test_taking_the_file_is_in_the_trail(browser: Client) -> None:
    browser.get(f"{PAGE}tilbud.xlsx")
    assert AuditEvent.objects.filter(action="looked.at").exists()


def test_ola_takes_only_his_own(valdres: Scene) -> None:
    content = valdres.in_browser(valdres.ola).get(f"{PAGE}tilbud.xlsx").content
    assert load_workbook(io.BytesIO(content)).worksheets[0].max_row == 2


def test_a_leader_has_no_spreadsheet(valdres: Scene) -> None:
    lise = people.person("Lise")
    people.role(lise, RoleKind.LEADER, region=valdres.region)
    for address in (PAGE, f"{PAGE}tilbud.xlsx"):
        assert valdres.in_browser(lise).get(address).status_code == 404


@pytest.mark.parametrize("content", [b"tull", b"\x00" * 5_000_001, b""])
def test_what_cannot_be_read_is_refused_and_not_kept(browser: Client, content: bytes) -> None:
    answer = browser.post(PAGE, {"fil": SimpleUploadedFile("x.xlsx", content)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert list((Path(settings.DATA_DIR) / "uploads").glob("*")) == []


def test_after_an_hour_it_is_gone(browser: Client) -> None:
    preview = sent_in(browser, summary__nb="Kom innom")["Location"]
    folder = Path(settings.DATA_DIR) / "uploads"
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}
    for path in folder.iterdir():
        os.utime(path, (time.time() - 3700,) * 2)
    assert browser.get(preview).status_code == 404
    assert spreadsheet_uploads.forget_old() == 2
    assert list(folder.iterdir()) == []
