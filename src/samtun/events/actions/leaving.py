"""Giving up seats, or a turn in the line."""

from django.db import transaction

from samtun.events.actions import books, saying
from samtun.events.actions.offering import fill
from samtun.events.enums import ACTIVE, HOLDING, NoticeKind, PartyState
from samtun.events.errors import OfferOver
from samtun.events.models import Party
from samtun.people import audit
from samtun.people.models import User


@transaction.atomic
def cancel(*, party: Party, by: User | None = None) -> Party:
    """The party does not come; its seats go to those who wait. Once more does nothing."""
    fresh = books.locked_with(party)
    if fresh.state not in ACTIVE:
        return fresh
    leave(fresh, NoticeKind.CANCELLED_BY if by else NoticeKind.CANCELLED_OWN)
    if by:
        details: dict[str, object] = {"party": str(fresh.pk)}
        audit.record("party.cancelled", by=by, about=fresh.intake.event, details=details)
    return fresh


@transaction.atomic
def decline_offer(*, party: Party) -> Party:
    """Leave the seats that are offered, and the line, to others. Once more does nothing.

    Raises:
        OfferOver: nothing is held for the party.
    """
    fresh = books.locked_with(party)
    if fresh.state == PartyState.CANCELLED:
        return fresh
    if fresh.state != PartyState.OFFERED:
        raise OfferOver
    leave(fresh, NoticeKind.CANCELLED_OWN)
    return fresh


def leave(party: Party, kind: NoticeKind, *fields: str) -> None:
    """Take a party, whose intake is locked, off the list; `fields` of it are saved too."""
    was, party.state, party.answer_by = party.state, PartyState.CANCELLED, None
    saying.keep(party, "state", "answer_by", *fields)
    saying.say_left(party, kind, was=was)
    if was in HOLDING:
        books.take(party.intake, -party.size)
        fill(party.intake)
