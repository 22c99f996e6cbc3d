"""Which events are wanted: what is public, for whom, about what."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from samtun.directory.enums import Taxonomies
from samtun.events.enums import EventStatus, OccurrenceStatus, SignUp
from samtun.events.queries.wanted import Wanted
from tests.factories import directory as make
from tests.factories import events as happening

pytestmark = pytest.mark.django_db
VALDRES = frozenset({"3451", "3454"})


def wanted(query: str = "") -> Wanted:
    """What the address asks for in Valdres."""
    return Wanted.from_query(QueryDict(query), VALDRES)


def names(query: str = "") -> set[str]:
    """What the events are called."""
    return {event.name for event in wanted(query).events()}


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.ARCHIVED])
def test_a_draft_and_an_archived_event_are_nobodys_to_see(status: EventStatus) -> None:
    happening.occurrence(happening.event(status=status))
    assert not wanted().events().exists()
    assert not wanted().occurrences().exists()


def test_a_cancelled_event_is_still_shown() -> None:
    happening.occurrence(happening.event(name="Kafé", status=EventStatus.CANCELLED))
    assert names() == {"Kafé"}
    assert wanted().occurrences().count() == 1


def test_an_event_of_another_region_is_not_there() -> None:
    happening.occurrence(happening.event(make.municipality("0301", "Oslo")))
    assert not wanted().events().exists()
    assert not wanted().occurrences().exists()


def test_an_event_of_several_municipalities_comes_once() -> None:
    both = (make.municipality(), make.municipality("3454", "Vang"))
    happening.occurrence(happening.event(*both))
    assert wanted().events().count() == 1
    assert wanted().occurrences().count() == 1
    assert wanted("kommune=3454").events().count() == 1


def test_a_need_includes_those_below_it() -> None:
    above = make.term("avlastning")
    below = make.term("avlastning-hjemme", parent=above)
    happening.event(name="Hjemme").terms.add(below)
    happening.event(name="Alt").terms.add(above, below)
    happening.event(name="Annet")
    assert names("behov=avlastning") == {"Hjemme", "Alt"}
    assert names("behov=avlastning-hjemme&behov=krise") == {"Hjemme", "Alt"}
    assert names("situasjon=avlastning") == set()


def test_needs_and_situations_add_up() -> None:
    need = make.term("samtale")
    situation = make.term("demens", taxonomy=make.taxonomy(Taxonomies.TARGET_GROUPS))
    happening.event(name="Begge").terms.add(need, situation)
    happening.event(name="Bare samtale").terms.add(need)
    assert names("behov=samtale&situasjon=demens") == {"Begge"}


def test_an_age_is_within_the_ages_of_the_event() -> None:
    happening.event(name="Ungdom", minimum_age=13, maximum_age=17)
    happening.event(name="Voksne", minimum_age=18)
    happening.event(name="Alle")
    assert names("alder=13") == {"Ungdom", "Alle"}
    assert names("alder=18") == {"Voksne", "Alle"}


def test_digital_and_in_person() -> None:
    happening.event(name="Digitalt", meets_in_person=False, meets_online=True)
    happening.event(name="Begge", meets_online=True)
    happening.event(name="Her")
    assert names("form=digital") == {"Digitalt", "Begge"}
    assert names("form=in_person") == {"Begge", "Her"}


def test_free_places_leave_out_what_one_cannot_come_to() -> None:
    happening.one_off(name="Ledig", capacity=2)
    happening.party(happening.one_off(name="Full", capacity=1))
    happening.one_off(name="Bare kom", sign_up=SignUp.NONE, capacity=None)
    happening.one_off(name="Ikke åpen", opens_on=timezone.localdate() + timedelta(days=1))
    happening.one_off(name="Avlyst", status=EventStatus.CANCELLED)
    happening.occurrence(happening.event(name="Dato avlyst"), status=OccurrenceStatus.CANCELLED)
    happening.occurrence(happening.event(name="Over"), happening.soon(days=-3))
    closed = happening.one_off(name="Stengt")
    closed.is_closed = True
    closed.save()
    assert names("ledig=1") == {"Ledig", "Bare kom"}
    assert wanted("ledig=1").occurrences().count() == 2


def test_an_organisation_brings_its_units_and_what_it_joins_in() -> None:
    own = make.organization()
    unit = make.organization(parent_organization=own)
    happening.event(name="Eget", organization=own)
    happening.event(name="Enhetens", organization=unit)
    happening.event(name="Felles").co_organizers.add(own)
    happening.event(name="Andres")
    assert names(f"organisasjon={own.pk}") == {"Eget", "Enhetens", "Felles"}


@pytest.mark.parametrize(
    "query",
    ["alder=-1", "alder=999", "alder=³", "kommune=0301", "form=x", "organisasjon=x", "ledig=ja"],
)
def test_what_makes_no_sense_narrows_nothing(query: str) -> None:
    assert wanted(query) == wanted()
    assert not wanted(query).narrows


@pytest.mark.parametrize("query", ["behov=%00", "behov=" + "x" * 5000, "&".join(["behov=x"] * 500)])
def test_odd_codes_break_nothing(query: str) -> None:
    assert names(query) == set()
