"""From what parties are to be told to letters in the outbox.

Composing locks notices, then their parties, and never waits for either: what somebody else holds is
left for the next time. So it stands in nobody's way for longer than its own commit, and whoever
cancels meanwhile waits for that, finds the letter, and takes it back (`notices.withdraw`).
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from samtun.events.enums import Channel, NoticeKind
from samtun.events.letters.truth import Telling, tellings
from samtun.events.letters.writing import FOR_THE_CALENDAR, draft_of
from samtun.events.models import Intake, Notice, Occurrence, Party
from samtun.mail import actions as mail
from samtun.mail.letters import Draft

log = logging.getLogger(__name__)

BATCH = 200
_INVITING = (NoticeKind.CONFIRMED, NoticeKind.MOVED, NoticeKind.CHANGED)
# Notices whose letters could not be written: tried anew when the worker starts again, so that they
# do not keep all others waiting.
_unwritable: set[UUID] = set()


def compose_due(*, limit: int = BATCH) -> int:
    """Compose letters about what is untold, oldest first; give how many notices were settled.

    Any number of workers may call it at once. A worker that is killed leaves nothing half done:
    letters and notices are settled in one transaction, and each letter's key is its notice.
    """
    parties = _waiting(limit)
    if not parties:
        return 0  # without a transaction: SQLite has one place to write
    with transaction.atomic():
        return _compose(parties)


def _waiting(limit: int) -> list[UUID]:
    """The parties of the oldest notices."""
    found = _untold().exclude(pk__in=_unwritable).order_by("made_at", "pk")
    return list(dict.fromkeys(found.values_list("party_id", flat=True)[:limit]))


def _untold() -> QuerySet[Notice]:
    return Notice.objects.filter(settled_at__isnull=True, channel=Channel.EMAIL)


def _compose(keys: Collection[UUID]) -> int:
    waiting: dict[UUID, list[Notice]] = defaultdict(list)
    locked = _untold().filter(party__in=keys).exclude(pk__in=_unwritable)
    locked = locked.select_for_update(of=("self",), skip_locked=True).select_related("message")
    for notice in locked.order_by("made_at", "pk"):
        waiting[notice.party_id].append(notice)
    parties = _parties(waiting)
    invited = _invited(parties)
    written: list[tuple[Telling, Draft]] = []
    settled: list[Notice] = []
    for party in parties:
        own = _written(party, waiting[party.pk], is_invited=party.pk in invited)
        if own is not None:
            written += own
            settled += waiting[party.pk]
    mail.post_all([draft for _, draft in written])
    Party.objects.bulk_update(
        {one.party.pk: one.party for one, draft in written if draft.calendar}.values(),
        ["sequence"],
    )
    _settle(settled, [telling for telling, _ in written])
    return len(settled)


def _parties(keys: Collection[UUID]) -> list[Party]:
    """As they are now and stay until the commit, with all that a letter says; in this order."""
    rows = Party.objects.filter(pk__in=list(keys))
    parties = list(rows.select_for_update(no_key=True, skip_locked=True))
    places = ("location__addresses",)
    dates = Occurrence.objects.select_related("location").prefetch_related(*places)
    found = Intake.objects.select_related(
        "event__organization__municipality", "event__location"
    ).prefetch_related("event__location__addresses", Prefetch("occurrences", dates))
    intakes = found.in_bulk({party.intake_id for party in parties})
    for party in parties:
        party.intake = intakes[party.intake_id]
    order = {key: number for number, key in enumerate(keys)}
    return sorted(parties, key=lambda party: order[party.pk])


def _invited(parties: Sequence[Party]) -> frozenset[UUID]:
    """Those whose calendars have heard from us."""
    told = Notice.objects.filter(
        party__in=parties, kind__in=_INVITING, channel=Channel.EMAIL, settled_at__isnull=False
    )
    return frozenset(told.filter(is_withdrawn=False).values_list("party_id", flat=True))


def _written(
    party: Party, waiting: Sequence[Notice], *, is_invited: bool
) -> list[tuple[Telling, Draft]] | None:
    """Its letters; None when they cannot be written, which must not keep others waiting."""
    try:
        return [
            (one, _draft(one, is_invited=is_invited))
            for one in tellings(party, waiting, timezone.now())
        ]
    except Exception as error:  # noqa: BLE001  # whatever it is: its words may quote the party
        log.error("a letter about a meeting cannot be written: %s", type(error).__name__)
        _unwritable.update(notice.pk for notice in waiting)
        return None


def _draft(telling: Telling, *, is_invited: bool) -> Draft:
    """Each letter that a calendar reads has a number of its own, greater than those before."""
    begins = telling.kind in (NoticeKind.CONFIRMED, NoticeKind.MOVED)
    has_calendar = telling.kind in FOR_THE_CALENDAR and (is_invited or begins)
    if has_calendar:
        telling.party.sequence += 1
    return draft_of(telling, has_calendar=has_calendar)


def _settle(settled: Sequence[Notice], written: Sequence[Telling]) -> None:
    """What no letter tells is withdrawn."""
    now = timezone.now()
    told = {notice.pk for telling in written for notice in telling.notices}
    rows = Notice.objects.filter(pk__in=[one.pk for one in settled])
    rows.filter(pk__in=told).update(settled_at=now)
    rows.exclude(pk__in=told).update(settled_at=now, is_withdrawn=True)
