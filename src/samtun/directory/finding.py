"""Searching the directory, and keeping the index true to the database.

The index is derived and can always be made again: when it is missing or damaged, pages answer
from the database while one process rebuilds it.
"""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from samtun import search
from samtun.directory import listings
from samtun.directory.enums import Taxonomies
from samtun.directory.models import Listing, TaxonomyTerm
from samtun.directory.queries import plain_search
from samtun.organisations import recent
from samtun.organisations.models import Municipality, PostalCode

log = logging.getLogger(__name__)

Progress = Callable[[int], None]


class KeptIndex:
    """An index in a folder of its own, kept true to the database; also for what others search.

    `build` writes all of it anew and gives how much that is. Processes that build at the same time
    wait for each other. `name` is that of the marks beside the folder.
    """

    def __init__(
        self, name: str, folder: Callable[[], Path], build: Callable[[Progress | None], int]
    ) -> None:
        self.folder = folder
        self._name = name
        self._build = build
        self._opened: dict[Path, search.Index] = {}
        self._guard = threading.Lock()

    def answer(self, query: search.Query) -> search.Results | None:
        """The answer; None when there is none to be had, while the index is built anew."""
        try:
            if not self._is_rebuilding():
                return self.open().search(query)
        except search.SearchError as error:
            log.warning("search index cannot answer: %s", type(error).__name__)
            self.forget()
            self.rebuild_in_background()
        return None

    def open(self) -> search.Index:
        """The index, opened once.

        Raises:
            search.SearchError: it is missing or damaged.
        """
        folder = self.folder()
        index = self._opened.get(folder)
        if index is None:
            with self._guard:
                index = self._opened.get(folder) or search.Index.open(folder)
                self._opened[folder] = index
        return index

    def forget(self) -> None:
        """Open it anew next time."""
        with self._guard:
            self._opened.pop(self.folder(), None)

    def state(self) -> str:
        """`ok`, `missing`, `damaged` or `stale` (a change could not be written to it)."""
        if self._stale_mark().exists():
            return "stale"
        try:
            self.open()
        except search.IndexMissing:
            return "missing"
        except search.SearchError:
            return "damaged"
        return "ok"

    def update(self, entries: list[search.Entry], gone: list[str]) -> None:
        """The change is saved already: a full disk here must not look like a failed save."""
        try:
            self.open().update(entries, gone)
        except search.IndexMissing:
            self._mark_stale()  # no trouble; but whoever makes it now may have read what was before
        except search.SearchError as error:
            log.warning("search index not updated: %s", type(error).__name__)
            self._mark_stale()

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the whole index anew; readers keep the old one until the new one is complete.

        Raises:
            search.IndexNotWritable: no space or no permission; the old index still stands.
        """
        with self._alone():
            return self._build(progress)

    def renew(self, entries: Iterable[search.Entry]) -> int:
        """Write `entries` and nothing else; for `build`, which holds the lock."""
        self._stale_mark().unlink(missing_ok=True)
        count = search.Index.build(self.folder(), entries, vocabulary())
        self.forget()
        return count

    def rebuild_quietly(self) -> None:
        """Whoever comes second waits, and finds that another process has done it."""
        try:
            with self._alone():
                if not self._can_be_opened():
                    self._build(None)
            self.open()  # so that no visitor waits for it
        except (search.SearchError, OSError) as error:
            log.warning("search index not rebuilt: %s", type(error).__name__)
        finally:
            connections.close_all()

    def _can_be_opened(self) -> bool:
        try:
            self.open()
        except search.SearchError:
            return False
        return True

    def _is_rebuilding(self) -> bool:
        return any(thread.name == self._thread for thread in threading.enumerate())

    @property
    def _thread(self) -> str:
        return f"{self._name}-rebuild"

    def rebuild_in_background(self) -> None:
        """Start to, unless this process does already."""
        if not self._is_rebuilding():
            threading.Thread(target=self.rebuild_quietly, name=self._thread, daemon=True).start()

    def _stale_mark(self) -> Path:
        return self.folder().parent / f"{self._name}.stale"

    def _mark_stale(self) -> None:
        try:
            self._stale_mark().touch()
        except OSError as error:
            log.warning("search index is stale and cannot be marked so: %s", type(error).__name__)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other process rebuilds."""
        path = self.folder().parent / f"{self._name}.lock"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `is_plain`: the index could not answer, so this is the database's word
    search, without facets, spelling or understanding."""

    results: search.Results
    is_plain: bool = False


def find(query: search.Query) -> Answer:
    """Services for `query`, best first; never raises for what a visitor typed."""
    results = _kept.answer(query)
    return Answer(results) if results else Answer(plain_search.results(query), is_plain=True)


def prepare() -> None:
    """Open the index now, so that the first visitor need not wait; a bad one is met later."""
    with suppress(search.SearchError):
        _kept.open()


def state() -> str:
    """`ok`, `missing`, `damaged` or `stale` (a change could not be written to it)."""
    return _kept.state()


def rebuild(progress: Progress | None = None) -> int:
    """Make all listings and the whole index anew; returns how many services there are.

    `progress` is called with the number done so far. Readers keep the old index until the new one
    is complete.

    Raises:
        search.IndexNotWritable: no space or no permission; the old index still stands.
    """
    return _kept.rebuild(progress)


def _rebuild(progress: Progress | None) -> int:
    count = _kept.renew(_entries(progress))
    recent.forget()
    return count


def refresh(services: Sequence[UUID]) -> None:
    """Bring listings, and at commit the index, up to date with changed services.

    Call it inside the transaction of the change, with every service whose page would change.
    """
    with transaction.atomic():
        found = list(listings.found(services))
        public = {UUID(one.id) for one in found}
        Listing.objects.filter(service__in=set(services) - public).delete()
        listings.renew(found)
        gone = [str(service) for service in services if service not in public]
        entries = [listings.entry(one) for one in found]
        transaction.on_commit(lambda: _kept.update(entries, gone))


def vocabulary() -> search.Vocabulary:
    """Needs, target groups and places as search knows them, with the installation's own words."""
    own_words = sorted((Path(settings.DATA_DIR) / "thesaurus").glob("*.tsv"))
    return search.Vocabulary(
        needs=_terms(Taxonomies.NEEDS),
        target_groups=_terms(Taxonomies.TARGET_GROUPS),
        municipalities=tuple(
            search.Municipality(row[0], tuple(dict.fromkeys(filter(None, row[1:]))))
            for row in Municipality.objects.order_by("number").values_list(
                "number", "name", "name_se", "name_smj", "name_sma", "name_fkv"
            )
        ),
        postal_codes=tuple(
            search.PostalCode(*row)
            for row in PostalCode.objects.filter(municipality__isnull=False)
            .order_by("code")
            .values_list("code", "place", "municipality")
        ),
    ).with_thesaurus(paths=own_words)


def _terms(taxonomy: Taxonomies) -> tuple[search.Term, ...]:
    terms = TaxonomyTerm.objects.filter(taxonomy__slug=taxonomy).select_related("parent")
    return tuple(
        search.Term(
            term.code,
            {term.language: term.name} | term.names,
            term.parent.code if term.parent else None,
        )
        for term in terms.order_by("position")
    )


def _entries(progress: Progress | None) -> Iterator[search.Entry]:
    """Every public service, its listing written on the way; all is written after the last one."""
    done = 0
    with transaction.atomic():
        Listing.objects.all().delete()
        every = listings.found()
        while batch := list(islice(every, listings.BATCH)):
            listings.renew(batch)
            yield from map(listings.entry, batch)
            done += len(batch)
            if progress:
                progress(done)


def ids_of(results: search.Results) -> list[UUID]:
    """The identifiers of the services found, in order."""
    return [UUID(hit.id) for hit in results.hits]


def _folder() -> Path:
    return Path(settings.SEARCH_INDEX_DIR)


_kept = KeptIndex("search", _folder, lambda progress: _rebuild(progress))
