"""Every row ends as imported, repaired or refused, and says why."""

import pytest

from samtun.directory.exchange.reporting import Report, Rows
from samtun.directory.exchange.staging import State
from samtun.directory.models import Address, Phone, Schedule, Service, ServiceAtLocation
from samtun.organisations.models import Organization
from tests.directory.exchange.conftest import Import
from tests.directory.exchange.tables import (
    LOCATION,
    LOCATION_ID,
    ORGANIZATION,
    ORGANIZATION_ID,
    SERVICE,
    SERVICE_ID,
    numbered,
    one_service,
)


def codes(report: Report, table: str) -> list[str]:
    """What was said of the rows of a table."""
    found = [one for one in report.problems if one.table == table]
    return [problem.code for one in found for problem in one.problems]


def test_clean_rows_are_imported(imported: Import) -> None:
    report = imported(one_service(description="Vi lytter."))
    assert report.total() == Rows(imported=2)
    assert Service.objects.get().description == "Vi lytter."


def test_every_row_is_counted_once(imported: Import) -> None:
    tables = one_service(email="nei")
    tables["phones"] = [
        {"id": numbered("0d0d0d0d", 1), "service_id": SERVICE_ID, "number": "10 00 00 01"},
        {"id": numbered("0d0d0d0d", 2), "service_id": numbered("0b0b0b0b", 9), "number": "1"},
        {"id": numbered("0d0d0d0d", 1), "service_id": SERVICE_ID, "number": "10 00 00 01"},
    ]
    tables["programs"] = [{"id": numbered("0e0e0e0e", 1), "name": "Program"}]
    report = imported(tables)
    assert report.total() == Rows(imported=2, repaired=1, refused=3)
    assert report.total().read == 6


def test_a_service_of_a_missing_organisation_gets_one_to_stand_for_it(imported: Import) -> None:
    report = imported({"services": [dict(SERVICE)]})
    assert codes(report, "service") == ["organization_missing"]
    assert Organization.objects.get(pk=ORGANIZATION_ID).is_placeholder


def test_the_real_organisation_takes_the_place_of_the_one_made(imported: Import) -> None:
    imported({"services": [dict(SERVICE)]})
    imported(one_service())
    organization = Organization.objects.get()
    assert (organization.name, organization.is_placeholder) == ("Hjelpelaget", False)


def test_an_orphan_is_refused_with_the_link_that_fails(imported: Import) -> None:
    tables = one_service()
    tables["phones"] = [{"id": "p1", "service_id": numbered("0b0b0b0b", 9), "number": "1"}]
    report = imported(tables)
    assert "orphan" in codes(report, "phone")
    assert not Phone.objects.exists()


def test_the_same_row_twice_is_refused_once(imported: Import) -> None:
    tables = one_service()
    tables["services"].append(dict(tables["services"][0]))
    report = imported(tables)
    assert codes(report, "service") == ["same_row"]


def test_of_two_rows_with_one_id_the_first_is_kept(imported: Import) -> None:
    tables = one_service()
    tables["services"].append({**SERVICE, "name": "Noe annet"})
    report = imported(tables)
    assert codes(report, "service") == ["same_id_differs"]
    assert Service.objects.get().name == "Samtaletilbud"


def test_links_follow_an_id_that_is_no_uuid(imported: Import) -> None:
    report = imported(
        {
            "organizations": [{"id": "17", "name": "Laget"}],
            "services": [{"id": "S-1", "organization_id": "17", "name": "Kafé"}],
            "phones": [{"id": "1", "service_id": "S-1", "number": "10 00 00 01"}],
        }
    )
    assert report.total() == Rows(repaired=3)
    assert Phone.objects.get().service == Service.objects.get(organization__name="Laget")


def test_a_spreadsheets_number_is_the_same_id(imported: Import) -> None:
    tables = one_service(organization_id="12.0")
    tables["organizations"][0]["id"] = "12"
    assert imported(tables).total_changes().added == 2


def test_old_tables_that_each_count_from_1_do_not_meet(imported: Import) -> None:
    tables = one_service()
    tables["regular_schedules"] = [{"id": "1", "service_id": SERVICE_ID, "weekday": "Monday"}]
    tables["holiday_schedules"] = [{"id": "1", "service_id": SERVICE_ID, "closed": "TRUE"}]
    report = imported(tables)
    assert (report.changes["schedule"].added, report.total().refused) == (2, 0)


def test_circles_of_parents_are_cut(imported: Import) -> None:
    first, second = numbered("0a0a0a0a", 1), numbered("0a0a0a0a", 2)
    report = imported(
        {
            "organizations": [
                {"id": first, "name": "A", "parent_organization_id": second},
                {"id": second, "name": "B", "parent_organization_id": first},
            ]
        }
    )
    assert codes(report, "organization") == ["circle"]
    assert Organization.objects.filter(parent_organization=None).count() == 1


def test_a_service_given_twice_at_a_place_keeps_what_hangs_on_both(imported: Import) -> None:
    tables = one_service()
    tables["locations"] = [dict(LOCATION)]
    link = {"service_id": SERVICE_ID, "location_id": LOCATION_ID}
    first, second = numbered("0f0f0f0f", 1), numbered("0f0f0f0f", 2)
    tables["service_at_location"] = [{"id": first, **link}, {"id": second, **link}]
    tables["schedules"] = [{"id": "s", "service_at_location_id": second, "freq": "WEEKLY"}]
    report = imported(tables)
    assert codes(report, "service_at_location") == ["twin"]
    assert Schedule.objects.get().service_at_location == ServiceAtLocation.objects.get()


def test_the_municipality_follows_from_the_postal_code(imported: Import) -> None:
    tables = one_service()
    tables["locations"] = [dict(LOCATION)]
    tables["addresses"] = [
        {"id": "a", "location_id": LOCATION_ID, "postal_code": "2900", "country": "Norge"}
    ]
    imported(tables)
    address = Address.objects.get()
    assert address.country == "NO"
    assert address.location.municipality_id == "3451"


@pytest.mark.parametrize(
    ("name", "number", "whole"),
    [("Vang kommune", "3454", False), ("Hele landet", None, True), ("Herøy", None, False)],
)
def test_areas_are_recognised_by_name(
    imported: Import, name: str, number: str | None, *, whole: bool
) -> None:
    tables = one_service()
    tables["service_areas"] = [{"id": "a", "service_id": SERVICE_ID, "name": name}]
    imported(tables)
    area = Service.objects.get().service_areas.get()
    assert (area.municipality_id, area.covers_country) == (number, whole)


def test_ways_of_meeting_follow_from_places_and_phones(imported: Import) -> None:
    tables = one_service()
    tables["locations"] = [dict(LOCATION)]
    tables["service_at_location"] = [
        {"id": "x", "service_id": SERVICE_ID, "location_id": LOCATION_ID}
    ]
    tables["phones"] = [{"id": "p", "service_id": SERVICE_ID, "number": "10 00 00 01"}]
    imported(tables)
    service = Service.objects.get()
    assert service.meets_in_person
    assert service.meets_by_phone
    assert not service.meets_online


def test_a_term_in_words_becomes_a_term_of_the_dump(imported: Import) -> None:
    tables = one_service()
    tables["attributes"] = [
        {"id": "1", "link_id": SERVICE_ID, "link_entity": "service", "taxonomy_term": "Mat"}
    ]
    imported(tables)
    term = Service.objects.get().attributes.get().taxonomy_term
    assert (term.name, term.taxonomy.name) == ("Mat", "test")


def test_a_term_of_ours_is_found_by_its_code(imported: Import) -> None:
    tables = one_service()
    tables["attributes"] = [
        {"id": "1", "link_id": SERVICE_ID, "taxonomy": "needs", "term_code": "avlastning-hjemme"},
        {"id": "2", "link_id": SERVICE_ID, "taxonomy": "needs", "term_code": "finnes-ikke"},
    ]
    report = imported(tables)
    assert Service.objects.get().attributes.get().taxonomy_term.code == "avlastning-hjemme"
    assert "term_unknown" in codes(report, "attribute")


def test_what_samtun_does_not_keep_is_told(imported: Import) -> None:
    tables = one_service(licenses="A", alien="B")
    tables["funding"] = [{"id": "1", "service_id": SERVICE_ID, "source": "Staten"}]
    tables["reviews"] = [{"id": "1", "service_id": SERVICE_ID}]
    report = imported(tables)
    assert codes(report, "funding") == ["table_not_kept"]
    assert codes(report, "reviews") == ["table_unknown"]
    notice = next(one for one in report.notices if one.code == "columns_not_kept")
    assert notice.words["columns"] == "alien (1), licenses (1)"


def test_an_organisation_number_is_kept_when_it_is_right(imported: Import) -> None:
    tables = one_service()
    scheme = {"organization_id": ORGANIZATION_ID, "identifier_type": "Organisasjonsnummer"}
    tables["organization_identifiers"] = [
        {"id": "1", **scheme, "identifier": "974 760 673"},
        {"id": "2", **scheme, "identifier": "123456789"},
    ]
    report = imported(tables)
    assert Organization.objects.get().organization_number == "974760673"
    assert "bad_organization_number" in codes(report, "organization_identifier")


def test_two_services_of_one_name_get_addresses_of_their_own(imported: Import) -> None:
    tables = one_service()
    tables["services"].append({**SERVICE, "id": numbered("0b0b0b0b", 2)})
    imported(tables)
    slugs = sorted(Service.objects.values_list("slug", flat=True))
    assert slugs == ["samtaletilbud", "samtaletilbud-0b0b0b0b"]


def test_a_nameless_row_takes_its_name_from_elsewhere_or_is_refused(imported: Import) -> None:
    tables = {
        "organizations": [dict(ORGANIZATION)],
        "services": [
            {**SERVICE, "name": "", "description": "Kafé for alle"},
            {"id": "tom", "organization_id": ORGANIZATION_ID},
        ],
    }
    report = imported(tables)
    assert Service.objects.get().name == "Kafé for alle"
    assert [one.state for one in report.problems if one.table == "service"] == [
        State.REFUSED,
        State.REPAIRED,
    ]
