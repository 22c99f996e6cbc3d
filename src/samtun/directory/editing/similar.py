"""Does an entry look like one that exists? The same name, number, web address or place."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import (
    Case,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from samtun.directory.editing.document import Document
from samtun.directory.editing.reading import OWN
from samtun.directory.enums import ServiceStatus
from samtun.directory.models import Phone, Service, ServiceAtLocation
from samtun.search.text import normalise

ALIKE = 0.55  # share of trigrams that two names must have in common
MOST = 10
_CANDIDATES = 200
_SHORTEST_NUMBER = 5  # digits; below it everybody has it (112, 113)
_LETTERS = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    ["for", "med", "til", "hos", "och", "and", "the", "der", "tilbud", "tilbod", "parorende",
     "parorande", "kommune", "gruppe", "senter", "valdres"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Similar:
    """An entry that looks like the one at hand, and why, in words."""

    service: Service  # with its organisation
    reasons: list[str]


def similar_to(document: Document, besides: Service | None = None) -> list[Similar]:
    """Entries that may be the same offer, likeliest first; archived ones are left out.

    Candidates are narrowed in SQL: four queries and one for each language that has a name,
    whatever the size of the map. A secret place is never a reason.
    """
    reasons: dict[UUID, dict[str, str]] = defaultdict(dict)
    for code, text, keys in (
        ("phone", _("It has the same phone number."), _with_phones(document)),
        ("url", _("It has the same web address."), _with_url(document)),
        ("name", _("Its name is much like this one."), _with_name(document)),
        ("place", _("It is given at the same place."), _at_places(document)),
    ):
        for key in keys:
            reasons[key][code] = text
    found = _standing(reasons, besides)
    weighed = sorted(found, key=lambda one: (-_weight(reasons[one.pk]), one.name))
    return [
        Similar(one, list(reasons[one.pk].values()))
        for one in weighed
        if _weight(reasons[one.pk]) >= 2
    ][:MOST]


# A shared house alone says nothing: ten offers meet there.
_WEIGHTS = {"phone": 2, "url": 3, "name": 3, "place": 1}


def _weight(reasons: Iterable[str]) -> int:
    return sum(_WEIGHTS[code] for code in reasons)


def _standing(keys: Iterable[UUID], besides: Service | None) -> list[Service]:
    services = Service.objects.filter(pk__in=list(keys)).exclude(status=ServiceStatus.DEFUNCT)
    if besides is not None:
        services = services.exclude(pk=besides.pk)
    return list(services.select_related("organization"))


def trigrams(name: str) -> frozenset[str]:
    """The name's letters, three and three, as search reads them: small, and without ø or é."""
    words = " ".join(_LETTERS.findall(normalise(name)))
    padded = f"  {words} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2)) if words else frozenset()


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of trigrams that both have, of all that either has."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _with_name(document: Document) -> set[UUID]:
    names = {texts.get("name", "") for texts in document["texts"].values()} - {""}
    return {key for name in names for key in _named(name)}


def _named(name: str) -> set[UUID]:
    if not (stems := _stems(name)):
        return set()
    wanted = trigrams(name)
    rows = _named_like(stems).values_list("pk", "name", "alternate_name", "translations")
    return {
        key
        for key, *own, translations in rows[:_CANDIDATES]
        if any(
            likeness(wanted, trigrams(theirs)) >= ALIKE
            for theirs in (*own, *_names_in(translations))
            if theirs
        )
    }


def _names_in(translations: dict[str, dict[str, str]]) -> list[str]:
    return [texts.get("name", "") for texts in translations.values()]


def _stems(name: str) -> list[str]:
    """The beginnings of its longest words, as they are written: what a row must hold one of."""
    words = [word for word in _LETTERS.findall(name) if len(word) > 3]
    telling = [word for word in words if normalise(word) not in _COMMON] or words
    telling.sort(key=len, reverse=True)
    return [word[: max(4, len(word) * 2 // 3)] for word in telling[:3]]


def _named_like(stems: Collection[str]) -> QuerySet[Service]:
    """Those that hold most of the stems, those that hold more first; no more than can be compared.

    Names that are much alike have all but one of their longest words in common.
    """
    held: Combinable = Value(0)
    for stem in stems:
        holds = Q(name__icontains=stem) | Q(alternate_name__icontains=stem)
        held = held + Case(When(holds, then=1), default=0, output_field=IntegerField())
    found = Service.objects.annotate(held=ExpressionWrapper(held, IntegerField()))
    found = found.filter(held__gte=max(1, len(stems) - 1)).exclude(status=ServiceStatus.DEFUNCT)
    return found.order_by("-held", "pk")


def digits_of(number: str) -> str:
    """The digits of a phone number, without the country's."""
    digits = "".join(character for character in number if character.isdigit())
    for country in ("0047", "47"):
        if digits.startswith(country) and len(digits) == len(country) + 8:
            return digits.removeprefix(country)
    return digits


def _with_phones(document: Document) -> set[UUID]:
    numbers = [phone["number"] for phone in document["phones"]]
    numbers += [contact["phone"] for contact in document["contacts"]]
    digits = {digits_of(number) for number in numbers}
    wanted = {number for number in digits if len(number) >= _SHORTEST_NUMBER}
    if not wanted:
        return set()
    ends_alike = Q()  # people write the last two digits together
    for number in wanted:
        ends_alike |= Q(number__endswith=number[-2:])
    rows = Phone.objects.filter(ends_alike, **OWN)
    return {
        key
        for number, *keys in rows.values_list("number", "service", "contact__service")
        if digits_of(number) in wanted
        for key in keys
        if key
    }


def address_of(url: str) -> str:
    """Host and path without what does not matter: www, a last stroke, capitals of the host."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if host else ""


def _with_url(document: Document) -> set[UUID]:
    try:
        wanted = address_of(document["url"])
    except ValueError:
        return set()
    if not wanted:
        return set()
    written = [f"{start}{wanted}{end}" for start in _STARTS for end in ("", "/")]
    rows = Service.objects.annotate(lower=Lower("url")).filter(
        lower__in=[one.lower() for one in written]
    )
    return set(rows.values_list("pk", flat=True)[:_CANDIDATES])


_STARTS = ("https://", "http://", "https://www.", "http://www.")


def _at_places(document: Document) -> set[UUID]:
    """The same house: by its key, or by its street and postal code."""
    condition, is_asked = Q(), False
    for place in document["places"]:
        if place["is_confidential"]:
            continue
        if place["location"]:
            condition |= Q(location=place["location"])
            is_asked = True
        if place["address_1"] and place["postal_code"]:
            condition |= Q(
                location__addresses__address_1__iexact=place["address_1"],
                location__addresses__postal_code=place["postal_code"],
            )
            is_asked = True
    if not is_asked:
        return set()
    ties = ServiceAtLocation.objects.filter(condition, location__is_confidential=False)
    return set(ties.values_list("service", flat=True)[:_CANDIDATES])
