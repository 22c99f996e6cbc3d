"""The search index: open it, rebuild it, change it, ask it."""

import os
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, RLock, Thread
from time import monotonic
from typing import Self

import orjson
import tantivy

from samtun.search import building, storage
from samtun.search.analysis import Analyser
from samtun.search.columns import Columns
from samtun.search.compounds import Lexicon
from samtun.search.entries import Entry
from samtun.search.errors import IndexDamaged, SearchError
from samtun.search.facts import facts_in
from samtun.search.questions import Query, Results
from samtun.search.reader import Reader
from samtun.search.searching import Loaded, answer
from samtun.search.spelling import Speller
from samtun.search.storage import Manifest
from samtun.search.understanding import Understanding
from samtun.search.vocabulary import Vocabulary

LARGE = 10_000
"""More entries than this are read aside, while questions are answered as before."""
SECONDS_BETWEEN_LOOKS = 1.0
PATIENCE = 0.3

_Stamp = tuple[int, int, int]


class Index:
    """An open index. Threads may share it; other processes' changes are noticed by themselves.

    Everything raises SearchError only: IndexMissing and IndexDamaged when it cannot answer,
    IndexNotWritable when it cannot be changed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock, self._starting = RLock(), Lock()
        self._known: _Known | None = None
        self._thread: Thread | None = None
        self._failure: SearchError | None = None
        self._look_again = 0.0
        self._load()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Self:
        """The index in this directory, after checking that every file is whole."""
        return cls(Path(path))

    @classmethod
    def rebuild(
        cls,
        path: str | os.PathLike[str],
        entries: Iterable[Entry],
        vocabulary: Vocabulary,
        progress: building.Progress | None = None,
    ) -> Self:
        """Builds as `build` does, and opens what was built."""
        cls.build(path, entries, vocabulary, progress)
        return cls.open(path)

    @staticmethod
    def build(
        path: str | os.PathLike[str],
        entries: Iterable[Entry],
        vocabulary: Vocabulary,
        progress: building.Progress | None = None,
    ) -> int:
        """Builds all anew beside what is there and then switches; open readers go on.

        `progress` is called with how many entries are done, of how many; their number is
        returned. If anything fails, what was there before still stands. Other writers wait from
        before the first entry is read, so that a change meanwhile comes after, and is not lost.
        """
        place = Path(path)
        with storage.writing(place):
            listed = list({entry.id: entry for entry in entries}.values())
            with building.write_errors(), storage.new_generation(place) as directory:
                building.build(directory, listed, vocabulary, progress)
        return len(listed)

    def update(self, entries: Iterable[Entry] = (), removed: Iterable[str] = ()) -> None:
        """Puts changed entries in the place of what had their ids, and takes others out."""
        changed = list({entry.id: entry for entry in entries}.values())
        gone = list(removed)
        if not changed and not gone:
            return
        with self._lock, storage.writing(self._path):
            if not (self._is_current() and self._are_untouched()):
                self._read()  # not _load: the writers' lock is held already
            with building.write_errors():
                self._append(changed, gone)
            if not self._is_large():
                self._read()

    def search(self, query: Query) -> Results:
        """The answer to a query. Any text is accepted; raises SearchError if damaged.

        Of a large index, changes show some seconds late: until they are read, the answer is that
        of before.
        """
        self._refresh()
        with storage.tantivy_errors():
            return answer(self._loaded, query)

    def understand(self, text: str, language: str = "nb") -> Understanding:
        """How a question is read with the words of this index."""
        return self._loaded.reader.read(text, language)

    def __len__(self) -> int:
        return self._loaded.columns.alive.bit_count()

    def _append(self, changed: list[Entry], gone: list[str]) -> None:
        manifest, known = self._manifest, self._known
        if known is None:
            return
        building.append(
            self._directory,
            first_number=self._loaded.columns.size,
            entries=changed,
            removed=gone,
            analyser=Analyser(known.lexicon),
            vocabulary=self._loaded.vocabulary,
            speller=known.speller,
            facts_size=manifest.files[storage.FACTS][0],
        )
        storage.write_manifest(self._directory, manifest.revision + 1, manifest)

    def _refresh(self) -> None:
        """Takes in what another process wrote; raises if the files are not as they were."""
        if self._failure:
            raise self._failure
        if not self._is_current():
            if self._is_large():
                self._load_aside()
                return
        elif monotonic() < self._look_again or self._are_untouched():
            return
        with self._lock:
            if not (self._is_current() and self._are_untouched()):
                self._load()

    def _is_current(self) -> bool:
        """Whether nobody has written since this was read."""
        return self._seen == self._stamps(self._directory)

    def _are_untouched(self) -> bool:
        """Whether the files are those that were read; looked at no more than once a second."""
        self._look_again = monotonic() + SECONDS_BETWEEN_LOOKS
        return all(_stamp(file) == stamp for file, stamp in self._touched.items())

    def _is_large(self) -> bool:
        return self._loaded.columns.size > LARGE

    def _load_aside(self) -> None:
        """Reads in a thread of its own, so that nobody waits."""
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._load_quietly, name="search-load", daemon=True)
                self._thread.start()

    def _load_quietly(self) -> None:
        try:
            self._load()
        except SearchError as error:
            self._failure = error

    def _load(self) -> None:
        """Reads the present state; once more, without a writer, if it was not whole."""
        with self._lock:
            try:
                self._read()
            except IndexDamaged:
                with storage.writing(self._path, patience=PATIENCE):
                    self._read()

    def _read(self) -> None:
        directory = storage.current_generation(self._path)
        seen = self._stamps(directory)
        manifest = storage.read_manifest(directory)
        manifest.check(directory)
        with storage.tantivy_errors(), storage.unexpected_structure():
            self._take(directory, manifest)
        self._touched = {name: _stamp(name) for name in _paths(directory, manifest)}
        self._manifest, self._directory, self._seen = manifest, directory, seen

    def _take(self, directory: Path, manifest: Manifest) -> None:
        size = manifest.files[storage.FACTS][0]
        columns = Columns(facts_in(directory / storage.FACTS, size)).prepare()
        if self._known is None or self._known.directory != directory:
            self._known = _Known.read(directory)
        known = self._known
        known.reader.take_in(columns.extra_words)
        index = tantivy.Index.open(str(directory / building.TANTIVY))
        self._loaded = Loaded(
            index.searcher(), index.schema, columns, known.vocabulary, known.reader
        )

    def _stamps(self, directory: Path) -> tuple[_Stamp, _Stamp]:
        """What changes when anybody writes: the pointer and the manifest."""
        return _stamp(f"{self._path}/current"), _stamp(f"{directory}/{storage.MANIFEST}")


def _paths(directory: Path, manifest: Manifest) -> Iterator[str]:
    return (f"{directory}/{name}" for name in manifest.files)


def _stamp(file: str) -> _Stamp:
    try:
        status = os.stat(file)  # noqa: PTH116  (for every question: a Path costs as much again)
    except OSError:
        return (0, 0, 0)
    return (status.st_ino, status.st_size, status.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class _Known:
    """What stays the same within a generation, however many changes come."""

    directory: Path
    vocabulary: Vocabulary
    speller: Speller
    lexicon: Lexicon
    reader: Reader

    @classmethod
    def read(cls, directory: Path) -> "_Known":
        words = orjson.loads((directory / building.WORDS).read_bytes())
        keys = array("Q")
        keys.frombytes((directory / building.KEYS).read_bytes())
        speller = Speller(words["words"], words["counts"], keys)
        data = orjson.loads((directory / building.VOCABULARY).read_bytes())
        vocabulary = Vocabulary.from_data(data)
        lexicon = Lexicon(words["compound_words"])
        learnt = orjson.loads((directory / building.ASSOCIATIONS).read_bytes())
        associations = dict(learnt.items())  # fails on anything but a dictionary
        reader = Reader(vocabulary, speller, lexicon, associations)
        return cls(directory, vocabulary, speller, lexicon, reader)
