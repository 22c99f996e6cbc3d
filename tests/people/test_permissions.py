"""Permissions and lists agree, row by row; and the page about them is of today."""

from collections.abc import Iterator
from itertools import product

import pytest

from samtun.directory.models import Service, Suggestion
from samtun.directory.queries import kept
from samtun.organisations.models import Municipality, Organization
from samtun.people.enums import SCOPES_OF, RoleKind, ScopeKind
from samtun.people.models import AuditEvent, Invitation, Role, User
from samtun.people.queries.roles import invitations_of, roles_of
from samtun.people.queries.trail import Asked, every
from samtun.people.rules import may
from tests import permission_matrix
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db


def scopes() -> list[dict[str, object]]:
    """Everything that a role can be for in two regions, with a tree and things of no place."""
    here, near = make.municipality("3451"), make.municipality("3454", "Vang")
    away = make.municipality("3330", "Gol")
    valdres, gol = make.region("valdres", here, near), make.region("hallingdal", away)
    top = make.organization(municipality=here)
    unit = make.organization(parent_organization=top)
    others = [make.organization(municipality=near), make.organization(municipality=away),
              make.organization(region=gol), make.organization()]  # fmt: skip
    organizations = [top, unit, *others]
    return [
        {},
        *({"region": one} for one in (valdres, gol)),
        *({"municipality": one} for one in (here, near, away)),
        *({"organization": one} for one in organizations),
    ]


def positions(of: list[dict[str, object]]) -> Iterator[tuple[RoleKind, dict[str, object]]]:
    """Every kind of role for everything it can be for."""
    for kind, scope in product(RoleKind, of):
        held_for = ScopeKind(next(iter(scope), "everything"))
        if held_for in SCOPES_OF[kind]:
            yield kind, scope


@pytest.fixture
def everybody() -> list[User]:
    """One person for each position, one with two, and one with none; and something of all kinds."""
    found = []
    given = scopes()
    for kind, scope in positions(given):
        found.append(people.person())
        people.role(found[-1], kind, **scope)
        later = {"email": "x@valdres.example", "expires_at": "2026-12-01T00:00Z"}
        Invitation.objects.create(kind=kind, **scope, **later)
    both = people.person()
    people.role(both, RoleKind.ORGANISATION_EDITOR, **given[6])
    people.role(both, RoleKind.REGION_EDITOR, **given[2])
    for organization in Organization.objects.all():
        service = make.service(organization=organization)
        region = given[1]["region"]
        Suggestion.objects.create(kind="error", service=service, region=region)
    for municipality in Municipality.objects.exclude(regions=None):
        home = municipality.regions.get()
        Suggestion.objects.create(kind="missing", region=home, municipality=municipality)
    return [*found, both, people.person()]


LISTS = [
    (kept.services_of, Service, "directory.view_service"),
    (kept.services_of, Service, "directory.change_service"),
    (kept.organizations_of, Organization, "directory.add_service"),
    (kept.suggestions_of, Suggestion, "directory.view_suggestion"),
    (roles_of, Role, "people.view_role"),
    (roles_of, Role, "people.change_role"),
    (invitations_of, Invitation, "people.change_role"),
]


def test_each_list_holds_exactly_what_one_may(everybody: list[User]) -> None:
    for rows_of, model, permission in LISTS:
        things = list(model.objects.all())  # type: ignore[attr-defined]
        assert things
        for person in everybody:
            listed = set(rows_of(person, permission).values_list("pk", flat=True))  # type: ignore[operator]
            allowed = {thing.pk for thing in things if may(person, permission, thing)}
            assert listed == allowed, (permission, [role.kind for role in person.roles.all()])


def test_the_trail_holds_exactly_what_one_may(everybody: list[User]) -> None:
    for scope in Role.objects.filter(kind=RoleKind.COORDINATOR):
        region, organization = scope.region_id, scope.organization_id
        AuditEvent.objects.create(
            action="x", object_type="x", region_id=region, organization_id=organization
        )
    for person in everybody:
        listed = {one.pk for some in every(person, Asked()) for one in some}
        events = AuditEvent.objects.all()
        allowed = {one.pk for one in events if may(person, "people.view_audit", one)}
        assert listed == allowed


def test_the_page_about_permissions_is_what_the_rules_say() -> None:
    written = permission_matrix.FILE.read_text(encoding="utf-8")
    assert permission_matrix.text() == written, "run: python -m tests.permission_matrix"
