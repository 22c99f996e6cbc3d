"""From everyday phrases to needs, life situations and more.

`data/thesaurus.tsv` has three columns: phrases (alternatives separated by ";"), language (empty
for Norwegian, "en" for English) and what they give, separated by spaces, each with an optional
weight after "*":

    need-id · group:target-group-id · age:13-17 · meeting:phone · word:another-word
    free · urgent · none (understood, but gives nothing)
    child (a child is asking) · adult (surely not a child) · elsewhere (others answer that)
    about:money, whom:pupil …: marks for `combining`

A word in angle brackets stands for any word of that group in `data/word_groups.tsv`:
"<forelder> drikker" is met by mor, far, mamma, pappa … A phrase is met when all its words occur,
in any inflected form, near each other. "=savnet" is met in that very form alone: savner is not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from samtun.search.stemming import english_stem, norwegian_stem
from samtun.search.tables import packaged_table, packaged_words
from samtun.search.text import normalise, words
from samtun.search.vocabulary import Term, Vocabulary

WIDEST_GAP = 4
LABEL_WEIGHT = 0.9
EXACTLY = "="
_NOT = "ikke"
_PLAIN_KINDS = frozenset({"free", "urgent", "child", "adult", "elsewhere", "none"})


class Gift(NamedTuple):
    """What a phrase gives: ("need", "avlastning-hjemme", 0.8)."""

    kind: str
    value: str
    weight: float


class Phrase(NamedTuple):
    """The stems each word of a phrase may have, and what the phrase gives."""

    elements: tuple[frozenset[str], ...]
    gifts: tuple[Gift, ...]


class Match(NamedTuple):
    """A phrase found at these word positions."""

    positions: frozenset[int]
    gifts: tuple[Gift, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """All phrases, found by the least common of their words."""

    by_stem: dict[str, list[Phrase]]
    known: frozenset[str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "Thesaurus":
        """The packaged and added rows, and the labels of the vocabulary itself."""
        phrases = list(phrases_of(vocabulary))
        shared: dict[str, int] = {}
        for phrase in phrases:
            for element in phrase.elements:
                for stem in element:
                    shared[stem] = shared.get(stem, 0) + 1
        by_stem: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            rarest = min(phrase.elements, key=lambda one: sum(shared[stem] for stem in one))
            for stem in rarest:
                by_stem.setdefault(stem, []).append(phrase)
        return cls(by_stem, frozenset(shared))

    def matches(self, stems: Sequence[frozenset[str]]) -> list[Match]:
        """The phrases met by words that each may be read as several stems."""
        candidates = {
            id(phrase): phrase
            for readings in stems
            for stem in readings
            for phrase in self.by_stem.get(stem, ())
        }
        found: list[Match] = []
        for phrase in candidates.values():
            met = _meetings(phrase.elements, stems)
            found.extend(Match(positions, phrase.gifts) for positions in met)
        return found


def _meetings(
    elements: tuple[frozenset[str], ...], stems: Sequence[frozenset[str]]
) -> Iterator[frozenset[int]]:
    """Where a phrase is met: every place of a single word, the first of a longer phrase."""
    places = [
        [at for at, readings in enumerate(stems) if not readings.isdisjoint(element)]
        for element in elements
    ]
    if not all(places):
        return
    if len(places) == 1:
        yield from (frozenset((at,)) for at in places[0])
        return
    loose = any(len(element) > 1 or _NOT in element for element in elements)
    free_order = loose and len(places) <= 3
    for start in places[0]:
        met = _near(places, start) or (_huddled(places, start) if free_order else None)
        if met:
            yield met
            return


def _near(places: list[list[int]], start: int) -> frozenset[int] | None:
    """In order, with small gaps."""
    met = [start]
    for options in places[1:]:
        after = next((at for at in options if 0 < at - met[-1] <= WIDEST_GAP), None)
        if after is None:
            break
        met.append(after)
    else:
        return frozenset(met)
    return None


def _huddled(places: list[list[int]], start: int) -> frozenset[int] | None:
    """In any order, close together."""
    met = {start}
    for options in places[1:]:
        nearest = min(
            (at for at in options if at not in met), key=lambda at: abs(at - start), default=None
        )
        if nearest is None or abs(nearest - start) > WIDEST_GAP:
            return None
        met.add(nearest)
    return frozenset(met)


def phrases_of(vocabulary: Vocabulary) -> Iterator[Phrase]:
    """All phrases: of the thesaurus, and the labels of needs and groups."""
    needs = {term.id for term in vocabulary.needs}
    groups = {term.id for term in vocabulary.target_groups}
    for phrase, language, gives in vocabulary.thesaurus_rows:
        gifts = tuple(_gifts(gives, needs, groups))
        if gifts:
            for alternative in phrase.split(";"):
                yield from _phrase(alternative, language, gifts)
    yield from _labels(vocabulary.needs, "need")
    yield from _labels(vocabulary.target_groups, "group")


def _labels(terms: Iterable[Term], kind: str) -> Iterator[Phrase]:
    for term in terms:
        for language, label in term.labels.items():
            for part in _label_parts(label, language):
                yield from _phrase(part, language, (Gift(kind, term.id, LABEL_WEIGHT),))


def _label_parts(label: str, language: str) -> list[str]:
    """ "Støttekontakt og personlig assistent (BPA)" names three things."""
    if any(letter.isdigit() for letter in label):
        return []
    for mark in (" og ", " eller ", " and ", " or ", "(", ")", ","):
        label = label.replace(mark, ";")
    generic = packaged_words("generic_labels.txt")
    parts = [part.strip(" -") for part in label.split(";")]
    return [part for part in parts if len(part) > 3 and part.lower() not in generic]


def _phrase(text: str, language: str, gifts: tuple[Gift, ...]) -> Iterator[Phrase]:
    elements = tuple(_element(word, language) for word in _phrase_words(text))
    if elements:
        yield Phrase(elements, gifts)


def _phrase_words(text: str) -> list[str]:
    found: list[str] = []
    for word in text.split():
        found.extend([word] if word.startswith(("<", EXACTLY)) else words(normalise(word)))
    return found


def _element(word: str, language: str) -> frozenset[str]:
    if word.startswith("<"):
        return word_groups()[word.strip("<>")]
    if word.startswith(EXACTLY):
        return frozenset((word,))
    return frozenset((stem_in(word, language),))


def stem_in(word: str, language: str) -> str:
    """The stem a word is matched by; English ones are marked, so that "far" and "far" differ."""
    return "§" + english_stem(word) if language == "en" else norwegian_stem(word)


@cache
def word_groups() -> dict[str, frozenset[str]]:
    """The groups of words that phrases may name, as stems."""
    groups: dict[str, frozenset[str]] = {}
    for name, language, listed in packaged_table("word_groups.tsv", 3):
        stems = frozenset(stem_in(word, language) for word in words(normalise(listed)))
        groups[name] = groups.get(name, frozenset()) | stems
    return groups


def _gifts(gives: str, needs: set[str], groups: set[str]) -> Iterator[Gift]:
    """What a row gives; ids that this installation does not have are passed over."""
    for item in gives.split():
        gift = gift_of(item)
        allowed = {"need": needs, "group": groups}.get(gift.kind)
        if allowed is None or gift.value in allowed:
            yield gift


def gift_of(item: str) -> Gift:
    """ "group:rus*0.6" read."""
    what, _, weight = item.partition("*")
    kind, _, value = what.partition(":") if ":" in what else ("need", "", what)
    if what in _PLAIN_KINDS:
        kind, value = what, "yes"
    return Gift(kind, value, float(weight) if weight else 1.0)


@lru_cache(maxsize=4)
def known_words(vocabulary: Vocabulary) -> frozenset[str]:
    """The words of the vocabulary: thesaurus, labels and names of places."""
    texts = [phrase for phrase, _, _ in vocabulary.thesaurus_rows]
    texts += [listed for _, _, listed in packaged_table("word_groups.tsv", 3)]
    for term in (*vocabulary.needs, *vocabulary.target_groups):
        texts += term.labels.values()
    return frozenset(
        word
        for text in texts
        for word in words(normalise(text))
        if len(word) > 2 and word.isalpha()
    )
