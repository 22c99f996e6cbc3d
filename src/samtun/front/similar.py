"""Other services that help with the same."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from samtun import search
from samtun.directory import finding
from samtun.directory.queries.listed import listings_of
from samtun.front.frame import Frame

_LOOKED_AT = 40
_SHOWN = 4


def similar(
    slug: str,
    needs: Iterable[str],
    municipalities: Iterable[str],
    frame: Frame,
    now: datetime,
) -> list[dict[str, Any]]:
    """Listings in the region that share most needs with the service at `slug`, nearest first.

    One query. Nothing without needs, or while the index cannot answer: the page says enough
    without them.
    """
    wanted, at_home = frozenset(needs), frozenset(municipalities)
    if not wanted:
        return []
    query = search.Query(
        scope=frame.scope.numbers,
        language=frame.language,
        filters=search.Filters(needs=tuple(sorted(wanted))),
        limit=_LOOKED_AT,
        now=now,
    )
    answer = finding.find(query)
    if answer.is_plain or answer.results.relaxed:
        return []
    found = (data for _, data in listings_of([hit.id for hit in answer.results.hits]))
    others = [data for data in found if data["slug"] != slug]
    return sorted(others, key=lambda data: _distance(data, wanted, at_home))[:_SHOWN]


def _distance(
    data: Mapping[str, Any], needs: frozenset[str], municipalities: frozenset[str]
) -> tuple[int, int, bool]:
    """How far from the same help in the same place: smaller is nearer."""
    shared = needs.intersection(data["needs"])
    homes = municipalities.intersection(data["municipalities"])
    return -len(shared), -len(homes), bool(data["covers_country"])
