"""Which words go with which need, learnt from the thesaurus and from the entries themselves.

When no phrase of the thesaurus was met, the words of a question still point somewhere: a word
that only stands in phrases and offers about transport speaks for transport. This is a guess and
counts as one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

from samtun.search.analysis import Analyser
from samtun.search.entries import Entry
from samtun.search.thesaurus import Phrase

MOST_ENTRIES_PER_NEED = 40
MOST_ELEMENT_STEMS = 3
PHRASE_WORTH, ENTRY_WORTH = 1.0, 0.35
SATURATION = 1.5
NEEDS_PER_STEM = 8

Associations = dict[str, dict[str, float]]


def learn(
    phrases: Iterable[Phrase], entries: Sequence[Entry], analyser: Analyser
) -> Associations:
    """For each stem, the needs it goes with and how much."""
    counted: dict[str, Counter[str]] = {}
    for phrase in phrases:
        _count_phrase(phrase, counted)
    taken: Counter[str] = Counter()
    for entry in entries:
        wanted = [need for need in entry.needs if taken[need] < MOST_ENTRIES_PER_NEED]
        taken.update(wanted)
        if wanted:
            _count_entry(entry, wanted, analyser, counted)
    return {stem: _specific(needs) for stem, needs in counted.items()}


def _count_phrase(phrase: Phrase, counted: dict[str, Counter[str]]) -> None:
    for element in phrase.elements:
        if len(element) > MOST_ELEMENT_STEMS:
            continue
        for stem in element:
            for gift in phrase.gifts:
                if gift.kind == "need":
                    counted.setdefault(stem, Counter())[gift.value] += PHRASE_WORTH * gift.weight


def _count_entry(
    entry: Entry, needs: Sequence[str], analyser: Analyser, counted: dict[str, Counter[str]]
) -> None:
    title, text = analyser.title_and_text(entry)
    for stem in {*title.split(), *text.split()}:
        for need in needs:
            counted.setdefault(stem, Counter())[need] += ENTRY_WORTH


def _specific(needs: Counter[str]) -> dict[str, float]:
    """Much for a stem that goes with few needs, little for one that goes with many."""
    spread = sum(needs.values()) / max(needs.values())
    rarity = log(1 + 12 / spread)
    return {
        need: round(rarity * count / (count + SATURATION), 3)
        for need, count in needs.most_common(NEEDS_PER_STEM)
    }


def guess(associations: Mapping[str, Mapping[str, float]], stems: Iterable[str]) -> dict[str, float]:
    """The needs that these stems together point to, 1 for the strongest."""
    scores: Counter[str] = Counter()
    for stem in stems:
        for need, worth in associations.get(stem, {}).items():
            scores[need] += worth
    if not scores:
        return {}
    strongest = max(scores.values())
    return {need: score / strongest for need, score in scores.most_common(6)}
