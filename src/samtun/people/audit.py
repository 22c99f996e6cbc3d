"""Writing to the trail. Call it inside the transaction of what is recorded."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db import models

from samtun.organisations.models import Place
from samtun.organisations.queries import region_scopes
from samtun.people.grants import grants_of
from samtun.people.models import AuditEvent, User


class Recorded(Protocol):
    """A row that belongs somewhere."""

    @property
    def pk(self) -> object:
        """Its key."""

    @property
    def place(self) -> Place:
        """Where."""


def record(
    action: str, *, by: User | None, about: Recorded, details: dict[str, object] | None = None
) -> AuditEvent:
    """Write that `by` did `action` (e.g. `"service.changed"`) to `about`.

    `details` holds names of fields, counts and identifiers, never what stood in a field and never
    an address of a private person. `by=None`: the system, or somebody without an account; then
    `details["by"]` should say which ("night", "keeper", "visitor").
    """
    place = about.place
    return AuditEvent.objects.create(
        actor=by,
        action=action,
        object_type=_type_of(about),
        object_id=str(about.pk),
        object_name=_name_of(about),
        organization_id=place.organization,
        region_id=_region(place),
        details=details or {},
    )


@dataclass(frozen=True, slots=True)
class Looked:
    """A list of personal data that somebody opened: "people", "audit"."""

    pk: str
    place: Place


def looked(*, by: User, at: Recorded | str, details: dict[str, object] | None = None) -> None:
    """Write that `by` looked at personal data of others: a thing, or the list called `at`.

    A list is in the trail of every region and organisation that `by` has a role for. Call it once
    the page is made, also outside a transaction.
    """
    if not isinstance(at, str):
        record("looked.at", by=by, about=at, details=details)
        return
    for place in _trails_of(by):
        record("looked.at", by=by, about=Looked(at, place), details=details)


def _trails_of(person: User) -> set[Place]:
    roles = grants_of(person).roles
    places = {Place(role.organization_id, "", _region(role.place)) for role in roles}
    return places - {Place()} or {Place()}


def _region(place: Place) -> UUID | None:
    return place.region or _region_of(place.municipality)


def _type_of(about: Recorded) -> str:
    return about._meta.label_lower if isinstance(about, models.Model) else type(about).__name__


def _name_of(about: Recorded) -> str:
    """The name of a thing; people are named by their identifier only (`names_a_person`)."""
    is_person = isinstance(about, User) or getattr(about, "names_a_person", False)
    return "" if is_person else str(getattr(about, "name", "") or "")[:300]


def _region_of(municipality: str) -> UUID | None:
    return next((one.id for one in region_scopes() if municipality in one.numbers), None)
