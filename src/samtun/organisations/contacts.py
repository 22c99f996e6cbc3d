"""Whom a visitor of a region can turn to."""

from dataclasses import dataclass

from samtun.organisations.models import RegionContact
from samtun.organisations.recent import for_a_minute
from samtun.organisations.texts import Text, in_language


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Somebody who answers. `municipalities` is empty for the whole region."""

    name: str
    title: Text
    phone: str
    email: str
    hours: Text
    municipalities: frozenset[str]


@for_a_minute
def region_contacts(slug: str, language: str) -> tuple[ContactCard, ...]:
    """The contacts of the region at the address `slug`, in the order people should meet them."""
    found = RegionContact.objects.filter(region__slug=slug).prefetch_related("municipalities")
    return tuple(
        ContactCard(
            name=one.name,
            title=in_language(one.titles, language),
            phone=one.phone,
            email=one.email,
            hours=in_language(one.hours, language),
            municipalities=frozenset(each.number for each in one.municipalities.all()),
        )
        for one in found.order_by("position")
    )
