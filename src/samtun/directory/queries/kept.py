"""The part of the map that a person looks after."""

from django.db.models import QuerySet

from samtun.directory.models import Service, Suggestion
from samtun.directory.rules import HOLDERS
from samtun.organisations.models import Organization
from samtun.people.grants import Person, grants_of


def services_of(person: Person, permission: str = "directory.view_service") -> QuerySet[Service]:
    """The services over which `person` has `permission`, public or not; one condition in SQL."""
    reach = grants_of(person).reach(HOLDERS[permission])
    if not reach:
        return Service.objects.none()
    return Service.objects.filter(reach.condition("organization"))


def organizations_of(
    person: Person, permission: str = "directory.add_service"
) -> QuerySet[Organization]:
    """The organisations over which `person` has `permission`."""
    reach = grants_of(person).reach(HOLDERS[permission])
    return Organization.objects.filter(reach.condition()) if reach else Organization.objects.none()


def suggestions_of(
    person: Person, permission: str = "directory.view_suggestion"
) -> QuerySet[Suggestion]:
    """The suggestions over which `person` has `permission`.

    One about a service belongs where the service does; a missing offer belongs to its region.
    """
    reach = grants_of(person).reach(HOLDERS[permission])
    if not reach:
        return Suggestion.objects.none()
    if reach.everything:
        return Suggestion.objects.all()
    about_services = Suggestion.objects.filter(reach.condition("service__organization"))
    missing = Suggestion.objects.filter(reach.condition_of_area(), service__isnull=True)
    return about_services | missing
