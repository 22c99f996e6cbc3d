"""Searching the directory, and keeping the index true to the database.

The index is derived and can always be made again: when it is missing or damaged, pages answer
from the database while one process rebuilds it.
"""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
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
_opened: dict[Path, search.Index] = {}
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found. `is_plain`: the index could not answer, so this is the database's word
    search, without facets, spelling or understanding."""

    results: search.Results
    is_plain: bool = False


def find(query: search.Query) -> Answer:
    """Services for `query`, best first; never raises for what a visitor typed."""
    try:
        if not _is_rebuilding():
            return Answer(_index().search(query))
    except search.SearchError as error:
        log.warning("search index cannot answer: %s", type(error).__name__)
        _forget_index()
        _rebuild_in_background()
    return Answer(plain_search.results(query), is_plain=True)


def prepare() -> None:
    """Open the index now, so that the first visitor need not wait; a bad one is met later."""
    with suppress(search.SearchError):
        _index()


def state() -> str:
    """`ok`, `missing`, `damaged` or `stale` (a change could not be written to it)."""
    if _stale_mark().exists():
        return "stale"
    try:
        _index()
    except search.IndexMissing:
        return "missing"
    except search.SearchError:
        return "damaged"
    return "ok"


def rebuild(progress: Progress | None = None) -> int:
    """Make all listings and the whole index anew; returns how many services there are.

    `progress` is called with the number done so far. Readers keep the old index until the new one
    is complete.

    Raises:
        search.IndexNotWritable: no space or no permission; the old index still stands.
    """
    with _alone():
        return _rebuild(progress)


def _rebuild(progress: Progress | None) -> int:
    _stale_mark().unlink(missing_ok=True)
    count = search.Index.build(_folder(), _entries(progress), vocabulary())
    _forget_index()
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
        transaction.on_commit(lambda: _update_index(entries, gone))


def _update_index(entries: list[search.Entry], gone: list[str]) -> None:
    """The change is saved already: a full disk here must not look like a failed save."""
    try:
        _index().update(entries, gone)
    except search.SearchError as error:
        log.warning("search index not updated: %s", type(error).__name__)
        _mark_stale()


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


def _folder() -> Path:
    return Path(settings.SEARCH_INDEX_DIR)


def _stale_mark() -> Path:
    return _folder().parent / "search.stale"


def _mark_stale() -> None:
    try:
        _stale_mark().touch()
    except OSError as error:
        log.warning("search index is stale and cannot be marked so: %s", type(error).__name__)


def _index() -> search.Index:
    folder = _folder()
    index = _opened.get(folder)
    if index is None:
        with _guard:
            index = _opened.get(folder) or search.Index.open(folder)
            _opened[folder] = index
    return index


def _forget_index() -> None:
    with _guard:
        _opened.pop(_folder(), None)


def _is_rebuilding() -> bool:
    return any(thread.name == "search-rebuild" for thread in threading.enumerate())


def _rebuild_in_background() -> None:
    if not _is_rebuilding():
        threading.Thread(target=_rebuild_quietly, name="search-rebuild", daemon=True).start()


def _rebuild_quietly() -> None:
    """Whoever comes second waits, and finds that another process has done it."""
    try:
        with _alone():
            if not _can_be_opened():
                _rebuild(None)
        _index()  # so that no visitor waits for it
    except (search.SearchError, OSError) as error:
        log.warning("search index not rebuilt: %s", type(error).__name__)
    finally:
        connections.close_all()


def _can_be_opened() -> bool:
    try:
        _index()
    except search.SearchError:
        return False
    return True


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process rebuilds."""
    path = _folder().parent / "search.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def ids_of(results: search.Results) -> list[UUID]:
    """The identifiers of the services found, in order."""
    return [UUID(hit.id) for hit in results.hits]
