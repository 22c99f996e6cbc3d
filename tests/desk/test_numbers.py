"""How many came, for those who report it; on the page, on paper and in a file."""

import pytest
from pytest_django import DjangoAssertNumQueries

from samtun.events.models import Event, Headcount
from samtun.people.enums import RoleKind
from tests.desk.desk_scenes import Scene, scene
from tests.factories import directory as make
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db
NUMBERS = "/skrivebord/tall/"
PERIOD = "?fra=2020-01-01&til=2099-12-31"


@pytest.fixture
def valdres() -> Scene:
    return scene()


def held(valdres: Scene, name: str = "Temakafé i Vang") -> None:
    """A meeting of 33 people, a month ago."""
    of = happening.one_off(
        organization=valdres.owner, name=name, starts_at=happening.soon(days=-40)
    )
    happening.party(of, name="Anne Hemmelig")
    Headcount.objects.create(
        occurrence=of.occurrences.get(), municipality=make.municipality(), people=33
    )


def test_numbers_are_shown_to_a_leader_too_and_name_nobody(valdres: Scene) -> None:
    held(valdres)
    lise = people.person("Lise")
    people.role(lise, RoleKind.LEADER, region=valdres.region)
    for person in (valdres.kari, lise):
        page = valdres.in_browser(person).get(NUMBERS + PERIOD).content.decode()
        assert "<dd>33</dd>" in page
        assert "Temakafé i Vang" in page
        assert "Anne" not in page


@pytest.mark.parametrize("who", ["ola", "nils"])
def test_others_count_nothing_of_hers(valdres: Scene, who: str) -> None:
    held(valdres)
    page = valdres.in_browser(getattr(valdres, who)).get(NUMBERS + PERIOD).content.decode()
    assert "Temakafé i Vang" not in page
    assert "<dd>33</dd>" not in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_has_the_same(valdres: Scene, kind: str) -> None:
    held(valdres, "=SUM(1)")
    browser = valdres.in_browser(valdres.kari)
    file = browser.get(f"{NUMBERS}tall.{kind}{PERIOD}")
    assert file.status_code == 200
    if kind == "csv":
        text = file.content.decode("utf-8-sig")
        assert "'=SUM(1)" in text
        assert ";33;" in text
    assert browser.get(f"{NUMBERS}tall.exe").status_code == 404


@pytest.mark.parametrize(
    "odd",
    [
        "?fra=2026-02-31",
        "?fra=x&til=%00",
        "?virksomhet=1",
        "?slag=<b>",
        "?fra=2030-01-01",
        "?fra=0001-01-01",
        "?til=9999-12-31",
    ],
)
def test_an_odd_address_is_answered_calmly(valdres: Scene, odd: str) -> None:
    assert valdres.in_browser(valdres.kari).get(NUMBERS + odd).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_for_few_and_for_many(
    valdres: Scene, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        held(valdres, f"Temakafé {number}")
    assert Event.objects.count() == rows
    browser = valdres.in_browser(valdres.kari)
    browser.get(NUMBERS + PERIOD)
    with django_assert_num_queries(12):
        browser.get(NUMBERS + PERIOD)
