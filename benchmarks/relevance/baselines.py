"""Two searches as they come: what a municipality would have without ours.

Both index the same texts in all languages, keywords, provider and places included, of the same
offers: in this region every offer covers Valdres, part of it, or the country.
"""

import re
import sqlite3
from collections.abc import Callable, Mapping

import tantivy

from benchmarks.relevance.offers import Offer

Search = Callable[[str], list[str]]
"""From a query to offer keys, best first."""

DEPTH = 10


def sqlite_fts5(offers: Mapping[str, Offer]) -> Search:
    """SQLite's full text search: unicode61, any of the words, bm25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE offers USING fts5(key UNINDEXED, text)")
    database.executemany(
        "INSERT INTO offers VALUES (?, ?)", [(key, _text(offer)) for key, offer in offers.items()]
    )

    def search(query: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in _words(query))
        if not words:
            return []
        rows = database.execute(
            "SELECT key FROM offers WHERE offers MATCH ? ORDER BY rank LIMIT ?", (words, DEPTH)
        )
        return [str(key) for (key,) in rows]

    return search


def tantivy_norwegian(offers: Mapping[str, Offer]) -> Search:
    """Tantivy with its Norwegian stemmer, its default BM25 and its lenient query parser."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name="norwegian")
    index = tantivy.Index(builder.build())
    index.register_tokenizer("norwegian", _norwegian())
    writer = index.writer(heap_size=15_000_000, num_threads=1)
    for key, offer in offers.items():
        writer.add_document(tantivy.Document(key=key, text=_text(offer)))
    writer.commit()
    index.reload()

    def search(query: str) -> list[str]:
        parsed, _ = index.parse_query_lenient(" ".join(_words(query)), ["text"])
        searcher = index.searcher()
        return [
            str(searcher.doc(address).get_first("key"))
            for _, address in searcher.search(parsed, DEPTH).hits
        ]

    return search


def _words(query: str) -> list[str]:
    """The words alone: what people type is no query language."""
    return re.findall(r"\w+", query.lower())


def _norwegian() -> tantivy.TextAnalyzer:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(40))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("norwegian"))
        .build()
    )


def _text(offer: Offer) -> str:
    words = [*offer.texts.values(), *offer.keywords, offer.provider, *offer.places]
    return "\n".join(words)
