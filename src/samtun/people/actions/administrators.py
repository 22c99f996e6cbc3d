"""The last administrator of anything cannot vanish.

What has somebody who looks after it today shall have so on every day to come: the installation a
system administrator, a region a region editor of its own. An organisation may do without an editor
of its own while one of an organisation above it, or an editor of its region, reaches it. Accounts
that are closed do not count.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samtun.organisations.models import Organization, Region
from samtun.people.enums import ADMINISTRATORS, RoleKind
from samtun.people.errors import LastAdministratorError
from samtun.people.models import Role

Interval = tuple[date, date | None]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Administered:
    """Something that must have somebody: what a role of `kind` is for."""

    kind: str
    id: UUID | None

    @property
    def name(self) -> str:
        """What to call it."""
        if self.id is None:
            return _("the installation")
        if self.kind == RoleKind.REGION_EDITOR:
            return str(Region.objects.get(pk=self.id))
        return Organization.objects.get(pk=self.id).name


@contextmanager
def nobody_left_out(roles: Iterable[Role]) -> Iterator[None]:
    """Wrap a write that ends, shortens, moves or removes `roles`, inside its transaction.

    All administrators' roles are locked first, in one order, so that of two who leave at the same
    moment the second sees what the first did. They are few, and such writes are rare.

    Raises:
        LastAdministratorError: the write leaves something without anybody, or earlier than before.
    """
    concerned = {_administered(role) for role in roles if role.kind in ADMINISTRATORS}
    if concerned:
        lock_administrators()
    today = timezone.localdate()
    before = {one: first_gap(_intervals(one), today) for one in concerned}
    yield
    for one, gap in before.items():
        after = first_gap(_intervals(one), today)
        if after is not None and (gap is None or after < gap):
            raise LastAdministratorError(one.name, after)


def lock_administrators() -> None:
    """Nobody else changes any administrator's role until the commit; always in the same order."""
    list(Role.objects.select_for_update().filter(kind__in=ADMINISTRATORS).order_by("pk"))


def first_gap(intervals: Collection[Interval], today: date) -> date | None:
    """The first day from `today` on that no interval covers; `None`: there is none."""
    day = today
    for start, end in sorted(intervals, key=lambda interval: interval[0]):
        if start > day:
            break
        if end is None:
            return None
        day = max(day, end + _DAY)
    return day


def _administered(role: Role) -> Administered:
    return Administered(role.kind, role.region_id or role.organization_id)


def _intervals(administered: Administered) -> list[Interval]:
    roles = Role.objects.filter(_administrators_of(administered), person__is_active=True)
    return list(roles.values_list("starts_on", "ends_on"))


def _administrators_of(administered: Administered) -> Q:
    if administered.kind == RoleKind.ORGANISATION_EDITOR and administered.id:
        return _editors_of_organization(administered.id)
    return Q(kind=administered.kind, region=administered.id)


def _editors_of_organization(organization: UUID) -> Q:
    place = Organization.objects.get(pk=organization).place
    regions = Region.objects.filter(Q(municipalities=place.municipality) | Q(pk=place.region))
    above = _with_those_above(organization)
    return Q(kind=RoleKind.ORGANISATION_EDITOR, organization__in=above) | Q(
        kind=RoleKind.REGION_EDITOR, region__in=regions
    )


def _with_those_above(organization: UUID) -> list[UUID]:
    found: list[UUID] = []
    current: UUID | None = organization
    while current and current not in found:
        found.append(current)
        above = Organization.objects.filter(pk=current)
        current = above.values_list("parent_organization_id", flat=True).first()
    return found
