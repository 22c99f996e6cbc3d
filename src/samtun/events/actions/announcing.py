"""Telling those who come or wait that a date has changed or is cancelled: each exactly once.

What was not told yet gives way to what is true now, and then says what was before all of it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

from django.db.models import F
from django.utils import timezone

from samtun.events import notices
from samtun.events.actions import books
from samtun.events.enums import ACTIVE, NoticeKind, OccurrenceStatus, PartyState
from samtun.events.models import Notice, Occurrence, Party

Snapshot = dict[str, Any]
# A party's changes by the identifier of the date: what it knew of each, None of a new date.
Known = dict[str, Snapshot | None]
# What no longer holds when what one signed up for does not take place.
_VOID = (
    NoticeKind.REMINDER,
    NoticeKind.OFFER,
    NoticeKind.CHANGED,
    NoticeKind.CONFIRMED,
    NoticeKind.WAITING,
    NoticeKind.CONSENT,
)


def snapshot(occurrence: Occurrence) -> Snapshot:
    """When and where; a notice keeps it in `details["dates"][date]` for "before it was".

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


def changed(changes: Sequence[tuple[Occurrence, Snapshot | None]]) -> None:
    """Tell the parties of these dates, which are of one intake, locked by the caller.

    Each date comes with what it was before, None when it is new. One notice tells all that a party
    does not know yet; nothing is told of a date that is again what they know.
    """
    fresh = [(row, before) for row, before in changes if is_news(row, before)]
    parties = _parties(fresh[0][0]) if fresh else []
    if not parties:
        return
    rows = {str(row.pk): row for row, _before in fresh}
    _withdraw_reminders(parties, rows.values())
    known = _what_they_know(parties, {str(row.pk): before for row, before in fresh})
    _look_up(rows, known)
    for dates, told in _alike(parties, known, rows):
        _tell(told, NoticeKind.CHANGED, fresh[0][0], {"dates": dates})


def is_news(row: Occurrence, before: Snapshot | None) -> bool:
    """Whether somebody who knows what was `before` should hear what is now."""
    is_held = row.status == OccurrenceStatus.SCHEDULED
    if before is None:  # new, unless it is gone again
        return is_held
    return before != snapshot(row) and (is_held or before["status"] == OccurrenceStatus.SCHEDULED)


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
    _tell(parties, NoticeKind.EVENT_CANCELLED, occurrence, {})
    books.take(occurrence.intake, -occurrence.intake.taken)


def _parties(occurrence: Occurrence) -> list[Party]:
    """Those who come or wait; nothing about what was before is composed for them meanwhile."""
    found = Party.objects.filter(intake=occurrence.intake_id, state__in=ACTIVE)
    return list(books.waiting_for_letters(found.order_by("turn")))


def _tell(
    parties: list[Party], kind: NoticeKind, occurrence: Occurrence, details: dict[str, Any]
) -> None:
    matter = f"{occurrence.pk}:{occurrence.sequence}"
    notices.tell_all(parties, kind, matter=matter, occurrence=occurrence, details=details)


def _withdraw_reminders(parties: list[Party], rows: Iterable[Occurrence]) -> None:
    waiting = Notice.objects.filter(
        kind=NoticeKind.REMINDER, occurrence__in=list(rows), is_withdrawn=False
    )
    for matter in waiting.values_list("matter", flat=True).distinct():
        notices.withdraw(parties, (NoticeKind.REMINDER,), matter=matter)


def _what_they_know(parties: list[Party], now: Known) -> dict[object, Known]:
    """Withdraw what was not told: of those dates they still know what was before that."""
    known: dict[object, Known] = {party.pk: dict(now) for party in parties}
    untold = notices.withdraw(parties, (NoticeKind.CHANGED,))
    for notice in sorted(untold, key=lambda one: one.made_at, reverse=True):
        known[notice.party_id] |= notice.details.get("dates", {})
    return known


def _look_up(rows: dict[str, Occurrence], known: dict[object, Known]) -> None:
    """The dates of what was withdrawn, as they are now."""
    keys = {key for dates in known.values() for key in dates} - set(rows)
    for row in Occurrence.objects.select_related("event").filter(pk__in=keys):
        rows[str(row.pk)] = row


def _alike(
    parties: list[Party], known: dict[object, Known], rows: dict[str, Occurrence]
) -> list[tuple[Known, list[Party]]]:
    """Those who are to be told the same, with what has changed for them."""
    groups: dict[str, tuple[Known, list[Party]]] = {}
    for party in parties:
        dates = {
            key: before
            for key, before in known[party.pk].items()
            if key in rows and is_news(rows[key], before)
        }
        if dates:
            groups.setdefault(repr(sorted(dates.items())), (dates, []))[1].append(party)
    return list(groups.values())
