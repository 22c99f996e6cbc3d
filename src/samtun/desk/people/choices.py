"""What somebody may choose who gives roles: nobody gives more than they have."""

from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, gettext

from samtun.organisations.models import Municipality, Organization, Region
from samtun.people.actions.roles import PositionFields
from samtun.people.enums import CoordinatorKind, RoleKind, ScopeKind
from samtun.people.grants import Person, Reach, grants_of
from samtun.people.models.role import Position
from samtun.people.rules import GIVES

Choice = tuple[str, str]
Group = tuple[str, list[Choice]]
MOST_ORGANIZATIONS = 200


def works(person: Person) -> list[Choice | Group]:
    """The kinds of work `person` may give, coordinators by what they coordinate."""
    grants = grants_of(person)
    given = {kind for giver, kinds in GIVES.items() if grants.reach_of([giver]) for kind in kinds}
    plain: list[Choice | Group] = [
        (kind.value, str(kind.label))
        for kind in RoleKind
        if kind in given and kind != RoleKind.COORDINATOR
    ]
    if RoleKind.COORDINATOR not in given:
        return plain
    coordinators = [(f"coordinator:{kind.value}", str(kind.label)) for kind in CoordinatorKind]
    return [(str(RoleKind.COORDINATOR.label), coordinators), *plain]


def work_of(position: Position) -> str:
    """The choice that is the position's kind."""
    if position.kind != RoleKind.COORDINATOR:
        return position.kind
    return f"coordinator:{position.coordinator_kind or CoordinatorKind.OTHER}"


def kinds_of(work: str) -> tuple[str, str]:
    """The kind of role and of coordinator that a choice means."""
    kind, _, coordinator_kind = work.partition(":")
    return kind, coordinator_kind


def scopes(person: Person, find: str, also: Position | None = None) -> tuple[list[Group], bool]:
    """What a role of theirs may be for, and whether there were too many organisations to show."""
    reach = grants_of(person).reach_of(GIVES.keys())
    organizations, are_more = _organizations(reach, find, also)
    groups = [
        (gettext("All"), [("everything:", gettext("Everything"))] if reach.everything else []),
        (gettext("Regions"), _regions(reach)),
        (gettext("Municipalities"), _municipalities(reach)),
        (gettext("Organisations"), organizations),
    ]
    return [(name, choices) for name, choices in groups if choices], are_more


def scope_of(position: Position) -> str:
    """The choice that is what the position is for."""
    key = position.region_id or position.municipality_id or position.organization_id or ""
    return f"{position.scope}:{key}"


def position_from(work: str, scope: str, title: str) -> PositionFields:
    """What was chosen. Whether one may give it is for the action to say."""
    kind, coordinator_kind = kinds_of(work)
    held_for, _, key = scope.partition(":")
    rows: dict[ScopeKind, Any] = {
        ScopeKind.REGION: Region.objects,
        ScopeKind.MUNICIPALITY: Municipality.objects,
        ScopeKind.ORGANIZATION: Organization.objects,
    }
    found: dict[str, Any] = {
        str(each): rows[each].get(pk=key) if held_for == each else None for each in rows
    }
    return PositionFields(
        kind=kind,
        coordinator_kind=coordinator_kind,
        title=title,
        region=found[ScopeKind.REGION],
        municipality=found[ScopeKind.MUNICIPALITY],
        organization=found[ScopeKind.ORGANIZATION],
    )


def _regions(reach: Reach) -> list[Choice]:
    rows = Region.objects.all() if reach.everything else Region.objects.filter(pk__in=reach.regions)
    language = get_language() or "nb"
    return sorted(
        ((f"region:{row.pk}", str(row.name(language))) for row in rows), key=lambda pair: pair[1]
    )


def _municipalities(reach: Reach) -> list[Choice]:
    """Those that share a map; a municipality without one has nothing to look after yet."""
    rows = Municipality.objects.filter(regions__isnull=False).distinct()
    if not reach.everything:
        rows = rows.filter(number__in=reach.municipalities)
    return [(f"municipality:{row.number}", row.name) for row in rows.order_by("name")]


def _organizations(reach: Reach, find: str, also: Position | None) -> tuple[list[Choice], bool]:
    named = Q()
    for word in find.split()[:5]:
        named &= Q(name__icontains=word)
    rows = Organization.objects.filter(reach.condition(), named).order_by("name", "pk")
    found = list(rows.only("pk", "name")[: MOST_ORGANIZATIONS + 1])
    shown = [(f"organization:{row.pk}", row.name) for row in found[:MOST_ORGANIZATIONS]]
    if also and also.organization and scope_of(also) not in dict(shown):
        shown.append((scope_of(also), also.organization.name))
    return shown, len(found) > MOST_ORGANIZATIONS
