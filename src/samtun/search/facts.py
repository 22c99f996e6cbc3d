"""What the index keeps of each entry beside its words: one line of JSON, in order of number."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from samtun.search.entries import Entry, Opening
from samtun.search.questions import AGE_BANDS
from samtun.search.text import normalise
from samtun.search.vocabulary import Vocabulary


def entry_facts(entry: Entry, vocabulary: Vocabulary) -> dict[str, Any]:
    """The facts of an entry as plain JSON values."""
    parents = vocabulary.parents
    needs = dict.fromkeys(entry.needs)
    needs |= dict.fromkeys(parents[need] for need in entry.needs if need in parents)
    return {
        "id": entry.id,
        "name": normalise(entry.main_name),
        "need": list(needs),
        "target_group": list(dict.fromkeys(entry.target_groups)),
        "municipality": list(dict.fromkeys(entry.municipalities)),
        "country": entry.covers_country,
        "age": list(age_bands(entry.minimum_age, entry.maximum_age)),
        "ages": [entry.minimum_age, entry.maximum_age],
        "meeting": sorted(entry.meeting),
        "free": entry.is_free is True,
        "urgent": entry.is_urgent,
        "children": entry.for_children,
        "assured": entry.assured_on.toordinal() if entry.assured_on else 0,
        "points": [list(point) for point in entry.points],
        "openings": [opening_facts(opening) for opening in entry.openings],
    }


def age_bands(youngest: int | None, oldest: int | None) -> Iterable[str]:
    """The bands that overlap an age range; an open end reaches all the way."""
    low = youngest if youngest is not None else 0
    high = oldest if oldest is not None else 200
    return (band for band, (first, last) in AGE_BANDS.items() if low <= last and high >= first)


def opening_facts(opening: Opening) -> list[Any]:
    """An opening as plain numbers; days as ordinals."""
    return [
        opening.weekday,
        opening.opens,
        opening.closes,
        opening.valid_from.toordinal() if opening.valid_from else None,
        opening.valid_to.toordinal() if opening.valid_to else None,
        [day.toordinal() for day in opening.on_dates],
    ]


def as_line(facts: dict[str, Any]) -> bytes:
    """One line of the facts file."""
    return orjson.dumps(facts) + b"\n"


def facts_in(file: Path, size: int) -> Iterator[dict[str, Any]]:
    """The facts in the first `size` bytes of a file, which end at a line's end."""
    with file.open("rb") as lines:
        for line in lines:
            size -= len(line)
            if size < 0:
                break
            yield orjson.loads(line)
