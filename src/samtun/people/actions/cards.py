"""What the public sees of a coordinator."""

from typing import TypedDict

from django.db import transaction
from django.db.models import Max

from samtun.organisations import recent
from samtun.organisations.models import Municipality, Region, RegionContact
from samtun.people import audit
from samtun.people.errors import NoCardError
from samtun.people.models import Role, User
from samtun.people.models.role import Position

Texts = dict[str, str]


class CardFields(TypedDict):
    """What stands on a card; the municipalities follow from the role."""

    name: str
    titles: Texts
    abouts: Texts
    phone: str
    hours: Texts
    email: str
    languages: list[str]
    is_public: bool


def region_of(position: Position) -> Region | None:
    """The region whose pages a card of this role is shown on, if any."""
    place = position.place
    if place.region:
        return Region.objects.get(pk=place.region)
    return Region.objects.filter(municipalities=place.municipality).order_by("slug").first()


def municipalities_of(position: Position) -> list[Municipality]:
    """The municipalities a card of this role is for; none: the whole region."""
    number = position.place.municipality
    return list(Municipality.objects.filter(number=number)) if number else []


@transaction.atomic
def save_card(*, role: Role, fields: CardFields, by: User) -> RegionContact:
    """Put the card of a coordinator on the map, or renew it.

    Raises:
        NoCardError: the role belongs to no region.
    """
    region = region_of(role)
    if region is None:
        raise NoCardError
    card = role.card or RegionContact(region=region, position=_next_position(region))
    changed = sorted(name for name, value in fields.items() if getattr(card, name) != value)
    for name, value in fields.items():
        setattr(card, name, value)
    card.region = region
    card.save()
    card.municipalities.set(municipalities_of(role))
    role.card = card
    role.save(update_fields=["card"])
    audit.record("card.changed", by=by, about=role, details=_about(role, changed))
    transaction.on_commit(recent.forget)
    return card


def _about(role: Role, changed: list[str]) -> dict[str, object]:
    return {"person": str(role.person_id), "fields": changed}


def _next_position(region: Region) -> int:
    """After all others; the region's row keeps two new cards from taking the same."""
    Region.objects.select_for_update().get(pk=region.pk)
    last = region.contacts.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1
