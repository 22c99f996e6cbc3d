"""Files as they come: encodings, separators, zips, broken ones, JSON of every shape."""

import json
import zipfile
from pathlib import Path

import pytest

from samtun.directory.exchange import ExchangeError, import_hsds
from samtun.directory.exchange.reading import delimited
from samtun.directory.exchange.reading.files import members
from samtun.directory.exchange.reading.hsds import HsdsDump
from samtun.directory.exchange.reporting import Rows
from samtun.directory.exchange.rows import Row
from samtun.directory.models import CostOption, Schedule, Service
from samtun.organisations.models import Organization
from tests.directory.exchange.conftest import DATA
from tests.directory.exchange.tables import ORGANIZATION, ORGANIZATION_ID, SERVICE, SERVICE_ID


def rows_of(path: Path, content: bytes) -> list[Row]:
    """The rows of a CSV file with that content."""
    path.write_bytes(content)
    return list(delimited.rows(members(path)[0], "service"))


@pytest.mark.parametrize(
    "content",
    [
        "id,name\n1,Blåbær\n".encode(),
        "\ufeffId ; NAME\n1;Blåbær\n".encode(),
        "id\tname\r\n1\tBlåbær\r\n".encode(),
        "id,name\n1,Blåbær\n".encode("latin-1"),
        "id,name\n1,Blåbær\n".encode("utf-16"),
        'id,name\n1,"Blåbær"'.encode(),
        "id,name\n1,Blåbær\n".encode("utf-16-le"),
        "id,name\r1,Blåbær\r".encode("latin-1"),
    ],
    ids=[
        "utf-8",
        "bom and semicolon",
        "tabs",
        "latin-1",
        "utf-16",
        "no last line end",
        "utf-16 without mark",
        "lines of an old Mac",
    ],
)
def test_a_row_is_read_whatever_its_form(tmp_path: Path, content: bytes) -> None:
    assert [row.values for row in rows_of(tmp_path / "a.csv", content)] == [
        {"id": "1", "name": "Blåbær"}
    ]


def test_a_file_of_two_encodings_tells_which_rows_were_mended(tmp_path: Path) -> None:
    content = "id,name\n1,Blåbær\n".encode() + "2,Rødbær\n".encode("cp1252")
    first, second = rows_of(tmp_path / "a.csv", content)
    assert (first.repairs, second.values["name"]) == ((), "Rødbær")
    assert [problem.code for problem in second.repairs] == ["read_as_cp1252"]


def test_a_stray_quote_costs_one_row_only(tmp_path: Path) -> None:
    content = b'id,name\n1,"Open\n2,Two\n3,"Three"\n4,A "b" c\n5,Five,"x\n6,Six\n'
    rows = rows_of(tmp_path / "a.csv", content)
    assert [row.values.get("id") for row in rows] == ["1", "2", "3", "4", None, "6"]
    assert rows[0].repairs[0].code == "stray_quote"
    assert rows[4].problem is not None
    assert rows[4].place == "a.csv:6"


def test_ragged_rows_are_told_of(tmp_path: Path) -> None:
    rows = rows_of(tmp_path / "a.csv", b"id,name,url\n1,One\n2,Two,u,extra\n")
    assert [row.repairs[0].code for row in rows] == ["cells_missing", "surplus_cells"]


def test_a_text_over_several_lines_is_one_row(tmp_path: Path) -> None:
    rows = rows_of(tmp_path / "a.csv", b'id,name\n1,"One\nand a half"\n2,Two\n')
    assert [row.values["name"] for row in rows] == ["One\nand a half", "Two"]


@pytest.mark.parametrize("ending", ['"', '",', '",,,'], ids=["short", "right", "long"])
def test_a_ragged_row_may_hold_a_text_over_several_lines(tmp_path: Path, ending: str) -> None:
    content = f'id,name,description,url\n1,One,"Two\nlines{ending}\n2,Two\n'
    rows = rows_of(tmp_path / "a.csv", content.encode())
    assert [row.values.get("description") for row in rows] == ["Two\nlines", None]


def test_a_line_separator_ends_no_row_in_utf_16(tmp_path: Path) -> None:
    rows = rows_of(tmp_path / "a.csv", "id,name\n1,Ad\u2028a\n".encode("utf-16"))
    assert [row.values["name"] for row in rows] == ["Ad\u2028a"]


def test_a_header_may_go_over_several_lines(tmp_path: Path) -> None:
    rows = rows_of(tmp_path / "a.csv", b'id,"postal\ncode",name\n1,2900,One\n')
    assert rows[0].values == {"id": "1", "postal_code": "2900", "name": "One"}


def test_cells_without_a_column_of_their_own_are_told_of(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path / "a.csv", b"id,name,name,\n1,One,Two,Three\n")
    assert row.values["name"] == "One"
    assert row.repairs[0].words["before"] == "Two | Three"


def test_what_a_folder_holds_beside_files_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "services.csv").write_text("id,name\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("services.csv")
    dump = HsdsDump(tmp_path)
    assert list(dump.rows()) == []
    assert [notice.words["reason"] for notice in dump.notices] == ["symbolic_link"]


def test_an_unreadable_file_in_a_zip_stops_no_other(facts: None, tmp_path: Path) -> None:
    files = {"organizations.csv": f"id,name\n{ORGANIZATION_ID},Laget\n", "services.csv": "id\n"}
    path = zipped(tmp_path / "a.zip", files)
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 10] = 99  # a compression nobody knows
    path.write_bytes(content)
    report = import_hsds(path, source="test")
    assert (report.rows["organization"].imported, report.rows["service"].refused) == (1, 1)


@pytest.mark.parametrize("form", ["%s", "[%s]"])
def test_a_value_said_twice_is_told_of(facts: None, tmp_path: Path, form: str) -> None:
    path = tmp_path / "services.json"
    twice = json.dumps(SERVICE).replace("{", '{"name": "A", ', 1)
    path.write_text(form % twice, encoding="utf-8")
    report = import_hsds(path, source="test")
    assert "name_(twice) (1)" in str(report.notices[0].words["columns"])


def test_thousands_of_empty_columns_do_no_harm(tmp_path: Path) -> None:
    header = "id,name," + ",".join(f"x{number}" for number in range(5000))
    rows = rows_of(tmp_path / "a.csv", f"{header}\n1,One{',' * 5000}\n".encode())
    assert rows[0].values == {"id": "1", "name": "One"}


def zipped(path: Path, files: dict[str, str]) -> Path:
    """A zip of those files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_zip_with_folders_is_read_in_place(facts: None, tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        {
            "../../export/organizations.csv": f"id,name\n{ORGANIZATION_ID},Laget\n",
            "readme.pdf": "",
            "__MACOSX/organizations.csv": "x",
        },
    )
    report = import_hsds(path, source="test")
    assert Organization.objects.get().name == "Laget"
    assert [notice.words["file"] for notice in report.notices] == ["readme.pdf"]
    assert [child.name for child in tmp_path.iterdir() if child.name != "search"] == ["a.zip"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"hello"])
def test_what_is_no_zip_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match=r"a\.zip"):
        members(path)


def test_a_zip_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samtun.directory.exchange.reading.files._LARGEST_TOTAL", 1000)
    path = zipped(tmp_path / "a.zip", {"services.csv": "x" * 2000})
    with pytest.raises(ExchangeError, match="1000"):
        members(path)


NESTED = {
    **SERVICE,
    "organization": ORGANIZATION,
    "phones": [{"id": "p1", "number": "10 00 00 01", "languages": [{"id": "l1", "code": "nb"}]}],
    "service_at_locations": [
        {"id": "x", "location": {"id": "y", "name": "Huset", "location_type": "physical"}}
    ],
}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("services.json", json.dumps([NESTED])),
        ("a.json", json.dumps({"total_items": 1, "contents": [NESTED]})),
        ("service_full.json", json.dumps(NESTED)),
        ("services.ndjson", json.dumps(NESTED)),
        ("a.json", json.dumps({"services": [NESTED]})),
        ("organization_full.json", json.dumps({**ORGANIZATION, "services": [NESTED]})),
    ],
    ids=["list", "envelope", "alone", "lines", "tables", "in its organisation"],
)
def test_nested_json_is_read_in_every_shape(
    facts: None, tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    import_hsds(tmp_path / name, source="test")
    service = Service.objects.get(pk=SERVICE_ID)
    assert service.organization.name == "Hjelpelaget"
    assert service.phones.get().languages.get().code == "nb"
    assert service.service_at_locations.get().location.name == "Huset"


def test_an_organisation_shown_in_each_service_counts_once(facts: None, tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    other = {**NESTED, "id": SERVICE_ID.replace("0001", "0002"), "phones": []}
    path.write_text(json.dumps([NESTED, other]), encoding="utf-8")
    report = import_hsds(path, source="test")
    assert report.rows["organization"] == Rows(imported=1)


def test_broken_json_keeps_what_stands_before_the_break(facts: None, tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    path.write_text(f"[{json.dumps(SERVICE)}, {{'id': ", encoding="utf-8")
    report = import_hsds(path, source="test")
    assert Service.objects.count() == 1
    assert report.problems[0].problems[0].code == "unreadable_file"


@pytest.mark.parametrize(
    "content",
    ["", "null", "17", '"text"', "[[[[", "{}", "[null, 1, [], {}]", '{"a": {"b": 1}}',
     "[" * 100_000, '[{"id": "\\ud800", "name": "\\ud800", "minimum_age": 1e999}]'],
)  # fmt: skip
def test_strange_json_gives_a_report(facts: None, tmp_path: Path, content: str) -> None:
    path = tmp_path / "services.json"
    path.write_text(content, encoding="utf-8")
    report = import_hsds(path, source="test")
    assert report.total().read == len(report.problems) + report.total().imported


def test_json_is_read_item_by_item_across_chunks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samtun.directory.exchange.reading.json_items._CHUNK", 7)
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"page": 12, "contents": [NESTED, NESTED]}), encoding="utf-8")
    tables = [row.table for row in HsdsDump(path).rows()]
    assert tables.count("service") == 2


def test_a_dump_of_the_first_version_is_understood(facts: None) -> None:
    report = import_hsds(DATA / "version_1", source="test")
    service = Service.objects.get()
    assert [one.table for one in report.problems if one.state == 2] == []
    assert service.eligibility_description == "For alle over 18 år"
    assert service.attributes.get().taxonomy_term.name == "Mat"
    assert service.languages.get().name == "Norsk"
    assert Schedule.objects.get(freq="WEEKLY").byday == "MO"
    assert CostOption.objects.get().amount_description == "Vipps"
    place = service.service_at_locations.get().location
    assert {address.address_type for address in place.addresses.all()} == {"physical", "postal"}
    assert place.accessibility.get().description == "Heis"
