"""Changing those who give help, and how a region wants its map kept.

Here and not in `organisations`, because the trail and the search index stand above that.
"""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.directory import finding
from samtun.directory.editing import confirming
from samtun.directory.editing.errors import Invalid, NotYours
from samtun.directory.models import ImportedRecord, Service
from samtun.organisations import recent
from samtun.organisations.models import Organization, Region
from samtun.organisations.queries import with_units
from samtun.people import audit
from samtun.people.models import User
from samtun.people.rules import may

_BATCH = 500


@dataclass(frozen=True, slots=True)
class OrganizationFacts:
    """What the desk knows of an organisation. Its place is a municipality or a region, not both."""

    name: str
    description: str
    website: str
    email: str
    organization_number: str | None
    parent_organization_id: UUID | None
    municipality_id: str | None
    region_id: UUID | None


@transaction.atomic
def add_organization(*, facts: OrganizationFacts, by: User) -> Organization:
    """A new organisation.

    Raises:
        NotYours: it would belong where `by` may not add one.
        Invalid: its number is another's.
    """
    organization = Organization(**asdict(facts), last_modified=timezone.now())
    if not may(by, "organisations.add_organization", organization):
        raise NotYours
    _check(organization, by)
    organization.save()
    audit.record("organization.added", by=by, about=organization)
    return organization


@transaction.atomic
def change_organization(
    organization: Organization, *, facts: OrganizationFacts, by: User
) -> Organization:
    """Change what is known of it; what carries its name is shown anew.

    Raises:
        NotYours: it is not for `by` to change, or would no longer be.
        Invalid: its number is another's, or it would be a part of itself.
    """
    stored = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    wanted = asdict(facts)
    fields = [name for name, value in wanted.items() if getattr(stored, name) != value]
    if not fields:
        return stored
    _check_may_change(stored, by)
    if "parent_organization_id" in fields:
        _check_may_leave(stored, by)
    for name in fields:
        setattr(stored, name, wanted[name])
    _check_may_change(stored, by)
    _check(stored, by, fields)
    stored.last_modified = timezone.now()
    stored.is_placeholder = False
    stored.save()
    ImportedRecord.objects.filter(table="organization", record_id=stored.pk).delete()
    audit.record("organization.changed", by=by, about=stored, details={"fields": fields})
    _show_anew(stored)
    return stored


def _check_may_change(organization: Organization, by: User) -> None:
    if not may(by, "organisations.change_organization", organization):
        raise NotYours


def _check_may_leave(organization: Organization, by: User) -> None:
    """A unit is not taken from those who look after what it is a part of."""
    above = organization.parent_organization
    if above is not None and not may(by, "organisations.change_organization", above):
        raise Invalid({"parent": [_("Choose one of those that are there.")]})


def _check(organization: Organization, by: User, fields: list[str] | None = None) -> None:
    number = organization.organization_number
    others = Organization.objects.exclude(pk=organization.pk)
    if number and others.filter(organization_number=number).exists():
        raise Invalid({"organization_number": [_("Another organisation has this number.")]})
    parent = organization.parent_organization_id
    if parent is None or (fields is not None and "parent_organization_id" not in fields):
        return
    if parent in with_units([organization.pk]):
        raise Invalid({"parent": [_("It cannot be a part of itself.")]})
    above = Organization.objects.filter(pk=parent).first()
    if above is None or not may(by, "organisations.change_organization", above):
        raise Invalid({"parent": [_("Choose one of those that are there.")]})


def _show_anew(organization: Organization) -> None:
    below = with_units([organization.pk])
    services = list(Service.objects.filter(organization__in=below).values_list("pk", flat=True))
    confirming.renew_due(services)
    for start in range(0, len(services), _BATCH):
        finding.refresh(services[start : start + _BATCH])


@dataclass(frozen=True, slots=True)
class RegionWishes:
    """How a region wants its map kept, and its welcome by language."""

    confirm_every_days: int
    keeper_changes_go_live: bool
    introductions: dict[str, str]


@transaction.atomic
def change_region(region: Region, *, wishes: RegionWishes, by: User) -> Region:
    """Change how `region` keeps its map.

    Raises:
        NotYours: it is not for `by` to change.
    """
    stored = Region.objects.select_for_update().get(pk=region.pk)
    if not may(by, "organisations.change_region", stored):
        raise NotYours
    wanted = asdict(wishes)
    fields = [name for name, value in wanted.items() if getattr(stored, name) != value]
    if not fields:
        return stored
    for name in fields:
        setattr(stored, name, wanted[name])
    stored.save(update_fields=fields)
    if "confirm_every_days" in fields:
        _renew_due_in(stored)
    audit.record("region.changed", by=by, about=stored, details={"fields": fields})
    transaction.on_commit(recent.forget)
    return stored


def _renew_due_in(region: Region) -> None:
    here = Q(organization__region=region) | Q(organization__municipality__regions=region)
    found = Service.objects.filter(here).distinct()
    confirming.renew_due(found.values_list("pk", flat=True).iterator())
