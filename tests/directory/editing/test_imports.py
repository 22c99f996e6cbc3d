"""What people have changed here, a later import of the same files neither undoes nor adds to."""

from pathlib import Path

import pytest

from samtun.directory.editing.reading import document_of
from samtun.directory.exchange import import_region, importing
from samtun.directory.models import ImportedRecord, Service
from tests.directory.editing import scenes

pytestmark = pytest.mark.django_db
REGION = '[region]\nkey = "valdres"\nname = {nb = "Valdres"}\nmunicipalities = ["3451"]\n'
FILE = """
[organization]
key = "sentralen"
name = "Sentralen"

[[service]]
key = "kafe"
name = {nb = "Temakafé"}
needs = ["moteplass"]
covers = ["3451"]
email = "kafe@sentralen.example"

[[service.phone]]
number = "10 00 00 01"

[[service.contact]]
name = "Kari"
phone = "10 00 00 02"

[[service]]
key = "annet"
name = {nb = "Annet"}
covers = ["3451"]
"""


@pytest.fixture
def region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of a region with two offers, imported."""
    monkeypatch.setattr(importing.finding, "rebuild", lambda _progress: 0)
    folder = tmp_path / "valdres"
    (folder / "organisations").mkdir(parents=True)
    (folder / "region.toml").write_text(REGION)
    (folder / "organisations" / "sentralen.toml").write_text(FILE)
    import_region(folder)
    return folder


def test_an_edit_stands_when_the_files_come_again(region: Path) -> None:
    service = Service.objects.get(slug="kafe")
    scenes.edit(service, email="ny@sentralen.example", phones=[], needs=[], contacts=[])
    edited = document_of(Service.objects.get(pk=service.pk))
    report = import_region(region)
    assert document_of(Service.objects.get(pk=service.pk)) == edited
    assert report.rows["service"].refused == 1
    assert report.rows["phone"].refused >= 1


def test_what_nobody_touched_still_follows_its_files(region: Path) -> None:
    scenes.edit(Service.objects.get(slug="kafe"), email="ny@sentralen.example")
    other = Service.objects.get(slug="annet")
    assert ImportedRecord.objects.filter(table="service", record_id=other.pk).exists()
    path = region / "organisations" / "sentralen.toml"
    path.write_text(path.read_text().replace('"Annet"', '"Noe nytt"'))
    import_region(region)
    other.refresh_from_db()
    assert other.name == "Noe nytt"


def test_an_edited_offer_is_not_closed_when_it_leaves_the_files(region: Path) -> None:
    service = Service.objects.get(slug="kafe")
    scenes.edit(service, email="ny@sentralen.example")
    path = region / "organisations" / "sentralen.toml"
    path.write_text(FILE[: FILE.index("[[service]]")] + FILE[FILE.rindex("[[service]]") :])
    import_region(region)
    service.refresh_from_db()
    assert (service.status, service.phones.count()) == ("active", 1)


def test_saving_what_changes_nothing_leaves_it_to_its_source(region: Path) -> None:
    service = Service.objects.get(slug="kafe")
    before = ImportedRecord.objects.count()
    scenes.edit(service)
    assert ImportedRecord.objects.count() == before
