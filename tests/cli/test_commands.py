"""The samtun command, as somebody at a terminal meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from samtun.cli import main
from samtun.directory import finding
from samtun.directory.actions.vocabularies import load_vocabularies
from samtun.directory.models import TaxonomyTerm
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


def run(*words: str, given: str | bytes = "") -> Result:
    """Run a command with `given` on standard input."""
    return CliRunner().invoke(main, list(words), input=given)


def test_help_names_every_command() -> None:
    text = run("--help").output
    for name in ("demo", "serve", "search", "import", "export", "load", "index", "migrate"):
        assert name in text


@pytest.fixture
def café() -> str:
    """A searchable service; gives its identifier."""
    region = make.region("valdres")
    service = make.service(name="Temakafe Fagernes")
    make.tag(service, make.term("moteplass-voksne"))
    make.area(service, region.municipalities.get())
    finding.rebuild()
    return str(service.pk)


def test_search_answers_a_json_line_for_each_query(café: str) -> None:
    lines = run(
        "search", "--region", "valdres", "--json", given="temakafe\nzzqx\n"
    ).stdout.splitlines()
    first, second = (json.loads(line) for line in lines)
    assert first == {
        "query": "temakafe",
        "results": [
            {
                "id": café,
                "name": "Temakafe Fagernes",
                "needs": ["moteplass-voksne"],
                "municipalities": ["3451"],
            }
        ],
    }
    assert second["query"] == "zzqx"


def test_search_survives_bytes_that_are_no_text(café: str) -> None:
    result = run("search", "--region", "valdres", "--json", given=b"\xff\xfe caf\xe9\n\n")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2
    assert café


def test_search_in_an_unknown_region_says_so() -> None:
    result = run("search", "--region", "atlantis", given="hjelp\n")
    assert result.exit_code == 1
    assert "atlantis" in result.output


def test_rebuilding_the_index_tells_how_many_services_there_are(café: str) -> None:
    assert "1 services are searchable" in run("index", "rebuild").output
    assert café


def test_an_index_that_cannot_be_written_is_told(tmp_path: Path, café: str) -> None:
    finding._kept.forget()
    for path in (tmp_path / "search").rglob("*"):
        if path.is_file():
            path.unlink()
    (tmp_path / "search" / "lock").mkdir()
    result = run("index", "rebuild")
    assert result.exit_code == 1
    assert "not rebuilt" in result.output
    assert café


def test_an_installation_adds_needs_of_its_own(tmp_path: Path) -> None:
    load_vocabularies()
    table = tmp_path / "own.tsv"
    table.write_text("code\tparent\tnb\tnn\ten\nhund\tavlastning\tHundepass\t\tDog care\n", "utf-8")
    assert "1 terms" in run("load", "terms", "--taxonomy", "needs", str(table)).output
    term = TaxonomyTerm.objects.select_related("parent").get(code="hund")
    assert term.parent is not None
    assert (term.parent.code, term.label("en").value) == ("avlastning", "Dog care")
    assert TaxonomyTerm.objects.filter(code="avlastning-hjemme").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("kode\tnavn\nx\ty\n", "lacks code, nb"),
        ("", "lacks code, nb"),
        ("code\tparent\tnb\nx\tingen\ty\n", "parents that do not exist: ingen"),
    ],
)
def test_a_table_that_cannot_be_loaded_is_refused_in_words(
    tmp_path: Path, text: str, reason: str
) -> None:
    table = tmp_path / "own.tsv"
    table.write_text(text, "utf-8")
    result = run("load", "terms", "--taxonomy", "needs", str(table))
    assert result.exit_code == 1
    assert reason in result.output


def test_reference_facts_are_loaded_by_command() -> None:
    assert run("load", "reference").exit_code == 0
