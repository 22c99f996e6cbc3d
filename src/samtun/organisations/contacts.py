"""Whom a visitor of a region can turn to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from samtun.organisations.models import Municipality, RegionContact
from samtun.organisations.recent import for_a_minute
from samtun.organisations.spoken import spoken_name
from samtun.organisations.texts import Text, in_language

_NOTHING = Text("", "nb")
_NORWEGIAN = frozenset({"nb", "nn", "no"})


@dataclass(frozen=True, slots=True)
class ContactCard:
    """Somebody who answers. `municipalities` is empty for the whole region."""

    name: str
    title: Text
    phone: str
    email: str
    hours: Text
    municipalities: frozenset[str]
    about: Text = _NOTHING
    spoken: str = ""  # the languages in words, when there are others than Norwegian


@for_a_minute
def region_contacts(slug: str, language: str) -> tuple[ContactCard, ...]:
    """The contacts of the region at the address `slug`, in the order people should meet them.

    The card of a coordinator is there as long as the role and the account are.
    """
    found = RegionContact.objects.filter(_has_somebody(), region__slug=slug, is_public=True)
    rows = found.order_by("position").prefetch_related("municipalities")
    return tuple(_card(one, language) for one in rows)


def _has_somebody() -> Q:
    """A card of no role comes from the region's files. Roles live in a package above this one."""
    today = timezone.localdate()
    ends = Q(role__ends_on__isnull=True) | Q(role__ends_on__gte=today)
    held = ends & Q(role__starts_on__lte=today, role__person__is_active=True)
    return Q(role__isnull=True) | held


def _card(one: RegionContact, language: str) -> ContactCard:
    return ContactCard(
        name=one.name,
        title=in_language(one.titles, language),
        phone=one.phone,
        email=one.email,
        hours=in_language(one.hours, language),
        municipalities=frozenset(each.number for each in one.municipalities.all()),
        about=in_language(one.abouts, language),
        spoken=_spoken(one.languages),
    )


def _spoken(codes: list[str]) -> str:
    names = [spoken_name(code) for code in codes]
    return "" if _NORWEGIAN.issuperset(codes) else ", ".join(names)


def without_contact(
    contacts: Iterable[ContactCard], municipalities: Iterable[Municipality]
) -> list[Municipality]:
    """The municipalities that have nobody of their own among `contacts`."""
    covered = {number for one in contacts for number in one.municipalities}
    return [one for one in municipalities if one.number not in covered]
