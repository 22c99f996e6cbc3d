"""Splitting compounds: avlastningsopphold → avlastning + opphold.

The lexicon is what the indexed texts and the vocabulary themselves contain, so that an
installation's own words work without a dictionary.
"""

from collections.abc import Iterable

from samtun.search.stemming import common_form
from samtun.search.tables import packaged_words

SHORTEST_COMPOUND = 7
SHORTEST_PART = 4
LONGEST_COMPOUND = 36
_LINKS = ("", "s", "e")


class Lexicon:
    """Words that compounds may be made of, in their common form."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._short = frozenset(map(common_form, packaged_words("short_parts.txt")))
        never = packaged_words("never_parts.txt")
        self._words = {
            form
            for form in map(common_form, words)
            if SHORTEST_PART <= len(form) <= LONGEST_COMPOUND and form.isalpha()
        }
        self._words.update(map(common_form, packaged_words("parts.txt")))
        self._words -= never

    def __contains__(self, form: str) -> bool:
        return form in self._words or form in self._short

    def add(self, words: Iterable[str]) -> None:
        """Takes in the words of texts that came later."""
        self._words.update(
            form for form in map(common_form, words) if len(form) >= SHORTEST_PART + 1
        )

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound in their common form, or nothing when it is not one."""
        form = common_form(word)
        if not SHORTEST_COMPOUND <= len(form) <= LONGEST_COMPOUND or not form.isalpha():
            return ()
        return self._split(form, depth=3)

    def _split(self, form: str, depth: int) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        for cut in range(len(form) - 3, 2, -1):
            tail = form[cut:]
            if not self._is_last_part(tail):
                continue
            parts = self._before(form[:cut], depth)
            if parts and _better((*parts, tail), best):
                best = (*parts, tail)
        return best

    def _before(self, head: str, depth: int) -> tuple[str, ...]:
        """What stands before the last part: one word, or several, with or without a link."""
        for link in _LINKS:
            bare = head.removesuffix(link) if link else head
            if (link == "" or bare != head) and bare in self:
                return (bare,)
        if depth <= 2 or len(head) < SHORTEST_COMPOUND:
            return ()
        for link in _LINKS:
            bare = head.removesuffix(link) if link else head
            if (link == "" or bare != head) and (parts := self._split(bare, depth - 1)):
                return parts
        return ()

    def _is_last_part(self, tail: str) -> bool:
        """Also in the definite and plural: -en, -et, -ene, -er … of a known word."""
        if tail in self:
            return True
        return any(
            tail.endswith(ending) and tail.removesuffix(ending) in self
            for ending in ("en", "et", "ene", "er", "ane", "ar", "a", "n", "ne", "r")
            if len(tail) - len(ending) >= 3
        )


def _better(parts: tuple[str, ...], best: tuple[str, ...]) -> bool:
    if not best:
        return True
    return (-len(parts), min(map(len, parts))) > (-len(best), min(map(len, best)))
