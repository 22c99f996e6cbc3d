"""Which needs nobody meets where."""

import pytest
from pytest_django import DjangoAssertNumQueries

from samtun.directory.enums import ServiceStatus
from samtun.directory.queries.gaps import Coverage, matrix, unmet
from tests.factories import directory as make

pytestmark = pytest.mark.django_db
HOME, VANG = "3451", "3454"


@pytest.fixture(autouse=True)
def _needs() -> None:
    """Respite with a narrower need, and grief."""
    make.municipality()
    make.municipality(VANG, "Vang")
    wide = make.term("avlastning", position=1)
    make.term("avlastning-hjemme", parent=wide, position=2)
    make.term("sorg", position=3)


def test_a_need_that_nobody_meets_is_told_municipality_by_municipality() -> None:
    service = make.service()
    make.area(service, make.municipality())
    make.tag(service, make.term("avlastning-hjemme"))
    assert unmet([HOME, VANG]) == [("avlastning", VANG), ("sorg", HOME), ("sorg", VANG)]


@pytest.mark.parametrize("status", [ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT])
def test_what_is_not_public_meets_no_need(status: ServiceStatus) -> None:
    service = make.service(status=status)
    make.area(service, make.municipality())
    make.tag(service, make.term("sorg"))
    assert ("sorg", HOME) in unmet([HOME])


def test_help_for_the_whole_country_hides_no_gap() -> None:
    service = make.service()
    make.area(service, covers_country=True)
    make.tag(service, make.term("sorg"))
    assert ("sorg", HOME) in unmet([HOME])
    found = matrix([HOME], "nb")
    assert found.national == {"sorg": 1}
    assert found.at("sorg", HOME) == Coverage()


def test_own_offers_are_told_from_those_of_others() -> None:
    own = make.service(organization=make.organization(municipality=make.municipality()))
    for service in (own, make.service()):
        make.area(service, make.municipality())
        make.tag(service, make.term("avlastning"), make.term("avlastning-hjemme"))
    assert matrix([HOME, VANG], "nb").at("avlastning", HOME) == Coverage(own=1, regional=1)
    assert matrix([HOME], "nb", below="avlastning").at("avlastning-hjemme", HOME).total == 2


def test_no_municipality_has_no_gaps() -> None:
    assert unmet([]) == []


@pytest.mark.parametrize("rows", [1, 30])
def test_gaps_cost_one_query(rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(rows):
        service = make.service()
        make.area(service, make.municipality())
        make.tag(service, make.term("sorg"))
    with django_assert_num_queries(1):
        unmet([HOME, VANG])
