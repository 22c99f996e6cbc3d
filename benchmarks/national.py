"""Makes a national set: any number of services spread over the 357 municipalities.

The texts are sentences of the example region put together anew, so that words are as frequent,
long and compound as in the real thing. Same seed, same set.
"""

import random
import re
import tomllib
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils import timezone

from samtun.directory.actions.vocabularies import load_vocabularies, term_id
from samtun.directory.models import (
    Attribute,
    Location,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from samtun.organisations.actions import load_reference_facts
from samtun.organisations.identifiers import derived_id
from samtun.organisations.models import Municipality, Organization, Region

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "valdres" / "organisations"
BATCH = 2_000
SERVICES_PER_ORGANIZATION = 5
WHOLE_COUNTRY = 0.02  # share of services that cover everybody
TODAY = date(2026, 11, 21)


def fill(count: int, seed: int = 1) -> None:
    """Fill the empty database with `count` services and the region «norge»."""
    chance = random.Random(seed)
    load_reference_facts()
    load_vocabularies()
    places = list(Municipality.objects.order_by("number"))
    region = Region.objects.create(slug="norge", names={"nb": "Norge", "nn": "Noreg"})
    region.municipalities.set(places)
    templates = _templates()
    makers = _organizations(count, places, chance)
    numbers = iter(range(count))
    while batch := list(islice(numbers, BATCH)):
        _insert([_service(number, chance, templates, makers) for number in batch])


def _templates() -> list[dict[str, Any]]:
    files = sorted(EXAMPLES.glob("*.toml"))
    loaded = (tomllib.loads(path.read_text(encoding="utf-8")) for path in files)
    return [service for one in loaded for service in one.get("service", [])]


def _organizations(
    count: int, places: list[Municipality], chance: random.Random
) -> list[Organization]:
    made = [
        Organization(
            id=derived_id("bench-organization", str(number)),
            name=f"{chance.choice(('Helse og omsorg', 'Frivilligsentralen', 'Familiesenteret'))} "
            f"i {place.name}",
            municipality=place,
            language="nn" if place.language_form == "nn" else "nb",
            last_modified=timezone.now(),
        )
        for number in range(max(count // SERVICES_PER_ORGANIZATION, 1))
        for place in [places[number % len(places)]]
    ]
    return Organization.objects.bulk_create(made, batch_size=BATCH)


def _service(
    number: int,
    chance: random.Random,
    templates: list[dict[str, Any]],
    makers: list[Organization],
) -> list[Any]:
    """A service and what hangs on it, in the order it must be inserted."""
    base, other = chance.choice(templates), chance.choice(templates)
    maker = makers[number % len(makers)]
    place = maker.municipality
    assert place is not None
    key = derived_id("bench-service", str(number))
    service = Service(
        id=key,
        slug=f"tilbud-{number}",
        organization=maker,
        language=maker.language,
        name=f"{_text(base, 'name', maker.language)} i {place.name}",
        summary=_text(base, "summary", maker.language),
        description=_mixed(base, other, maker.language, chance),
        application_process=_text(other, "application_process", maker.language),
        minimum_age=base.get("minimum_age"),
        maximum_age=base.get("maximum_age"),
        meets_in_person="in_person" in base["meeting"],
        meets_by_phone="phone" in base["meeting"],
        meets_online="online" in base["meeting"],
        is_free=base.get("is_free"),
        assured_date=TODAY - timedelta(days=chance.randrange(700)),
        keywords=base.get("keywords", []),
        last_modified=timezone.now() - timedelta(minutes=number % 500_000),
        translations=_other_language(base, maker.language, chance),
    )
    return [service, *_details(service, base, place, chance)]


def _details(
    service: Service, base: dict[str, Any], place: Municipality, chance: random.Random
) -> Iterator[Any]:
    number = service.slug
    location = Location(
        id=derived_id("bench-location", number),
        organization=service.organization,
        name=f"{place.centre or place.name} helsehus",
        municipality=place,
        latitude=place.latitude + chance.uniform(-0.2, 0.2),
        longitude=place.longitude + chance.uniform(-0.3, 0.3),
    )
    yield location
    yield ServiceAtLocation(id=derived_id("bench-at", number), service=service, location=location)
    yield ServiceArea(
        id=derived_id("bench-area", number),
        service=service,
        municipality=None if chance.random() < WHOLE_COUNTRY else place,
        covers_country=False,
    )
    yield Phone(id=derived_id("bench-phone", number), service=service, number="10 00 00 00")
    yield Schedule(
        id=derived_id("bench-schedule", number),
        service=service,
        freq="WEEKLY",
        byday=chance.choice(("MO,TU,WE,TH,FR", "TU", "TH", "MO,WE", "SA")),
        opens_at=time(chance.choice((8, 9, 10, 17))),
        closes_at=time(chance.choice((11, 15, 16, 20)) if chance.random() < 0.9 else 21),
    )
    for taxonomy, field in (("needs", "needs"), ("target-groups", "target_groups")):
        for code in base.get(field, []):
            yield Attribute(
                id=derived_id("bench-attribute", number, code),
                service=service,
                taxonomy_term_id=term_id(taxonomy, code),
            )


def _insert(services: list[list[Any]]) -> None:
    rows = [row for service in services for row in service]
    for row in rows:
        if isinstance(row, ServiceArea):
            row.covers_country = row.municipality is None
    for model in (Service, Location, ServiceAtLocation, ServiceArea, Phone, Schedule, Attribute):
        model.objects.bulk_create(  # type: ignore[attr-defined]
            [row for row in rows if isinstance(row, model)], batch_size=500
        )


def _text(template: dict[str, Any], field: str, language: str) -> str:
    texts = template.get(field, {})
    return str(texts.get(language) or texts.get("nb") or texts.get("nn") or "")


def _mixed(one: dict[str, Any], other: dict[str, Any], language: str, chance: random.Random) -> str:
    text = f"{_text(one, 'description', language)} {_text(other, 'description', language)}"
    sentences = re.split(r"(?<=[.!?])\s+", text)
    chance.shuffle(sentences)
    return " ".join(sentences[:7])


def _other_language(
    template: dict[str, Any], language: str, chance: random.Random
) -> dict[str, dict[str, str]]:
    """Every third service is written in both forms of Norwegian."""
    if chance.random() > 1 / 3:
        return {}
    other = "nb" if language == "nn" else "nn"
    fields = ("name", "summary", "description")
    return {other: {field: _text(template, field, other) for field in fields}}
