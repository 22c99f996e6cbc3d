"""The meeting places that a person looks after."""

from django.db.models import QuerySet

from samtun.events.models import Event
from samtun.events.rules import HOLDERS
from samtun.people.grants import Person, grants_of


def events_of(person: Person, permission: str = "events.view_event") -> QuerySet[Event]:
    """The events over which `person` has `permission`, public or not; one condition in SQL."""
    reach = grants_of(person).reach(HOLDERS[permission])
    if not reach:
        return Event.objects.none()
    return Event.objects.filter(reach.condition("organization"))
