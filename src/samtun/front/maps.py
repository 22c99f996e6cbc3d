"""The places of a list of results as GeoJSON (RFC 7946)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from samtun import search
from samtun.directory import finding
from samtun.directory.queries.listed import listings_of
from samtun.front.frame import Frame
from samtun.front.rows import text_in

MOST_SERVICES = 500  # more pins than that tell nobody anything


def whole(query: search.Query) -> search.Query:
    """The query with all its results instead of one page."""
    return replace(query, offset=0, limit=MOST_SERVICES)


def features(found: finding.Answer, frame: Frame) -> dict[str, Any]:
    """A point for each place of each service; confidential places are in no listing."""
    listed = listings_of([hit.id for hit in found.results.hits])
    return {
        "type": "FeatureCollection",
        "features": [feature for _, data in listed for feature in _of(data, frame)],
    }


def _of(listing: Mapping[str, Any], frame: Frame) -> Iterator[dict[str, Any]]:
    for place in listing["places"]:
        if place["latitude"] is None or place["longitude"] is None:
            continue
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]},
            "properties": {
                "name": text_in(listing, "name", frame.language).value,
                "url": frame.service_url(listing["slug"]),
                "organization": listing["provider"],
                "address": ", ".join(dict.fromkeys(filter(None, (place["name"], place["city"])))),
            },
        }
