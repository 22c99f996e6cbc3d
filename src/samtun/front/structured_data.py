"""A service as schema.org describes one, for search engines and assistants (JSON-LD)."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from samtun.directory import opening
from samtun.directory.models import Schedule
from samtun.directory.queries.service_page import Place
from samtun.front.offer import Offer
from samtun.front.phrases import address_line
from samtun.organisations.queries import municipality_names

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PUBLIC_BODIES = ("kommune", "fylkeskommune", "nav", "statsforvalteren", "direktoratet")
# What could end the script element, or begin a comment in it.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(offer: Offer) -> SafeString:
    """The service as the content of a `script` element; it holds no confidential location."""
    return element(_service(offer))


def element(thing: dict[str, Any]) -> SafeString:
    """A thing as the content of a `script` element, without what is empty."""
    text = json.dumps(_without_nothing(thing), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  (escaped here)


def _service(offer: Offer) -> dict[str, Any]:
    details = offer.details
    url = settings.PUBLIC_URL + offer.url
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService" if _is_public(offer) else "Service",
        "@id": url,
        "url": url,
        "name": offer.name.text,
        "alternateName": offer.service.alternate_name,
        "description": offer.summary.text or offer.description.text[:500],
        "inLanguage": offer.name.lang or offer.frame.language,
        "serviceType": [need.name for need in offer.needs],
        "provider": _provider(offer),
        "areaServed": _areas(offer),
        "audience": {
            "@type": "Audience",
            "audienceType": "; ".join(one.name for one in offer.groups),
        }
        if offer.groups
        else None,
        "availableChannel": [_channel(offer, place) for place in details.places] or _phone(offer),
        "hoursAvailable": list(_hours(details.schedules)),
        "offers": _price(offer),
    }


def _is_public(offer: Offer) -> bool:
    words = f" {' '.join(one.name for one in offer.organizations)} ".casefold().split()
    return any(word.endswith(_PUBLIC_BODIES) for word in words)


def _provider(offer: Offer) -> dict[str, Any]:
    kind = "GovernmentOrganization" if _is_public(offer) else "Organization"
    described: dict[str, Any] = {}
    for one in reversed(offer.organizations):
        described = {
            "@type": kind,
            "name": one.name,
            "url": one.website,
            "parentOrganization": described or None,
        }
    return described


def _areas(offer: Offer) -> list[dict[str, str]]:
    if offer.details.covers_country:
        return [{"@type": "Country", "name": "NO"}]
    names = municipality_names()
    return [
        {"@type": "AdministrativeArea", "name": names[number]}
        for number in offer.details.municipalities
        if number in names
    ]


def _channel(offer: Offer, place: Place) -> dict[str, Any]:
    location = place.location
    has_point = location.latitude is not None
    return {
        "@type": "ServiceChannel",
        "servicePhone": _phone_number(offer),
        "serviceUrl": offer.service.url,
        "serviceLocation": {
            "@type": "Place",
            "name": location.name,
            "address": address_line(place.addresses),
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": location.latitude,
                "longitude": location.longitude,
            }
            if has_point
            else None,
        },
    }


def _phone(offer: Offer) -> list[dict[str, Any]]:
    phone = _phone_number(offer)
    if not (phone or offer.service.url):
        return []
    return [{"@type": "ServiceChannel", "servicePhone": phone, "serviceUrl": offer.service.url}]


def _phone_number(offer: Offer) -> dict[str, str] | None:
    numbers = (number for one in offer.reach for number, _ in one.phones)
    number = next(numbers, "")
    return {"@type": "ContactPoint", "telephone": number} if number else None


def _hours(schedules: list[Schedule]) -> Iterator[dict[str, Any]]:
    """Plain weeks only: schema.org has no words for every other Friday."""
    for one in schedules:
        if one.opens_at and opening.is_plain_week(one):
            yield {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [_DAYS[number] for number in opening.weekday_numbers(one.byday)],
                "opens": f"{one.opens_at:%H:%M}",
                "closes": f"{one.closes_at:%H:%M}" if one.closes_at else None,
                "validFrom": one.valid_from.isoformat() if one.valid_from else None,
                "validThrough": one.valid_to.isoformat() if one.valid_to else None,
            }


def _price(offer: Offer) -> list[dict[str, Any]]:
    if offer.is_free:
        return [{"@type": "Offer", "price": "0", "priceCurrency": "NOK"}]
    return [
        {
            "@type": "Offer",
            "name": offer.said(one, "option").text,
            "price": str(one.amount),
            "priceCurrency": one.currency or "NOK",
        }
        for one in offer.details.costs
        if one.amount is not None
    ]


def _without_nothing(value: Any) -> Any:  # noqa: ANN401  (any JSON)
    """`value` without what is empty."""
    if isinstance(value, dict):
        cleaned = {key: _without_nothing(each) for key, each in value.items()}
        return {key: each for key, each in cleaned.items() if each not in (None, "", [], {})}
    if isinstance(value, list):
        return [_without_nothing(each) for each in value]
    return value
