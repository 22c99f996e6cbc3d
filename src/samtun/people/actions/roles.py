"""Giving, changing and ending roles."""

from datetime import date, timedelta
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from samtun.organisations import recent
from samtun.organisations.models import Municipality, Organization, Region
from samtun.people import audit
from samtun.people.actions.administrators import lock_administrators, nobody_left_out
from samtun.people.enums import ADMINISTRATORS
from samtun.people.errors import NotYoursToGiveError
from samtun.people.models import Role, User
from samtun.people.models.role import Position
from samtun.people.rules import may


class PositionFields(TypedDict):
    """What a role or an invitation is about."""

    kind: str
    coordinator_kind: str
    title: str
    region: Region | None
    municipality: Municipality | None
    organization: Organization | None


@transaction.atomic
def give(
    *,
    person: User,
    position: PositionFields,
    by: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Role:
    """Give `person` a role; one they hold already is returned as it is.

    Raises:
        NotYoursToGiveError: it reaches further than what `by` may give (`None`: the system).
    """
    role = Role(
        person=person,
        made_by=by,
        starts_on=starts_on or timezone.localdate(),
        ends_on=ends_on,
        **position,
    )
    require_giving(role, by)
    if held := _the_same(role):
        return held
    role.save()
    audit.record("role.given", by=by, about=role, details=about_role(role))
    return role


@transaction.atomic
def change(
    *, role: Role, position: PositionFields, starts_on: date, ends_on: date | None, by: User | None
) -> Role:
    """Make the role what is given; the card goes when it is no longer a coordinator's.

    Raises:
        NotYoursToGiveError: `by` may not give it as it was, or as it becomes.
        LastAdministratorError: something would be without anybody.
    """
    role = _locked(role)
    with nobody_left_out([_as_it_was(role)]):
        require_giving(role, by)
        new = {**position, "starts_on": starts_on, "ends_on": ends_on}
        changed = sorted(name for name, value in new.items() if getattr(role, name) != value)
        moved = {"kind", "region", "municipality", "organization"} & {*changed}
        for name, value in new.items():
            setattr(role, name, value)
        require_giving(role, by)
        if moved:
            drop_card(role)
        role.save()
        if changed:
            details = about_role(role) | {"fields": changed}
            audit.record("role.changed", by=by, about=role, details=details)
    transaction.on_commit(recent.forget)
    return role


@transaction.atomic
def end(*, role: Role, by: User | None, on: date | None = None) -> None:
    """End the role after the day `on`, or at once. One that never counted a whole day is deleted.

    Raises:
        NotYoursToGiveError: `by` may not end it.
        LastAdministratorError: something would be without anybody.
    """
    role = _locked(role)
    require_giving(role, by)
    with nobody_left_out([role]):
        end_unguarded(role, by=by, on=on)


def end_unguarded(role: Role, *, by: User | None, on: date | None = None) -> None:
    """As `end`, for actions that end several under one `nobody_left_out`."""
    at_once = on is None
    last_day = on or min(timezone.localdate() - timedelta(days=1), role.ends_on or date.max)
    audit.record("role.ended", by=by, about=role, details=about_role(role))
    if at_once:
        drop_card(role)
    if role.starts_on > last_day:
        drop_card(role)
        role.delete()
    else:
        role.ends_on = last_day
        role.save(update_fields=["ends_on", "card"])
    transaction.on_commit(recent.forget)


def drop_card(role: Role) -> None:
    """Take the public card off the map; the caller saves the role."""
    card, role.card = role.card, None
    if card is not None:
        Role.objects.filter(pk=role.pk).update(card=None)
        card.delete()


def require_giving(position: Position, by: User | None) -> None:
    """Raise unless `by` may give such a position; the system may.

    Raises:
        NotYoursToGiveError: as said.
    """
    if by is not None and not may(by, "people.change_role", position):
        raise NotYoursToGiveError


def position_of(position: Position) -> PositionFields:
    """What a role or an invitation is about, to make another of it."""
    return PositionFields(
        kind=position.kind,
        coordinator_kind=position.coordinator_kind,
        title=position.title,
        region=position.region,
        municipality=position.municipality,
        organization=position.organization,
    )


def about_role(position: Position) -> dict[str, object]:
    """What the trail says of a role: whose, of what kind, for what. Identifiers only."""
    found: dict[str, object] = {"kind": position.coordinator_kind or position.kind}
    for column in ("person_id", "region_id", "municipality_id", "organization_id"):
        if value := getattr(position, column, None):
            found[column.removesuffix("_id")] = str(value)
    return found


def _locked(role: Role) -> Role:
    """The role as it is now, ours until the commit.

    An administrator's is locked with all the others: locked alone and before them, two who end
    each other's would wait for one another for ever.
    """
    if role.kind in ADMINISTRATORS:
        lock_administrators()
    rows = Role.objects.select_related("region", "municipality", "organization", "card", "person")
    return rows.select_for_update(of=("self",)).get(pk=role.pk)


def _as_it_was(role: Role) -> Role:
    return Role(kind=role.kind, region_id=role.region_id, organization_id=role.organization_id)


def _the_same(role: Role) -> Role | None:
    today = timezone.localdate()
    same = Role.objects.filter(
        person=role.person_id,
        kind=role.kind,
        coordinator_kind=role.coordinator_kind,
        region=role.region_id,
        municipality=role.municipality_id,
        organization=role.organization_id,
        starts_on__lte=max(role.starts_on, today),
        ends_on=None,
    )
    return same.first()
