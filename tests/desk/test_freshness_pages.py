"""Freshness and gaps on the desk: what they tell, to whom, and at what cost."""

import io

import pytest
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from samtun.desk.dots import Spot, picture
from samtun.people.enums import RoleKind
from tests.desk.desk_scenes import Scene, scene
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
FRESH, GAPS = "/en/skrivebord/ferskhet/", "/en/skrivebord/mangler/"


@pytest.fixture
def valdres() -> Scene:
    return scene()


def offer(valdres: Scene, name: str = "Kafé", **fields: object) -> None:
    service = valdres.service(name, **fields)
    make.area(service, make.municipality())
    make.tag(service, make.term("avlastning"))


def test_the_table_says_all_that_the_map_says(valdres: Scene) -> None:
    offer(valdres)
    page = valdres.in_browser(valdres.kari).get(FRESH).content.decode()
    described = page.partition('<desc id="dots-about">')[2].partition("</desc>")[0]
    assert "Nord-Aurdal: 100 %" in described
    assert "Vang: no entries." in described
    assert '<th scope="row">Nord-Aurdal</th>' in page


def test_only_ones_own_is_counted(valdres: Scene) -> None:
    offer(valdres)
    for person in (valdres.ola, valdres.nils):
        page = valdres.in_browser(person).get(FRESH).content.decode()
        assert valdres.owner.name not in page
        assert "<dd>0</dd>" in page


def test_a_leader_may_look(valdres: Scene) -> None:
    offer(valdres)
    lise = people.person("Lise")
    people.role(lise, RoleKind.LEADER, municipality=make.municipality())
    browser = valdres.in_browser(lise)
    assert valdres.owner.name in browser.get(FRESH).content.decode()
    assert "New offer" not in browser.get(GAPS).content.decode()


@pytest.mark.parametrize("state", ["due", "silent", "unkept", "never", "tull", "\x00"])
def test_any_state_in_the_address_gives_a_page(valdres: Scene, state: str) -> None:
    offer(valdres)
    assert valdres.in_browser(valdres.kari).get(FRESH, {"tilstand": state}).status_code == 200


def test_the_files_hold_every_row_and_run_nothing(valdres: Scene) -> None:
    valdres.owner.name = "=HYPERLINK(0)"
    valdres.owner.save()
    offer(valdres)
    browser = valdres.in_browser(valdres.kari)
    text = browser.get(f"{FRESH}fil.csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK(0)" in text
    book = load_workbook(io.BytesIO(browser.get(f"{FRESH}fil.xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert browser.get(f"{FRESH}fil.exe").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_freshness_costs_the_same_for_few_and_many(
    valdres: Scene, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        offer(valdres, f"Kafé {number}")
    browser = valdres.in_browser(valdres.kari)
    browser.get(FRESH)
    with django_assert_num_queries(14):
        browser.get(FRESH)


def test_a_gap_is_said_in_words_and_leads_to_a_new_offer(valdres: Scene) -> None:
    offer(valdres)
    page = valdres.in_browser(valdres.kari).get(GAPS).content.decode()
    assert "New offer for Avlastning in Vang" in page
    assert "/tilbud/nytt/?behov=avlastning&amp;kommune=3454" in page
    assert "1 offer for Avlastning in Nord-Aurdal" in page


def test_whoever_looks_after_no_municipality_is_told_so(valdres: Scene) -> None:
    page = valdres.in_browser(valdres.ola).get(GAPS).content.decode()
    assert "No municipality to look at" in page


def test_a_picture_of_one_place_or_of_many_stays_within_its_box() -> None:
    for count in (1, 6, 60):
        spots = [Spot(f"K{n}", 60 + n / 10, 9 + n % 7, n, n) for n in range(count)]
        drawn = picture(spots)
        assert drawn is not None
        assert all(0 <= dot.x <= drawn.width for dot in drawn.dots)
        assert all(dot.y + dot.radius <= drawn.height for dot in drawn.dots)
    assert picture([]) is None


def test_a_name_stands_on_no_other_dot() -> None:
    near = [Spot("Vestre Slidre", 61.1, 8.98, 80, 90), Spot("Nord-Aurdal", 60.98, 9.2, 90, 90)]
    drawn = picture([*near, Spot("Etnedal", 60.95, 9.5, 80, 90), Spot("Vang", 62, 8, 1, 1)])
    assert drawn is not None
    for dot in drawn.dots:
        for other in drawn.dots:
            is_beside = abs(other.x - dot.x) > other.radius + 60
            is_clear = abs(other.y - dot.name_y) > other.radius
            assert dot is other or is_beside or is_clear
