"""Writing the index: all of it in a new generation, or changes to the present one."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import orjson
import tantivy

from samtun.search.analysis import Analyser, tags, word_counts
from samtun.search.compounds import SHORTEST_PART, Lexicon
from samtun.search.entries import Entry
from samtun.search.errors import IndexNotWritable
from samtun.search.facts import as_line, entry_facts
from samtun.search.profiles import learn
from samtun.search.spelling import Speller
from samtun.search.storage import FACTS
from samtun.search.thesaurus import known_words, phrases_of
from samtun.search.vocabulary import Vocabulary

WORDS = "words.json"
KEYS = "keys.bin"
VOCABULARY = "vocabulary.json"
ASSOCIATIONS = "associations.json"
TANTIVY = "tantivy"
KNOWN_WORD_COUNT = 3
LONGEST_PART = 16
REPORT_EVERY = 500
_SMALL_HEAP, _LARGE_HEAP = 30_000_000, 160_000_000
_LARGE = 20_000

Progress = Callable[[int, int], None]


def schema() -> tantivy.Schema:
    """The fields in Tantivy; terms come ready made, separated by spaces."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("tags", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", fast=True)
    return builder.build()


@contextmanager
def write_errors() -> Iterator[None]:
    """A full disk or a missing permission, said plainly."""
    try:
        yield
    except (OSError, ValueError, RuntimeError) as error:
        raise IndexNotWritable(f"the search index could not be written: {error}") from error


def build(
    directory: Path,
    entries: Sequence[Entry],
    vocabulary: Vocabulary,
    progress: Progress | None = None,
) -> None:
    """Writes a whole generation into an empty directory.

    Entries are numbered as they are listed, so that the better of equals come first.
    """
    entries = sorted(entries, key=_listed)
    counts = word_counts(entries)
    parts = compound_words(counts, vocabulary)
    write_words(directory, counts, vocabulary, parts)
    (directory / VOCABULARY).write_bytes(orjson.dumps(vocabulary.as_data()))
    (directory / TANTIVY).mkdir()
    index = tantivy.Index(schema(), str(directory / TANTIVY))
    heap = _LARGE_HEAP if len(entries) > _LARGE else _SMALL_HEAP
    analyser = Analyser(Lexicon(parts))
    associations = learn(phrases_of(vocabulary), entries, analyser)
    (directory / ASSOCIATIONS).write_bytes(orjson.dumps(associations))
    with _writer(index, heap) as writer, (directory / FACTS).open("wb") as facts:
        for number, entry in enumerate(entries):
            writer.add_document(document(entry, number, analyser, vocabulary))
            facts.write(as_line(entry_facts(entry, vocabulary)))
            if progress and number % REPORT_EVERY == 0:
                progress(number, len(entries))
    if progress:
        progress(len(entries), len(entries))


def _listed(entry: Entry) -> tuple[bool, int, str]:
    """Local before national, recently confirmed first, then by name."""
    month = entry.assured_on.toordinal() // 31 if entry.assured_on else 0
    return entry.covers_country, -month, entry.main_name


@contextmanager
def _writer(index: tantivy.Index, heap: int) -> Iterator[tantivy.IndexWriter]:
    """Commits if all went well; in any case nothing is written any more when it is left."""
    writer = index.writer(heap, 1)
    try:
        yield writer
        writer.commit()
    finally:
        writer.wait_merging_threads()


def document(
    entry: Entry, number: int, analyser: Analyser, vocabulary: Vocabulary
) -> tantivy.Document:
    """An entry as Tantivy keeps it."""
    made = tantivy.Document()
    title, text = analyser.title_and_text(entry)
    made.add_text("title", title)
    made.add_text("text", text)
    made.add_text("tags", tags(entry, vocabulary))
    made.add_text("key", entry.id)
    made.add_unsigned("number", number)
    return made


def compound_words(counts: Counter[str], vocabulary: Vocabulary) -> set[str]:
    """What compounds may be made of: words used more than once, and the vocabulary's."""
    used = {
        word
        for word, count in counts.items()
        if count > 1 and SHORTEST_PART <= len(word) <= LONGEST_PART and word.isalpha()
    }
    return used | known_words(vocabulary)


def write_words(
    directory: Path, counts: Counter[str], vocabulary: Vocabulary, parts: set[str]
) -> None:
    """The words for spelling, with how often they are used."""
    for word in known_words(vocabulary):
        counts[word] += KNOWN_WORD_COUNT
    speller = Speller.of({word: count for word, count in counts.items() if word.isalpha()})
    data = {
        "words": speller.words,
        "counts": speller.counts.tolist(),
        "compound_words": sorted(parts),
    }
    (directory / WORDS).write_bytes(orjson.dumps(data))
    (directory / KEYS).write_bytes(speller.keys.tobytes())


def append(
    directory: Path,
    *,
    first_number: int,
    entries: Sequence[Entry],
    removed: Iterable[str],
    analyser: Analyser,
    vocabulary: Vocabulary,
    speller: Speller,
    facts_size: int,
) -> None:
    """Adds changes to a generation; until its manifest is written, no reader takes them in."""
    gone = [*removed, *(entry.id for entry in entries)]
    with (directory / FACTS).open("r+b") as facts:
        facts.truncate(facts_size)
        facts.seek(facts_size)
        for key in gone:
            facts.write(as_line({"id": key}))
        for entry in entries:
            new = sorted(word for word in word_counts([entry]) if word not in speller)
            facts.write(as_line(entry_facts(entry, vocabulary) | {"words": new}))
    with _writer(tantivy.Index.open(str(directory / TANTIVY)), _SMALL_HEAP) as writer:
        for key in gone:
            writer.delete_documents_by_term("key", key)
        for number, entry in enumerate(entries, start=first_number):
            writer.add_document(document(entry, number, analyser, vocabulary))
