"""How well an entry answers a question: the Tantivy query, and the finer points after it."""

from collections.abc import Iterator, Mapping
from datetime import date
from math import log
from typing import NamedTuple

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from samtun.search.columns import Columns
from samtun.search.understanding import Understanding, Word
from samtun.search.vocabulary import Vocabulary

TITLE, TEXT = 2.6, 1.0
NEED, GROUP, PLACE, CHILDREN, URGENT, MEETING = 3.2, 1.5, 1.6, 0.8, 1.2, 0.5
OWN, LOCAL, FRESH = 1.1, 1.06, 0.06
FRESH_DAYS = 540
SEVERAL_NEEDS = 0.35
ASKED_FOR, ANOTHER_SITUATION, UNASKED_SITUATION = 0.5, 0.72, 0.88
SITUATIONS = frozenset(
    {"kreft", "demens", "psykisk", "rus", "somatisk", "nevro", "funksjon", "utvikling", "sjelden"}
    | {"spiseforstyrrelse", "selvmord", "livets-slutt", "fengsel", "vold", "samlivsbrudd"}
)
"""Target groups that name an illness or a situation; others name a person."""
CLEAR_NEED, TEXT_WHEN_CLEAR = 0.75, 0.55


class Scale(NamedTuple):
    """How strongly marks count beside words: words weigh more the larger the index."""

    unit: float

    @classmethod
    def of(cls, size: int) -> "Scale":
        return cls(1.0 + log(1 + size / 20))


class Asking(NamedTuple):
    """A question ready for Tantivy."""

    schema: tantivy.Schema
    vocabulary: Vocabulary
    scale: Scale

    def clause(self, meant: Understanding, scope: frozenset[str] | None) -> Clause:
        """Everything that speaks for an entry, within the scope."""
        wanted = [(Occur.Should, clause) for clause in self._wanted(meant)]
        query = Clause.boolean_query(wanted)
        if scope is None:
            return query
        within = [f"m:{number}" for number in sorted(scope)] + ["country"]
        inside = Clause.const_score_query(Clause.term_set_query(self.schema, "tags", within), 0.0)
        return Clause.boolean_query([(Occur.Must, inside), (Occur.Must, query)])

    def _wanted(self, meant: Understanding) -> Iterator[Clause]:
        clear = any(weight >= CLEAR_NEED for weight in meant.needs.values())
        for word in meant.words:
            yield self._word(word, TEXT_WHEN_CLEAR if clear else 1.0)
        unit = self.scale.unit
        if meant.needs:
            marks = [self._tag(f"n:{n}", NEED * w * unit) for n, w in meant.needs.items()]
            yield Clause.disjunction_max_query(marks, SEVERAL_NEEDS)
        for group, weight in meant.target_groups.items():
            yield self._tag(f"g:{group}", GROUP * weight * unit)
        for number in sorted({n for place in meant.places for n in place.municipalities}):
            yield self._tag(f"m:{number}", PLACE * unit)
        for way in sorted(meant.meeting):
            yield self._tag(f"t:{way}", MEETING * unit)
        if meant.from_child:
            yield self._tag("children", CHILDREN * unit)
        if meant.urgent:
            yield self._tag("urgent", URGENT * unit)

    def _tag(self, tag: str, weight: float) -> Clause:
        return Clause.const_score_query(
            Clause.term_query(self.schema, "tags", tag, "basic"), weight
        )

    def _word(self, word: Word, factor: float) -> Clause:
        readings = []
        for stem, weight in word.stems:
            strength = weight * word.strength * factor
            for field, boost in (("title", TITLE), ("text", TEXT)):
                term = Clause.term_query(self.schema, field, stem, "freq")
                readings.append(Clause.boost_query(term, boost * strength))
        return Clause.disjunction_max_query(readings, 0.25)


class Judge:
    """The finer points: place, age, who is asking, local before national, fresh before old."""

    def __init__(self, meant: Understanding, columns: Columns, today: date) -> None:
        self._meant = meant
        self._columns = columns
        self._today = today.toordinal()
        self._places = self._covering(columns.values["municipality"])
        self._special, self._fitting = self._situations(columns.values["target_group"])

    def _covering(self, by_municipality: Mapping[str, int]) -> int:
        covering = 0
        for place in self._meant.places:
            for number in place.municipalities:
                covering |= by_municipality.get(number, 0)
        return covering

    def _situations(self, by_group: Mapping[str, int]) -> tuple[int, int]:
        """The entries meant for some illness or situation, and those meant for the one asked."""
        special = fitting = 0
        for group, having in by_group.items():
            if group in SITUATIONS:
                special |= having
                if self._meant.target_groups.get(group, 0.0) >= ASKED_FOR:
                    fitting |= having
        return special, fitting

    def judged(self, number: int, score: float) -> float:
        """The score of one entry after all."""
        columns, meant = self._columns, self._meant
        national = number in columns.country
        if not national:
            score *= LOCAL if len(columns.covered[number]) > 1 else OWN
        if self._places:
            score *= self._place_factor(number, national=national)
        if meant.ages:
            score *= self._age_factor(number)
        if meant.urgent and number in columns.urgent:
            score *= 1.2
        score *= self._audience_factor(number) * self._situation_factor(number)
        return score * (1.0 + FRESH * self._freshness(number))

    def _place_factor(self, number: int, *, national: bool) -> float:
        if self._places >> number & 1:
            return 1.0
        return 0.85 if national else 0.5

    def _age_factor(self, number: int) -> float:
        youngest, oldest = self._columns.youngest[number], self._columns.oldest[number]
        if youngest < 0 and oldest < 0:
            return 1.0
        fits = any(
            (youngest < 0 or age >= youngest) and (oldest < 0 or age <= oldest)
            for age in self._meant.ages
        )
        return 1.1 if fits else 0.6

    def _situation_factor(self, number: int) -> float:
        """Less for what is meant for another illness or situation than the one asked about."""
        if not self._special >> number & 1 or self._fitting >> number & 1:
            return 1.0
        return ANOTHER_SITUATION if self._fitting else UNASKED_SITUATION

    def _audience_factor(self, number: int) -> float:
        if number not in self._columns.children:
            return 1.0
        return 1.1 if self._meant.from_child else 0.85

    def _freshness(self, number: int) -> float:
        """1 for confirmed today, falling evenly to 0."""
        age = self._today - self._columns.assured[number]
        return max(0.0, min(1.0, 1.0 - age / FRESH_DAYS))
