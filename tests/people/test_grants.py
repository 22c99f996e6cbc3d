"""What a role reaches."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from samtun.organisations.models import Place
from samtun.people.enums import RoleKind
from samtun.people.grants import Reach, grants_of
from samtun.people.models import Role
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


def test_an_organisation_is_reached_with_everything_under_it() -> None:
    top = make.organization()
    unit = make.organization(parent_organization=make.organization(parent_organization=top))
    person = people.person()
    people.role(person, RoleKind.ORGANISATION_EDITOR, organization=top)
    reach = grants_of(person).reach([RoleKind.ORGANISATION_EDITOR])
    assert unit.place in reach
    assert make.organization().place not in reach


def test_what_is_above_is_not_reached() -> None:
    top = make.organization()
    unit = make.organization(parent_organization=top)
    person = people.person()
    people.role(person, RoleKind.ORGANISATION_EDITOR, organization=unit)
    assert top.place not in grants_of(person).reach([RoleKind.ORGANISATION_EDITOR])


def test_a_region_is_its_municipalities_and_what_it_keeps_itself() -> None:
    region = make.region("valdres", make.municipality(), make.municipality("3454", "Vang"))
    person = people.person()
    people.role(person, RoleKind.REGION_EDITOR, region=region)
    reach = grants_of(person).reach([RoleKind.REGION_EDITOR])
    assert make.organization(municipality=make.municipality("3454", "Vang")).place in reach
    assert make.organization(region=region).place in reach
    assert make.organization().place not in reach
    assert make.organization(municipality=make.municipality("0301", "Oslo")).place not in reach


@pytest.mark.parametrize(("starts", "ends"), [(-10, -1), (1, 10), (1, None)])
def test_a_role_counts_only_in_its_time(starts: int, ends: int | None) -> None:
    today = timezone.localdate()
    person = people.person()
    people.role(
        person,
        RoleKind.SYSTEM_ADMINISTRATOR,
        starts_on=today + timedelta(days=starts),
        ends_on=today + timedelta(days=ends) if ends is not None else None,
    )
    assert not grants_of(person).reach(RoleKind.values)


def test_a_role_counts_on_its_first_and_last_day() -> None:
    today = timezone.localdate()
    person = people.person()
    people.role(person, RoleKind.SYSTEM_ADMINISTRATOR, starts_on=today, ends_on=today)
    assert grants_of(person).reach(RoleKind.values).everything


def test_nothing_belongs_nowhere() -> None:
    assert Place() not in Reach(regions=frozenset(), municipalities=frozenset({"3451"}))
    assert not Reach()


def test_a_role_for_two_things_at_once_is_refused() -> None:
    with pytest.raises(IntegrityError):
        Role.objects.create(
            person=people.person(),
            kind=RoleKind.COORDINATOR,
            municipality=make.municipality(),
            organization=make.organization(),
        )


def test_an_editor_of_everything_is_refused() -> None:
    with pytest.raises(IntegrityError):
        Role.objects.create(person=people.person(), kind=RoleKind.REGION_EDITOR)


def test_an_employee_of_several_units_needs_a_second_factor_and_of_one_does_not() -> None:
    top = make.organization()
    unit = make.organization(parent_organization=top)
    for where, needed in ((unit, False), (top, True)):
        person = people.person()
        people.role(person, RoleKind.EMPLOYEE, organization=where)
        assert grants_of(person).need_second_factor is needed
