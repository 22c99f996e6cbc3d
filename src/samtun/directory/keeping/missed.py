"""Searches that found nothing: words and counts, and nothing about who asked.

Until the third time only a keyed digest of the words is kept, so that what one person wrote is
not readable by anybody, in a backup either. A day is kept, no moment. What may be a number or an
address of somebody is not kept at all.
"""

import logging
import re
import unicodedata
from collections import OrderedDict
from datetime import timedelta
from threading import Lock
from time import monotonic
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from samtun.directory.models import MissedSearch
from samtun.people import audit
from samtun.people.models import User

log = logging.getLogger(__name__)

LONGEST = 80
SHOWN_FROM = 3  # times
MOST = 5_000  # rows of a region
STAYS = timedelta(days=90)  # after the last time
_PURPOSE = "samtun.directory.missed"
_WAIT = 50  # milliseconds for a database that is busy; then this search is not counted
_A_MINUTE = 30  # writes of one process: people do not search in vain faster, robots do
_AGAIN_AFTER = 600.0  # seconds: a page that is read again is no second search
_REMEMBERED = 500
_TRIM_EVERY = 50  # writes of one process
_ROOM = 500  # rows below the limit after a trim, so that several processes together keep it
_PRIVATE = re.compile(r"@|\d(?:[\s./()+–-]*\d){4,}")  # an e-mail address; five digits or more
_SPACE = re.compile(r"[^\w+&]+")

# One statement: the words are written only by the third search, or a later one.
_REMEMBER = """
INSERT INTO {table} (region_id, digest, words, count, last_on, is_settled)
VALUES (%s, %s, '', 1, %s, {no})
ON CONFLICT (region_id, digest) DO UPDATE SET
  count = {table}.count + 1,
  last_on = excluded.last_on,
  words = CASE WHEN {table}.count + 1 >= %s THEN %s ELSE '' END
"""


class _Calm:
    """What this process has written lately: digests and moments of its own, never a visitor's."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._minute = 0
        self._writes = 0
        self.written = 0

    def lets(self, digest: str) -> bool:
        """Whether to count this search now."""
        now = monotonic()
        with self._guard:
            if now - self._seen.get(digest, -_AGAIN_AFTER) < _AGAIN_AFTER:
                return False
            if self._minute != int(now // 60):
                self._minute, self._writes = int(now // 60), 0
            if self._writes >= _A_MINUTE:
                return False
            self._writes += 1
            self.written += 1
            self._seen[digest] = now
            self._seen.move_to_end(digest)
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
            return True

    def forget(self) -> None:
        """Begin anew; for tests."""
        self.__init__()  # type: ignore[misc]  # all there is


calm = _Calm()


def remember(region: UUID, text: str) -> None:
    """Count that `text` found nothing in the region; never raises and never waits.

    Call it when the answer has been sent. Not everything is counted: what may be private is not,
    a page that is read again is not, and a robot soon is not.
    """
    words = plain(text)
    if not words:
        return
    digest = digest_of(region, words)
    if not calm.lets(digest):
        return
    try:
        _write(region, digest, words)
    except DatabaseError as error:
        log.info("a search in vain was not counted: %s", type(error).__name__)


def plain(text: str) -> str:
    """The words as they are counted together; nothing for what may say who somebody is."""
    if _PRIVATE.search(text):
        return ""
    words = _SPACE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return "" if _PRIVATE.search(words) or len(words) > LONGEST else words


def digest_of(region: UUID, words: str) -> str:
    """What stands for the words until they may be read; of no use without our key."""
    return salted_hmac(_PURPOSE, f"{region}:{words}", algorithm="sha256").hexdigest()


def _write(region: UUID, digest: str, words: str) -> None:
    with _impatient(), transaction.atomic():
        _count(region, digest, words)
        if calm.written % _TRIM_EVERY == 0:
            _trim(region, MOST - _ROOM)


def _count(region: UUID, digest: str, words: str) -> None:
    is_native = connection.features.has_native_uuid_field
    key = region if is_native else region.hex
    table = connection.ops.quote_name(MissedSearch._meta.db_table)
    statement = _REMEMBER.format(table=table, no="FALSE")  # the table is ours
    with connection.cursor() as cursor:
        cursor.execute(statement, [key, digest, timezone.localdate(), SHOWN_FROM, words])


class _impatient:  # noqa: N801  (reads as a word of the `with` statement)
    """SQLite waits for a writer as long as it is told; nobody shall wait for a count."""

    def __enter__(self) -> None:
        self._usual = None
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout")
                self._usual = cursor.fetchone()[0]
                cursor.execute(f"PRAGMA busy_timeout = {_WAIT}")

    def __exit__(self, *_: object) -> None:
        if self._usual is not None:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA busy_timeout = {int(self._usual)}")


def _trim(region: UUID, room: int) -> None:
    """Let the oldest of those that were searched for least go."""
    ours = MissedSearch.objects.filter(region=region)
    over = ours.count() - room
    if over > 0:
        oldest = ours.order_by("count", "last_on", "pk").values_list("pk", flat=True)[:over]
        ours.filter(pk__in=list(oldest)).delete()


@transaction.atomic
def settle(search: MissedSearch, *, by: User) -> None:
    """An editor has seen to it; it is not shown again."""
    search.is_settled = True
    search.save(update_fields=["is_settled"])
    audit.record("missed_search.settled", by=by, about=search)


def tidy() -> None:
    """Delete what nobody has searched for in ninety days, once a day."""
    MissedSearch.objects.filter(last_on__lt=timezone.localdate() - STAYS).delete()
    for region in MissedSearch.objects.values_list("region", flat=True).distinct():
        _trim(region, MOST)
