"""Writing where a service is given.

A place can be shared. Whoever edits one service sees no other, so what they change about a shared
place holds for this service only: it gets a place of its own, and the others keep theirs. Two
things hold for all that share it, if the editor may change what the place's owner owns: what they
ask to hold for all ("the house has moved"), and that the place is secret from now on.
"""

from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

from samtun.directory.editing.checking import PLACE_FIELDS, Facts, owns
from samtun.directory.editing.document import Place
from samtun.directory.editing.values import says_the_same
from samtun.directory.models import (
    Accessibility,
    Address,
    ImportedRecord,
    Location,
    Service,
    ServiceAtLocation,
)
from samtun.people.models import User

_LOCATION = ("name", "transportation", "is_confidential")
_ADDRESS = ("address_1", "postal_code", "city")
Translations = dict[str, dict[str, str]]


def without_texts(translations: Translations, void: Collection[str]) -> Translations:
    """What is left of `translations` when those of the columns `void` are taken out."""
    left = {
        code: {name: text for name, text in texts.items() if name not in void}
        for code, texts in translations.items()
    }
    return {code: texts for code, texts in left.items() if texts}


class Places:
    """Writes the places of one service; `others` are services that a change was for as well."""

    def __init__(self, service: Service, facts: Facts, by: User | None) -> None:
        self.service = service
        self.facts = facts
        self.by = by
        self.others: set[UUID] = set()

    def write(self, before: Sequence[Place], after: Sequence[Place]) -> None:
        """Make, change and tie places; those that are gone still stand, for hours to leave."""
        known = {place["id"]: place for place in before}
        for place in after:
            stood = known.get(place["id"])
            if stood != place:
                self._write_one(place, stood)
        self._tie([place for place in after if place["id"] not in known])

    def remove(self, before: Sequence[Place], after: Sequence[Place]) -> None:
        """Untie what is gone, and delete places of our own that nobody uses any more."""
        kept = {place["id"] for place in after}
        gone = [place for place in before if place["id"] not in kept]
        ServiceAtLocation.objects.filter(pk__in=[place["id"] for place in gone]).delete()
        left = {place["location"] for place in before} - {place["location"] for place in after}
        unused = Location.objects.filter(
            pk__in=filter(None, left), service_at_locations__isnull=True
        ).filter(events__isnull=True, occurrences__isnull=True)  # people are told to come there
        for location in unused:
            if location.organization_id in (None, self.service.organization_id):
                location.delete()

    def _write_one(self, place: Place, stood: Place | None) -> None:
        for_all = place.pop("for_all", False)
        location = self.facts.locations.get(UUID(place["location"])) if place["location"] else None
        if location is None:
            self._make(place)
            return
        standing = cast("dict[str, Any]", stood) or self._standing(location)
        wanted = cast("dict[str, Any]", place)
        changed = {name for name in PLACE_FIELDS if wanted[name] != standing[name]}
        if not changed:
            return
        becomes_secret = "is_confidential" in changed and place["is_confidential"]
        if not self._may_change(location, for_all=for_all or becomes_secret):
            location = self._copy(location, place)
        self._change(location, wanted, changed)

    def _standing(self, location: Location) -> dict[str, Any]:
        address = self.facts.addresses.get(location.pk)
        accessibility = self.facts.accessibility.get(location.pk)
        values = {name: getattr(location, name) for name in _LOCATION}
        values |= {name: getattr(address, name, "") for name in _ADDRESS}
        return values | {"accessibility": getattr(accessibility, "description", "")}

    def _may_change(self, location: Location, *, for_all: bool) -> bool:
        """Whether the row itself is changed, or a copy for this service only."""
        ties = self.facts.shared.get(location.pk, [])
        if not owns(self.by, location, ties, self.service.organization_id):
            return False
        if ties and not for_all:
            return False
        self.others |= {tie.service_id for tie in ties}
        return True

    def _make(self, place: Place) -> None:
        key = UUID(place["location"]) if place["location"] else uuid4()
        # Without an owner: what an organisation owns is in the open data, and this may be a draft.
        location = Location(id=key, language=self.service.language)
        location.save(force_insert=True)
        place["location"] = str(key)
        self.facts.locations[key] = location
        self._change(location, cast("dict[str, Any]", place), set(PLACE_FIELDS))

    def _copy(self, location: Location, place: Place) -> Location:
        """A place like `location`, for this service only."""
        before = location.pk
        addresses = list(Address.objects.filter(location=before).order_by("pk"))
        words = list(Accessibility.objects.filter(location=before).order_by("pk"))
        values = {
            field.attname: getattr(location, field.attname)
            for field in Location._meta.concrete_fields
        }
        values |= {"id": uuid4(), "organization_id": None}
        copy = Location(**values)
        copy.save(force_insert=True)
        self._copy_parts(copy, before, addresses, words)
        ServiceAtLocation.objects.filter(service=self.service, location=before).update(
            location=copy
        )
        place["location"] = str(copy.pk)
        return copy

    def _copy_parts(
        self,
        copy: Location,
        before: UUID,
        addresses: list[Address],
        words: list[Accessibility],
    ) -> None:
        rows: list[Address | Accessibility] = [*addresses, *words]
        for row in rows:
            first = self.facts.addresses if isinstance(row, Address) else self.facts.accessibility
            is_first = before in first and row.pk == first[before].pk
            row.pk, row.location = uuid4(), copy
            row.save(force_insert=True)
            if is_first:
                cast("dict[UUID, Any]", first)[copy.pk] = row

    def _change(self, location: Location, wanted: dict[str, Any], changed: set[str]) -> None:
        if changed.intersection(_ADDRESS):
            self._write_address(location, wanted)
        if changed & {"address_1", "postal_code"}:
            self._write_point(location, wanted["postal_code"], "postal_code" in changed)
        if "accessibility" in changed:
            self._write_accessibility(location, wanted["accessibility"])
        void = set()
        for name in changed.intersection(_LOCATION):
            if not says_the_same(str(getattr(location, name)), str(wanted[name])):
                void.add(name)
            setattr(location, name, wanted[name])
        location.translations = without_texts(location.translations, void)
        location.save()
        ImportedRecord.objects.filter(
            table__in=("location", "address", "accessibility"),
            record_id__in=[
                location.pk,
                *location.addresses.values_list("pk", flat=True),
                *location.accessibility.values_list("pk", flat=True),
            ],
        ).delete()

    def _write_address(self, location: Location, wanted: dict[str, Any]) -> None:
        values = {name: wanted[name] for name in _ADDRESS}
        address = self.facts.addresses.get(location.pk)
        if address is None:
            if any(values.values()):
                Address.objects.create(location=location, **values)
            return
        for name, value in values.items():
            setattr(address, name, value)
        if any(values.values()) or address.address_2 or address.attention:
            address.save()
        else:
            address.delete()

    def _write_point(self, location: Location, code: str, is_new: bool) -> None:  # noqa: FBT001
        """The point of the postal code: nearer than the one of the address before."""
        found = self.facts.postal_codes.get(code)
        if found is None and not is_new:
            return
        location.latitude = found.latitude if found else None
        location.longitude = found.longitude if found else None
        location.municipality_id = found.municipality_id if found else None

    def _write_accessibility(self, location: Location, text: str) -> None:
        row = self.facts.accessibility.get(location.pk)
        if row is None:
            if text:
                Accessibility.objects.create(
                    location=location, description=text, language=location.language
                )
        elif text or row.details or row.url:
            if not says_the_same(row.description, text):
                row.translations = without_texts(row.translations, {"description"})
            row.description = text
            row.save()
        else:
            row.delete()

    def _tie(self, places: list[Place]) -> None:
        named = [UUID(place["id"]) for place in places if place["id"]]
        taken = set(ServiceAtLocation.objects.filter(pk__in=named).values_list("pk", flat=True))
        for place in places:
            key = UUID(place["id"]) if place["id"] else uuid4()
            key = uuid4() if key in taken else key
            place["id"] = str(key)
            ServiceAtLocation.objects.create(
                id=key,
                service=self.service,
                location_id=UUID(cast("str", place["location"])),
                language=self.service.language,
            )
