"""Employees by name: for those who look after their employer's list, and for nobody else."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from samtun.learning.models import DirectoryToken, Employment, Learner
from samtun.learning.queries.addresses import stretches
from samtun.learning.rules import HOLDERS
from samtun.organisations.models import Organization
from samtun.people.grants import Person, grants_of

VIEW = "learning.view_employee"
CHANGE = "learning.change_employee"


def employees_of(person: Person, permission: str = VIEW) -> QuerySet[Employment]:
    """The employments, ended ones too, over which `person` has `permission`."""
    reach = grants_of(person).reach(HOLDERS[permission])
    if not reach:
        return Employment.objects.none()
    return Employment.objects.filter(reach.condition("unit"))


def units_of(person: Person, permission: str = VIEW) -> QuerySet[Organization]:
    """The organisations and units over whose employees `person` has `permission`."""
    reach = grants_of(person).reach(HOLDERS[permission])
    return Organization.objects.filter(reach.condition()) if reach else Organization.objects.none()


def employers_of(person: Person) -> QuerySet[Organization]:
    """The organisations whose whole list `person` may change: those that are no unit of another."""
    return units_of(person, CHANGE).filter(parent_organization=None)


def tokens_of(person: Person) -> QuerySet[DirectoryToken]:
    """The tokens of the employers whose list `person` may change."""
    return DirectoryToken.objects.filter(employer__in=employers_of(person))


def employer_of(unit: Organization) -> Organization:
    """Who keeps the list that the unit is on: the topmost organisation above it, or itself."""
    seen = {unit.pk}
    while (above := unit.parent_organization) and above.pk not in seen:
        seen.add(above.pk)
        unit = above
    return unit


def known_by_others(employer: Organization, learners: Collection[UUID]) -> set[UUID]:
    """Those of `learners` whom somebody else than `employer` knows: see `is_known_by_others`."""
    known: set[UUID] = set()
    for some in stretches(sorted(learners)):
        with_account = Learner.objects.filter(pk__in=some, user__isnull=False)
        elsewhere = Employment.objects.filter(learner__in=some).exclude(employer=employer)
        known |= set(with_account.values_list("pk", flat=True))
        known |= set(elsewhere.values_list("learner", flat=True))
    return known
