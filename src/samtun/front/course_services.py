"""This exists where you work: offers of the reader's own region, in the middle of a lesson."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.safestring import SafeString

from samtun import search
from samtun.directory import finding
from samtun.directory.queries.listed import listings_of
from samtun.front import rows
from samtun.front.course_asked import Reader
from samtun.front.frame import Frame
from samtun.organisations.models import Municipality
from samtun.organisations.queries import region_scopes

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Services:
    """What was found: `rows` as HTML, and the whole search; without a region the places to choose.

    `place` is the name of the municipality, or of the region.
    """

    place: str = ""
    rows: SafeString = field(default_factory=SafeString)
    search_url: str = ""
    choices: tuple[tuple[str, tuple[Municipality, ...]], ...] = ()  # by region


def services_for(value: Mapping[str, Any], reader: Reader) -> Services:
    """Offers for the needs and situations in `value` where `reader` works."""
    if reader.scope is None:
        return Services(choices=places_to_choose(reader.language))
    frame = Frame(reader.scope, reader.language, reader.own_municipality)
    asked = {
        "behov": list(value.get("needs") or ()),
        "situasjon": list(value.get("situations") or ()),
        "kommune": [reader.own_number] if reader.own_number else [],
    }
    return Services(
        place=frame.municipality.name if frame.municipality else frame.name.value,
        rows=_found(value, frame),
        search_url=f"{frame.url}sok/?{urlencode(asked, doseq=True)}",
    )


def _found(value: Mapping[str, Any], frame: Frame) -> SafeString:
    scope = frame.scope.numbers
    query = search.Query(
        scope=frozenset({frame.municipality.number}) if frame.municipality else scope,
        language=frame.language,
        filters=search.Filters(
            needs=tuple(value.get("needs") or ()),
            target_groups=tuple(value.get("situations") or ()),
        ),
        limit=SHOWN,
        now=timezone.localtime(),
    )
    results = finding.find(query).results
    if results.relaxed:  # nothing is just that: then nothing is better than anything
        return SafeString()
    style = rows.Style.of(frame, timezone.localdate())
    listed = listings_of([hit.id for hit in results.hits[:SHOWN]])
    return rows.together(rows.row(data, style) for _, data in listed)


def places_to_choose(language: str) -> tuple[tuple[str, tuple[Municipality, ...]], ...]:
    """The municipalities of each region here, under the region's name."""
    return tuple(
        (Frame(scope, language).name.value, scope.municipalities) for scope in region_scopes()
    )
