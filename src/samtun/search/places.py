"""Places in a question: municipalities by any of their names, postal places and postal codes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from samtun.search.tables import packaged_words
from samtun.search.text import normalise, words
from samtun.search.vocabulary import Vocabulary

_BEFORE_A_PLACE = frozenset(
    {"i", "på", "ved", "fra", "frå", "nær", "rundt", "til", "for", "omkring", "kommune", "bygda"}
    | {"in", "at", "near", "around", "from", "to"}
)
_AFTER_A_PLACE = frozenset({"kommune", "kommunen", "municipality", "sentrum", "bygda"})
LONGEST_PLACE = 4


class Place(NamedTuple):
    """A place as it was written, and the municipalities it may lie in."""

    name: str
    municipalities: frozenset[str]
    positions: frozenset[int]


class Gazetteer:
    """All the names of places, and which of them are common words too."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_words: dict[tuple[str, ...], set[str]] = {}
        self._codes = {place.code: place.municipality for place in vocabulary.postal_codes}
        self._ambiguous = packaged_words("ambiguous_places.txt") | packaged_words("stopwords.txt")
        municipal: set[tuple[str, ...]] = set()
        for municipality in vocabulary.municipalities:
            for name in municipality.names:
                key = tuple(words(normalise(name)))
                municipal.add(key)
                self._by_words.setdefault(key, set()).add(municipality.number)
        for code in vocabulary.postal_codes:
            key = tuple(words(normalise(code.place)))
            if key not in municipal:
                self._by_words.setdefault(key, set()).add(code.municipality)
        self._by_words.pop((), None)
        self.names = frozenset(word for key in self._by_words for word in key)

    def places_in(self, found: Sequence[str], raw: Sequence[str]) -> list[Place]:
        """The places named, the longest name first; `raw` are the words as typed."""
        places, at = [], 0
        while at < len(found):
            place = self._place_at(found, raw, at)
            if place:
                places.append(place)
                at = max(place.positions)
            at += 1
        return places

    def _place_at(self, found: Sequence[str], raw: Sequence[str], at: int) -> Place | None:
        if found[at] in self._codes and len(found[at]) == 4:
            return Place(found[at], frozenset({self._codes[found[at]]}), frozenset({at}))
        for size in range(min(LONGEST_PLACE, len(found) - at), 0, -1):
            for key, positions in _readings(tuple(found[at : at + size]), at):
                numbers = self._by_words.get(key)
                if numbers and (size > 1 or self._is_meant(found, raw, at)):
                    return Place(" ".join(key), frozenset(numbers), positions)
        return None

    def _is_meant(self, found: Sequence[str], raw: Sequence[str], at: int) -> bool:
        """Whether a word that may be a place is one here: "i Vang", not "gode råd"."""
        word = found[at]
        if word not in self._ambiguous and len(word) >= 4:
            return True
        before = found[at - 1] if at else ""
        after = found[at + 1] if at + 1 < len(found) else ""
        capital = at < len(raw) and raw[at][:1].isupper() and not raw[at].isupper()
        if after in _AFTER_A_PLACE:
            return True
        return capital and (before in _BEFORE_A_PLACE or at > 0)


def _readings(key: tuple[str, ...], at: int) -> Iterator[tuple[tuple[str, ...], frozenset[int]]]:
    """The words as they are, and without a genitive s at the end."""
    positions = frozenset(range(at, at + len(key)))
    yield key, positions
    if key[-1].endswith("s") and len(key[-1]) > 4:
        yield (*key[:-1], key[-1][:-1]), positions
