"""Free seats go to those who wait: an offer with time to answer, in order."""

from datetime import datetime, timedelta

from django.utils import timezone

from samtun.events import notices
from samtun.events.actions import books
from samtun.events.enums import NoticeKind, PartyState
from samtun.events.models import Intake, Party


def fill(intake: Intake, *, now: datetime | None = None) -> None:
    """Offer free seats to those who wait, first come first; the caller holds the lock.

    A party too large for what is free is passed over and keeps its turn. Nothing is offered after
    closing, or of what does not take place.
    """
    moment = now or timezone.now()
    if intake.free == 0 or books.is_past_closing(intake, moment):
        return
    waiting = Party.objects.filter(intake=intake, state=PartyState.WAITING).order_by("turn")
    line = list(waiting if intake.free is None else waiting.filter(size__lte=intake.free))
    if line and books.is_held(intake):
        for party in line:
            if books.fits(intake, party.size):
                _give(party, intake, moment)


def _give(party: Party, intake: Intake, now: datetime) -> None:
    party.intake = intake
    party.state, party.answer_by = PartyState.OFFERED, answer_by(intake, now)
    if party.answer_by is None:
        party.state = PartyState.CONFIRMED
    books.take(intake, party.size)
    keep(party, "state", "answer_by")
    kind = NoticeKind.OFFER if party.answer_by else NoticeKind.CONFIRMED
    say(party, kind)


def answer_by(intake: Intake, now: datetime) -> datetime | None:
    """Until when seats offered now are held; None: too close to closing to ask, they are given."""
    until = now + timedelta(hours=intake.event.answer_hours)
    end = books.closes_at(intake)
    if end is None or until <= end:
        return until
    return end if end - now >= books.SHORTEST_ANSWER else None


def keep(party: Party, *fields: str) -> None:
    """Save a change that the party is told about: one more in its calendar's SEQUENCE."""
    party.sequence += 1
    party.changed_at = timezone.now()
    party.save(update_fields=[*fields, "sequence", "changed_at"])


def say(
    party: Party,
    kind: NoticeKind,
    *,
    details: dict[str, object] | None = None,
    is_known: bool = False,
) -> None:
    """Tell the party where it stands now, instead of what it has not been told yet."""
    stale = [each for each in NoticeKind if not notices.is_true(party, each)]
    notices.withdraw([party], stale)
    notices.tell(party, kind, matter=str(party.sequence), details=details, is_known=is_known)
