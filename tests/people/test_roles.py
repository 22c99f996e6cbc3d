"""Giving, changing and ending roles; the last administrator cannot vanish."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from samtun.organisations.models import Region
from samtun.people.actions import accounts, roles
from samtun.people.actions.administrators import first_gap
from samtun.people.actions.roles import PositionFields
from samtun.people.enums import CoordinatorKind, RoleKind
from samtun.people.errors import LastAdministratorError, NotYoursToGiveError
from samtun.people.grants import grants_of
from samtun.people.models import AuditEvent, Role, User
from samtun.people.rules import may
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def today() -> date:
    """In Norway."""
    return timezone.localdate()


def position(kind: RoleKind, **fields: object) -> PositionFields:
    """A position with nothing but what is given."""
    empty = {"coordinator_kind": "", "title": "", "region": None, "municipality": None}
    return PositionFields(**{"kind": kind, "organization": None, **empty, **fields})  # type: ignore[typeddict-item]


def editor(region: Region, name: str = "Kari Eksempel") -> User:
    """A region editor."""
    made = people.person(name)
    people.role(made, RoleKind.REGION_EDITOR, region=region)
    return made


def role_of(person: User) -> Role:
    """Their only role."""
    return Role.objects.get(person=person)


def test_a_role_that_ended_yesterday_or_starts_tomorrow_grants_nothing() -> None:
    region = make.region()
    for starts, ends in ((today() - 9 * DAY, today() - DAY), (today() + DAY, None)):
        ola = people.person()
        people.role(ola, RoleKind.REGION_EDITOR, region=region, starts_on=starts, ends_on=ends)
        assert not may(ola, "people.open_desk")
        assert not may(ola, "people.view_role", role_of(ola))
        assert not grants_of(ola).roles


def test_a_role_counts_on_its_first_and_last_day() -> None:
    kari = people.person()
    region = make.region()
    people.role(kari, RoleKind.REGION_EDITOR, region=region, starts_on=today(), ends_on=today())
    assert may(kari, "people.change_role", role_of(kari))


def test_a_region_editor_gives_roles_in_the_region_and_its_organisations() -> None:
    region = make.region()
    unit = make.organization(municipality=make.municipality())
    kari = editor(region)
    ola = people.person("Ola")
    for scope in (
        {"region": region},
        {"municipality": make.municipality()},
        {"organization": unit},
    ):
        roles.give(person=ola, position=position(RoleKind.LEADER, **scope), by=kari)
    assert ola.roles.count() == 3
    assert AuditEvent.objects.filter(action="role.given", actor=kari).count() == 3


def test_nobody_gives_more_than_they_have() -> None:
    kari = editor(make.region())
    elsewhere = make.region("hallingdal", make.municipality("3330", "Gol"))
    for refused in (
        position(RoleKind.SYSTEM_ADMINISTRATOR),
        position(RoleKind.REGION_EDITOR, region=elsewhere),
        position(RoleKind.COORDINATOR, municipality=make.municipality("3330")),
        position(RoleKind.EMPLOYEE, organization=make.organization()),
    ):
        with pytest.raises(NotYoursToGiveError):
            roles.give(person=people.person(), position=refused, by=kari)


def test_an_organisation_editor_gives_roles_in_the_tree_below_only() -> None:
    top = make.organization(municipality=make.municipality())
    unit = make.organization(parent_organization=top)
    other = make.organization(municipality=make.municipality())
    kari, ola = people.person(), people.person("Ola")
    people.role(kari, RoleKind.ORGANISATION_EDITOR, organization=top)
    roles.give(person=ola, position=position(RoleKind.EMPLOYEE, organization=unit), by=kari)
    for kind, where in ((RoleKind.EMPLOYEE, other), (RoleKind.ADVISER, unit)):
        with pytest.raises(NotYoursToGiveError):
            roles.give(person=ola, position=position(kind, organization=where), by=kari)


def test_a_role_one_holds_already_is_not_doubled() -> None:
    kari = editor(make.region())
    again = position(RoleKind.REGION_EDITOR, region=role_of(kari).region)
    assert roles.give(person=kari, position=again, by=None) == role_of(kari)


def test_a_change_writes_which_fields_changed_and_not_what_stood_there() -> None:
    kari = editor(region := make.region())
    ola = people.person("Ola")
    role = people.role(ola, RoleKind.COORDINATOR, region=region)
    fields = {"title": "Hemmelig", "coordinator_kind": CoordinatorKind.CANCER}
    new = position(RoleKind.COORDINATOR, region=region, **fields)
    roles.change(role=role, position=new, starts_on=role.starts_on, ends_on=None, by=kari)
    event = AuditEvent.objects.get(action="role.changed")
    assert event.details["fields"] == ["coordinator_kind", "title"]
    assert "Hemmelig" not in str(event.details)


def test_a_change_cannot_lift_a_role_beyond_ones_own() -> None:
    kari = editor(region := make.region())
    role = people.role(people.person("Ola"), RoleKind.COORDINATOR, region=region)
    with pytest.raises(NotYoursToGiveError):
        roles.change(
            role=role, position=position(RoleKind.SYSTEM_ADMINISTRATOR),
            starts_on=role.starts_on, ends_on=None, by=kari,
        )  # fmt: skip
    role.refresh_from_db()
    assert role.kind == RoleKind.COORDINATOR


def test_a_role_ended_at_once_grants_nothing_from_then_on() -> None:
    kari = editor(region := make.region())
    ola = people.person("Ola")
    role = people.role(ola, RoleKind.COORDINATOR, region=region, starts_on=today() - 5 * DAY)
    roles.end(role=role, by=kari)
    people.forget(ola)
    assert not may(ola, "people.open_desk")
    assert Role.objects.get(pk=role.pk).ends_on == today() - DAY


def test_a_role_given_and_ended_the_same_day_is_gone_but_in_the_trail() -> None:
    kari = editor(region := make.region())
    role = people.role(people.person("Ola"), RoleKind.COORDINATOR, region=region)
    roles.end(role=role, by=kari)
    assert not Role.objects.filter(pk=role.pk).exists()
    assert AuditEvent.objects.filter(action="role.ended", object_id=str(role.pk)).exists()


@pytest.mark.parametrize("on", [None, 0, 30])
def test_the_last_region_editor_cannot_end_today_or_later(on: int | None) -> None:
    kari = editor(make.region())
    day = None if on is None else today() + on * DAY
    with pytest.raises(LastAdministratorError, match="Valdres"):
        roles.end(role=role_of(kari), by=kari, on=day)
    assert role_of(kari).ends_on is None


def test_the_last_system_administrator_cannot_become_something_else() -> None:
    root = people.person()
    role = people.role(root, RoleKind.SYSTEM_ADMINISTRATOR)
    less = position(RoleKind.LEADER, region=make.region())
    with pytest.raises(LastAdministratorError):
        roles.change(role=role, position=less, starts_on=role.starts_on, ends_on=None, by=root)


def test_a_region_editor_may_go_when_another_stays_for_good() -> None:
    region = make.region()
    kari, ola = editor(region), editor(region, "Ola")
    roles.end(role=role_of(kari), by=ola, on=today())
    with pytest.raises(LastAdministratorError):
        roles.end(role=role_of(ola), by=ola, on=today() + 100 * DAY)


def test_a_successor_who_starts_the_day_after_is_enough() -> None:
    region = make.region()
    kari, nils = editor(region), people.person("Nils")
    people.role(nils, RoleKind.REGION_EDITOR, region=region, starts_on=today() + 8 * DAY)
    with pytest.raises(LastAdministratorError):
        roles.end(role=role_of(kari), by=kari, on=today() + 6 * DAY)
    roles.end(role=role_of(kari), by=kari, on=today() + 7 * DAY)


def test_somebody_with_a_closed_account_looks_after_nothing() -> None:
    region = make.region()
    kari, ola = editor(region), editor(region, "Ola")
    ola.is_active = False
    ola.save()
    with pytest.raises(LastAdministratorError):
        roles.end(role=role_of(kari), by=kari)


@pytest.mark.parametrize("leave", [accounts.close, accounts.delete])
def test_the_account_of_the_last_administrator_stays(leave: object) -> None:
    kari = editor(make.region())
    with pytest.raises(LastAdministratorError):
        leave(person=kari, by=kari)  # type: ignore[operator]
    kari.refresh_from_db()
    assert kari.is_active
    assert role_of(kari).ends_on is None


def test_an_organisation_keeps_its_last_editor_unless_somebody_above_reaches_it() -> None:
    lone = make.organization()
    kari = people.person()
    role = people.role(kari, RoleKind.ORGANISATION_EDITOR, organization=lone)
    with pytest.raises(LastAdministratorError):
        roles.end(role=role, by=kari)
    top = make.organization()
    people.role(people.person(), RoleKind.ORGANISATION_EDITOR, organization=top)
    lone.parent_organization = top
    lone.save()
    roles.end(role=role, by=kari)


def test_a_region_editor_reaches_an_organisation_whose_editor_leaves() -> None:
    editor(make.region())
    unit = make.organization(municipality=make.municipality())
    ola = people.person("Ola")
    role = people.role(ola, RoleKind.ORGANISATION_EDITOR, organization=unit)
    roles.end(role=role, by=ola)


def test_a_closed_account_has_no_role_left() -> None:
    region = make.region()
    kari, ola = editor(region), editor(region, "Ola")
    accounts.close(person=ola, by=kari)
    assert not ola.is_active
    assert not Role.objects.filter(person=ola, ends_on=None).exists()


def test_first_gap() -> None:
    day = date(2026, 11, 22)
    assert first_gap([], day) == day
    assert first_gap([(day - DAY, None)], day) is None
    assert first_gap([(day, day), (day + DAY, None)], day) is None
    assert first_gap([(day, day), (day + 2 * DAY, None)], day) == day + DAY
    assert first_gap([(day + DAY, None)], day) == day
    assert first_gap([(day - 9 * DAY, day + 9 * DAY), (day, day + DAY)], day) == day + 10 * DAY
