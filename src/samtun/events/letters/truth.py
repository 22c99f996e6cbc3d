"""What of all that a party is to be told is still true, and which of it is one letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samtun.events import notices
from samtun.events.actions import announcing
from samtun.events.enums import Consent, EventStatus, NoticeKind, OccurrenceStatus
from samtun.events.models import Notice, Occurrence, Party

# These say all there is to say, as it is now: what else was on its way about it is said with them.
_FULL = (NoticeKind.CONFIRMED, NoticeKind.MOVED, NoticeKind.OFFER, NoticeKind.WAITING)
_SAID_WITH_THEM = (NoticeKind.CHANGED, NoticeKind.REMINDER, NoticeKind.RESIZED)
_OVER_IS_OVER = (*_FULL, NoticeKind.REMINDER, NoticeKind.CONSENT)
_TOGETHER = (NoticeKind.CHANGED, NoticeKind.EVENT_CANCELLED)
Before = dict[str, Any] | None  # as `announcing.snapshot` gives it; None: there was no such date


@dataclass(frozen=True, slots=True)
class Telling:
    """One letter: its kind, and the notices that it settles; the first gives the letter its key."""

    party: Party
    kind: NoticeKind
    notices: tuple[Notice, ...]


def tellings(party: Party, waiting: Sequence[Notice], now: datetime) -> list[Telling]:
    """The letters to write of the notices that wait, oldest first; the rest is to be withdrawn.

    The party is as it is now, with its intake, event and dates.
    """
    true = [one for one in waiting if is_still_true(party, one, now)]
    full = [one for one in true if one.kind in _FULL]
    if full:
        true = [one for one in true if one.kind not in (*_FULL, *_SAID_WITH_THEM)] + full[-1:]
    elif any(one.kind == NoticeKind.CHANGED for one in true):
        true = [one for one in true if one.kind != NoticeKind.REMINDER]
    return list(_grouped(party, true))


def _grouped(party: Party, true: Sequence[Notice]) -> Iterator[Telling]:
    """Changes to several dates are one letter."""
    for kind in _TOGETHER:
        if of_a_kind := tuple(one for one in true if one.kind == kind):
            yield Telling(party, kind, of_a_kind)
    for one in true:
        if one.kind not in _TOGETHER:
            yield Telling(party, NoticeKind(one.kind), (one,))


def is_still_true(party: Party, notice: Notice, now: datetime) -> bool:
    """Whether it may be said now."""
    if not notices.is_true(party, notice.kind):
        return False
    if notice.kind == NoticeKind.CHANGED:
        return any(one.starts_at > now for one, _ in changes(party, [notice]))
    if notice.kind in _OVER_IS_OVER and _is_over(party, notice, now):
        return False
    if notice.kind == NoticeKind.REMINDER:
        return party.consent != Consent.REFUSED and _goes_on(party, notice)
    if notice.kind == NoticeKind.OFFER:
        return party.answer_by is not None and party.answer_by > now
    return True


def date_of(party: Party, notice: Notice) -> Occurrence | None:
    """The date that a notice is about, as it is now; None: all of the intake."""
    dates = party.intake.occurrences.all()
    return next((one for one in dates if one.pk == notice.occurrence_id), None)


def changes(party: Party, told: Sequence[Notice]) -> list[tuple[Occurrence, Before]]:
    """The dates that are another than the party knows them, with what it knows, in order.

    What several notices say is taken together: before all of them it was what the oldest says.
    """
    known: dict[str, Before] = {}
    for notice in reversed(told):
        known |= notice.details.get("dates") or {str(notice.occurrence_id): None}
    found = []
    for one in party.intake.occurrences.all():
        one.event = party.intake.event
        if str(one.pk) in known and announcing.is_news(one, known[str(one.pk)]):
            found.append((one, known[str(one.pk)]))
    return sorted(found, key=lambda change: change[0].starts_at)


def _goes_on(party: Party, notice: Notice) -> bool:
    if party.intake.event.status != EventStatus.PUBLISHED:
        return False
    about = date_of(party, notice)
    dates = [about] if about else party.intake.occurrences.all()
    return any(one.status == OccurrenceStatus.SCHEDULED for one in dates)


def _is_over(party: Party, notice: Notice, now: datetime) -> bool:
    """Whether what it is about has begun; of a course the last evening counts."""
    about = date_of(party, notice)
    if about:
        return about.starts_at <= now
    ends_at = party.intake.ends_at
    return ends_at is not None and ends_at <= now
