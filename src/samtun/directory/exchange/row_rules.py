"""What the values of one row must say together; each rule mends, or refuses with a reason."""

from collections.abc import Callable, Mapping
from typing import Any

from samtun.directory.exchange.cleaning import Findings, as_text, identifier
from samtun.directory.exchange.markup import plain
from samtun.directory.exchange.rows import Problem
from samtun.organisations.numbers import is_organization_number

Rule = Callable[[dict[str, Any], Mapping[str, Any], Findings, str], Problem | None]

_COUNTRIES = {
    "norge": "NO", "norway": "NO", "noreg": "NO", "nor": "NO", "gb": "GB", "uk": "GB",
    "united kingdom": "GB", "england": "GB", "us": "US", "usa": "US", "united states": "US",
    "sverige": "SE", "sweden": "SE", "danmark": "DK", "denmark": "DK", "finland": "FI",
}  # fmt: skip
_NORWEGIAN_NUMBERS = ("no-brc", "no-orgnr", "brreg", "organisasjonsnummer", "orgnr", "org.nr")
ENTITIES = {
    "service": "service", "services": "service", "organization": "organization",
    "organizations": "organization", "organisation": "organization", "location": "location",
    "locations": "location", "service_at_location": "service_at_location",
    "service_at_locations": "service_at_location", "services_at_location": "service_at_location",
}  # fmt: skip
_ENTITIES_WITHOUT_TERMS = frozenset(
    {"phone", "contact", "schedule", "address", "program", "cost_option", "required_document",
     "service_area", "language", "accessibility", "funding", "organization_identifier"}
)  # fmt: skip


def refusal(
    table: str, data: dict[str, Any], values: Mapping[str, Any], findings: Findings, source: str
) -> Problem | None:
    """Mend `data` by the rule of its table; a reason when the row cannot be kept."""
    rule = _RULES.get(table)
    return rule(data, values, findings, source) if rule else None


def _service(
    data: dict[str, Any], values: Mapping[str, Any], findings: Findings, _source: str
) -> Problem | None:
    youngest, oldest = data["minimum_age"], data["maximum_age"]
    if youngest is not None and oldest is not None and youngest > oldest:
        findings.repaired("ages_swapped", "minimum_age", f"{youngest}–{oldest}")
        data["minimum_age"], data["maximum_age"] = oldest, youngest
    if (fees := as_text(values.get("fees", "")).strip()) and fees not in data["fees_description"]:
        findings.repaired("joined_fees", "fees", fees)
        data["fees_description"] = f"{data['fees_description']}\n\n{plain(fees)}".strip()
    if name := as_text(values.get("organization_name", "")).strip():
        data["_organization_name"] = name[:300]
    return None


def _organization(
    data: dict[str, Any], _values: Mapping[str, Any], _findings: Findings, _source: str
) -> Problem | None:
    data["is_placeholder"] = False  # a real one may take the place of one made earlier
    return None


def _location(
    data: dict[str, Any], _values: Mapping[str, Any], findings: Findings, _source: str
) -> Problem | None:
    north, east = data["latitude"], data["longitude"]
    if north is None and east is None:
        return None
    shown = f"{north}, {east}"
    if north is None or east is None:
        findings.repaired("half_a_point", "latitude", shown)
        data["latitude"] = data["longitude"] = None
    elif north == 0 and east == 0:
        findings.repaired("point_at_zero", "latitude", shown)
        data["latitude"] = data["longitude"] = None
    elif _is_swapped(north, east):
        findings.repaired("point_swapped", "latitude", shown)
        data["latitude"], data["longitude"] = east, north
    elif abs(north) > 90 or abs(east) > 180:
        findings.repaired("point_not_on_earth", "latitude", shown)
        data["latitude"] = data["longitude"] = None
    return None


def _is_swapped(north: float, east: float) -> bool:
    """Outside the Earth one way round and on it the other, or in Norway only when turned."""
    if abs(north) > 90 and abs(north) <= 180 and abs(east) <= 90:
        return True
    return _in_norway(east, north) and not _in_norway(north, east)


def _in_norway(north: float, east: float) -> bool:
    return 57 <= north <= 81 and 4 <= east <= 33


def _address(
    data: dict[str, Any], values: Mapping[str, Any], findings: Findings, _source: str
) -> Problem | None:
    country = data["country"].strip()
    code = _COUNTRIES.get(country.lower(), country.upper())
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        findings.repaired("bad_value", "country", country, after="NO")
        code = "NO"
    elif code != country:
        findings.repaired("mended_country", "country", country, after=code)
    data["country"] = code
    return None


def _term(
    data: dict[str, Any], values: Mapping[str, Any], _findings: Findings, source: str
) -> Problem | None:
    data["_taxonomy"] = data.pop("taxonomy")
    if not data["code"]:
        data["code"] = as_text(values.get("id", "")).strip()[:200] or data["name"][:200]
    return None


def _identifier(
    data: dict[str, Any], _values: Mapping[str, Any], findings: Findings, _source: str
) -> Problem | None:
    scheme = f"{data['identifier_scheme']} {data['identifier_type']}".lower()
    if not any(word in scheme for word in _NORWEGIAN_NUMBERS):
        return Problem("identifier_not_kept", {"scheme": scheme.strip()})
    number = "".join(character for character in data["identifier"] if character.isdigit())
    if not is_organization_number(number):
        return Problem("bad_organization_number", {"before": data["identifier"]})
    if number != data["identifier"]:
        findings.repaired("mended_number", "identifier", data["identifier"], after=number)
    data["identifier"] = number
    return None


def _area(
    data: dict[str, Any], values: Mapping[str, Any], _findings: Findings, source: str
) -> Problem | None:
    place = identifier(source, "service_at_location", values.get("service_at_location_id"))
    data["_service_at_location_id"] = place or None
    return None


def _phone(
    data: dict[str, Any], _values: Mapping[str, Any], _findings: Findings, _source: str
) -> Problem | None:
    if data["number"] and not any(character.isdigit() for character in data["number"]):
        return Problem("not_a_number", {"before": data["number"]})
    return None


def _attribute(
    data: dict[str, Any], values: Mapping[str, Any], findings: Findings, source: str
) -> Problem | None:
    """Say which thing and which term: by identifier, or in words that `checking` looks up."""
    entity = as_text(values.get("link_entity", "")).strip().lower()
    target = as_text(values.get("link_id", "")).strip()
    if entity in _ENTITIES_WITHOUT_TERMS:
        return Problem("attribute_of_other", {"entity": entity})
    if target and entity in ENTITIES:
        data[f"{ENTITIES[entity]}_id"] = identifier(source, ENTITIES[entity], target)
    elif target:
        data["_link_id"] = target
    data["_code"] = as_text(values.get("term_code") or values.get("taxonomy_term") or "").strip()
    data["_taxonomy"] = as_text(
        values.get("taxonomy") or values.get("taxonomy_detail") or ""
    ).strip()
    return None


def _url(
    _data: dict[str, Any], values: Mapping[str, Any], _findings: Findings, _source: str
) -> Problem | None:
    if values.get("organization_id") and not values.get("service_id"):
        return Problem("url_of_organization")
    return None


def _eligibility(
    data: dict[str, Any], _values: Mapping[str, Any], findings: Findings, _source: str
) -> Problem | None:
    youngest, oldest = data["minimum_age"], data["maximum_age"]
    if youngest is not None and oldest is not None and youngest > oldest:
        findings.repaired("ages_swapped", "minimum_age", f"{youngest}–{oldest}")
        data["minimum_age"], data["maximum_age"] = oldest, youngest
    return None


def _cost(
    data: dict[str, Any], _values: Mapping[str, Any], findings: Findings, _source: str
) -> Problem | None:
    currency = data["currency"].upper()
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        findings.repaired("bad_value", "currency", data["currency"], after="")
        currency = ""
    data["currency"] = currency
    return None


_RULES: Mapping[str, Rule] = {
    "organization": _organization,
    "service": _service,
    "location": _location,
    "address": _address,
    "taxonomy_term": _term,
    "organization_identifier": _identifier,
    "service_area": _area,
    "phone": _phone,
    "attribute": _attribute,
    "url": _url,
    "eligibility": _eligibility,
    "cost_option": _cost,
}
