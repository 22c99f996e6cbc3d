"""Where an event takes place: a known place, or a new one from what was typed.

A place that services or others' events share is never changed from here: what is typed about it
makes a place of its own. New places have no owner, since what an organisation owns is open data,
and this may be a draft.
"""

from typing import Any

from django.utils.translation import gettext as _

from samtun.directory.models import Accessibility, Address, Location
from samtun.events.actions.errors import Invalid
from samtun.events.actions.values import PlaceValues
from samtun.events.models import Event, Occurrence
from samtun.organisations.models import Municipality, PostalCode

_ADDRESS = ("address_1", "postal_code", "city")


def location_of(place: PlaceValues | None, event: Event) -> Location | None:
    """The place for `event` that `place` asks for; made or changed as needed. None: nowhere.

    Raises:
        Invalid: there is no such place, or it is kept secret; no such postal code.
    """
    typed = {name: str(place.get(name) or "").strip() for name in _NAMES} if place else {}
    number = {"municipality": str((place or {}).get("municipality") or "")}
    key = place.get("location") if place else None
    if key is None:
        new = Location(language=event.language)
        return _write(new, typed | number) if any(typed.values()) else None
    # A secret place is answered like one that does not exist: nothing about it is ever shown.
    found = Location.objects.filter(pk=key, is_confidential=False).first()
    if found is None:
        raise Invalid(place=_("Choose another place."))
    if not any(name in (place or {}) for name in _NAMES) or _stands(found) == typed:
        return found
    if not _is_only_for(found, event):
        found = Location(language=event.language)
    return _write(found, typed | number)


_NAMES = ("name", *_ADDRESS, "transportation", "accessibility")


def _stands(location: Location) -> dict[str, str]:
    address = location.addresses.order_by("pk").first()
    words = location.accessibility.order_by("pk").first()
    values = {name: str(getattr(address, name, "")) for name in _ADDRESS}
    values |= {"name": location.name, "transportation": location.transportation}
    return values | {"accessibility": words.description if words else ""}


def _is_only_for(location: Location, event: Event) -> bool:
    return event.location_id == location.pk and not (
        location.organization_id
        or location.service_at_locations.exists()
        or Event.objects.filter(location=location).exclude(pk=event.pk).exists()
        or Occurrence.objects.filter(location=location).exclude(event=event).exists()
    )


def _write(location: Location, typed: dict[str, str]) -> Location:
    code = PostalCode.objects.filter(pk=typed["postal_code"]).first()
    if typed["postal_code"] and code is None:
        raise Invalid(postal_code=_("There is no such postal code."))
    location.name, location.transportation = typed["name"], typed["transportation"]
    number = typed.pop("municipality", "") or (code.municipality_id if code else None)
    location.municipality = Municipality.objects.filter(pk=number or "").first()
    location.latitude = code.latitude if code else None
    location.longitude = code.longitude if code else None
    location.translations = {}
    location.save()
    if code and not typed["city"]:
        typed["city"] = code.place.title()
    _write_part(location, Address, {name: typed[name] for name in _ADDRESS})
    words = {"description": typed["accessibility"], "language": location.language}
    _write_part(location, Accessibility, words, is_empty=not typed["accessibility"])
    return location


def _write_part(
    location: Location,
    table: type[Address | Accessibility],
    values: dict[str, Any],
    *,
    is_empty: bool = False,
) -> None:
    row = table._default_manager.filter(location=location).order_by("pk").first()
    if is_empty or not any(values.values()):
        if row:
            row.delete()
        return
    row = row or table(location=location)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
