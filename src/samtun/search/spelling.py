"""Correcting words against what the index and the vocabulary contain.

Words that sound alike share a key (double consonants, silent d, g and h, o/å/ø, e/æ, sj/skj/kj);
each key is also stored with one letter left out, so that keys within an edit of each other meet
without comparing all words. The few candidates are then ranked by an edit distance that knows
which mistakes are cheap in Norwegian.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import NamedTuple
from zlib import crc32

SHORTEST_CORRECTED = 4
LONGEST_CORRECTED = 28
MOST_CANDIDATES = 60

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("skj|sch|sj|kj|tj|sh", "s"),
        ("^gj|^hj|^lj", "j"),
        ("^hv|w", "v"),
        ("ck|c|q", "k"),
        ("ph", "f"),
        ("th", "t"),
        ("x", "ks"),
        ("z", "s"),
        ("aa|å|oe|ø|ö", "o"),
        ("ae|æ|ä", "e"),
        ("y", "i"),
        ("(?<=[nlr])d", ""),
        ("(?<=[aeiou])gn", "ng"),
        ("(?<=[^aeiou])h", ""),
    )
)
_DOUBLED = re.compile(r"(.)\1+")
_CHEAP_SWAPS = frozenset(
    frozenset(pair)
    for pair in (
        "oå", "oø", "aå", "aæ", "eæ", "eø", "iy", "ei", "bp", "dt", "gk", "ck", "vw", "sz",
        "uo", "yu", "øy", "gj", "mn", "æø",
    )
)  # fmt: skip
_MISHEARD = (("kj", "ki"), ("g", "k"), ("sj", "sk"), ("d", "t"), ("tj", "ti"), ("u", "o"))
_SILENT = frozenset("dghjetr")


class Correction(NamedTuple):
    """A word that exists, and how far it is from what was typed."""

    word: str
    distance: float


def sound(word: str) -> str:
    """How a word sounds, roughly: the same for its common misspellings."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return _DOUBLED.sub(r"\1", word)


def _keys(word: str) -> Iterator[int]:
    yield from _keys_of_sound(sound(word))


def _keys_as_typed(word: str) -> set[int]:
    """Also with the sounds that letters are mistaken for: psykjatri, fullmagt."""
    keys = set(_keys(word))
    for typed, meant in _MISHEARD:
        if typed in word:
            keys.update(_keys(word.replace(typed, meant)))
    return keys


def _keys_of_sound(heard: str) -> Iterator[int]:
    yield crc32(heard.encode())
    for position in range(len(heard)):
        yield crc32((heard[:position] + heard[position + 1 :]).encode())


class Speller:
    """Looks words up by how they sound. Compact: eight bytes per key, no dictionary."""

    def __init__(self, words: list[str], counts: Iterable[int], keys: "array[int]") -> None:
        self.words = words
        self.counts = array("I", counts)
        self.keys = keys

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> "Speller":
        """A speller of these words with how often each is used."""
        chosen = sorted(
            word for word in counts if SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED
        )
        keys = sorted(
            {key << 32 | number for number, word in enumerate(chosen) for key in _keys(word)}
        )
        return cls(chosen, (counts[word] for word in chosen), array("Q", keys))

    def __contains__(self, word: str) -> bool:
        place = bisect_left(self.words, word)
        return place < len(self.words) and self.words[place] == word

    def correct(self, word: str) -> Correction | None:
        """The most likely word meant, or None when nothing is near enough."""
        if not SHORTEST_CORRECTED <= len(word) <= LONGEST_CORRECTED or not word.isalpha():
            return None
        allowed = _allowed_distance(len(word))
        best: tuple[float, Correction] | None = None
        for number in self._candidates(word):
            known = self.words[number]
            distance = edit_distance(word, known, allowed)
            if distance > allowed:
                continue
            merit = distance - 0.08 * log(1 + self.counts[number])
            if best is None or (merit, known) < (best[0], best[1].word):
                best = (merit, Correction(known, distance))
        return best[1] if best else None

    def _candidates(self, word: str) -> list[int]:
        found: dict[int, int] = {}
        for key in _keys_as_typed(word):
            low = bisect_left(self.keys, key << 32)
            while low < len(self.keys) and self.keys[low] >> 32 == key:
                number = self.keys[low] & 0xFFFFFFFF
                found[number] = found.get(number, 0) + 1
                low += 1
        nearest = sorted(found, key=lambda number: abs(len(self.words[number]) - len(word)))
        return nearest[:MOST_CANDIDATES]


def _allowed_distance(length: int) -> float:
    if length <= 4:
        return 0.7
    if length <= 6:
        return 1.21
    return 1.8 if length <= 9 else 2.3


def edit_distance(typed: str, known: str, limit: float) -> float:
    """Weighted Damerau-Levenshtein distance; limit + 1 stands for anything above the limit."""
    if abs(len(typed) - len(known)) > limit * 3 + 1:
        return limit + 1
    before: list[float] = []
    previous = [0.0]
    for j, letter in enumerate(known):
        previous.append(previous[-1] + _indel(known, j, letter))
    for i, typed_letter in enumerate(typed):
        current = [previous[0] + _indel(typed, i, typed_letter)]
        for j, letter in enumerate(known):
            cost = min(
                previous[j] + _swap(typed_letter, letter, i),
                previous[j + 1] + _indel(typed, i, typed_letter),
                current[j] + _indel(known, j, letter),
            )
            if i and j and typed_letter == known[j - 1] and typed[i - 1] == letter:
                cost = min(cost, before[j - 1] + 0.6)
            current.append(cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]


def _swap(typed: str, known: str, position: int) -> float:
    if typed == known:
        return 0.0
    cost = 0.35 if frozenset((typed, known)) in _CHEAP_SWAPS else 1.0
    return cost + (0.4 if position == 0 and cost == 1.0 else 0.0)


def _indel(word: str, position: int, letter: str) -> float:
    if position == 0:
        return 1.4 if letter != "h" else 0.6
    if word[position - 1] == letter:
        return 0.25
    return 0.6 if letter in _SILENT else 0.9
