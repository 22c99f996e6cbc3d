"""What of all that a party is to be told is still true, and which of it is one letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from samtun.events import notices
from samtun.events.actions import announcing
from samtun.events.enums import ACTIVE, Consent, EventStatus, NoticeKind, OccurrenceStatus
from samtun.events.models import Notice, Occurrence, Party

# These say all there is to say, as it is now: what else was on its way about it is said with them.
_FULL = (NoticeKind.CONFIRMED, NoticeKind.MOVED, NoticeKind.OFFER, NoticeKind.WAITING)
_SAID_WITH_THEM = (NoticeKind.CHANGED, NoticeKind.REMINDER, NoticeKind.RESIZED)
_OVER_IS_OVER = (*_FULL, NoticeKind.REMINDER, NoticeKind.CONSENT, NoticeKind.CHANGED)
_TOGETHER = (NoticeKind.CHANGED, NoticeKind.EVENT_CANCELLED)


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
    """Changes to several dates are one letter, and of each date the last word."""
    for kind in _TOGETHER:
        last = {one.occurrence_id: one for one in true if one.kind == kind}
        if last:
            yield Telling(party, kind, tuple(last.values()))
    for one in true:
        if one.kind not in _TOGETHER:
            yield Telling(party, NoticeKind(one.kind), (one,))


def is_still_true(party: Party, notice: Notice, now: datetime) -> bool:
    """Whether it may be said now."""
    if notice.kind == NoticeKind.EVENT_CANCELLED:  # its parties are off the list by then
        return party.state not in ACTIVE or not _goes_on(party, notice)
    if not notices.is_true(party, notice.kind):
        return False
    if notice.kind in _OVER_IS_OVER and _is_over(party, notice, now):
        return False
    if notice.kind == NoticeKind.CHANGED:
        return _has_changed(party, notice)
    if notice.kind == NoticeKind.REMINDER:
        return party.consent != Consent.REFUSED and _goes_on(party, notice)
    if notice.kind == NoticeKind.OFFER:
        return party.answer_by is not None and party.answer_by > now
    return True


def date_of(party: Party, notice: Notice) -> Occurrence | None:
    """The date that a notice is about, as it is now; None: all of the intake."""
    dates = party.intake.occurrences.all()
    return next((one for one in dates if one.pk == notice.occurrence_id), None)


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


def _has_changed(party: Party, notice: Notice) -> bool:
    """Whether the date is another than the party knows it, and still one of its own."""
    about = date_of(party, notice)
    if about is None:
        return False
    about.event = party.intake.event
    return bool(notice.details.get("before") != announcing.snapshot(about))
