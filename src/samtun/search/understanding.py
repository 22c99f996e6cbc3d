"""What a question means: needs, life situations, ages, places and the words to look for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from samtun.search.places import Place

WEAK_WORD, MEANT_WORD, UNDERSTOOD = 0.35, 0.6, 0.5


class Word(NamedTuple):
    """A word to look for: its stems with weights.

    A strong word can make a match alone; a meant one was taken up by a phrase of the thesaurus,
    so that its letters count less.
    """

    shown: str
    stems: tuple[tuple[str, float], ...]
    strong: bool
    meant: bool = False

    @property
    def strength(self) -> float:
        """How much the word counts among the others."""
        if self.meant:
            return MEANT_WORD
        return 1.0 if self.strong else WEAK_WORD


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a question was read. Weights go from 0 to a little above 1."""

    text: str
    language: str = "nb"
    words: tuple[Word, ...] = ()
    corrections: Mapping[str, str] = field(default_factory=dict)
    needs: Mapping[str, float] = field(default_factory=dict)
    target_groups: Mapping[str, float] = field(default_factory=dict)
    ages: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    meeting: frozenset[str] = frozenset()
    free: bool = False
    urgent: bool = False
    from_child: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked at all."""
        return not self.text.strip()

    @property
    def is_vague(self) -> bool:
        """Whether only the letters of some words are to go by."""
        if self.target_groups or self.places or not any(word.strong for word in self.words):
            return False
        return not any(weight >= UNDERSTOOD for weight in self.needs.values())

    @property
    def is_blank(self) -> bool:
        """Whether nothing in the question could be made use of."""
        return not (self.words or self.needs or self.target_groups or self.places)
