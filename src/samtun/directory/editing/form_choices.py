"""What can be chosen in the offer form: only what whoever fills it in may reach."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from samtun.directory.editing.document import Document
from samtun.directory.editing.reading import facts_of, place_fields
from samtun.directory.enums import Taxonomies
from samtun.directory.models import Location
from samtun.directory.queries.kept import organizations_of
from samtun.directory.queries.terms import TermLabel, terms
from samtun.directory.rules import HOLDERS
from samtun.organisations.enums import LocationType
from samtun.organisations.models import Organization, Place
from samtun.organisations.queries import municipality_names, region_scopes
from samtun.organisations.spoken import SPOKEN, spoken_name
from samtun.people.grants import Reach, grants_of, held_today
from samtun.people.models import Role, User

Choice = tuple[str, str]

_MOST = 1000  # of organisations, places or colleagues in one list


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes to tick under one of them, or under a heading."""

    head: Choice
    boxes: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What each box of the form may hold; keepers without account get neither colleagues nor
    organisations."""

    organizations: tuple[Choice, ...] = ()
    municipalities: tuple[Choice, ...] = ()
    needs: tuple[Group, ...] = ()
    target_groups: tuple[Group, ...] = ()
    places: tuple[Choice, ...] = ()
    place_facts: dict[str, dict[str, Any]] = field(default_factory=dict)  # as the document has them
    keepers: tuple[Choice, ...] = ()
    spoken: tuple[Choice, ...] = ()
    municipality_names: dict[str, str] = field(default_factory=dict)


def choices_for(person: User, document: Document, language: str) -> Choices:
    """What `person` may choose on the desk for the offer that `document` is."""
    reach = grants_of(person).reach(HOLDERS["directory.change_service"])
    organizations = list(
        organizations_of(person)
        .select_related("parent_organization")
        .order_by("name", "pk")[:_MOST]
    )
    if missing := {document["organization"]} - {"", *(str(one.pk) for one in organizations)}:
        organizations += Organization.objects.filter(pk__in=missing)
    near = _numbers_near(one.place for one in organizations) | reach.municipalities
    known = Q(organization__in=[one.pk for one in organizations])
    return Choices(
        organizations=tuple((str(one.pk), _organization_name(one)) for one in organizations),
        **_places(known | Q(municipality__in=near, is_confidential=False), document),
        keepers=_keepers(person, reach, document),
        **_what_all_choose(near, document, language),
    )


def choices_for_keeper(document: Document, language: str) -> Choices:
    """What a keeper who has only a letter may choose for the offer that `document` is."""
    own = Organization.objects.filter(pk__in=filter(None, [document["organization"]]))
    near = _numbers_near(one.place for one in own)
    known = Q(organization=document["organization"] or None)
    return Choices(
        **_places(known & Q(is_confidential=False), document),
        **_what_all_choose(near, document, language),
    )


def _organization_name(organization: Organization) -> str:
    parent = organization.parent_organization
    return f"{organization.name} ({parent.name})" if parent else organization.name


def _what_all_choose(near: frozenset[str], document: Document, language: str) -> dict[str, Any]:
    names = municipality_names()
    numbers = near | set(document["covers"])
    return {
        "municipalities": tuple(
            sorted(((one, names[one]) for one in numbers if one in names), key=lambda one: one[1])
        ),
        "municipality_names": names,
        "needs": _needs(language),
        "target_groups": _target_groups(language),
        "spoken": _spoken(document["languages"]),
    }


def _numbers_near(places: Iterable[Place]) -> frozenset[str]:
    """The municipalities of every region that one of `places` lies in, and their own."""
    found = set(places)
    numbers = {place.municipality for place in found if place.municipality}
    regions = {place.region for place in found}
    near = {
        number
        for scope in region_scopes()
        if scope.id in regions or not scope.numbers.isdisjoint(numbers)
        for number in scope.numbers
    }
    return frozenset(near | numbers)


def _needs(language: str) -> tuple[Group, ...]:
    every = terms(Taxonomies.NEEDS, language).values()
    return tuple(
        Group((top.code, top.label), tuple(_pair(one) for one in every if one.parent == top.code))
        for top in every
        if not top.parent
    )


def _target_groups(language: str) -> tuple[Group, ...]:
    every = terms(Taxonomies.TARGET_GROUPS, language).values()
    roles = tuple(_pair(one) for one in every if one.facet == "rolle")
    situations = tuple(_pair(one) for one in every if one.facet != "rolle")
    return (
        Group(("", gettext("Who they are")), roles),
        Group(("", gettext("What they live with")), situations),
    )


def _pair(term: TermLabel) -> Choice:
    return term.code, term.label


def _spoken(codes: Iterable[str]) -> tuple[Choice, ...]:
    """The most spoken ones, and those that the offer has besides."""
    return tuple((code, spoken_name(code)) for code in dict.fromkeys((*SPOKEN, *codes)))


def _places(condition: Q, document: Document) -> dict[str, Any]:
    """The places that can be chosen, with what they are like."""
    own = list(filter(None, (place["location"] for place in document["places"])))
    found = Location.objects.filter(
        condition | Q(pk__in=list(own)), location_type=LocationType.PHYSICAL
    ).order_by("name", "pk")
    rows = list(found[:_MOST])
    addresses, accessibility = facts_of(row.pk for row in rows)
    facts = {
        str(row.pk): place_fields(row, addresses.get(row.pk), accessibility.get(row.pk))
        for row in rows
    }
    named = tuple((key, label) for key, each in facts.items() if (label := _place_label(each)))
    return {"places": named, "place_facts": facts}


def _place_label(facts: dict[str, Any]) -> str:
    address = ", ".join(filter(None, (facts["address_1"], facts["city"])))
    return " – ".join(filter(None, (facts["name"], address)))


def _keepers(person: User, reach: Reach, document: Document) -> tuple[Choice, ...]:
    """Colleagues with a role in what `person` reaches, who may change offers."""
    kinds = HOLDERS["directory.change_service"]
    area = reach.condition_of_area() | reach.condition("organization")
    roles = Role.objects.filter(area, held_today(), kind__in=kinds)
    also = [str(person.pk), *filter(None, [document["keeper"]])]
    wanted = Q(pk__in=roles.values("person")) | Q(pk__in=also)
    people = User.objects.filter(wanted, is_active=True)
    return tuple((str(one.pk), str(one)) for one in people.order_by("name", "pk")[:_MOST])
