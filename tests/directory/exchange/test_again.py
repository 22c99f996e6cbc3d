"""Importing again, importing a newer dump, and whose records they are."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from samtun.directory.exchange import ExchangeError, applying, import_hsds
from samtun.directory.exchange.reporting import Rows
from samtun.directory.models import ImportedRecord, Phone, Service, ServiceArea, Source
from samtun.organisations.models import Organization
from tests.directory.exchange.conftest import Dump, Import
from tests.directory.exchange.tables import (
    LOCATION,
    LOCATION_ID,
    ORGANIZATION,
    SERVICE,
    SERVICE_ID,
    numbered,
    one_service,
)
from tests.factories import directory as make

PHONE = {"id": numbered("0d0d0d0d", 1), "service_id": SERVICE_ID, "number": "10 00 00 01"}


def made_long_ago() -> None:
    """As if the records had been changed yesterday."""
    yesterday = timezone.now() - timedelta(days=1)
    Service.objects.update(last_modified=yesterday)
    Organization.objects.update(last_modified=yesterday)


def test_importing_again_changes_nothing(imported: Import) -> None:
    tables = {**one_service(url="www.example.no"), "phones": [PHONE]}
    imported(tables)
    made_long_ago()
    before = Service.objects.get().last_modified
    changes = imported(tables).total_changes()
    assert (changes.added, changes.changed, changes.gone, changes.unchanged) == (0, 0, 0, 3)
    assert Service.objects.get().last_modified == before


def test_a_newer_dump_shows_which_columns_changed(imported: Import) -> None:
    imported(one_service())
    changes = imported(one_service(name="Nytt navn")).changes["service"]
    assert changes.changed == 1
    assert dict(changes.columns) == {"name": 1}
    assert ("changed", "Nytt navn", "name") in changes.examples


def test_the_address_of_a_service_stays_when_its_name_changes(imported: Import) -> None:
    imported(one_service())
    imported(one_service(name="Nytt navn"))
    assert Service.objects.get().slug == "samtaletilbud"


def test_a_changed_phone_marks_its_service_as_changed(imported: Import) -> None:
    imported({**one_service(), "phones": [PHONE]})
    made_long_ago()
    imported({**one_service(), "phones": [{**PHONE, "number": "10 00 00 02"}]})
    assert timezone.now() - Service.objects.get().last_modified < timedelta(minutes=5)


def test_a_service_that_is_gone_is_closed_and_kept(imported: Import) -> None:
    tables = one_service()
    tables["services"].append({**SERVICE, "id": numbered("0b0b0b0b", 2), "name": "Annet"})
    other = {"id": numbered("0d0d0d0d", 2), "service_id": numbered("0b0b0b0b", 2)}
    imported({**tables, "phones": [{**PHONE, **other}]})
    report = imported({**one_service(), "phones": [PHONE]})
    assert report.changes["service"].gone == 1
    closed = Service.objects.get(name="Annet")
    assert closed.status == "defunct"
    assert closed.phones.count() == 1


def test_what_is_gone_is_gone_once_and_can_come_back(imported: Import) -> None:
    both = one_service()
    both["services"].append({**SERVICE, "id": numbered("0b0b0b0b", 2), "name": "Annet"})
    imported(both)
    imported(one_service())
    assert not imported(one_service()).has_changes
    imported(both)
    assert Service.objects.get(name="Annet").status == "active"
    assert not imported(both).has_changes


def test_a_detail_that_is_gone_is_removed(imported: Import) -> None:
    imported({**one_service(), "phones": [PHONE, {**PHONE, "id": numbered("0d0d0d0d", 2)}]})
    report = imported({**one_service(), "phones": [PHONE]})
    assert report.changes["phone"].gone == 1
    assert Phone.objects.count() == 1


def test_a_table_that_the_newer_dump_lacks_is_left_alone(facts: None, dump: Dump) -> None:
    path = dump({**one_service(), "phones": [PHONE]})
    import_hsds(path, source="test")
    (path / "phones.csv").unlink()
    assert not import_hsds(path, source="test").has_changes
    assert Phone.objects.count() == 1


def test_a_dry_run_tells_all_and_changes_nothing(facts: None, dump: Dump) -> None:
    import_hsds(dump(one_service()), source="test")
    newer = {"organizations": [dict(ORGANIZATION)]}
    newer["services"] = [{**SERVICE, "id": numbered("0b0b0b0b", 2), "name": "Ny"}]
    plan = import_hsds(dump(newer), source="test", dry_run=True)
    changes = plan.changes["service"]
    assert (changes.added, changes.changed, changes.gone) == (1, 0, 1)
    assert [service.name for service in Service.objects.all()] == ["Samtaletilbud"]
    assert Service.objects.get().status == "active"


def test_the_plan_and_the_deed_agree(facts: None, dump: Dump) -> None:
    path = dump({**one_service(), "phones": [PHONE]})
    plan = import_hsds(path, source="test", dry_run=True)
    deed = import_hsds(path, source="test")
    assert plan.total() == deed.total()
    assert plan.total_changes() == deed.total_changes()


def test_another_source_cannot_change_a_record(imported: Import, dump: Dump) -> None:
    imported(one_service())
    newer = {**one_service(name="Stjålet"), "phones": [PHONE]}
    report = import_hsds(dump(newer), source="other")
    codes = {problem.code for one in report.problems for problem in one.problems}
    assert codes == {"not_ours", "part_of_others"}
    assert report.total() == Rows(imported=1, refused=2)
    assert Service.objects.get().name == "Samtaletilbud"
    assert not Phone.objects.exists()


def test_what_was_made_here_is_not_changed(imported: Import) -> None:
    imported(one_service())
    ImportedRecord.objects.all().delete()
    report = imported(one_service(name="Nytt"))
    assert [p.code for one in report.problems for p in one.problems] == ["made_here"]
    assert Service.objects.get().name == "Samtaletilbud"


def test_the_source_is_recognised_by_its_services(imported: Import, dump: Dump) -> None:
    imported(one_service())
    report = import_hsds(dump(one_service(name="Nytt navn")))
    assert report.source == "test"
    assert Service.objects.get().name == "Nytt navn"


def test_another_publishers_dump_of_the_same_name_closes_nothing(facts: None, dump: Dump) -> None:
    import_hsds(dump(one_service()))
    with pytest.raises(ExchangeError, match="--source"):
        import_hsds(dump(one_service(id=numbered("0b0b0b0b", 2))))
    assert Service.objects.get().status == "active"


def test_a_report_that_cannot_be_written_stops_the_import(facts: None, dump: Dump) -> None:
    folder = dump(one_service())
    with pytest.raises(ExchangeError):
        import_hsds(folder, report_to=folder / "nowhere" / "report.csv")
    assert not Service.objects.exists()


def test_nothing_is_half_done_when_the_database_refuses(
    imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported(one_service())

    def refuse(*_given: object) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(applying.Touched, "write", refuse)
    with pytest.raises(ExchangeError, match="disk is full"):
        imported(one_service(name="Nytt navn"))
    assert Service.objects.get().name == "Samtaletilbud"


def test_a_dump_without_anything_usable_closes_nothing(imported: Import) -> None:
    imported(one_service())
    report = imported({"organizations": [], "services": [{"id": "1", "name": ""}]})
    assert not report.is_usable
    assert Service.objects.get().status == "active"


def test_a_record_has_one_source(imported: Import) -> None:
    imported(one_service())
    record = ImportedRecord.objects.get(table="service")
    other = Source.objects.create(name="other")
    with pytest.raises(IntegrityError):
        ImportedRecord.objects.create(source=other, table="service", record_id=record.record_id)


def test_details_with_new_ids_each_time_take_the_place_of_the_old(imported: Import) -> None:
    tables = {**one_service(), "locations": [dict(LOCATION)]}
    link = {"service_id": SERVICE_ID, "location_id": LOCATION_ID}
    area = {"service_id": SERVICE_ID, "name": "Vang"}
    for time in ("første", "andre"):
        tables["service_at_location"] = [{"id": f"{time} sted", **link}]
        tables["service_areas"] = [{"id": f"{time} område", **area}]
        tables["attributes"] = [{"id": time, "link_id": SERVICE_ID, "taxonomy_term": "Mat"}]
        report = imported(tables)
    assert report.changes["service_at_location"].gone == 1
    service = Service.objects.get()
    assert service.service_at_locations.count() == 1
    assert service.service_areas.count() == 1


def test_two_rows_may_change_places(imported: Import) -> None:
    first, second = (numbered("0e0e0e0e", number) for number in (1, 2))

    def areas(one: str, other: str) -> dict[str, list[dict[str, object]]]:
        names = ((first, one), (second, other))
        rows = [{"id": key, "service_id": SERVICE_ID, "name": name} for key, name in names]
        return {**one_service(), "service_areas": rows}

    imported(areas("Vang", "Nord-Aurdal"))
    imported(areas("Nord-Aurdal", "Vang"))
    found = dict(ServiceArea.objects.values_list("pk", "municipality_id"))
    assert {str(key): number for key, number in found.items()} == {first: "3451", second: "3454"}


def test_a_number_may_move_to_another_organisation(imported: Import) -> None:
    other = {"id": numbered("0a0a0a0a", 2), "name": "Naboen"}
    number = {"id": "1", "identifier_type": "Organisasjonsnummer", "identifier": "974760673"}
    for owner in (ORGANIZATION["id"], other["id"]):
        imported(
            {
                "organizations": [other, dict(ORGANIZATION)],
                "organization_identifiers": [{**number, "organization_id": owner}],
            }
        )
    found = Organization.objects.get(organization_number="974760673")
    assert found.name == "Naboen"


def test_what_someone_added_here_stands_beside_the_import(imported: Import) -> None:
    imported(one_service())
    service = Service.objects.get()
    make.area(service, make.municipality("3454"))
    tables = one_service()
    tables["service_areas"] = [{"id": "1", "service_id": SERVICE_ID, "name": "Vang"}]
    report = imported(tables)
    assert "said_already" in {p.code for one in report.problems for p in one.problems}
    assert service.service_areas.count() == 1
