"""Which words go with which need, learnt from the thesaurus and from the entries themselves.

When no phrase of the thesaurus was met, the words of a question still point somewhere: a word
that only stands in phrases and offers about transport speaks for transport. This is a guess and
counts as one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

from samtun.search.analysis import Analyser
from samtun.search.entries import Entry
from samtun.search.thesaurus import Phrase

MOST_ENTRIES_PER_NEED = 12
MOST_ELEMENT_STEMS = 3
PHRASE_WORTH, ENTRY_WORTH = 1.0, 0.35
SATURATION = 1.5
NEEDS_PER_STEM = 8
MOST_GUESSES = 6
PLENTY, LEAST_COVERED = 1.6, 0.4

Associations = dict[str, dict[str, float]]


def learn(phrases: Iterable[Phrase], entries: Sequence[Entry], analyser: Analyser) -> Associations:
    """For each stem, the needs it goes with and how much."""
    counted: Associations = {}
    for phrase in phrases:
        _count_phrase(phrase, counted)
    taken: Counter[str] = Counter()
    for entry in entries:
        wanted = [need for need in entry.needs if taken[need] < MOST_ENTRIES_PER_NEED]
        taken.update(wanted)
        if wanted:
            title, text = analyser.title_and_text(entry)
            for stem in {*title.split(), *text.split()}:
                _count(counted, stem, dict.fromkeys(wanted, ENTRY_WORTH))
    return {stem: _specific(needs) for stem, needs in counted.items()}


def _count_phrase(phrase: Phrase, counted: Associations) -> None:
    worth = PHRASE_WORTH / len(phrase.elements)
    needs = {gift.value: worth * gift.weight for gift in phrase.gifts if gift.kind == "need"}
    for element in phrase.elements:
        if len(element) <= MOST_ELEMENT_STEMS:
            for stem in element:
                _count(counted, stem, needs)


def _count(counted: Associations, stem: str, needs: Mapping[str, float]) -> None:
    known = counted.setdefault(stem, {})
    for need, worth in needs.items():
        known[need] = known.get(need, 0.0) + worth


def _specific(needs: Mapping[str, float]) -> dict[str, float]:
    """Much for a stem that goes with few needs, little for one that goes with many."""
    if not needs:
        return {}
    rarity = log(1 + 12 * max(needs.values()) / sum(needs.values()))
    strongest = sorted(needs.items(), key=lambda pair: -pair[1])[:NEEDS_PER_STEM]
    return {need: round(rarity * worth / (worth + SATURATION), 3) for need, worth in strongest}


class Guess(NamedTuple):
    """The needs that words point to, 1 for the strongest, and from 0 to 1 how sure that is."""

    needs: Mapping[str, float]
    sure: float


NOTHING = Guess({}, 0.0)


def guess(
    associations: Mapping[str, Mapping[str, float]], words: Sequence[Sequence[tuple[str, float]]]
) -> Guess:
    """The needs that these words together point to; each word by its stems with weights.

    Few words that point weakly, among many that point nowhere, are little evidence.
    """
    scores: dict[str, float] = {}
    pointing: Counter[str] = Counter()
    for stems in words:
        meant: dict[str, float] = {}
        for stem, weight in stems:
            for need, worth in associations.get(stem, {}).items():
                meant[need] = max(meant.get(need, 0.0), weight * worth)
        pointing.update(meant.keys())
        for need, worth in meant.items():
            scores[need] = scores.get(need, 0.0) + worth
    best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_GUESSES]
    if not best:
        return NOTHING
    covered = pointing[best[0][0]] / len(words)
    evidence = min(1.0, best[0][1] / PLENTY)
    sure = evidence * (LEAST_COVERED + (1 - LEAST_COVERED) * covered)
    return Guess({need: score / best[0][1] for need, score in best}, sure)
