"""What follows from other rows: terms by their words, municipalities, ways of meeting."""

import re
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from samtun.directory.enums import Taxonomies
from samtun.directory.exchange.row_rules import ENTITIES
from samtun.directory.exchange.rows import Problem
from samtun.directory.exchange.staging import Staged, Staging
from samtun.directory.models import Taxonomy, TaxonomyTerm
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Municipality, PostalCode

_WHOLE_COUNTRY = frozenset(
    {"norge", "noreg", "norway", "hele landet", "heile landet", "hele norge", "heile noreg",
     "nationwide", "national", "landsdekkende", "the whole country"}
)  # fmt: skip
_FOUR_DIGITS = re.compile(r"(?<!\d)(\d{4})(?!\d)")


def before_linking(staging: Staging, source: str) -> None:
    """Give every term a taxonomy, every attribute its thing and term, every area its service."""
    _taxonomies_of_terms(staging, source)
    _things_of_attributes(staging, source)
    _terms_of_attributes(staging, source)
    _services_of_areas(staging)


def after_linking(staging: Staging, present: Collection[str]) -> None:
    """Derive municipalities and ways of meeting, and fold small tables into their owners."""
    if "organization_identifier" in present:
        _fold_identifiers(staging)
    _fold_urls(staging)
    _fold_eligibility(staging)
    _numbers_that_exist(staging)
    _municipalities_of_areas(staging)
    _municipalities_of_places(staging)
    _ways_of_meeting(staging, present)


def _taxonomies_of_terms(staging: Staging, source: str) -> None:
    """A taxonomy given in words only, or not at all, becomes a taxonomy of the dump."""
    for batch in staging.batches("taxonomy_term"):
        given = {row.data["taxonomy_id"] for row in batch} - {None}
        known = staging.named("taxonomy", given, standing=True)
        known |= {
            str(key)
            for key in Taxonomy.objects.filter(pk__in=given - known).values_list("pk", flat=True)
        }
        for row in batch:
            name, home = row.data.pop("_taxonomy", ""), row.data["taxonomy_id"]
            if home not in known:
                row.data["taxonomy_id"] = _taxonomy_named(staging, source, name, row)
            staging.replace(row.seq, row.data)
            if home and home not in known:
                words = {"target": home, "name": name or source}
                staging.repair(row.seq, Problem("taxonomy_missing", words))


def _taxonomy_named(staging: Staging, source: str, name: str, row: Staged) -> str:
    label = name or source
    found = staging.sql.execute(
        "SELECT id FROM staged WHERE tab = 'taxonomy' AND state < 2"
        " AND json_extract(data, '$.name') = ?",
        (label,),
    ).fetchone()
    if found:
        return str(found[0])
    made = str(derived_id("imported", source, "taxonomy-named", label))
    data = {"name": label[:200], "description": "", "uri": "", "version": ""}
    staging.add("taxonomy", staging.place(row.seq), made, data, made=True)
    return made


def _things_of_attributes(staging: Staging, source: str) -> None:
    """An attribute whose `link_entity` says nothing: look for its `link_id` in every table."""
    where = "json_extract(data, '$._link_id') IS NOT NULL"
    for batch in staging.batches("attribute", where=where):
        for row in batch:
            target = row.data.pop("_link_id")
            for entity in dict.fromkeys(ENTITIES.values()):
                key = _in_table(source, entity, target)
                if staging.named(entity, [key], standing=True):
                    row.data[f"{entity}_id"] = key
                    break
            else:
                staging.refuse(row.seq, Problem("attribute_of_unknown", {"target": target}))
                continue
            staging.replace(row.seq, row.data)


def _in_table(source: str, table: str, value: str) -> str:
    from_uuid = re.fullmatch(r"[0-9a-fA-F-]{36}", value)
    return value.lower() if from_uuid else str(derived_id("imported", source, table, value))


def _terms_of_attributes(staging: Staging, source: str) -> None:
    """A term named by taxonomy and code: of the dump, else of this installation, else made."""
    where = "json_extract(data, '$.taxonomy_term_id') IS NULL"
    terms = _Terms(staging, source)
    for batch in staging.batches("attribute", where=where):
        for row in batch:
            if term := terms.of(row):
                staging.change(row.seq, taxonomy_term_id=term)
            else:
                words = {name: row.data.get(f"_{name}", "") for name in ("taxonomy", "code")}
                staging.refuse(row.seq, Problem("term_unknown", words))


class _Terms:
    """Identifiers of terms by (taxonomy, code), each looked for once."""

    def __init__(self, staging: Staging, source: str) -> None:
        self._staging = staging
        self._source = source
        self._found: dict[tuple[str, str], str | None] = {}

    def of(self, row: Staged) -> str | None:
        taxonomy, code = row.data.get("_taxonomy", ""), row.data.get("_code", "")
        if not code:
            return None
        if (taxonomy, code) not in self._found:
            self._found[taxonomy, code] = (
                self._in_dump(taxonomy, code)
                or self._here(taxonomy, code)
                or self._made(taxonomy, code, row)
            )
        return self._found[taxonomy, code]

    def _in_dump(self, taxonomy: str, code: str) -> str | None:
        found = self._staging.sql.execute(
            "SELECT term.id FROM staged AS term LEFT JOIN staged AS home ON home.tab = 'taxonomy'"
            " AND home.id = json_extract(term.data, '$.taxonomy_id') AND home.state < 2"
            " WHERE term.tab = 'taxonomy_term' AND term.state < 2 AND ? IN"
            " (json_extract(term.data, '$.code'), json_extract(term.data, '$.name'))"
            " AND ? IN ('', json_extract(home.data, '$.name'), home.id) LIMIT 1",
            (code, taxonomy),
        ).fetchone()
        return str(found[0]) if found else None

    def _here(self, taxonomy: str, code: str) -> str | None:
        terms = TaxonomyTerm.objects.filter(taxonomy__slug=taxonomy)
        found = terms.filter(Q(code=code) | Q(term_uri=code)).values_list("pk", flat=True).first()
        return str(found) if found else None

    def _made(self, taxonomy: str, code: str, row: Staged) -> str | None:
        """A term that the dump uses without listing it; never one of Samtun's own taxonomies."""
        if taxonomy in Taxonomies.values:
            return None
        made = str(derived_id("imported", self._source, "term-named", taxonomy, code))
        home = _taxonomy_named(self._staging, self._source, taxonomy, row)
        empty = {"parent_id": None, "description": "", "term_uri": "", "language": "nb"}
        data = {**empty, "taxonomy_id": home, "code": code[:200], "name": code[:300]}
        self._staging.add("taxonomy_term", self._staging.place(row.seq), made, data, made=True)
        return made


def _services_of_areas(staging: Staging) -> None:
    """An area of a service at one place is kept for the service."""
    where = "json_extract(data, '$._service_at_location_id') IS NOT NULL"
    for batch in staging.batches("service_area", where=where):
        for row in batch:
            if row.data["service_id"]:
                continue
            place = staging.find("service_at_location", row.data["_service_at_location_id"])
            if place and place.data["service_id"]:
                problem = Problem("area_of_place", {})
                staging.repair(row.seq, problem, service_id=place.data["service_id"])


def _fold_identifiers(staging: Staging) -> None:
    for batch in staging.batches("organization"):
        for row in batch:
            staging.change(row.seq, organization_number=None)
    taken: dict[str, str] = {}
    for batch in staging.batches("organization_identifier"):
        for row in batch:
            number, owner = row.data["identifier"], row.data["organization_id"]
            if taken.setdefault(number, owner) != owner or _has_number(staging, owner, number):
                staging.refuse(row.seq, Problem("number_taken", {"before": number}))
                continue
            if organization := staging.find("organization", owner):
                staging.change(organization.seq, organization_number=number)


def _has_number(staging: Staging, owner: str, number: str) -> bool:
    organization = staging.find("organization", owner)
    present = organization.data.get("organization_number") if organization else None
    return present is not None and present != number


def _fold_urls(staging: Staging) -> None:
    for batch in staging.batches("url"):
        for row in batch:
            if service := staging.find("service", row.data["service_id"]):
                addresses: list[dict[str, Any]] = service.data.get("additional_urls", [])
                entry = {"id": row.id, "label": row.data["label"], "url": row.data["url"]}
                staging.change(service.seq, additional_urls=[*addresses, entry])


def _fold_eligibility(staging: Staging) -> None:
    for batch in staging.batches("eligibility"):
        for row in batch:
            service = staging.find("service", row.data["service_id"])
            if service is None:
                continue
            texts = (service.data["eligibility_description"], row.data["eligibility"])
            told = "\n\n".join(dict.fromkeys(text for text in texts if text))
            ages = {
                name: row.data[name]
                for name in ("minimum_age", "maximum_age")
                if service.data[name] is None
            }
            staging.change(service.seq, eligibility_description=told, **ages)


def _municipalities_of_areas(staging: Staging) -> None:
    names = _municipalities_by_name()
    numbers = set(names.values()) | set(Municipality.objects.values_list("number", flat=True))
    for batch in staging.batches("service_area"):
        for row in batch:
            data = row.data
            if data.get("covers_country") or data.get("municipality_id"):
                _check_number(staging, row, numbers)
            elif _plain_name(data["name"]) in _WHOLE_COUNTRY:
                staging.change(row.seq, covers_country=True)
            else:
                staging.change(row.seq, municipality_id=_area_number(data, names, numbers))


def _numbers_that_exist(staging: Staging) -> None:
    """Organisations and places keep only a municipality that there is."""
    numbers = set(Municipality.objects.values_list("number", flat=True))
    where = "json_extract(data, '$.municipality_id') IS NOT NULL"
    for table in ("organization", "location"):
        for batch in staging.batches(table, where=where):
            for row in batch:
                if (number := row.data["municipality_id"]) not in numbers:
                    problem = Problem("municipality_unknown", {"before": number})
                    staging.repair(row.seq, problem, municipality_id=None)


def _check_number(staging: Staging, row: Staged, numbers: set[str]) -> None:
    number = row.data.get("municipality_id")
    if number and number not in numbers:
        problem = Problem("municipality_unknown", {"before": number})
        if row.data.get("name"):
            staging.repair(row.seq, problem, municipality_id=None)
        else:
            staging.refuse(row.seq, problem)


def _area_number(data: dict[str, Any], names: dict[str, str], numbers: set[str]) -> str | None:
    if number := names.get(_plain_name(data["name"])):
        return number
    for text in (data["uri"], data["extent"][:200], data["name"]):
        if match := _FOUR_DIGITS.search(text):
            return match[1] if match[1] in numbers else None
    return None


def _municipalities_by_name() -> dict[str, str]:
    """Numbers by name; names that two municipalities share are left out."""
    rows = list(Municipality.objects.values_list("number", "name", "official_name"))
    names: dict[str, str] = {}
    shared: set[str] = set()
    for number, name, official in rows:
        for spelling in {_plain_name(part) for part in (name, *official.split(" - "))}:
            if names.setdefault(spelling, number) != number:
                shared.add(spelling)
    return {name: number for name, number in names.items() if name not in shared}


def _plain_name(name: str) -> str:
    return re.sub(r"\s+kommun[ea]$", "", name.strip().casefold())


def _municipalities_of_places(staging: Staging) -> None:
    by_code = dict(
        PostalCode.objects.filter(municipality__isnull=False).values_list("code", "municipality_id")
    )
    where = "json_extract(data, '$.country') = 'NO' AND json_extract(data, '$.postal_code') <> ''"
    for batch in staging.batches("address", where=where):
        for row in batch:
            place = staging.find("location", row.data["location_id"])
            number = by_code.get(row.data["postal_code"].removeprefix("NO-").strip())
            if place and number and not place.data.get("municipality_id"):
                staging.change(place.seq, municipality_id=number)


def _ways_of_meeting(staging: Staging, present: Collection[str]) -> None:
    """For services that do not say how one meets them; tables that are lacking say nothing."""
    has_places, has_phones = "service_at_location" in present, "phone" in present
    where = (
        "json_extract(data, '$.meets_in_person') IS NULL"
        " AND json_extract(data, '$.meets_by_phone') IS NULL"
        " AND json_extract(data, '$.meets_online') IS NULL"
    )
    ways = _Ways(staging)
    for batch in staging.batches("service", where=where):
        keys = [row.id for row in batch]
        in_person, online, phone = ways.of(keys)
        for row in batch:
            place, web = row.id in in_person, row.id in online
            ways_met = {"meets_by_phone": row.id in phone} if has_phones else {}
            if has_places:
                only_web = bool(row.data["url"] and not place and row.id not in phone)
                ways_met |= {"meets_in_person": place, "meets_online": web or only_web}
            staging.change(row.seq, **ways_met)


_MET = "CREATE TEMP TABLE met (service TEXT, way TEXT, PRIMARY KEY (service, way)) WITHOUT ROWID"
_MET_AT_PLACES = """
    INSERT OR IGNORE INTO met
    SELECT json_extract(link.data, '$.service_id'), json_extract(place.data, '$.location_type')
    FROM staged AS link JOIN staged AS place ON place.tab = 'location'
        AND place.id = json_extract(link.data, '$.location_id') AND place.state < 2
    WHERE link.tab = 'service_at_location' AND link.state < 2
"""
_MET_BY_PHONE = """
    INSERT OR IGNORE INTO met
    SELECT json_extract(data, '$.service_id'), 'phone' FROM staged
    WHERE tab = 'phone' AND state < 2 AND json_extract(data, '$.service_id') IS NOT NULL
"""


class _Ways:
    """Which services are given at a place, on the web, by phone: asked of the staged rows."""

    def __init__(self, staging: Staging) -> None:
        self._sql = staging.sql
        for statement in (_MET, _MET_AT_PLACES, _MET_BY_PHONE):
            self._sql.execute(statement)

    def of(self, services: list[str]) -> tuple[set[str], set[str], set[str]]:
        """Those given in person, on the web and by phone."""
        marks = ",".join("?" * len(services))
        found = self._sql.execute(
            f"SELECT service, way FROM met WHERE service IN ({marks})",  # noqa: S608 (question marks)
            services,
        ).fetchall()
        ways: dict[str, set[str]] = {"physical": set(), "virtual": set(), "phone": set()}
        for service, way in found:
            ways.setdefault(way, set()).add(service)
        return ways["physical"], ways["virtual"], ways["phone"]
