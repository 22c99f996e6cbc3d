"""How fresh the map is, by municipality, organisation and need."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.directory.enums import ServiceStatus, SuggestionKind, SuggestionState
from samtun.directory.models import Service, Suggestion
from samtun.directory.queries import freshness
from samtun.directory.queries.freshness import COUNTRY
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


def confirmed(days: int | None, **fields: object) -> Service:
    """A service confirmed so many days ago, or never."""
    day = None if days is None else timezone.localdate() - timedelta(days=days)
    return make.service(assured_date=day, **fields)


def every() -> object:
    return freshness.entries_in(Service.objects.all(), "all")


def test_shares_count_those_never_confirmed_too() -> None:
    for days in (90, 91, 366, None):
        confirmed(days)
    found = freshness.overall(every())
    assert (found.entries, found.never) == (4, 1)
    assert found.shares == (25, 50, 50)


@pytest.mark.parametrize(
    ("days", "median"), [((10, 20, 40), 20), ((10, 20, 40, 100), 30), ((7,), 7), ((None,), None)]
)
def test_the_median_age_is_of_what_was_ever_confirmed(days: tuple, median: float | None) -> None:
    for each in days:
        confirmed(each)
    assert freshness.overall(every()).median_age == median


def test_nothing_at_all_has_no_figures() -> None:
    found = freshness.overall(every())
    assert (found.entries, found.shares, found.median_age) == (0, (0, 0, 0), None)


def test_drafts_and_archived_entries_are_not_counted() -> None:
    confirmed(1, status=ServiceStatus.INACTIVE)
    confirmed(1, status=ServiceStatus.DEFUNCT)
    assert freshness.overall(every()).entries == 0


def test_an_entry_counts_once_in_each_group_it_belongs_to() -> None:
    service = confirmed(5)
    make.area(service, make.municipality())
    make.area(service, make.municipality("3454", "Vang"))
    wide = make.term("avlastning")
    make.tag(service, wide, make.term("avlastning-hjemme", parent=wide))
    country = confirmed(500)
    make.area(country, covers_country=True)
    places = freshness.by(every(), "municipality")
    assert {name: each.entries for name, each in places.items()} == {
        "3451": 1, "3454": 1, COUNTRY: 1,
    }  # fmt: skip
    assert freshness.by(every(), "need")["avlastning"].entries == 1
    assert freshness.by(every(), "organization")[str(service.organization_id)].median_age == 5


def test_the_time_to_correct_is_the_median_of_reports_that_were_right() -> None:
    service = confirmed(5)
    now = timezone.now()
    region = make.region()
    for days, state in ((2, "accepted"), (4, "accepted_changed"), (300, "declined")):
        Suggestion.objects.create(
            kind=SuggestionKind.ERROR, region=region, service=service,
            state=SuggestionState(state), made_at=now - timedelta(days=days), answered_at=now,
        )  # fmt: skip
    assert freshness.overall(every()).days_to_correct == pytest.approx(3)
    by_owner = freshness.by(every(), "organization")[str(service.organization_id)]
    assert by_owner.days_to_correct == pytest.approx(3)


@pytest.mark.parametrize(
    ("state", "name"), [("due", "Forfalt"), ("never", "Aldri"), ("unkept", "Ingens")]
)
def test_a_state_narrows_what_is_counted(state: str, name: str) -> None:
    kept = {"assurer_email": "a@b.example"}
    confirmed(1, name="Frisk", **kept)
    confirmed(400, name="Forfalt", confirm_due_on=timezone.localdate(), **kept)
    confirmed(None, name="Aldri", **kept)
    confirmed(1, name="Ingens")
    found = freshness.entries_in(Service.objects.all(), state)
    assert [service.name for service in found] == [name]


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("group", ["municipality", "organization", "need"])
def test_each_table_costs_two_queries(
    group: str, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        service = confirmed(3)
        make.area(service, make.municipality())
        make.tag(service, make.term())
    with django_assert_num_queries(2):
        freshness.by(every(), group)
