"""How units stand: for leaders as counts, and by name only who is late."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.learning.enums import DecisionKind, ObligationState
from samtun.learning.models import Decision, Employment, Item, Obligation
from samtun.learning.queries import overdue, standing
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make
from tests.factories import learning, people

pytestmark = pytest.mark.django_db
LATE = timezone.localdate() - timedelta(days=10)


@pytest.fixture
def home() -> Organization:
    """A municipality's health services, with a nursing home under them."""
    return make.organization(name="Helse og omsorg", municipality=make.municipality())


@pytest.fixture
def ward(home: Organization) -> Organization:
    """The nursing home."""
    return make.organization(
        name="Helsetunet", municipality=home.municipality, parent_organization=home
    )


@pytest.fixture
def item(home: Organization) -> Item:
    """An item of the municipality's active plan, for everybody."""
    plan = learning.plan(municipality=home.municipality)
    made = learning.item(learning.version(plan), title="Å se de pårørende")
    learning.rule(made)
    return made


def leader(of: Organization) -> User:
    """Somebody who leads the unit."""
    person = people.person("Lise Leder")
    people.role(person, RoleKind.LEADER, organization=of)
    return person


def late(unit: Organization, item: Item, name: str = "Eli Ansatt") -> Obligation:
    """Somebody of the unit who should have done the item."""
    job = learning.employment(unit, learner=learning.learner(name), profession="nurse")
    return learning.obligation(job, item, due_on=LATE)


def page(person: User, unit: Organization) -> str:
    """What `person` sees of the unit."""
    return (
        people.signed_in(person).get(f"/skrivebord/opplaering/enheter/{unit.pk}/").content.decode()
    )


def test_the_numbers_of_a_unit_hold_everything_under_it(
    home: Organization, ward: Organization, item: Item
) -> None:
    late(ward, item)
    learning.obligation(learning.employment(home), item)
    rows = standing.units(leader(home), timezone.localdate())
    assert [(row.name, row.depth, row.counts.people, row.counts.late) for row in rows] == [
        ("Helse og omsorg", 0, 2, 1),
        ("Helsetunet", 1, 1, 1),
    ]


def test_a_leader_sees_by_name_only_who_is_late(
    home: Organization, ward: Organization, item: Item
) -> None:
    late(ward, item, "Eli Ansatt")
    in_time = learning.employment(ward, learner=learning.learner("Tor Itide"))
    learning.obligation(in_time, item)
    person = people.person("Bare Leser")
    people.role(person, RoleKind.REGION_EDITOR, region=make.region("valdres", home.municipality))
    seen = page(person, ward)
    assert "Eli Ansatt" in seen
    assert "Tor Itide" not in seen


def test_who_is_late_with_two_things_stands_once_with_both(ward: Organization, item: Item) -> None:
    job = late(ward, item, "Eli Ansatt").employment
    other = learning.item(item.version, title="Barn som pårørende")
    learning.rule(other)
    learning.obligation(job, other, due_on=LATE + timedelta(days=1))
    seen = people.signed_in(leader(ward)).get(f"/skrivebord/opplaering/enheter/{ward.pk}/")
    told = [
        (each["name"], [one["title"] for one in each["items"]]) for each in seen.context["late"]
    ]
    assert told == [("Eli Ansatt", ["Å se de pårørende", "Barn som pårørende"])]


def test_the_decision_is_asked_for_whom_the_list_names(ward: Organization, item: Item) -> None:
    due = late(ward, item)
    client = people.signed_in(leader(ward))
    asked = f"?hvem={due.employment_id}&hva={due.plan_id}:{due.item_key}"
    seen = client.get(f"/skrivebord/opplaering/enheter/{ward.pk}/{asked}").content.decode()
    assert f'<option value="{due.employment_id}" selected>' in seen
    assert client.get(f"/skrivebord/opplaering/enheter/{ward.pk}/?hvem=x").status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_a_unit_costs_the_same_for_one_who_is_late_and_for_thirty(
    count: int, ward: Organization, item: Item, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        late(ward, item, f"Ansatt {number}")
    today = timezone.localdate()
    with django_assert_num_queries(4):
        found = overdue.late_of(ward.pk, list(overdue.people_late(ward.pk, today)), today)
        assert (
            len({each.employment.learner.name for rows in found.values() for each in rows}) == count
        )


def test_who_has_left_or_is_exempt_is_late_with_nothing(ward: Organization, item: Item) -> None:
    gone = late(ward, item, "Gunn Sluttet")
    Employment.objects.filter(pk=gone.employment_id).update(left_on=LATE)
    free = late(ward, item, "Finn Fri")
    Obligation.objects.filter(pk=free.pk).update(state=ObligationState.EXEMPT)
    assert not standing.late_in(ward.pk, timezone.localdate()).exists()


@pytest.mark.parametrize("kind", [RoleKind.ADVISER, RoleKind.COORDINATOR, RoleKind.EMPLOYEE])
def test_who_is_no_leader_of_it_finds_no_unit(
    kind: RoleKind, ward: Organization, item: Item
) -> None:
    late(ward, item)
    person = people.person("Ola Annen")
    people.role(person, kind, organization=ward)
    answer = people.signed_in(person).get(f"/skrivebord/opplaering/enheter/{ward.pk}/")
    assert answer.status_code == 404


def test_a_leader_of_another_unit_or_municipality_finds_none(
    home: Organization, ward: Organization, item: Item
) -> None:
    late(ward, item)
    beside = make.organization(name="Skulen", municipality=home.municipality)
    away = make.organization(municipality=make.municipality("3454", "Vang"))
    for person in (leader(beside), leader(away)):
        answer = people.signed_in(person).get(f"/skrivebord/opplaering/enheter/{ward.pk}/")
        assert answer.status_code == 404
        assert standing.units(person, timezone.localdate()) == []


def test_a_leader_gives_more_time_with_a_reason(ward: Organization, item: Item) -> None:
    due = late(ward, item)
    client = people.signed_in(leader(ward))
    new = timezone.localdate() + timedelta(days=20)
    _decide(client, ward, due, verdict="extend", day=new.isoformat(), reason="Lang vaktliste")
    made = Decision.objects.get()
    assert (made.kind, made.until, made.reason) == (DecisionKind.EXTENDED, new, "Lang vaktliste")


def test_a_decision_without_a_reason_is_asked_for_one(ward: Organization, item: Item) -> None:
    due = late(ward, item)
    client = people.signed_in(leader(ward))
    answer = _decide(client, ward, due, verdict="exempt", reason="")
    assert answer.status_code == 200
    assert not Decision.objects.exists()


def test_nobody_decides_for_employees_of_others(ward: Organization, item: Item) -> None:
    due = late(ward, item)
    other = make.organization(municipality=make.municipality("3454", "Vang"))
    client = people.signed_in(leader(other))
    answer = _decide(client, other, due, verdict="exempt", reason="Fordi")
    assert answer.status_code == 200
    refused = _decide(client, ward, due, verdict="exempt", reason="Fordi")
    assert refused.status_code == 404
    assert not Decision.objects.exists()


def _decide(client: Client, unit: Organization, due: Obligation, **given: str):  # noqa: ANN202
    url = f"/skrivebord/opplaering/enheter/{unit.pk}/avgjorelse/"
    about = {"employment": str(due.employment_id), "item": f"{due.plan_id}:{due.item_key}"}
    return client.post(url, about | given)


@pytest.mark.parametrize("units", [1, 30])
def test_the_tree_costs_the_same_for_one_unit_and_for_thirty(
    units: int, home: Organization, item: Item, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(units):
        unit = make.organization(
            name=f"Avdeling {number}", municipality=home.municipality, parent_organization=home
        )
        late(unit, item)
    person = leader(home)
    standing.reach_of(person)
    with django_assert_num_queries(4):
        rows = standing.units(person, timezone.localdate())
    assert len(rows) == units + 1
