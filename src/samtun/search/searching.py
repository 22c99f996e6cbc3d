"""Answering one query from what is loaded."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import ceil
from threading import Lock
from typing import cast

import tantivy
from tantivy import Occur
from tantivy import Query as Clause

from samtun.search.analysis import FACET_MARKS
from samtun.search.bitmaps import bitmap, numbers_in
from samtun.search.columns import LISTED_FACETS, Columns
from samtun.search.columns import Order as Sorting
from samtun.search.questions import FACETS, Filters, Hit, Query, Relaxed, Results
from samtun.search.reader import Reader
from samtun.search.relevance import Asking, Judge, Scale
from samtun.search.understanding import Understanding, Word
from samtun.search.vocabulary import Vocabulary

JUDGED = 100
RANKED = 1000
SPARE, FEW_MORE = 1.5, 50
WIDE_SCOPE = 2 / 3
KEPT_TERMS, KEPT_ENTRIES = 2000, 32_000_000
"""So many terms are remembered, fewer where there are more entries: four megabytes at most."""
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
            if len(self.terms) >= min(KEPT_TERMS, KEPT_ENTRIES // max(1, self.columns.size)):
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
        scores, addresses = zip(*hits, strict=True)
        numbers = self.searcher.fast_field_values("number", list(addresses))
        size = self.columns.size
        pairs = zip(cast("list[int]", numbers), scores, strict=True)
        return [pair for pair in pairs if pair[0] < size]


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

    @property
    def strictness(self) -> float:
        """How many entries Tantivy finds for each one that is open now, if that was asked."""
        return self._but("open_now").bit_count() / max(self.all.bit_count(), 1)

    def facets(self) -> dict[str, dict[str, int]]:
        """The count of each value that occurs, and of each that is chosen."""
        return {facet: self._counts(facet) for facet in FACETS}

    def _counts(self, facet: str) -> dict[str, int]:
        left = self._but(facet) if facet in self._narrowed else self.all
        counts = dict.fromkeys(self._query.filters.chosen().get(facet, ()), 0)
        return counts | self._counted(facet, left) if left else counts

    def _counted(self, facet: str, left: int) -> dict[str, int]:
        columns = self._columns
        if facet == "municipality":
            return columns.municipality_counts(left, self._query.scope)
        if facet in LISTED_FACETS:
            return columns.counts(facet, left)
        count = (left & columns.having(facet, "yes", self._query.now)).bit_count()
        return {"yes": count} if count else {}


def _results(
    loaded: Loaded,
    query: Query,
    meant: Understanding,
    chosen: _Narrowing,
    relaxed: Relaxed | None,
    shown: Understanding | None = None,
) -> Results:
    ordered = _ordered(loaded, query, meant, chosen)
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
    loaded: Loaded, query: Query, meant: Understanding, narrowing: _Narrowing
) -> list[tuple[int, float]]:
    """At least as many as the page needs, best first."""
    chosen = narrowing.all
    enough = max(0, query.offset) + max(0, query.limit)
    columns = loaded.columns
    if query.order == "distance" and query.origin:
        return _by_distance(columns, query.origin, chosen)
    if query.order == "name":
        return _first(columns, columns.name_order, chosen, enough)
    if meant.is_empty:
        return _first(columns, columns.default_order, chosen, enough)
    return _by_relevance(loaded, query, meant, narrowing, enough)


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
    loaded: Loaded, query: Query, meant: Understanding, narrowing: _Narrowing, enough: int
) -> list[tuple[int, float]]:
    """The best are judged on finer points; what Tantivy did not rank follows by name."""
    asking = Asking(loaded.schema, loaded.vocabulary, Scale.of(loaded.columns.size))
    clause = _marked(loaded, asking.clause(meant, _narrow(loaded.columns, query.scope)), query)
    ranked = _ranked(loaded, clause, narrowing, enough)
    judge = Judge(meant, loaded.columns, query.now.date())
    names = loaded.columns.name_order.ranks
    judged = [(number, judge.judged(number, score)) for number, score in ranked[:JUDGED]]
    judged.sort(key=lambda pair: (-pair[1], names[pair[0]]))
    ranked[:JUDGED] = judged
    chosen = narrowing.all
    if len(ranked) < enough and len(ranked) < chosen.bit_count():
        seen = bitmap((number for number, _ in ranked), loaded.columns.size)
        ranked += _first(
            loaded.columns, loaded.columns.default_order, chosen & ~seen, enough - len(ranked)
        )
    return ranked


def _marked(loaded: Loaded, clause: Clause, query: Query) -> Clause:
    """Within what bears the marks of the filters, as far as there are marks."""
    marks = []
    for facet, values in query.filters.chosen().items():
        if start := FACET_MARKS.get(facet):
            tags = [f"{start}:{value}".replace(" ", "_") for value in values]
            tags += ["country"] if facet == "municipality" else []
            having = Clause.term_set_query(loaded.schema, "tags", tags)
            marks.append((Occur.Must, Clause.const_score_query(having, 0.0)))
    return Clause.boolean_query([(Occur.Must, clause), *marks]) if marks else clause


def _narrow(columns: Columns, scope: frozenset[str] | None) -> frozenset[str] | None:
    """The scope, unless so much lies in it that Tantivy need not be told."""
    is_wide = columns.in_scope(scope).bit_count() > WIDE_SCOPE * columns.size
    return None if is_wide else scope


def _ranked(
    loaded: Loaded, clause: Clause, narrowing: _Narrowing, enough: int
) -> list[tuple[int, float]]:
    """The best of the chosen by Tantivy's score: as many as are judged or shown.

    Tantivy does not know what is open, nor which words make a match. It is asked for as many as
    should do, and once more for many when they did not.
    """
    most = max(RANKED, 2 * enough)
    wanted = min(max(JUDGED, enough), narrowing.all.bit_count())
    members = narrowing.all.to_bytes(loaded.columns.size // 8 + 1, "little")
    likely = int(SPARE * wanted * narrowing.strictness) + FEW_MORE
    limits = (likely, most) if 2 * likely < most else (most,)
    fitting: list[tuple[int, float]] = []
    for limit in limits:
        found = loaded.found(clause, limit)
        fitting = [pair for pair in found if members[pair[0] >> 3] >> (pair[0] & 7) & 1]
        if len(fitting) >= wanted or len(found) < limit:
            break
    return fitting[:wanted]
