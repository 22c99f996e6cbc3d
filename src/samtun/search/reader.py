"""Reading a question: its language, words, places and phrases, put together."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from samtun.search.ages import ages_in
from samtun.search.compounds import Lexicon
from samtun.search.gifts import ELSEWHERE, Weighed, gives_a_need, is_clear, of_kind, weighed
from samtun.search.places import Gazetteer, Place
from samtun.search.profiles import Guess, guess
from samtun.search.spelling import Speller
from samtun.search.stemming import common_form, english_stem, norwegian_stem
from samtun.search.tables import packaged_table, packaged_words
from samtun.search.text import MOST_WORDS, normalise, raw_words, shorten, words
from samtun.search.thesaurus import EXACTLY, Match, Thesaurus, known_words, stem_in, word_groups
from samtun.search.understanding import Understanding, Word
from samtun.search.vocabulary import Vocabulary

PART_WEIGHT, CORRECTED_WEIGHT = 0.45, 0.85
SURELY_MEANT, LONG_WORD, SHORTEST_HEAD, SHORTEST_TAIL = 0.75, 10, 5, 4


class _Token(NamedTuple):
    word: str
    norwegian: str
    english: str
    parts: tuple[str, ...]
    corrected: bool

    def readings(self, language: str) -> frozenset[str]:
        english, exactly = "§" + self.english, EXACTLY + self.word
        if language == "en":
            return frozenset((english, exactly))
        if language == "both":
            return frozenset((self.norwegian, english, exactly))
        return frozenset((self.norwegian, exactly))


class Reader:
    """Reads questions with a vocabulary, and with the words of an index where there is one."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        speller: Speller | None = None,
        lexicon: Lexicon | None = None,
        associations: Mapping[str, Mapping[str, float]] | None = None,
    ) -> None:
        self._associations = associations or {}
        self._thesaurus = Thesaurus.of(vocabulary)
        self._gazetteer = Gazetteer(vocabulary)
        known = known_words(vocabulary)
        self._speller = speller or Speller.of(dict.fromkeys(known, 1))
        self._lexicon = lexicon or Lexicon(known)
        self._stop = {common_form(word) for word in packaged_words("stopwords.txt")}
        self._stop |= packaged_words("stopwords.txt")
        self._stop_english = packaged_words("stopwords_en.txt")
        self._plain = self._stop | self._stop_english | packaged_words("weak_words.txt")
        self._plain |= {row[0] for row in packaged_table("forms.tsv", 3)}
        self._plain |= packaged_words("common_words.txt")
        self._weak = {norwegian_stem(word) for word in packaged_words("weak_words.txt")}
        self._weak |= {english_stem(word) for word in packaged_words("weak_words.txt")}
        self._weak |= {stem.removeprefix("§") for stem in word_groups()["nær"]}
        self._weak |= {stem.removeprefix("§") for stem in word_groups()["close_en"]}

    def read(self, text: str, language: str = "nb") -> Understanding:
        """Any string at all gives an understanding, in bounded time."""
        short = shorten(text)
        raw = raw_words(short)[:MOST_WORDS]
        found = words(normalise(short))[:MOST_WORDS]
        if not found:
            return Understanding(text=short.strip(), language=language)
        places = self._gazetteer.places_in(found, raw)
        spoken = self._language(found)
        tokens, corrections = self._tokens(found, places, spoken)
        readings = [token.readings(spoken) for token in tokens]
        matches = [
            match
            for match in self._thesaurus.matches(readings)
            if len(match.positions) > 1 or not self._is_stop(tokens[min(match.positions)], spoken)
        ]
        matches += self._matches_of_parts(tokens, matches)
        matches += self._matches_of_neighbours(tokens)
        language = language if spoken == "both" else spoken
        forms = [common_form(token.word) for token in tokens]
        named = ages_in([token.word for token in tokens])
        weights = weighed(matches, forms, named, self._guessed(tokens, language))
        sought = self._words(tokens, places, matches, language)
        return _gathered(short, language, weights, sought, corrections, places)

    def take_in(self, new_words: Sequence[str]) -> None:
        """Words of texts that came after the speller was made: right as they are."""
        self._plain = self._plain.union(new_words)

    def _language(self, found: Sequence[str]) -> str:
        """ "en", "nb" (nynorsk too) or "both" when it cannot be told."""
        norwegian = sum(self._is_norwegian(word) for word in found)
        english = sum(word in self._stop_english for word in found)
        if norwegian == english:
            stems = [(norwegian_stem(word), "§" + english_stem(word)) for word in found]
            norwegian += sum(no in self._thesaurus.known for no, _ in stems)
            english += sum(en in self._thesaurus.known for _, en in stems)
        if norwegian == english:
            return "both"
        return "nb" if norwegian > english else "en"

    def _is_norwegian(self, word: str) -> bool:
        return not word.isascii() or word in self._stop or common_form(word) in self._stop

    def _tokens(
        self, found: Sequence[str], places: Sequence[Place], spoken: str
    ) -> tuple[list[_Token], dict[str, str]]:
        in_places = {at for place in places for at in place.positions}
        tokens, corrections = [], {}
        for at, word in enumerate(found):
            corrected = None if at in in_places else self._correction(word, spoken)
            if corrected:
                corrections[word] = corrected
            word = corrected or word
            parts = self._lexicon.split(word) if spoken != "en" else ()
            tokens.append(
                _Token(word, norwegian_stem(word), english_stem(word), parts, bool(corrected))
            )
        return tokens, corrections

    def _correction(self, word: str, spoken: str) -> str | None:
        if word in self._plain or word in self._gazetteer.names or word in self._speller:
            return None
        norwegian, english = norwegian_stem(word), "§" + english_stem(word)
        if norwegian in self._thesaurus.known or common_form(word) in self._lexicon:
            return None
        if spoken != "nb" and english in self._thesaurus.known:
            return None
        best = self._speller.correct(word)
        if best is None:
            return self._correction_of_compound(word)
        if best.distance > SURELY_MEANT and not self._is_likely(word, best.word):
            return self._correction_of_compound(word)
        return best.word

    def _is_likely(self, word: str, meant: str) -> bool:
        """A word far from any other must be one of those that say what is needed."""
        stems = {norwegian_stem(meant), "§" + english_stem(meant)}
        return not stems.isdisjoint(self._thesaurus.known) and not self._lexicon.split(word)

    def _correction_of_compound(self, word: str) -> str | None:
        """A long word whose first part is misspelt: avlasnigsopphold."""
        if len(word) < LONG_WORD or self._lexicon.split(word):
            return None
        for cut in range(SHORTEST_HEAD, len(word) - SHORTEST_TAIL + 1):
            head, tail = word[:cut], word[cut:]
            if common_form(tail) not in self._lexicon:
                continue
            for bare in (head.removesuffix("s"), head):
                best = self._speller.correct(bare)
                if best and norwegian_stem(best.word) in self._thesaurus.known:
                    return best.word + head[len(bare) :] + tail
        return None

    def _matches_of_parts(self, tokens: Sequence[_Token], matches: Sequence[Match]) -> list[Match]:
        """A compound that means nothing as a whole may mean something by its parts."""
        met = {at for match in matches if len(match.positions) == 1 for at in match.positions}
        found = []
        for at, token in enumerate(tokens):
            if at in met or not token.parts:
                continue
            readings = [frozenset((norwegian_stem(part),)) for part in token.parts]
            for match in self._thesaurus.matches(readings):
                whole = len(match.positions) == len(token.parts)
                weight = 0.9 if whole else 0.6
                gifts = tuple(gift._replace(weight=gift.weight * weight) for gift in match.gifts)
                found.append(Match(frozenset((at,)), gifts))
        return found

    def _matches_of_neighbours(self, tokens: Sequence[_Token]) -> list[Match]:
        """Compounds written apart: "støtte kontakt", "hjemme sykepleie"."""
        found: list[Match] = []
        for at, (first, second) in enumerate(pairwise(tokens)):
            if len(first.word) < 3 or len(second.word) < 3:
                continue
            for link in ("", "s"):
                joined = frozenset((norwegian_stem(first.word + link + second.word),))
                met = self._thesaurus.matches([joined])
                found.extend(Match(frozenset((at, at + 1)), match.gifts) for match in met)
        return found

    def _guessed(self, tokens: Sequence[_Token], language: str) -> Guess:
        """The needs that the words of texts and phrases point to."""
        telling = [token for token in tokens if not self._says_nothing(token, language)]
        return guess(self._associations, [self._stems(token, language) for token in telling])

    def _words(
        self,
        tokens: Sequence[_Token],
        places: Sequence[Place],
        matches: Sequence[Match],
        language: str,
    ) -> tuple[Word, ...]:
        """The words to look for. Those taken up by a clear phrase cannot make a match alone."""
        taken = {at for match in matches if is_clear(match) for at in match.positions}
        understood = {at for match in matches if gives_a_need(match) for at in match.positions}
        in_places = {at for place in places for at in place.positions}
        sought: dict[str, Word] = {}
        for at, token in enumerate(tokens):
            if self._says_nothing(token, language):
                continue
            strong = at not in in_places and at not in taken and not self._is_weak(token)
            stems = tuple(self._stems(token, language))
            sought.setdefault(token.word, Word(token.word, stems, strong, at in understood))
        if sought and not (taken or places or any(word.strong for word in sought.values())):
            return tuple(word._replace(strong=True) for word in sought.values())
        return tuple(sought.values())

    def _says_nothing(self, token: _Token, language: str) -> bool:
        if token.word.isdigit() and len(token.word) != 4:
            return len(token.word) < 3
        return len(token.word) < 2 or self._is_stop(token, language)

    def _is_stop(self, token: _Token, language: str) -> bool:
        if language == "en":
            return token.word in self._stop_english
        return token.word in self._stop or common_form(token.word) in self._stop

    def _is_weak(self, token: _Token) -> bool:
        return token.norwegian in self._weak or token.english in self._weak

    def _stems(self, token: _Token, language: str) -> list[tuple[str, float]]:
        weight = CORRECTED_WEIGHT if token.corrected else 1.0
        if language == "en":
            return [("§" + token.english, weight), (token.norwegian, weight * 0.5)]
        stems = [(token.norwegian, weight)]
        for part in token.parts:
            stem = norwegian_stem(part)
            if stem not in self._weak:
                stems.append((stem, weight * PART_WEIGHT))
        if language not in ("nb", "nn"):
            stems.append(("§" + token.english, weight))
        return stems


def _gathered(
    text: str,
    language: str,
    weights: Weighed,
    sought: tuple[Word, ...],
    corrections: Mapping[str, str],
    places: Sequence[Place],
) -> Understanding:
    given = weights.given
    added = tuple(
        Word(value, ((stem_in(value, language), weight),), strong=False)
        for value, weight in of_kind(given, "word").items()
    )
    return Understanding(
        text=text,
        language=language,
        words=() if ELSEWHERE in given else sought + added,
        corrections=corrections,
        needs=of_kind(given, "need"),
        target_groups=of_kind(given, "group"),
        ages=weights.ages,
        places=() if ELSEWHERE in given else tuple(places),
        meeting=frozenset(of_kind(given, "meeting")),
        free=("free", "yes") in given,
        urgent=("urgent", "yes") in given,
        from_child=weights.from_child,
    )


@lru_cache(maxsize=4)
def _reader_of(vocabulary: Vocabulary) -> Reader:
    return Reader(vocabulary)


def understand(text: str, vocabulary: Vocabulary, language: str = "nb") -> Understanding:
    """What a question means by the vocabulary alone, without an index."""
    return _reader_of(vocabulary).read(text, language)
