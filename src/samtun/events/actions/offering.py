"""Free seats go to those who wait: an offer with time to answer, in order."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from samtun.events.actions import books, saying
from samtun.events.enums import Consent, NoticeKind, PartyState
from samtun.events.errors import ConsentMissing, OfferOver
from samtun.events.models import Intake, Party

SHORTEST_ANSWER = timedelta(hours=2)  # nobody is asked to answer a letter in less


def fill(intake: Intake, *, now: datetime | None = None) -> None:
    """Offer free seats to those who wait, first come first; the caller holds the lock.

    A party too large for what is free is passed over and keeps its turn. Nothing is offered after
    closing, or of what does not take place.
    """
    moment = now or timezone.now()
    if intake.free == 0 or books.is_past_closing(intake, moment):
        return
    waiting = Party.objects.filter(intake=intake, state=PartyState.WAITING).order_by("turn")
    if intake.free is not None:
        waiting = waiting.filter(size__lte=intake.free)
    line = list(books.waiting_for_letters(waiting))
    if line and books.is_held(intake):
        for party in line:
            if books.fits(intake, party.size):
                _give(party, intake, moment)


def _give(party: Party, intake: Intake, now: datetime) -> None:
    party.intake, party.answer_by = intake, answer_by(intake, now)
    party.state = PartyState.OFFERED if party.answer_by else PartyState.CONFIRMED
    books.take(intake, party.size)
    saying.keep(party, "state", "answer_by")
    saying.say_standing(party)


def answer_by(intake: Intake, now: datetime) -> datetime | None:
    """Until when seats offered now are held; None: too close to closing to ask, they are given."""
    until = now + timedelta(hours=intake.event.answer_hours)
    end = books.closes_at(intake)
    if end is None or until <= end:
        return until
    return end if end - now >= SHORTEST_ANSWER else None


@transaction.atomic
def accept_offer(*, party: Party) -> Party:
    """Take the seats that are held; late too, while nobody else has been offered them.

    Raises:
        OfferOver: they are not held any more, or never were.
        ConsentMissing: a grown-up has not said yes.
    """
    fresh = books.locked_with(party)
    if fresh.state == PartyState.CONFIRMED:
        return fresh
    if fresh.state != PartyState.OFFERED:
        raise OfferOver
    if fresh.consent == Consent.ASKED:
        raise ConsentMissing
    fresh.state, fresh.answer_by = PartyState.CONFIRMED, None
    saying.keep(fresh, "state", "answer_by")
    saying.say_standing(fresh, is_known=True)
    return fresh


def expire_offers(now: datetime) -> int:
    """Offers not answered in time lapse, and the seats are offered to the next; how many lapsed.

    Each intake is settled by itself: stopped in the middle, the next call does the rest.
    """
    due = Party.objects.filter(state=PartyState.OFFERED, answer_by__lte=now)
    intakes = due.order_by("intake").values_list("intake", flat=True).distinct()
    return sum(_expire(key, now) for key in list(intakes))


@transaction.atomic
def _expire(key: UUID, now: datetime) -> int:
    intake = books.locked_by(key)
    due = Party.objects.filter(intake=intake, state=PartyState.OFFERED, answer_by__lte=now)
    lapsed = list(books.waiting_for_letters(due.order_by("turn")))
    for party in lapsed:
        party.intake = intake
        party.state, party.answer_by = PartyState.LAPSED, None
        books.take(intake, -party.size)
        saying.keep(party, "state", "answer_by")
        saying.say(party, NoticeKind.LAPSED)
    fill(intake, now=now)
    return len(lapsed)
