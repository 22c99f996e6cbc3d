"""Finding help in everyday Norwegian: text analysis, understanding and a Tantivy index.

Knows nothing of models or pages. What goes in and out are the plain values below.
"""

from samtun.search.entries import Entry, EntryText, Opening
from samtun.search.errors import IndexDamaged, IndexMissing, IndexNotWritable, SearchError
from samtun.search.index import Index
from samtun.search.questions import AGE_BANDS, Filters, Hit, Query, Results
from samtun.search.reader import Reader, understand
from samtun.search.understanding import Understanding
from samtun.search.vocabulary import Municipality, PostalCode, Term, Vocabulary

__all__ = [
    "AGE_BANDS",
    "Entry",
    "EntryText",
    "Filters",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexMissing",
    "IndexNotWritable",
    "Municipality",
    "Opening",
    "PostalCode",
    "Query",
    "Reader",
    "Results",
    "SearchError",
    "Term",
    "Understanding",
    "Vocabulary",
    "understand",
]
