"""The plain files of a region."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from samtun.directory.editing import confirming
from samtun.directory.enums import Answer
from samtun.directory.exchange import ExchangeError, Report, import_region
from samtun.directory.exchange.messages import said
from samtun.directory.models import Schedule, Service
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Organization, Region

REGION = """
[region]
key = "dalen"
name = {nb = "Dalen", en = "The valley"}
municipalities = ["3451", "3454"]
is_example = true
[[contact]]
name = "Kari Eksempel"
title = {nb = "Koordinator"}
phone = "10 00 00 01"
municipalities = ["region"]
[[contact]]
name = "Ola Prøve"
title = {nb = "Kontor"}
municipalities = ["3454"]
"""
ORGANIZATION = """
[organization]
key = "laget"
name = "Laget"
municipality = "3451"
is_example = true
[[location]]
key = "huset"
name = "Huset"
address_1 = "Gata 1"
postal_code = "2900"
accessibility = {nb = "Heis", nn = "Heis òg"}
[[service]]
key = "temakafe"
language = "nn"
name = {nb = "Temakafé", nn = "Temakafeen"}
summary = {nn = "Kaffi og prat."}
needs = ["moteplass-voksne"]
target_groups = ["kreft"]
covers = ["region"]
meeting = ["in_person"]
languages = ["nb"]
keywords = ["kaffe"]
assured_date = 2026-09-14
[[service.phone]]
number = "10 00 00 02"
[[service.contact]]
name = "Anne Eksempel"
phone = "10 00 00 03"
[[service.at]]
location = "huset"
[[service.schedule]]
at = "huset"
freq = "WEEKLY"
byday = "TU"
opens_at = "11:00"
closes_at = "14:00"
[[service.schedule]]
at = "et annet sted"
description = {nb = "Også ellers"}
[[service.cost]]
option = {nb = "Kaffe"}
amount = 20
currency = "NOK"
"""


@pytest.fixture
def region(tmp_path: Path, facts: None) -> Path:
    """A region with one organisation and one service."""
    folder = tmp_path / "dalen"
    (folder / "organisations").mkdir(parents=True)
    (folder / "region.toml").write_text(REGION, encoding="utf-8")
    (folder / "organisations" / "laget.toml").write_text(ORGANIZATION, encoding="utf-8")
    return folder


def change(region: Path, before: str, after: str) -> Report:
    """Import the region with something changed in the organisation's file."""
    path = region / "organisations" / "laget.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    return import_region(region)


def test_a_region_comes_with_everything_in_its_files(region: Path) -> None:
    report = import_region(region)
    assert (report.total().repaired, report.total().refused) == (0, 0)
    service = Service.objects.get(slug="temakafe")
    assert service.id == derived_id("service", "dalen", "temakafe")
    assert (service.name, service.text("name", "nb").value) == ("Temakafeen", "Temakafé")
    assert {area.municipality_id for area in service.service_areas.all()} == {"3451", "3454"}
    assert service.attributes.filter(taxonomy_term__code="kreft").exists()
    assert (service.meets_in_person, service.meets_by_phone) == (True, False)
    assert service.contacts.get().phones.get().number == "10 00 00 03"


def test_a_region_has_its_name_and_people(region: Path) -> None:
    import_region(region)
    dalen = Region.objects.get(slug="dalen")
    assert dalen.name("en").value == "The valley"
    first, second = dalen.contacts.order_by("position")
    assert first.municipalities.count() == 0
    assert second.municipalities.get().number == "3454"


def test_opening_hours_at_a_place_belong_to_the_place(region: Path) -> None:
    import_region(region)
    assert Schedule.objects.get(byday="TU").service_at_location is not None
    assert Schedule.objects.get(byday="").service is not None


def test_an_address_gives_its_place_a_municipality(region: Path) -> None:
    import_region(region)
    place = Service.objects.get().service_at_locations.get().location
    assert place.municipality_id == "3451"
    assert place.accessibility.get().text("description", "nn").value == "Heis òg"


def test_importing_a_region_again_changes_nothing(region: Path) -> None:
    import_region(region)
    assert not import_region(region).has_changes


def test_what_is_taken_out_of_a_file_is_taken_out_of_the_map(region: Path) -> None:
    import_region(region)
    report = change(region, 'keywords = ["kaffe"]', "")
    assert dict(report.changes["service"].columns) == {"keywords": 1}
    report = change(region, "[[service.phone]]", "[[service.nothing]]")
    assert report.changes["phone"].gone == 1


def test_a_service_without_a_name_in_its_language_borrows_one(region: Path) -> None:
    report = change(region, '{nb = "Temakafé", nn = "Temakafeen"}', '{nb = "Temakafé"}')
    assert Service.objects.get().name == "Temakafé"
    assert report.problems[0].problems[0].code == "name_in_other_language"


def test_a_file_with_a_mistake_stops_only_itself(region: Path) -> None:
    (region / "organisations" / "brukket.toml").write_text("[organization\n", encoding="utf-8")
    (region / "organisations" / "rart.toml").write_bytes(b"\xff\xfe\x00")
    report = import_region(region)
    assert report.total().refused == 2
    assert "line 1" in said(report.problems[0].problems[0])
    assert Service.objects.count() == 1


def test_a_mistake_is_told_with_file_and_line(region: Path) -> None:
    report = change(region, '"moteplass-voksne"', '"moteplas"')
    (refused,) = report.problems
    assert refused.place == "organisations/laget.toml:14"
    assert "moteplas" in refused.why


def test_a_municipality_that_does_not_exist_is_refused(region: Path) -> None:
    report = change(region, 'covers = ["region"]', 'covers = ["9999"]')
    assert [one.problems[0].code for one in report.problems] == ["municipality_unknown"]


@pytest.mark.parametrize(
    "text", ["", "[region]\n", '[region]\nkey = "api"\n', '[region]\nkey = "Å ja"\n', "[[["]
)
def test_a_region_that_cannot_be_is_refused(region: Path, text: str) -> None:
    (region / "region.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ExchangeError):
        import_region(region)
    assert not Organization.objects.exists()


def test_a_dry_run_makes_no_region(region: Path) -> None:
    report = import_region(region, dry_run=True)
    assert report.changes["service"].added == 1
    assert not Region.objects.exists()


def test_an_import_says_when_its_services_are_due(region: Path) -> None:
    import_region(region)
    Region.objects.update(confirm_every_days=90)
    import_region(region)
    assert Service.objects.get().confirm_due_on == date(2026, 12, 13)


def test_what_was_confirmed_here_stays_so_when_the_files_know_less(region: Path) -> None:
    import_region(region)
    service = Service.objects.get()
    confirming.confirm(service, answer=Answer.STILL_RIGHT, by=None)
    assert not import_region(region).has_changes
    service.refresh_from_db()
    assert service.assured_date == timezone.localdate()


def test_a_day_corrected_in_the_files_is_taken_over(region: Path) -> None:
    import_region(region)
    change(region, "2026-09-14", "2026-09-01")
    assert Service.objects.get().assured_date == date(2026, 9, 1)


def test_the_region_keeps_organisations_that_belong_to_no_municipality(region: Path) -> None:
    change(region, 'municipality = "3451"\n', "")
    kept = Organization.objects.get(name="Laget")
    assert (kept.municipality, kept.region) == (None, Region.objects.get())
    assert not import_region(region).has_changes
