"""A small dirty dump that tests change to their needs, and imports without an index to write."""

import csv
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from samtun.directory.actions.vocabularies import load_vocabularies
from samtun.directory.exchange import Report, import_hsds, importing
from tests.conftest import REQUIRED
from tests.factories import directory as make

DATA = Path(__file__).parent / "data"
CHECKOUT = Path(__file__).resolve().parents[3]

Tables = Mapping[str, Sequence[Mapping[str, object]]]
Dump = Callable[[Tables], Path]
Import = Callable[[Tables], Report]


@pytest.fixture(autouse=True)
def _no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search index has tests of its own."""
    monkeypatch.setattr(importing.finding, "rebuild", lambda _progress: 0)


@pytest.fixture
def facts(db: None) -> None:
    """A few municipalities, a postal code, needs and target groups."""
    for number, name in (("3454", "Vang"), ("1515", "Herøy"), ("1818", "Herøy")):
        make.municipality(number, name)
    make.postal_code("2900", municipality=make.municipality("3451", "Nord-Aurdal"))
    load_vocabularies()


@pytest.fixture
def dump(tmp_path: Path) -> Dump:
    """Writes tables as a folder of CSV files and gives its path."""

    def write(tables: Tables) -> Path:
        folder = tmp_path / "dump"
        folder.mkdir(exist_ok=True)
        for name, rows in tables.items():
            columns = list(dict.fromkeys(column for row in rows for column in row))
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, columns)
                writer.writeheader()
                writer.writerows(rows)
        return folder

    return write


@pytest.fixture
def imported(facts: None, dump: Dump) -> Import:
    """Imports tables as the source «test»."""

    def run(tables: Tables) -> Report:
        return import_hsds(dump(tables), source="test")

    return run


@pytest.fixture(scope="session")
def standards() -> Path:
    """The official schemas, where they are."""
    beside = CHECKOUT.parent / "shared" / "standards"
    folder = Path(os.environ.get("SAMTUN_STANDARDS", beside))
    if not (folder / "hsds-3.1").is_dir():
        line = f"needs the official HSDS schemas in {folder} (or SAMTUN_STANDARDS)"
        if "standards" in REQUIRED:
            pytest.fail(line)
        pytest.skip(line)
    return folder
