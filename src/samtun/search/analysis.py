"""From an entry to the terms that are indexed.

Each distinct word is analysed once, and so are lines that many entries share: the names of places
and providers, how to apply, whom to call.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice

from samtun.search.compounds import Lexicon
from samtun.search.entries import Entry
from samtun.search.facts import age_bands
from samtun.search.stemming import english_stem, norwegian_stem
from samtun.search.text import normalise, raw_words, words
from samtun.search.vocabulary import Vocabulary

ENGLISH = "en"
FACET_MARKS = {
    "need": "n",
    "target_group": "g",
    "municipality": "m",
    "meeting": "t",
    "age": "a",
    "free": "f",
}
"""How the tag of a facet's value begins. Being open now is no mark, since it passes."""
KEPT_LINES = 8192
COUNTED_TOGETHER = 1000


class _Terms(dict[str, str]):
    """The terms of each word met, separated by spaces; worked out when a word is first met."""

    def __init__(self, language: str, lexicon: Lexicon) -> None:
        super().__init__()
        self._language = language
        self._lexicon = lexicon

    def __missing__(self, typed: str) -> str:
        terms = self[typed] = " ".join(self._analysed(typed))
        return terms

    def _analysed(self, typed: str) -> Iterator[str]:
        for word in words(normalise(typed)):
            if self._language == ENGLISH:
                yield "§" + english_stem(word)
                continue
            yield norwegian_stem(word)
            yield from map(norwegian_stem, self._lexicon.split(word))


class Analyser:
    """Turns texts into terms: Norwegian stems and parts of compounds, English stems marked "§"."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._norwegian = _Terms("nb", lexicon)
        self._english = _Terms(ENGLISH, lexicon)
        self._line = lru_cache(maxsize=KEPT_LINES)(self._of_line)

    def terms(self, text: str, language: str) -> list[str]:
        """The terms of each word of a text; a compound's parts follow it, after a space."""
        is_english = language == ENGLISH
        if "\n" not in text:
            return self._line(text, is_english)
        return [term for line in text.split("\n") for term in self._line(line, is_english)]

    def _of_line(self, line: str, is_english: bool) -> list[str]:  # noqa: FBT001  (remembered by it)
        known = self._english if is_english else self._norwegian
        return list(map(known.__getitem__, raw_words(line)))

    def title_and_text(self, entry: Entry) -> tuple[str, str]:
        """The terms of names and keywords; and the terms of everything.

        Summaries count twice, since they say what matters.
        """
        title: list[str] = []
        text: list[str] = []
        for language, written in entry.texts.items():
            names = self.terms(f"{written.name} {written.alternate_name}", language)
            summary = self.terms(written.summary, language)
            body = self.terms(written.body, language)
            title += _added(title, names)
            text += _added(text, names + summary + summary + body)
        keywords = " ".join(entry.keywords)
        known_as = self.terms(keywords, "nb") + self.terms(keywords, ENGLISH)
        around = self.terms("\n".join((entry.provider, *entry.places)), "nb")
        return " ".join(title + known_as), " ".join(text + known_as + around)


def _added(before: list[str], new: list[str]) -> list[str]:
    """A second language adds its own words, and does not count the shared ones again."""
    if not before:
        return new
    seen = frozenset(before)
    return [term for term in new if term not in seen]


def tags(entry: Entry, vocabulary: Vocabulary) -> str:
    """What an entry is marked with, as terms: needs with parents, groups, places, ages …"""
    parents = vocabulary.parents
    found = {f"n:{need}" for need in entry.needs}
    found |= {f"n:{parents[need]}" for need in entry.needs if need in parents}
    found |= {f"g:{group}" for group in entry.target_groups}
    found |= {f"m:{number}" for number in entry.municipalities}
    found |= {f"t:{way}" for way in entry.meeting}
    found |= {f"a:{band}" for band in age_bands(entry.minimum_age, entry.maximum_age)}
    if entry.is_free:
        found.add("f:yes")
    if entry.covers_country:
        found.add("country")
    if entry.for_children:
        found.add("children")
    if entry.is_urgent:
        found.add("urgent")
    return " ".join(sorted(tag.replace(" ", "_") for tag in found))


def word_counts(entries: Iterable[Entry]) -> Counter[str]:
    """How often each word is used, in normalised form: for spelling and for compounds."""
    typed: Counter[str] = Counter()
    remaining = iter(entries)
    while together := list(islice(remaining, COUNTED_TOGETHER)):
        _count(Counter(chain.from_iterable(map(_lines, together))), typed)
    counts: Counter[str] = Counter()
    for word, count in typed.items():
        for normal in words(normalise(word)):
            counts[normal] += count
    return counts


def _count(lines: Counter[str], typed: Counter[str]) -> None:
    """Adds the words of each line as often as the line occurs."""
    typed.update(raw_words("\n".join(line for line, times in lines.items() if times == 1)))
    for line, times in lines.items():
        if times > 1:
            for word in raw_words(line):
                typed[word] += times


def _lines(entry: Entry) -> Iterator[str]:
    for text in entry.texts.values():
        yield text.name
        yield text.alternate_name
        yield text.summary
        yield from text.body.split("\n")
    yield entry.provider
    yield from entry.keywords
    yield from entry.places
