"""Filters, facets, orders and pages."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from samtun.search import Filters
from tests.search import corpus
from tests.search.conftest import Find

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Europe/Oslo"))


def test_an_empty_question_shows_everything_in_the_region(find: Find) -> None:
    results = find("", limit=100)
    assert results.total == len(results.hits) == 27
    assert results.relaxed is None


def test_national_offers_come_last_when_browsing(find: Find) -> None:
    last = [hit.id for hit in find("", limit=100).hits[-2:]]
    assert set(last) == {"telefon", "barnetelefon"}


def test_a_parent_need_includes_its_children(find: Find) -> None:
    results = find("", filters=Filters(needs=("avlastning",)), limit=100)
    assert results.total == results.facets["need"]["avlastning"] == 9
    assert {hit.id for hit in results.hits} >= {"alarm", "stotte-3451", "opphald-3453"}


def test_values_of_one_facet_are_alternatives_and_facets_add_up(find: Find) -> None:
    either = Filters(needs=("sykehjem", "stottekontakt"))
    both = Filters(needs=("sykehjem", "stottekontakt"), municipalities=("3453",))
    assert find("", filters=either).total == 3
    assert [hit.id for hit in find("", filters=both).hits] == ["sjukeheim-3453"]


def test_a_facet_is_counted_without_its_own_filter(find: Find) -> None:
    results = find("", filters=Filters(needs=("sykehjem",)))
    assert results.facets["need"]["dagtilbud"] == 1
    assert results.facets["municipality"]["3453"] == 1


def test_a_chosen_value_without_matches_is_still_counted(find: Find) -> None:
    results = find("kriseteam", filters=Filters(needs=("nothing-such", "krise-akutt")))
    assert results.facets["need"]["nothing-such"] == 0


def test_filters_that_leave_nothing_are_dropped_and_it_is_said(find: Find) -> None:
    results = find("sykehjem", filters=Filters(meeting=("online",)))
    assert results.relaxed == "filters"
    assert results.total > 0


def test_names_are_ordered_with_norwegian_letters_last(find: Find) -> None:
    order = [hit.id for hit in find("", order="name", limit=100).hits]
    assert order[0] == "avlasting-3454"
    assert order[-1] == "radgivning"


def test_pages_follow_each_other_without_gaps(find: Find) -> None:
    whole = [hit.id for hit in find("avlastning", limit=50).hits]
    pages = [
        hit.id for at in range(0, 50, 3) for hit in find("avlastning", limit=3, offset=at).hits
    ]
    assert pages == whole


def test_nothing_is_open_now_without_openings(find: Find) -> None:
    assert find("", now=NOON).facets["open_now"] == {}


FILTERS = {"need": "needs", "target_group": "target_groups", "municipality": "municipalities"}
FILTERS |= {"age": "ages", "meeting": "meeting"}


@pytest.mark.parametrize("scope", [corpus.REGION, frozenset({"3451"}), frozenset({"0301"}), None])
@pytest.mark.parametrize("text", ["", "sykehjem", "pappa drikker", "avlastning i Vang"])
def test_a_count_is_what_the_filter_then_shows(
    find: Find, text: str, scope: frozenset[str] | None
) -> None:
    results = find(text, scope=scope, limit=100)
    if results.relaxed:
        return  # with filters it may give way otherwise
    for facet, field in FILTERS.items():
        for value, count in results.facets[facet].items():
            filters = Filters(**{field: (value,)})  # type: ignore[arg-type]
            shown = find(text, scope=scope, filters=filters, limit=100)
            assert (facet, value, shown.total, len(shown.hits)) == (facet, value, count, count)


@pytest.mark.parametrize("scope", [corpus.REGION, frozenset({"3453"}), None])
def test_only_municipalities_of_the_scope_are_counted(
    find: Find, scope: frozenset[str] | None
) -> None:
    counted = find("", scope=scope).facets["municipality"].keys()
    assert counted >= {"3451", "0301"} if scope is None else counted == scope


def test_the_best_come_first_whatever_else_is_asked_for(find: Find) -> None:
    every = [hit.id for hit in find("sykehjem og avlastning", limit=100).hits]
    free = find("sykehjem og avlastning", filters=Filters(free=True), limit=100)
    assert [hit.id for hit in free.hits] == every
