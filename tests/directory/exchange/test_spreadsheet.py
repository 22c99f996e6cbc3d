"""Services to a spreadsheet and back: a word on every row, and nothing else changed."""

import io
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from samtun.directory.enums import ServiceStatus
from samtun.directory.exchange import spreadsheet
from samtun.directory.exchange.spreadsheet import Line, NotReadable, Plan
from samtun.directory.models import Service, ServiceVersion
from samtun.directory.queries.kept import services_of
from samtun.people.models import User
from tests.directory.editing import scenes
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
Changes = dict[str, object]


@pytest.fixture
def kari() -> User:
    """She looks after the full service."""
    return scenes.kari(make.full_service(name="Temakafé").organization)


def file_of(kari: User) -> bytes:
    """What she takes home."""
    return b"".join(spreadsheet.write(services_of(kari, "directory.change_service"), kari))


def rewritten(content: bytes, *rows: Changes, edit: Any = None) -> io.BytesIO:  # noqa: ANN401
    """The file with cells changed by their codes: the first row, the second …; further are new."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[2]}
    for number, changes in enumerate(rows, start=3):
        for code, value in changes.items():
            sheet.cell(number, columns[code]).value = value
    if edit:
        edit(sheet)
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def planned(file: io.BytesIO, by: User) -> Plan:
    return spreadsheet.plan(spreadsheet.read(file), by=by)


def only(found: Plan) -> Line:
    (line,) = found.lines
    return line


def test_what_nobody_touched_is_unchanged(kari: User) -> None:
    assert only(planned(rewritten(file_of(kari)), kari)).kind == "unchanged"
    assert only(planned(io.BytesIO(file_of(kari)), kari)).kind == "unchanged"


def test_a_changed_cell_is_told_before_and_saved_after(kari: User) -> None:
    file = rewritten(file_of(kari), {"name.nn": "Temakafeen", "minimum_age": 16})
    found = planned(file, kari)
    changes = {change.field: (change.old, change.new) for change in only(found).changes}
    assert changes == {
        "texts.nn.name": ("Temakafé for pårørande", "Temakafeen"), "minimum_age": ("18", "16"),
    }  # fmt: skip
    service = Service.objects.get()
    assert service.minimum_age == 18
    list(spreadsheet.carry_out(found.lines, by=kari))
    service.refresh_from_db()
    assert (service.minimum_age, service.translations["nn"]["name"]) == (16, "Temakafeen")
    assert service.versions.order_by("-number")[0].person == kari


def test_places_hours_and_confidential_addresses_are_left_alone(kari: User) -> None:
    content = file_of(kari)
    for word in make.SECRET_WORDS:
        assert word.encode() not in b"".join(_unpacked(content))
    found = planned(rewritten(content, {"summary.nb": "Ny"}), kari)
    list(spreadsheet.carry_out(found.lines, by=kari))
    service = Service.objects.get()
    assert service.service_at_locations.count() == 2
    assert service.schedules.count() + service.phones.count() > 2


def _unpacked(content: bytes) -> list[bytes]:
    book = load_workbook(io.BytesIO(content))
    return [str(cell).encode() for sheet in book for row in sheet.values for cell in row if cell]


def test_a_new_row_becomes_a_draft(kari: User) -> None:
    owner = Service.objects.get().organization.name
    file = rewritten(
        file_of(kari), {}, {"name.nb": "Turgruppe", "organization": owner, "covers": "3451"}
    )
    found = planned(file, kari)
    assert [line.kind for line in found.lines] == ["unchanged", "new"]
    list(spreadsheet.carry_out(found.lines, by=kari))
    made = Service.objects.get(name="Turgruppe")
    assert made.status == ServiceStatus.INACTIVE


def test_rows_that_are_gone_delete_nothing(kari: User) -> None:
    file = rewritten(file_of(kari), edit=lambda sheet: sheet.delete_rows(3))
    assert planned(file, kari).lines == []
    assert Service.objects.count() == 1


def test_one_bad_row_stops_nothing(kari: User) -> None:
    service = Service.objects.get()
    make.service(name="Åpent hus", organization=service.organization)
    file = rewritten(file_of(kari), {"email": "ikke en adresse"}, {"summary.nb": "Velkommen"})
    found = planned(file, kari)
    assert sorted(line.kind for line in found.lines) == ["changed", "refused"]
    done = list(spreadsheet.carry_out(found.lines, by=kari))
    assert len(done) == 2
    assert Service.objects.get(name="Åpent hus").summary == "Velkommen"


def test_what_is_not_mine_is_answered_like_what_is_not_there(kari: User) -> None:
    other = make.service(name="Andres")
    reasons = []
    for key in (str(other.pk), "7f000000-0000-4000-8000-000000000000", "tull"):
        line = only(planned(rewritten(file_of(kari), {"id": key, "name.nb": "Tatt"}), kari))
        assert line.kind == "refused"
        reasons.append(line.reasons)
    assert reasons[0] == reasons[1] == reasons[2]
    assert "Andres" not in str(reasons)


def test_an_organisation_that_is_not_mine_cannot_be_given(kari: User) -> None:
    other = make.organization(name="Andres hus")
    for wanted in (other.name, str(other.pk)):
        line = only(planned(rewritten(file_of(kari), {"organization": wanted}), kari))
        assert line.kind == "refused"


def test_somebody_changed_it_since_the_file_was_taken(kari: User) -> None:
    content = file_of(kari)
    scenes.edit(Service.objects.get(), kari, url="https://ny.example")
    line = only(planned(rewritten(content, {"summary.nb": "Gammel"}), kari))
    assert line.kind == "refused"
    assert Service.objects.get().url == "https://ny.example"


def test_somebody_changes_it_between_the_report_and_the_saving(kari: User) -> None:
    found = planned(rewritten(file_of(kari), {"summary.nb": "Min"}), kari)
    scenes.edit(Service.objects.get(), kari, url="https://ny.example")
    (line,) = spreadsheet.carry_out(found.lines, by=kari)
    assert line.kind == "refused"
    assert Service.objects.get().summary != "Min"


def test_the_same_entry_twice_counts_once(kari: User) -> None:
    key = str(Service.objects.get().pk)
    file = rewritten(file_of(kari), {"summary.nb": "En"}, {"id": key, "summary.nb": "To"})
    assert [line.kind for line in planned(file, kari).lines] == ["changed", "refused"]


def test_what_spreadsheets_do_to_cells_is_understood(kari: User) -> None:
    file = rewritten(
        file_of(kari),
        {"phones": 61360000.0, "end_on": 46387, "is_free": True, "minimum_age": 20.0,
         "publish_on": "1.2.2027"},
    )  # fmt: skip
    given = only(planned(file, kari)).given
    assert given["phones"][0]["number"] == "61360000"
    assert (given["end_on"], given["publish_on"]) == ("2026-12-31", "2027-02-01")
    assert given["minimum_age"] == 20
    assert "is_free" not in given  # it was so


@pytest.mark.parametrize(
    "formula", ["=1+1", '=HYPERLINK("http://x.example","x")', "=cmd|' /C calc'!A0"]
)
def test_a_formula_is_never_worked_out(kari: User, formula: str) -> None:
    line = only(planned(rewritten(file_of(kari), {"summary.nb": formula}), kari))
    assert line.kind == "refused"
    assert "summary.nb" in line.reasons[0]


@pytest.mark.parametrize("text", ["=1+1", "+47 61 36 00 00", "-5", "@SUM(A1)"])
def test_text_that_looks_like_a_formula_goes_out_defused_and_comes_back(text: str) -> None:
    service, kari = scenes.offer(description=text)
    book = load_workbook(io.BytesIO(file_of(kari)))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert only(planned(io.BytesIO(file_of(kari)), kari)).kind == "unchanged"
    assert Service.objects.get(pk=service.pk).description == text


def test_merged_cells_are_refused_so_that_nothing_is_emptied(kari: User) -> None:
    file = rewritten(file_of(kari), edit=lambda sheet: sheet.merge_cells("C3:F3"))
    assert only(planned(file, kari)).kind == "refused"


def test_columns_taken_away_moved_or_unknown(kari: User) -> None:
    def edit(sheet: Any) -> None:  # noqa: ANN401
        sheet.delete_cols(4, 20)
        sheet.cell(2, sheet.max_column + 1).value = "min egen kolonne"
        sheet.cell(1, 3).value = "Et annet navn"

    found = planned(rewritten(file_of(kari), edit=edit), kari)
    assert only(found).kind == "unchanged"
    assert found.unknown == ["min egen kolonne"]


def test_empty_rows_at_the_end_are_nothing(kari: User) -> None:
    file = rewritten(file_of(kari), edit=lambda sheet: sheet.cell(400, 3, " "))
    assert len(planned(file, kari).lines) == 1


def test_a_new_version_is_kept_of_each_row_saved(kari: User) -> None:
    found = planned(rewritten(file_of(kari), {"summary.nb": "En"}), kari)
    list(spreadsheet.carry_out(found.lines, by=kari))
    assert ServiceVersion.objects.count() == 2


def test_a_sheet_without_our_codes_is_refused_whole() -> None:
    book = Workbook()
    book.active.append(["Navn", "Telefon"])
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(NotReadable):
        spreadsheet.read(out)
