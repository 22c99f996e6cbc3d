"""What a person's roles of today reach: the one place where scope is worked out."""

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from samtun.organisations.models import Municipality, Place
from samtun.organisations.queries import with_units
from samtun.people.enums import NEED_SECOND_FACTOR, RoleKind
from samtun.people.models import Role, User

Person = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Reach:
    """What some roles are for, written out: a region is its municipalities and what it keeps."""

    everything: bool = False
    regions: frozenset[UUID] = frozenset()
    municipalities: frozenset[str] = frozenset()
    organizations: frozenset[UUID] = frozenset()

    def __or__(self, other: "Reach") -> "Reach":
        return Reach(
            self.everything or other.everything,
            self.regions | other.regions,
            self.municipalities | other.municipalities,
            self.organizations | other.organizations,
        )

    def __contains__(self, place: Place) -> bool:
        """Whether what belongs at `place` is reached."""
        return (
            self.everything
            or place.region in self.regions
            or place.municipality in self.municipalities
            or place.organization in self.organizations
        )

    def __bool__(self) -> bool:
        return self != Reach()

    def condition(self, path: str = "") -> Q:
        """The same as `in`, for rows whose organisation is at `path`, or for organisations."""
        if self.everything:
            return Q()
        prefix = f"{path}__" if path else ""
        return self.condition_of_area(path) | Q(**{f"{prefix}pk__in": self.organizations})

    def condition_of_area(self, path: str = "") -> Q:
        """The same as `in`, for rows that have a region and a municipality of their own."""
        if self.everything:
            return Q()
        prefix = f"{path}__" if path else ""
        in_region = Q(**{f"{prefix}region__in": self.regions})
        return in_region | Q(**{f"{prefix}municipality__in": self.municipalities})


@dataclass(frozen=True, slots=True)
class Grants:
    """The roles a person holds today, with what each kind reaches."""

    roles: tuple[Role, ...] = ()
    by_kind: dict[str, Reach] = field(default_factory=dict)

    def reach(self, kinds: Collection[str]) -> Reach:
        """What the roles of `kinds` reach together; a system administrator reaches all."""
        return self.reach_of([RoleKind.SYSTEM_ADMINISTRATOR, *kinds])

    def reach_of(self, kinds: Collection[str]) -> Reach:
        """What the roles of exactly these kinds reach together."""
        reach = Reach()
        for kind in kinds:
            reach |= self.by_kind.get(kind, Reach())
        return reach

    @property
    def need_second_factor(self) -> bool:
        """Whether a role of these sees personal data of others.

        An employee does who can lead group sessions in more units than one.
        """
        units = self.by_kind.get(RoleKind.EMPLOYEE, Reach()).organizations
        return len(units) > 1 or any(role.kind in NEED_SECOND_FACTOR for role in self.roles)


def grants_of(person: Person) -> Grants:
    """What `person` may reach today; remembered on the object, so once a request."""
    if not isinstance(person, User) or not person.is_active:
        return Grants()
    known: Grants | None = getattr(person, "_grants", None)
    if known is None:
        known = _read(person)
        person._grants = known  # type: ignore[attr-defined]  # lives as long as the request
    return known


def held_today() -> Q:
    """The condition on `Role` that it counts today."""
    today = timezone.localdate()
    return Q(starts_on__lte=today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def not_over() -> Q:
    """The condition on `Role` that it counts today or on a day to come."""
    return Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())


def _read(person: User) -> Grants:
    roles = tuple(
        Role.objects.filter(held_today(), person=person)
        .select_related("region", "municipality", "organization")
        .order_by("starts_on", "pk")
    )
    numbers = _numbers_by_region([role.region_id for role in roles if role.region_id])
    by_kind: dict[str, Reach] = {}
    for kind in {role.kind for role in roles}:
        of_kind = [role for role in roles if role.kind == kind]
        by_kind[kind] = _reach_of(of_kind, numbers)
    return Grants(roles, by_kind)


def _numbers_by_region(regions: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    if not regions:
        return {}
    pairs = Municipality.objects.filter(regions__in=regions).values_list("regions", "number")
    found: dict[UUID, set[str]] = {}
    for region, number in pairs:
        found.setdefault(region, set()).add(number)
    return {region: frozenset(each) for region, each in found.items()}


def _reach_of(roles: list[Role], numbers: dict[UUID, frozenset[str]]) -> Reach:
    regions = frozenset(role.region_id for role in roles if role.region_id)
    municipalities = {role.municipality_id for role in roles if role.municipality_id}
    organizations = {role.organization_id for role in roles if role.organization_id}
    return Reach(
        everything=any(role.kind == RoleKind.SYSTEM_ADMINISTRATOR for role in roles),
        regions=regions,
        municipalities=frozenset(municipalities).union(
            *(numbers.get(region, frozenset()) for region in regions)
        ),
        organizations=with_units(organizations),
    )
