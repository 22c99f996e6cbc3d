"""Telling those who come or wait that a date has changed or is cancelled: each exactly once.

What was not told yet gives way to what is true now, and then says what was before all of it.
"""

from datetime import UTC
from typing import Any

from django.db.models import F
from django.utils import timezone

from samtun.events import notices
from samtun.events.actions import books
from samtun.events.enums import ACTIVE, NoticeKind, PartyState
from samtun.events.models import Notice, Occurrence, Party

Snapshot = dict[str, Any]
# What no longer holds, or would be wrong, once a date has another time or place.
_OUTDATED = (NoticeKind.REMINDER,)
_VOID = (
    NoticeKind.REMINDER,
    NoticeKind.OFFER,
    NoticeKind.CHANGED,
    NoticeKind.CONFIRMED,
    NoticeKind.WAITING,
    NoticeKind.CONSENT,
)


def snapshot(occurrence: Occurrence) -> Snapshot:
    """When and where, as `Notice.details["before"]` keeps it for "before it was".

    `link`, which is only there when true: the address to join at was another. It is not kept.
    """
    times = {
        "starts_at": occurrence.starts_at.astimezone(UTC).isoformat(),
        "ends_at": occurrence.ends_at.astimezone(UTC).isoformat(),
        "status": str(occurrence.status),
    }
    return times | place_of(occurrence, vars(occurrence.event))


def place_of(occurrence: Occurrence, event: dict[str, Any]) -> Snapshot:
    """Where it is, given the columns of its event: its own place, else the event's."""
    location = occurrence.location_id or event["location_id"]
    return {
        "location": str(location) if location else None,
        "room": occurrence.room or event["room"],
        "online": event["meets_online"],
    }


def changed(occurrence: Occurrence, before: Snapshot | None) -> None:
    """Tell the parties of `occurrence`, if its time, place or state differs from `before`.

    None: the date is new. Its intake is locked by the caller.
    """
    if before == snapshot(occurrence):
        return
    parties = _parties(occurrence)
    if not parties:
        return
    notices.withdraw(parties, _OUTDATED)
    for known, told in _by_what_they_know(occurrence, parties, before):
        if known != snapshot(occurrence):
            _tell(told, NoticeKind.CHANGED, occurrence, known)


def cancelled(occurrence: Occurrence) -> None:
    """End the sign-ups for what does not take place any more, and tell them so.

    Its intake is locked by the caller.
    """
    parties = _parties(occurrence)
    if not parties:
        return
    Party.objects.filter(pk__in=[party.pk for party in parties]).update(
        state=PartyState.CANCELLED,
        answer_by=None,
        changed_at=timezone.now(),
        sequence=F("sequence") + 1,
    )
    notices.withdraw(parties, _VOID)
    _tell(parties, NoticeKind.EVENT_CANCELLED, occurrence, None)
    books.take(occurrence.intake, -occurrence.intake.taken)


def _parties(occurrence: Occurrence) -> list[Party]:
    return list(
        Party.objects.filter(intake=occurrence.intake_id, state__in=ACTIVE).order_by("turn")
    )


def _tell(
    parties: list[Party], kind: NoticeKind, occurrence: Occurrence, before: Snapshot | None
) -> None:
    notices.tell_all(
        parties,
        kind,
        matter=f"{occurrence.pk}:{occurrence.sequence}",
        occurrence=occurrence,
        details={"before": before} if before else {},
    )


def _by_what_they_know(
    occurrence: Occurrence, parties: list[Party], before: Snapshot | None
) -> list[tuple[Snapshot | None, list[Party]]]:
    """Withdraw what was not told about this date; those parties still know what was before it."""
    earlier = Notice.objects.filter(
        party__in=parties, kind=NoticeKind.CHANGED, occurrence=occurrence, is_withdrawn=False
    )
    untold: list[Notice] = []
    for matter in earlier.values_list("matter", flat=True).distinct():
        untold += notices.withdraw(parties, (NoticeKind.CHANGED,), matter=matter)
    known = {party.pk: before for party in parties}
    for notice in sorted(untold, key=lambda one: one.made_at, reverse=True):
        known[notice.party_id] = notice.details.get("before")
    groups: dict[str, tuple[Snapshot | None, list[Party]]] = {}
    for party in parties:
        groups.setdefault(repr(known[party.pk]), (known[party.pk], []))[1].append(party)
    return list(groups.values())
