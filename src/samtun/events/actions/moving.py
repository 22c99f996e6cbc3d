"""From one date to another of the same event."""

from django.db import transaction
from django.utils import timezone

from samtun.events.actions import books, saying
from samtun.events.actions.entry import refuse_unless_open
from samtun.events.actions.offering import fill
from samtun.events.enums import ACTIVE, HOLDING, NoticeKind, PartyState
from samtun.events.errors import Closed, Full, NotOnTheList
from samtun.events.models import Intake, Party
from samtun.people import audit
from samtun.people.models import User


@transaction.atomic
def move(*, party: Party, to: Intake, by: User | None = None) -> Party:
    """Take seats in `to` and give up what the party has, or waits for, now: both or none.

    Raises:
        Full: too few seats are free there; the party keeps what it has.
        NotOnTheList: it has cancelled.
        SignUpError: nobody can sign up there, or what it leaves has begun.
    """
    key = Party.objects.values_list("intake_id", flat=True).get(pk=party.pk)
    here, there = books.locked_both(key, to.pk)
    fresh = books.in_intake(party, here)
    if here.pk == there.pk:
        return fresh
    _refuse(fresh, here, there, by)
    was = fresh.state
    _stand(fresh, there)
    if was in HOLDING:
        books.take(here, -fresh.size)
    _tell(fresh, here, was=was, is_known=by is None)
    fill(here)
    if by:
        details: dict[str, object] = {"party": str(fresh.pk), "intake": str(there.pk)}
        audit.record("party.moved", by=by, about=there.event, details=details)
    return fresh


def _refuse(party: Party, here: Intake, there: Intake, by: User | None) -> None:
    if here.event_id != there.event_id:
        raise ValueError("A party moves between dates of one event")
    if party.state not in ACTIVE:
        raise NotOnTheList
    if by is None and here.starts_at and here.starts_at <= timezone.now():
        raise Closed
    refuse_unless_open(there, by)
    if not books.fits(there, party.size):
        raise Full(there.free or 0)


def _stand(party: Party, there: Intake) -> None:
    party.intake, party.turn = there, books.next_turn(there)
    party.state, party.answer_by = PartyState.CONFIRMED, None
    saying.keep(party, "intake", "turn", "state", "answer_by")
    books.take(there, party.size)


def _tell(party: Party, here: Intake, *, was: str, is_known: bool) -> None:
    """Who waited gets seats; who had some hears that they are others."""
    saying.forget_date(party)
    if was != PartyState.CONFIRMED:
        saying.say_standing(party, is_known=is_known)
        return
    starts_at = here.starts_at.isoformat() if here.starts_at else ""
    before: dict[str, object] = {"intake": str(here.pk), "starts_at": starts_at}
    saying.say_changed(party, NoticeKind.MOVED, before=before, is_known=is_known)
