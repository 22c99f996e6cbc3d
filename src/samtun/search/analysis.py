"""From an entry to the terms that are indexed. Each distinct word is analysed once."""

from collections.abc import Iterable, Iterator

from samtun.search.compounds import Lexicon
from samtun.search.entries import Entry, EntryText
from samtun.search.stemming import english_stem, norwegian_stem
from samtun.search.text import normalise, words
from samtun.search.vocabulary import Vocabulary

ENGLISH = "en"


class Analyser:
    """Turns texts into terms: Norwegian stems and parts of compounds, English stems marked "§"."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._norwegian: dict[str, tuple[str, ...]] = {}
        self._english: dict[str, tuple[str, ...]] = {}

    def terms(self, text: str, language: str) -> list[str]:
        """The terms of a text, each compound followed by its parts."""
        known = self._english if language == ENGLISH else self._norwegian
        found: list[str] = []
        for word in words(normalise(text)):
            terms = known.get(word)
            if terms is None:
                terms = known[word] = self._analysed(word, language)
            found.extend(terms)
        return found

    def _analysed(self, word: str, language: str) -> tuple[str, ...]:
        if language == ENGLISH:
            return ("§" + english_stem(word),)
        parts = (norwegian_stem(part) for part in self._lexicon.split(word))
        return (norwegian_stem(word), *parts)

    def title(self, entry: Entry) -> str:
        """The terms of names and keywords."""
        found: list[str] = []
        for language, text in entry.texts.items():
            new = self.terms(f"{text.name} {text.alternate_name}", language)
            found.extend(_added(found, new))
        found.extend(self.terms(" ".join(entry.keywords), "nb"))
        found.extend(self.terms(" ".join(entry.keywords), ENGLISH))
        return " ".join(found)

    def text(self, entry: Entry) -> str:
        """The terms of everything: summaries twice, since they say what matters."""
        found: list[str] = []
        for language, text in entry.texts.items():
            found.extend(_added(found, self.terms(_whole(text), language)))
        rest = " ".join((entry.provider, *entry.places, *entry.keywords))
        found.extend(self.terms(rest, "nb"))
        found.extend(self.terms(" ".join(entry.keywords), ENGLISH))
        return " ".join(found)


def _whole(text: EntryText) -> str:
    return " ".join((text.name, text.alternate_name, text.summary, text.summary, text.body))


def _added(before: list[str], new: list[str]) -> list[str]:
    """A second language adds its own words, and does not count the shared ones again."""
    if not before:
        return new
    seen = frozenset(before)
    return [term for term in new if term not in seen]


def tags(entry: Entry, vocabulary: Vocabulary) -> str:
    """What an entry is marked with, as terms: needs with parents, groups, places, audience."""
    parents = vocabulary.parents
    found = {f"n:{need}" for need in entry.needs}
    found |= {f"n:{parents[need]}" for need in entry.needs if need in parents}
    found |= {f"g:{group}" for group in entry.target_groups}
    found |= {f"m:{number}" for number in entry.municipalities}
    found |= {f"t:{way}" for way in entry.meeting}
    if entry.covers_country:
        found.add("country")
    if entry.for_children:
        found.add("children")
    if entry.is_urgent:
        found.add("urgent")
    return " ".join(sorted(tag.replace(" ", "_") for tag in found))


def entry_words(entry: Entry) -> Iterator[str]:
    """The words of an entry as they are written, for spelling and for compounds."""
    for text in (*_texts(entry), " ".join((entry.provider, *entry.keywords, *entry.places))):
        yield from words(normalise(text))


def _texts(entry: Entry) -> Iterable[str]:
    return (
        f"{text.name} {text.alternate_name} {text.summary} {text.body}"
        for text in entry.texts.values()
    )
