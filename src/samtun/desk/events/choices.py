"""What can be chosen in the form of an event: only what whoever fills it in may reach."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from samtun.directory.editing.document import EMPTY_PARTS, Document, empty
from samtun.directory.editing.form_choices import Choice, Choices, choices_for
from samtun.directory.enums import ServiceStatus
from samtun.directory.queries.kept import organizations_of, services_of
from samtun.events.models import Event
from samtun.organisations.models import Organization
from samtun.organisations.queries import Scope, region_scopes
from samtun.people.models import User

_MOST = 500
CHANGE = "events.change_event"


@dataclass(frozen=True, slots=True)
class EventChoices:
    """What each box may hold. `known` is what offers choose from too."""

    known: Choices
    organizations: tuple[Choice, ...]
    co_organizers: tuple[Choice, ...]
    services: tuple[Choice, ...]
    regions: tuple[Scope, ...]

    @property
    def places(self) -> tuple[Choice, ...]:
        """Places that are known; nobody is asked to come to a secret one."""
        facts = self.known.place_facts
        return tuple(one for one in self.known.places if not facts[one[0]]["is_confidential"])


def event_choices(person: User, event: Event | None, language: str) -> EventChoices:
    """What `person` may choose for `event`, or for a new one."""
    known = choices_for(person, _document(event), language)
    near = {number for number, _name in known.municipalities}
    return EventChoices(
        known=known,
        organizations=_organizations(person, event),
        co_organizers=_co_organizers(near, event),
        services=_services(person, event),
        regions=tuple(one for one in region_scopes() if one.numbers and one.numbers <= near),
    )


def _document(event: Event | None) -> Document:
    """As much of an offer as the choices look at."""
    if event is None:
        return empty()
    document = empty(organization=str(event.organization_id))
    document["covers"] = [one.pk for one in event.municipalities.all()]
    if event.location_id:
        document["places"] = [EMPTY_PARTS["places"] | {"location": str(event.location_id)}]  # type: ignore[list-item]
    return document


def _organizations(person: User, event: Event | None) -> tuple[Choice, ...]:
    reached = organizations_of(person, CHANGE)
    if event:
        reached = reached | Organization.objects.filter(pk=event.organization_id)
    return _named(reached.values_list("pk", "name", "parent_organization__name"))


def _co_organizers(near: set[str], event: Event | None) -> tuple[Choice, ...]:
    """Those of the same municipalities and regions, and those that are chosen already."""
    regions = [one.id for one in region_scopes() if one.numbers & near]
    wanted = Q(municipality__in=near) | Q(region__in=regions)
    if event:
        chosen = [one.pk for one in event.co_organizers.all()]
        wanted = (wanted | Q(pk__in=chosen)) & ~Q(pk=event.organization_id)
    found = Organization.objects.filter(wanted)
    return _named(found.values_list("pk", "name", "parent_organization__name"))


def _named(rows: object) -> tuple[Choice, ...]:
    found = rows.order_by("name", "pk")[:_MOST]  # type: ignore[attr-defined]
    return tuple(
        (str(key), f"{name} ({parent})" if parent else name) for key, name, parent in found
    )


def _services(person: User, event: Event | None) -> tuple[Choice, ...]:
    """Offers within reach that are not archived, and the one that is chosen already."""
    found = (
        services_of(person, "directory.change_service")
        .exclude(status=ServiceStatus.DEFUNCT)
        .order_by("name", "pk")
    )
    rows = [(str(key), name) for key, name in found.values_list("pk", "name")[:_MOST]]
    chosen = event.service if event else None
    if chosen and str(chosen.pk) not in dict(rows):
        rows.insert(0, (str(chosen.pk), chosen.name))
    return tuple(rows)


def uuid_or_none(text: str) -> UUID | None:
    """What a box of the form holds; these boxes refuse what is not in their list."""
    return UUID(text) if text else None
