"""What a visitor may mean by a place."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from samtun.organisations import queries
from samtun.organisations.actions import load_reference_facts
from samtun.organisations.models import Municipality, Population, PostalCode
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts() -> None:
    """All municipalities and postal codes."""
    load_reference_facts()


@pytest.mark.usefixtures("facts")
def test_all_357_municipalities_come_with_their_facts() -> None:
    assert Municipality.objects.count() == 357
    forms = Municipality.objects.values_list("language_form", flat=True)
    assert [list(forms).count(form) for form in ("nb", "nn", "neutral")] == [119, 88, 150]
    kautokeino = Municipality.objects.get(number="5612")
    assert kautokeino.name_se == "Guovdageaidnu"
    assert kautokeino.is_sami_administrative


@pytest.mark.usefixtures("facts")
def test_loading_the_facts_again_changes_nothing() -> None:
    before = (Municipality.objects.count(), PostalCode.objects.count(), Population.objects.count())
    load_reference_facts()
    after = (Municipality.objects.count(), PostalCode.objects.count(), Population.objects.count())
    assert before == after


@pytest.mark.usefixtures("facts")
@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("2900", ["3451"]),
        (" vang ", ["3454"]),
        ("Guovdageaidnu", ["5612"]),
        ("3453", ["3453"]),
        ("Fagernes", ["3451"]),
        ("beitost", ["3453"]),
        ("Våler", ["3114", "3419"]),
        ("øystre", ["3453"]),
        ("atlantis", []),
        ("", []),
        ("9170", []),
    ],
)
def test_a_place_is_found_by_code_name_or_beginning(typed: str, numbers: list[str]) -> None:
    assert sorted(one.number for one in queries.municipalities_called(typed)) == numbers


@given(st.text(max_size=200))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_place_search(typed: str) -> None:
    assert isinstance(queries.municipalities_called(typed), list)
    queries.postal_code(typed)


def test_a_region_is_read_once_a_minute(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make.region("valdres")
    with django_assert_num_queries(2):
        first = queries.region_scope("valdres")
        assert queries.region_scope("valdres") is first
    assert first is not None
    assert first.numbers == {"3451"}


def test_an_unknown_region_is_none() -> None:
    assert queries.region_scope("atlantis") is None
