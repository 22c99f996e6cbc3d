"""The example region as the search sees it, straight from its plain files."""

import csv
from functools import cache
from pathlib import Path

from benchmarks.relevance.offers import Offer, read_offers
from samtun.search import Entry, EntryText, Municipality, Term, Vocabulary

SOURCE = Path(__file__).parents[2] / "src" / "samtun"
REGION = frozenset({"3449", "3450", "3451", "3452", "3453", "3454"})


@cache
def offers() -> dict[str, Offer]:
    """All offers by key."""
    return read_offers()


def vocabulary() -> Vocabulary:
    """The needs and target groups that come with the product, and the region's municipalities."""
    return Vocabulary(
        needs=_terms("needs.tsv", "parent"),
        target_groups=_terms("target_groups.tsv", "facet"),
        municipalities=tuple(
            Municipality(row["number"], (row["name"],))
            for row in _rows(SOURCE / "organisations" / "data" / "municipalities.tsv")
            if row["number"] in REGION
        ),
    )


def entries() -> list[Entry]:
    """The offers as the directory would hand them over, nearly."""
    return [_entry(offer) for offer in offers().values()]


def _entry(offer: Offer) -> Entry:
    country = "country" in offer.covers
    return Entry(
        id=offer.key,
        texts={language: _text(written) for language, written in offer.texts.items()},
        provider=offer.provider,
        keywords=offer.keywords,
        needs=tuple(sorted(offer.needs)),
        target_groups=tuple(sorted(offer.groups)),
        municipalities=() if country else tuple(sorted(offer.covers & REGION)),
        covers_country=country,
        minimum_age=offer.minimum_age,
        maximum_age=offer.maximum_age,
        meeting=offer.meeting,
        is_free=offer.is_free,
        is_urgent=offer.is_urgent,
        for_children=offer.for_children,
    )


def _text(written: str) -> EntryText:
    name, summary, *body = (*written.split("\n", 2), "")[:3]
    return EntryText(name, summary=summary, body="".join(body))


def _terms(name: str, parent: str) -> tuple[Term, ...]:
    rows = _rows(SOURCE / "directory" / "data" / name)
    return tuple(
        Term(row["code"], {tongue: row[tongue] for tongue in ("nb", "nn", "en")}, row[parent])
        for row in rows
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))
