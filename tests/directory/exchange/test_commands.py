"""`samtun import`, `export` and `load` from a terminal."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import OperationalError, connection

from samtun.cli import exchange as commands
from samtun.directory.models import Service
from tests.directory.exchange.conftest import Dump
from tests.directory.exchange.tables import one_service
from tests.factories import directory as make


def run(command: str, *words: object) -> Result:
    """The result of a command."""
    return CliRunner().invoke(getattr(commands, command), [str(word) for word in words])


def test_an_import_is_summed_up_in_bokmal(facts: None, dump: Dump) -> None:
    result = run("import_hsds", dump(one_service(email="nei")), "--source", "prøve")
    assert result.exit_code == 0
    assert "«prøve» er lest inn." in result.stdout
    assert "2 rader lest: 1 tatt inn, 1 rettet, 0 avvist." in result.stdout
    assert "«nei» er ikke en e-postadresse" in result.stdout


def test_an_import_is_summed_up_in_english(facts: None, dump: Dump) -> None:
    result = run("import_hsds", dump(one_service()), "--language", "en", "--dry-run")
    assert "Nothing was changed." in result.stdout
    assert not Service.objects.exists()


def test_the_report_has_every_row(facts: None, dump: Dump, tmp_path: Path) -> None:
    tables = one_service()
    tables["phones"] = [{"id": "1", "service_id": "2", "number": "=1+1"}]
    run("import_hsds", dump(tables), "--report", tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["outcome"] for row in rows] == ["imported", "refused", "imported"]
    assert rows[1]["place"] == "phones.csv:2"


@pytest.mark.parametrize("name", ["report.json", "report.ndjson"])
def test_the_report_can_be_json(facts: None, dump: Dump, tmp_path: Path, name: str) -> None:
    run("import_hsds", dump(one_service(url="::")), "--report", tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8")
    rows = json.loads(text) if name == "report.json" else list(map(json.loads, text.splitlines()))
    assert [row["outcome"] for row in rows] == ["imported", "repaired"]
    assert rows[1]["problems"][0]["code"] == "bad_url"


def test_nothing_usable_is_exit_code_1(facts: None, dump: Dump) -> None:
    result = run("import_hsds", dump({"services": [{"id": "1"}]}))
    assert result.exit_code == 1
    assert "kunne brukes" in result.stdout


@pytest.mark.django_db
def test_a_path_that_does_not_exist_is_exit_code_2(tmp_path: Path) -> None:
    assert run("import_hsds", tmp_path / "nowhere").exit_code == 2
    assert run("export_hsds").exit_code == 2


def test_an_empty_folder_is_told(facts: None, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = run("import_hsds", tmp_path / "empty")
    assert result.exit_code == 1
    assert "ingen filer" in result.output


def test_a_region_without_its_file_is_told(facts: None, tmp_path: Path) -> None:
    result = run("import_region", tmp_path)
    assert result.exit_code == 1
    assert "region.toml" in result.output


def test_an_export_tells_how_much_it_wrote(facts: None, tmp_path: Path) -> None:
    make.full_service()
    result = run("export_hsds", "--to", tmp_path / "out.zip")
    assert result.exit_code == 0
    assert "1 services" in result.stdout


def test_a_locked_or_broken_database_is_told(facts: None, dump: Dump) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE directory_requireddocument")
    result = run("import_hsds", dump(one_service()))
    assert result.exit_code == 1
    assert "Ingenting er endret" in result.output


def test_a_database_that_refuses_is_said_on_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_words: object, **_options: object) -> None:
        raise OperationalError("no such table: directory_service")

    monkeypatch.setattr(commands.exchange, "export_hsds", refuse)
    result = run("export_hsds", "--to", tmp_path / "out")
    assert result.exit_code == 1
    assert result.output.startswith("Error: The database says “no such table")


def test_a_dump_cannot_steer_the_terminal(facts: None, dump: Dump) -> None:
    result = run("import_hsds", dump(one_service(url="\x1b[2Jnei")))
    assert "\x1b" not in result.output
