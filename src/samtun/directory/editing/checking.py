"""What the database says of a cleaned document: does it exist, may they, whose place is it?

Only what differs from the entry as it stands is looked at, so that an old fault stops nobody.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samtun.directory.editing.document import EMPTY_PARTS, Document, Place
from samtun.directory.editing.reading import TERMS, facts_of, place_fields
from samtun.directory.editing.values import Problems
from samtun.directory.models import (
    Accessibility,
    Address,
    Location,
    Service,
    ServiceAtLocation,
    TaxonomyTerm,
)
from samtun.organisations.models import Municipality, Organization, PostalCode
from samtun.people.models import User
from samtun.people.rules import may

PLACE_FIELDS = tuple(name for name in EMPTY_PARTS["places"] if name not in ("id", "location"))


@dataclass(slots=True)
class Facts:
    """What was looked up on the way, for writing."""

    organization: Organization | None = None  # when it changes
    terms: dict[tuple[str, str], TaxonomyTerm] = field(default_factory=dict)
    postal_codes: dict[str, PostalCode] = field(default_factory=dict)
    locations: dict[UUID, Location] = field(default_factory=dict)
    addresses: dict[UUID, Address] = field(default_factory=dict)
    accessibility: dict[UUID, Accessibility] = field(default_factory=dict)
    shared: dict[UUID, list[ServiceAtLocation]] = field(default_factory=dict)  # ties of others


def reaches(by: User | None, organization: Organization, own: UUID | None) -> bool:
    """Whether `by` may change what `organization` owns; without an account, only one's `own`."""
    if by is None:
        return organization.pk == own
    return may(by, "directory.change_service", organization)


def owns(
    by: User | None, location: Location, ties: list[ServiceAtLocation], own: UUID | None
) -> bool:
    """Whether `by` may change `location`: what its organisation owns, or, where it has none, every
    service that others give there."""
    if location.organization is not None:
        return reaches(by, location.organization, own)
    return all(reaches(by, tie.service.organization, own) for tie in ties)


def check(
    document: Document, current: Document, problems: Problems, *,
    by: User | None, service: Service | None, is_restored: bool = False,
) -> Facts:  # fmt: skip
    """Complete `document` in place, note what is wrong, and give back what was looked up.

    In one that `is_restored` words and numbers that no longer exist are left out, and what could
    be kept then can be kept now.
    """
    facts = Facts()
    _check_organization(document, current, problems, facts, by=by, service=service)
    _check_keeper(document, current, problems)
    asked = Problems() if is_restored else problems
    _check_terms(document, current, asked, facts)
    _check_covers(document, current, asked)
    _tie_places(document, current, problems)
    touched = _check_places(document, current, problems, facts, by=by, service=service)
    _check_postal_codes(touched, current, asked, facts)
    return facts


def _check_organization(
    document: Document, current: Document, problems: Problems, facts: Facts, *,
    by: User | None, service: Service | None,
) -> None:  # fmt: skip
    wanted = document["organization"]
    if not wanted or (service is not None and wanted == current["organization"]):
        return
    permission = "directory.change_service" if service else "directory.add_service"
    facts.organization = Organization.objects.filter(pk=wanted).first()
    # What is not theirs is answered like what does not exist.
    if facts.organization is None or by is None or not may(by, permission, facts.organization):
        problems.add("organization", _("Choose who gives it."), wanted)


def _check_keeper(document: Document, current: Document, problems: Problems) -> None:
    wanted = document["keeper"]
    if wanted is None or wanted == current["keeper"]:
        return
    keeper = User.objects.filter(pk=wanted, is_active=True).first()
    organization = Organization.objects.filter(
        pk__in=filter(None, [document["organization"]])
    ).first()
    if keeper is None or not may(keeper, "directory.change_service", organization):
        problems.add("keeper", _("Choose somebody who can change this entry."), wanted)


def _check_terms(document: Document, current: Document, problems: Problems, facts: Facts) -> None:
    new = {
        (name, code)
        for name in TERMS
        for code in set(_words(document, name)) - set(_words(current, name))
    }
    if not new:
        return
    found = TaxonomyTerm.objects.filter(
        taxonomy__slug__in=TERMS.values(), code__in={code for _name, code in new}
    ).select_related("taxonomy")
    by_slug = {str(taxonomy): name for name, taxonomy in TERMS.items()}
    facts.terms = {(by_slug[str(term.taxonomy.slug)], term.code): term for term in found}
    for name, code in sorted(new - set(facts.terms)):
        problems.add(name, _("Choose from the list."), code)
        _words(document, name).remove(code)


def _words(document: Document, name: str) -> list[str]:
    return cast("list[str]", cast("Any", document)[name])


def _check_covers(document: Document, current: Document, problems: Problems) -> None:
    new = set(document["covers"]) - set(current["covers"])
    if not new:
        return
    known = Municipality.objects.filter(number__in=new).values_list("number", flat=True)
    for number in sorted(new - set(known)):
        problems.add("covers", _("There is no municipality with this number."), number)
        document["covers"].remove(number)


def _tie_places(document: Document, current: Document, problems: Problems) -> None:
    """Give each place the tie it has already; a tie never moves to another location."""
    ties = {place["location"]: place["id"] for place in current["places"]}
    known = {place["id"] for place in current["places"]}
    for place in document["places"]:
        if tie := ties.get(place["location"]):
            place["id"] = tie
        elif place["id"] in known:
            place["id"] = None
    times = Counter(place["location"] for place in document["places"] if place["location"])
    for number, place in enumerate(document["places"]):
        if times[place["location"] or ""] > 1:
            problems.add(f"places.{number}.name", _("This place is there twice."), number)


def _check_places(
    document: Document, current: Document, problems: Problems, facts: Facts, *,
    by: User | None, service: Service | None,
) -> list[tuple[int, Place]]:  # fmt: skip
    """Returns the places that differ, with where they stand."""
    before = {place["id"]: place for place in current["places"]}
    touched = [
        (number, place)
        for number, place in enumerate(document["places"])
        if place != before.get(place["id"])
    ]
    if not touched:
        return []
    _look_up(touched, facts, service)
    own = service.organization_id if service else None
    for number, place in touched:
        location = facts.locations.get(UUID(place["location"])) if place["location"] else None
        if location and not before.get(place["id"]):
            ties = facts.shared.get(location.pk, [])
            is_somebodys = bool(ties) or location.organization is not None
            if location.is_confidential and not (is_somebodys and owns(by, location, ties, own)):
                place["location"] = None
                problems.add(f"places.{number}.name", _("Choose another place."), number)
                continue
            _fill_in(place, location, facts)
    return touched


def _look_up(touched: list[tuple[int, Place]], facts: Facts, service: Service | None) -> None:
    keys = {UUID(place["location"]) for _number, place in touched if place["location"]}
    if keys:
        found = Location.objects.select_related("organization").filter(pk__in=keys)
        facts.locations = {location.pk: location for location in found}
        facts.addresses, facts.accessibility = facts_of(facts.locations)
        for tie in _ties_of_others(facts, service):
            facts.shared.setdefault(tie.location_id, []).append(tie)
    codes = {place["postal_code"] for _number, place in touched if place["postal_code"]}
    facts.postal_codes = PostalCode.objects.in_bulk(codes)


def _ties_of_others(facts: Facts, service: Service | None) -> QuerySet[ServiceAtLocation]:
    ties = ServiceAtLocation.objects.filter(location__in=facts.locations)
    if service is not None:
        ties = ties.exclude(service=service)
    return ties.select_related("service__organization").order_by("pk")


def _fill_in(place: Place, location: Location, facts: Facts) -> None:
    """What was left empty for a place that exists is as it is there."""
    stands = place_fields(
        location, facts.addresses.get(location.pk), facts.accessibility.get(location.pk)
    )
    for name, value in stands.items():
        filled = cast("dict[str, Any]", place)
        filled[name] = filled[name] or value


def _check_postal_codes(
    touched: list[tuple[int, Place]], current: Document, problems: Problems, facts: Facts
) -> None:
    before = {place["id"]: place for place in current["places"]}
    for number, place in touched:
        code, known = place["postal_code"], before.get(place["id"])
        linked = facts.addresses.get(UUID(place["location"])) if place["location"] else None
        if not code or (known is not None and known["postal_code"] == code):
            continue
        if linked is not None and linked.postal_code == code:
            continue
        if code not in facts.postal_codes:
            problems.add(f"places.{number}.postal_code", _("There is no such postal code."), code)
        elif not place["city"]:
            place["city"] = facts.postal_codes[code].place.title()
