"""Which services one gets for which question."""

from datetime import UTC, date, datetime, time

import pytest
from django.test import Client

from samtun.directory.models import Attribute
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
ROOT = "/api/hsds/v3"


def names(client: Client, path: str = "services", **asked: str) -> list[str]:
    answer = client.get(f"{ROOT}/{path}", asked)
    assert answer.status_code == 200, answer.content
    return [each.get("name") or each["service"]["name"] for each in answer.json()["contents"]]


def test_term_counts_the_terms_below_it(client: Client) -> None:
    top = make.term("avlastning")
    middle = make.term("avlastning-hjemme", parent=top)
    make.tag(make.service(name="Natt"), make.term("avlastning-natt", parent=middle))
    make.tag(make.service(name="Annet"), make.term("økonomi"))
    assert names(client, taxonomy_term_id=str(top.pk)) == ["Natt"]
    assert names(client, taxonomy_id=str(top.taxonomy_id)) == ["Annet", "Natt"]


def test_terms_in_a_circle_do_no_harm(client: Client) -> None:
    one, other = make.term("a"), make.term("b")
    one.parent, other.parent = other, one
    one.save()
    other.save()
    make.tag(make.service(name="Rundt"), other)
    assert names(client, taxonomy_term_id=str(one.pk)) == ["Rundt"]


def test_organization_is_found_by_what_its_services_are_about(client: Client) -> None:
    term = make.term("avlastning")
    giver, tagged = make.organization(name="Giver"), make.organization(name="Merket")
    make.organization(name="Ingen")
    make.tag(make.service(organization=giver), term)
    Attribute.objects.create(organization=tagged, taxonomy_term=term)
    found = names(client, "organizations", taxonomy_term_id=str(term.pk))
    assert found == ["Giver", "Merket"]


def test_services_of_one_organization(client: Client) -> None:
    mine = make.service(name="Min")
    make.service()
    assert names(client, organization_id=str(mine.organization_id)) == ["Min"]


def test_modified_after_includes_the_moment_itself(client: Client) -> None:
    make.service(name="Ny", last_modified=datetime(2026, 6, 1, 12, tzinfo=UTC))
    make.service(name="Gammel", last_modified=datetime(2026, 6, 1, 11, 59, tzinfo=UTC))
    for moment in (
        "2026-06-01T12:00:00Z",
        "2026-06-01T14:00:00+02:00",
        "2026-06-01T14:00:00 02:00",
        "2026-06-01 14:00:00 0200",
        "2026-06-01 12:00",
    ):
        assert names(client, modified_after=moment) == ["Ny"]
    assert names(client, modified_after="2026-06-02") == []


def test_ages_follow_the_limits_of_the_service(client: Client) -> None:
    make.service(name="Alle")
    make.service(name="Ungdom", minimum_age=13, maximum_age=19)
    assert names(client, minimum_age="13") == ["Ungdom"]
    assert names(client, minimum_age="0") == ["Alle", "Ungdom"]
    assert names(client, maximum_age="19") == ["Ungdom"]
    assert names(client, maximum_age="18") == []
    assert names(client, age="14") == ["Alle", "Ungdom"]
    assert names(client, age="19.5") == ["Alle", "Ungdom"]
    assert names(client, age="20") == ["Alle"]


def test_day_and_times_hold_for_one_schedule(client: Client) -> None:
    service = make.service(name="Kafé")
    make.schedule(service=service, byday="TU", opens_at=time(10), closes_at=time(14))
    make.schedule(service=service, byday="WE", opens_at=time(18), closes_at=time(21))
    assert names(client, day="tuesday", start_time="10:00", end_time="14:00") == ["Kafé"]
    assert names(client, day="TU", start_time="18:00") == []
    assert names(client, day="fr") == []


def test_opening_past_midnight_does_not_close_early(client: Client) -> None:
    make.schedule(service=make.service(name="Natt"), opens_at=time(20), closes_at=time(2))
    assert names(client, start_time="20:00") == ["Natt"]
    assert names(client, end_time="17:00") == []


def test_single_date_counts_as_its_weekday(client: Client) -> None:
    make.schedule(
        service=make.service(name="En gang"), freq="", byday="", dtstart=date(2026, 10, 15)
    )
    assert names(client, day="thursday") == ["En gang"]
    assert names(client, day="friday") == []


@pytest.mark.parametrize("path", ["services", "service_at_locations"])
def test_schedule_of_the_place_counts(client: Client, path: str) -> None:
    service, place = make.service(name="Kafé"), make.location()
    link = make.place(service, place)
    make.schedule(location=place, byday="MO")
    make.schedule(service_at_location=link, byday="WE")
    make.schedule(service=service, byday="FR")
    for day in ("MO", "WE", "FR"):
        assert names(client, path, day=day) == ["Kafé"]
    assert names(client, path, day="SU") == []


@pytest.mark.parametrize("path", ["services", "service_at_locations"])
def test_postcode_alone_asks_whom_it_covers(client: Client, path: str) -> None:
    make.postal_code("2900")
    here, elsewhere = make.municipality(), make.municipality("3454", "Vang")
    for name, area in (("Her", here), ("Der", elsewhere)):
        service = make.service(name=name)
        make.area(service, area)
        make.place(service, make.location())
    land = make.service(name="Landet")
    make.area(land, covers_country=True)
    make.place(land, make.location())
    assert sorted(names(client, path, postcode="2900")) == ["Her", "Landet"]


def test_service_without_area_counts_where_it_is_given(client: Client) -> None:
    make.postal_code("2900")
    make.place(make.service(name="Her"), make.location())
    make.place(
        make.service(name="Vang"), make.location(municipality=make.municipality("3454", "V"))
    )
    make.service(name="Ingensteds")
    assert names(client, postcode="2900") == ["Her"]


@pytest.mark.parametrize("path", ["services", "service_at_locations"])
def test_proximity_is_metres_from_the_postcode(client: Client, path: str) -> None:
    make.postal_code("2900", latitude=60.986, longitude=9.2325)
    service = make.service(name="Kafé")
    make.place(service, make.location(latitude=61.005, longitude=9.2325))  # 2.1 km north
    assert names(client, path, postcode="2900", proximity="2200") == ["Kafé"]
    assert names(client, path, postcode="2900", proximity="2000") == []


def test_region_and_municipality_ask_whom_it_covers(client: Client) -> None:
    here, there = make.municipality(), make.municipality("3454", "Vang")
    make.region("valdres", here, there)
    make.area(make.service(name="Vang"), there)
    make.area(make.service(name="Landet"), covers_country=True)
    make.area(make.service(name="Oslo"), make.municipality("0301", "Oslo"))
    assert names(client, region="valdres") == ["Landet", "Vang"]
    assert names(client, municipality="3451") == ["Landet"]
    assert names(client, region="valdres", municipality="0301") == ["Landet"]


def test_organizations_by_municipality_and_word(client: Client) -> None:
    make.organization(name="Øystre senter", municipality=make.municipality())
    make.organization(name="Annet")
    assert names(client, "organizations", municipality="3451") == ["Øystre senter"]
    assert names(client, "organizations", search="øystre") == ["Øystre senter"]


def test_lang_gives_the_text_in_that_language_where_it_exists(client: Client) -> None:
    made = make.full_service(name="Temakafé")
    path = f"services/{made.service.pk}"
    service = client.get(f"{ROOT}/{path}?lang=nn")
    assert service.json()["name"] == "Temakafé for pårørande"
    assert service.json()["alternate_name"] == "Kafé for pårørende"
    assert service["Content-Language"] == "nn"
    assert client.get(f"{ROOT}/{path}").json()["name"] == "Temakafé"
    terms = client.get(f"{ROOT}/taxonomy_terms?lang=nn&parent_id={made.parent_term.pk}").json()
    assert terms["contents"][0]["name"] == "Avlasting heime"


def test_terms_of_the_top_only(client: Client) -> None:
    top = make.term("a")
    make.term("b", parent=top)
    assert names(client, "taxonomy_terms", top_only="true") == ["A"]
