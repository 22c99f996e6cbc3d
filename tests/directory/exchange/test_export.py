"""What goes out is valid HSDS 3.1, holds no secrets, and comes back the same."""

import csv
import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from samtun.directory.exchange import ExchangeError, export_hsds, import_hsds, package
from samtun.directory.models import Listing, Location, Service, Taxonomy
from samtun.organisations.models import Organization
from tests.factories import directory as make


def read(path: Path) -> Any:  # noqa: ANN401 (JSON)
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def without_moments(value: Any) -> Any:  # noqa: ANN401 (JSON)
    """The same without when it was last changed, which is each system's own."""
    if isinstance(value, dict):
        return {k: without_moments(v) for k, v in value.items() if k != "last_modified"}
    return [without_moments(one) for one in value] if isinstance(value, list) else value


def forget_everything() -> None:
    """An empty directory."""
    Listing.objects.all().delete()
    Service.objects.all().delete()
    Location.objects.all().delete()
    Organization.objects.update(parent_organization=None)
    Organization.objects.all().delete()
    Taxonomy.objects.all().delete()


@pytest.mark.standards
def test_exported_services_are_valid(facts: None, tmp_path: Path, standards: Path) -> None:
    make.full_service()
    export_hsds(tmp_path / "out")
    schema = standards / "hsds-3.1" / "schema" / "compiled" / "service.json.gz"
    validator = Draft202012Validator(
        json.loads(gzip.decompress(schema.read_bytes())), format_checker=FormatChecker()
    )
    (service,) = read(tmp_path / "out" / "services.json")
    assert [error.message for error in validator.iter_errors(service)] == []


@pytest.mark.standards
def test_the_package_has_the_columns_of_hsds(standards: Path) -> None:
    official = read(standards / "hsds-3.1" / "datapackage.json")
    ours = {one["name"]: one for one in package.description("x")["resources"]}
    for resource in official["resources"]:
        if resource["name"] not in ours:
            continue
        mine = ours[resource["name"]]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert mine["path"] == resource["path"]
        assert [field["name"] for field in mine["schema"]["fields"]][: len(names)] == names


def test_the_package_asks_for_no_more_than_it_holds(facts: None, tmp_path: Path) -> None:
    make.full_service()
    Organization.objects.update(description="")
    export_hsds(tmp_path / "out")
    for resource in read(tmp_path / "out" / "datapackage.json")["resources"]:
        with (tmp_path / "out" / resource["path"]).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        for column in resource["schema"]["fields"]:
            cells = [row[column["name"]] for row in rows]
            assert all(cells) or not column["constraints"]["required"], column["name"]
            if column["type"] == "time":
                assert {len(cell) for cell in cells if cell} <= {len("09:00:00")}


def test_each_row_of_the_package_stands_once(facts: None, tmp_path: Path) -> None:
    make.full_service()
    counts = export_hsds(tmp_path / "out")
    for table, count in counts.items():
        path = tmp_path / "out" / package.file_of(table)
        with path.open(encoding="utf-8", newline="") as stream:
            keys = [row["id"] for row in csv.DictReader(stream)]
        assert len(keys) == len(set(keys)) == count, table


@pytest.mark.parametrize("form", ["out", "out.zip"])
def test_what_is_exported_comes_back_the_same(facts: None, tmp_path: Path, form: str) -> None:
    make.full_service()
    export_hsds(tmp_path / form)
    export_hsds(tmp_path / "before.json")
    forget_everything()
    report = import_hsds(tmp_path / form, source="copy")
    assert report.total().refused == 0
    export_hsds(tmp_path / "after.json")
    before, after = (read(tmp_path / f"{name}.json") for name in ("before", "after"))
    assert without_moments(after) == without_moments(before)


def test_json_alone_comes_back_the_same(facts: None, tmp_path: Path) -> None:
    make.full_service()
    export_hsds(tmp_path / "before")
    forget_everything()
    for path in tmp_path.glob("before/*"):
        if path.suffix == ".csv" or path.name == "datapackage.json":
            path.unlink()
    import_hsds(tmp_path / "before", source="copy")
    export_hsds(tmp_path / "after")
    before, after = (read(tmp_path / f"{name}/services.json") for name in ("before", "after"))
    assert without_moments(after) == without_moments(before)


def test_ours_beyond_hsds_comes_back_from_the_package(facts: None, tmp_path: Path) -> None:
    service = make.full_service().service
    columns = ("slug", "summary", "translations", "keywords", "is_free", "meets_online")
    before = Service.objects.values(*columns).get(pk=service.pk)
    export_hsds(tmp_path / "out")
    forget_everything()
    import_hsds(tmp_path / "out", source="copy")
    assert Service.objects.values(*columns).get(pk=service.pk) == before


def test_a_confidential_place_is_in_no_file(facts: None, tmp_path: Path) -> None:
    make.full_service()
    export_hsds(tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert not [word for word in make.SECRET_WORDS if word in text]


def test_only_what_covers_the_region_is_exported(facts: None, tmp_path: Path) -> None:
    region = make.region("dalen")
    inside, outside = make.service(name="Inne"), make.service(name="Ute")
    make.area(inside, region.municipalities.first())
    make.area(outside, make.municipality("0301", "Oslo"))
    export_hsds(tmp_path / "out.json", region="dalen")
    assert [service["name"] for service in read(tmp_path / "out.json")] == ["Inne"]


@pytest.mark.django_db
def test_an_unknown_region_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="atlantis"):
        export_hsds(tmp_path / "out", region="atlantis")


@pytest.mark.django_db
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExchangeError):
        export_hsds(tmp_path / "file" / "out")
