"""What an event's values point to: does it exist, and may whoever saves point there?

What is not theirs is answered like what does not exist.
"""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from samtun.directory.enums import Taxonomies
from samtun.directory.models import Service, TaxonomyTerm
from samtun.events.actions.errors import Invalid
from samtun.events.models import Event
from samtun.organisations.models import Municipality, Organization
from samtun.people.models import User
from samtun.people.rules import may


def organization(key: UUID, event: Event | None, by: User | None) -> Organization:
    """Who arranges it; one that `by` may add events for (or change them, of an old event).

    Raises:
        Invalid: there is none.
    """
    found = Organization.objects.filter(pk=key).first()
    is_same = event is not None and event.organization_id == key
    permission = "events.change_event" if event else "events.add_event"
    if found is None or not (is_same or by is None or may(by, permission, found)):
        raise Invalid(organization=_("Choose who arranges it."))
    return found


def service(key: UUID | None, event: Event | None, by: User | None) -> Service | None:
    """The offer that it is a part of; one that `by` looks after, unless it was there before.

    Raises:
        Invalid: there is none.
    """
    if key is None:
        return None
    found = Service.objects.select_related("organization").filter(pk=key).first()
    is_same = event is not None and event.service_id == key
    if found is None or not (is_same or by is None or may(by, "directory.change_service", found)):
        raise Invalid(service=_("Choose one of your offers."))
    return found


def terms(codes: Collection[str]) -> list[TaxonomyTerm]:
    """Needs and life situations.

    Raises:
        Invalid: a code is unknown.
    """
    found = list(
        TaxonomyTerm.objects.filter(
            taxonomy__slug__in=(Taxonomies.NEEDS, Taxonomies.TARGET_GROUPS), code__in=codes
        )
    )
    if {term.code for term in found} != set(codes):
        raise Invalid(terms=_("Choose from the list."))
    return found


def municipalities(numbers: Collection[str]) -> list[Municipality]:
    """Whom it is for.

    Raises:
        Invalid: there is no such municipality.
    """
    found = list(Municipality.objects.filter(pk__in=numbers))
    if len(found) != len(set(numbers)):
        raise Invalid(municipalities=_("There is no municipality with this number."))
    return found


def organizations(keys: Collection[UUID]) -> list[Organization]:
    """Who joins in.

    Raises:
        Invalid: there is no such organisation.
    """
    found = list(Organization.objects.filter(pk__in=keys))
    if len(found) != len(set(keys)):
        raise Invalid(co_organizers=_("Choose from the list."))
    return found
