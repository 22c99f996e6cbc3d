"""Answering one query from what is loaded."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from math import ceil
from threading import Lock

import tantivy
from tantivy import Query as Clause

from samtun.search.bitmaps import Members, bitmap, numbers_in
from samtun.search.columns import LISTED_FACETS, Columns
from samtun.search.columns import Order as Sorting
from samtun.search.questions import FACETS, Filters, Hit, Query, Relaxed, Results
from samtun.search.reader import Reader
from samtun.search.relevance import Asking, Judge, Scale
from samtun.search.understanding import Understanding, Word
from samtun.search.vocabulary import Vocabulary

JUDGED = 200
RANKED = 1000
KEPT_TERMS = 2000
FAINT_NEED, FAINT_GROUP, FAINT_READING = 0.3, 0.5, 0.4
GENERAL_HELP = {
    "parorendekoordinator": 1.0,
    "tildelingskontor": 0.8,
    "samtale-fagperson": 0.7,
    "koordinator-ip": 0.5,
    "hjelpetelefon": 0.5,
}
"""What is offered when a question could not be made sense of: people to ask."""


@dataclass(frozen=True)
class Loaded:
    """One state of the index in memory. Shared by all threads; never changed."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    columns: Columns
    vocabulary: Vocabulary
    reader: Reader
    terms: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def with_term(self, stem: str) -> int:
        """The entries that contain a term, as a bitmap; the latest are remembered."""
        known = self.terms.get(stem)
        if known is not None:
            return known
        term = Clause.const_score_query(Clause.term_query(self.schema, "text", stem, "freq"), 1.0)
        numbers = (number for number, _ in self.found(term, max(1, self.columns.size)))
        known = bitmap(numbers, self.columns.size) & self.columns.alive
        with self.lock:
            if len(self.terms) >= KEPT_TERMS:
                self.terms.clear()
            self.terms[stem] = known
        return known

    def has_in_title(self, stem: str) -> bool:
        """Whether any entry is called by a term."""
        return bool(self.found(Clause.term_query(self.schema, "title", stem, "freq"), 1))

    def found(self, clause: Clause, limit: int) -> list[tuple[int, float]]:
        """The best entries by number, with Tantivy's score."""
        hits = self.searcher.search(clause, limit, count=False).hits
        if not hits:
            return []
        numbers = self.searcher.fast_field_values("number", [address for _, address in hits])
        size = self.columns.size
        return [
            (int(number), float(hit[0]))
            for number, hit in zip(numbers, hits, strict=True)
            if number is not None and number < size
        ]


def answer(loaded: Loaded, query: Query) -> Results:
    """The results of a query; when there are none, those of a more lenient one, marked so."""
    meant = near_scope(loaded.reader.read(query.text, query.language), query.scope)
    matched = _matched(loaded, meant, query.scope)
    chosen = _Narrowing(loaded.columns, query, matched)
    if chosen.all or meant.is_empty:
        loose = meant.is_vague and not _named(loaded, meant)
        return _results(loaded, query, meant, chosen, "words" if loose else None)
    for relaxed, looser, reading in _leniently(loaded, query, meant):
        chosen = _Narrowing(loaded.columns, looser, _matched(loaded, reading, looser.scope))
        if chosen.all:
            return _results(loaded, looser, reading, chosen, relaxed, shown=meant)
    return _results(loaded, query, meant, _Narrowing(loaded.columns, query, 0), None)


def _named(loaded: Loaded, meant: Understanding) -> bool:
    """Whether the name or a keyword of an entry has one of the words."""
    stems = [word.stems[0][0] for word in meant.words if word.strong]
    return any(loaded.has_in_title(stem) for stem in stems)


def near_scope(meant: Understanding, scope: frozenset[str] | None) -> Understanding:
    """Of places that several municipalities have, the one that is asked in."""
    if not scope or not meant.places:
        return meant
    places = tuple(
        place._replace(municipalities=place.municipalities & scope or place.municipalities)
        for place in meant.places
    )
    return replace(meant, places=places)


def _leniently(
    loaded: Loaded, query: Query, meant: Understanding
) -> Iterable[tuple[Relaxed, Query, Understanding]]:
    """Ever more lenient readings: without filters, any word, whole country, general help."""
    bare = replace(query, filters=Filters(), offset=0)
    if query.filters.chosen():
        yield "filters", bare, meant
    loose = _loosened(meant, loaded.vocabulary)
    yield "words", bare, loose
    if query.scope is not None:
        yield "area", replace(bare, scope=None), meant
        yield "area", replace(bare, scope=None), loose
    general = Understanding(text=meant.text, language=meant.language, needs=GENERAL_HELP)
    yield "general", bare, general


def _loosened(meant: Understanding, vocabulary: Vocabulary) -> Understanding:
    """Any word will do, and a need brings its neighbours."""
    needs = dict(meant.needs)
    for need, weight in meant.needs.items():
        if parent := vocabulary.parents.get(need):
            needs.setdefault(parent, weight * 0.6)
    words = tuple(word._replace(strong=True, meant=False) for word in meant.words)
    return replace(meant, words=words[:1] if len(words) == 1 else words, needs=needs)


def _matched(loaded: Loaded, meant: Understanding, scope: frozenset[str] | None) -> int:
    """The entries that answer the question at all, before filters."""
    inside = loaded.columns.in_scope(scope)
    if meant.is_empty:
        return inside
    sets = loaded.columns.values
    matched = _with_enough_words(loaded, [word for word in meant.words if word.strong])
    for need, weight in meant.needs.items():
        if weight >= FAINT_NEED:
            matched |= sets["need"].get(need, 0)
    matched |= _of_groups(loaded, meant)
    if meant.is_blank or matched & inside or not meant.places:
        return matched & inside
    return _in_places(loaded, meant) & inside


def _of_groups(loaded: Loaded, meant: Understanding) -> int:
    """Life situations speak for themselves; roles only when nothing else was understood."""
    matched = 0
    roles = {term.id for term in loaded.vocabulary.target_groups if term.parent == "rolle"}
    for group, weight in meant.target_groups.items():
        alone = not meant.needs and not any(word.strong for word in meant.words)
        if weight >= FAINT_GROUP and (alone or group not in roles):
            matched |= loaded.columns.values["target_group"].get(group, 0)
    return matched


def _in_places(loaded: Loaded, meant: Understanding) -> int:
    """When only a place was named: what is offered there."""
    if any(word.strong for word in meant.words) or meant.needs:
        return 0
    by_municipality = loaded.columns.values["municipality"]
    found = 0
    for place in meant.places:
        for number in place.municipalities:
            found |= by_municipality.get(number, 0)
    return found


def _with_enough_words(loaded: Loaded, words: list[Word]) -> int:
    """The entries with any of one or two words, or with two fifths of more."""
    if not words:
        return 0
    required = 1 if len(words) <= 2 else ceil(len(words) * 0.4)
    having = [0] * (required + 1)
    having[0] = -1
    for word in words:
        found = 0
        for stem, weight in word.stems:
            if weight >= FAINT_READING or len(words) == 1:
                found |= loaded.with_term(stem)
        for count in range(required, 0, -1):
            having[count] |= having[count - 1] & found
    return having[required]


class _Narrowing:
    """What the filters leave, in all and for each facet without its own filter."""

    def __init__(self, columns: Columns, query: Query, matched: int) -> None:
        self._columns = columns
        self._query = query
        self._matched = matched
        self._narrowed = {
            facet: self._having_any(facet, values)
            for facet, values in query.filters.chosen().items()
        }
        self.all = self._but(None)

    def _having_any(self, facet: str, values: Iterable[str]) -> int:
        found = 0
        for value in values:
            found |= self._columns.having(facet, value, self._query.now)
        return found

    def _but(self, facet: str | None) -> int:
        left = self._matched
        for other, narrowed in self._narrowed.items():
            if other != facet:
                left &= narrowed
        return left

    def facets(self) -> dict[str, dict[str, int]]:
        """The count of each value that occurs, and of each that is chosen."""
        return {facet: self._counts(facet) for facet in FACETS}

    def _counts(self, facet: str) -> dict[str, int]:
        left = self._but(facet) if facet in self._narrowed else self.all
        counts = dict.fromkeys(self._query.filters.chosen().get(facet, ()), 0)
        if left:
            counts.update((value, count) for value, count in self._counted(facet, left) if count)
        return counts

    def _counted(self, facet: str, left: int) -> Iterable[tuple[str, int]]:
        columns, scope = self._columns, self._query.scope
        sets: list[tuple[str, int]]
        if facet == "municipality" and scope is None:
            return columns.municipality_counts(left)
        if facet == "municipality" and scope is not None:
            sets = [(number, columns.having(facet, number, self._query.now)) for number in scope]
        elif facet in LISTED_FACETS:
            sets = list(columns.values[facet].items())
        else:
            sets = [("yes", columns.having(facet, "yes", self._query.now))]
        return ((value, (left & having).bit_count()) for value, having in sets)


def _results(
    loaded: Loaded,
    query: Query,
    meant: Understanding,
    chosen: _Narrowing,
    relaxed: Relaxed | None,
    shown: Understanding | None = None,
) -> Results:
    ordered = _ordered(loaded, query, meant, chosen.all)
    first, last = max(0, query.offset), max(0, query.offset) + max(0, query.limit)
    hits = tuple(
        Hit(
            loaded.columns.ids[number],
            round(score, 4),
            loaded.columns.distance_km(number, query.origin) if query.origin else None,
        )
        for number, score in ordered[first:last]
    )
    return Results(chosen.all.bit_count(), hits, chosen.facets(), shown or meant, relaxed)


def _ordered(
    loaded: Loaded, query: Query, meant: Understanding, chosen: int
) -> list[tuple[int, float]]:
    """At least as many as the page needs, best first."""
    enough = max(0, query.offset) + max(0, query.limit)
    columns = loaded.columns
    if query.order == "distance" and query.origin:
        return _by_distance(columns, query.origin, chosen)
    if query.order == "name":
        return _first(columns, columns.name_order, chosen, enough)
    if meant.is_empty:
        return _first(columns, columns.default_order, chosen, enough)
    return _by_relevance(loaded, query, meant, chosen, enough)


def _first(columns: Columns, order: Sorting, chosen: int, enough: int) -> list[tuple[int, float]]:
    found: list[tuple[int, float]] = []
    for number in columns.in_order(order, chosen):
        if len(found) >= enough:
            break
        found.append((number, 0.0))
    return found


def _by_distance(
    columns: Columns, origin: tuple[float, float], chosen: int
) -> list[tuple[int, float]]:
    """Nearest first; what has no place comes last, by name."""
    far = float("inf")
    distances = {number: columns.distance_km(number, origin) for number in numbers_in(chosen)}
    nearest = sorted(
        distances,
        key=lambda n: (far if (d := distances[n]) is None else d, columns.names[n]),
    )
    return [(number, 0.0) for number in nearest]


def _by_relevance(
    loaded: Loaded, query: Query, meant: Understanding, chosen: int, enough: int
) -> list[tuple[int, float]]:
    """The best are judged on finer points; what Tantivy did not rank follows by name."""
    asking = Asking(loaded.schema, loaded.vocabulary, Scale.of(loaded.columns.size))
    members = Members(chosen)
    wanted = max(RANKED, 2 * enough)
    found = loaded.found(asking.clause(meant, query.scope), wanted)
    fitting = (pair for pair in found if pair[0] in members)
    ranked = list(islice(fitting, max(JUDGED, enough)))
    judge = Judge(meant, loaded.columns, query.now.date())
    names = loaded.columns.names
    judged = [(number, judge.judged(number, score)) for number, score in ranked[:JUDGED]]
    judged.sort(key=lambda pair: (-pair[1], names[pair[0]]))
    ranked[:JUDGED] = judged
    if len(ranked) < enough and len(ranked) < chosen.bit_count():
        seen = bitmap((number for number, _ in ranked), loaded.columns.size)
        ranked += _first(
            loaded.columns, loaded.columns.default_order, chosen & ~seen, enough - len(ranked)
        )
    return ranked
