"""Signing up; and all that can happen to a party afterwards, gathered from the modules beside.

`by` is the organiser who does it at the desk, None the party itself. Every function takes a party
that may be old, works on it as it is now, and returns that.
"""

from typing import Unpack
from uuid import UUID

from django.db import IntegrityError, transaction

from samtun.events import notices
from samtun.events.actions import books
from samtun.events.actions.changing import change, seat
from samtun.events.actions.consent import give_consent, refuse_consent
from samtun.events.actions.entry import refuse_too_large, refuse_unless_open
from samtun.events.actions.leaving import cancel, decline_offer
from samtun.events.actions.moving import move
from samtun.events.actions.offering import accept_offer
from samtun.events.actions.values import PartyValues
from samtun.events.enums import Consent, NoticeKind, PartyState, SignUp
from samtun.events.errors import Full, GuardianMissing, SignUpError
from samtun.events.models import Event, Intake, Party
from samtun.people import audit
from samtun.people.models import User

__all__ = [
    "accept_offer",
    "cancel",
    "change",
    "decline_offer",
    "give_consent",
    "move",
    "refuse_consent",
    "seat",
    "sign_up",
]


def sign_up(
    *,
    intake: Intake,
    size: int = 1,
    is_guardian: bool = False,
    form_key: UUID | None = None,
    by: User | None = None,
    **said: Unpack[PartyValues],
) -> Party:
    """Take seats, or stand on the waiting list; the new party.

    The same `form_key` again gives the party that it made. Where nobody gives a name, neither that
    nor anything else that tells who comes is kept. `is_guardian`: the grown-up signs up the child.

    Raises:
        SignUpError: one of its kinds; nothing was written.
    """
    party = Party(intake=intake, size=size, form_key=form_key, by_organiser=by is not None, **said)
    try:
        return _sign_up(party, is_guardian=is_guardian, by=by)
    except (SignUpError, IntegrityError):
        made = Party.objects.filter(form_key=form_key).first() if form_key else None
        if made is None:
            raise
        return made


@transaction.atomic
def _sign_up(party: Party, *, is_guardian: bool, by: User | None) -> Party:
    intake = party.intake = books.locked(party.intake)
    event = intake.event
    refuse_unless_open(intake, by)
    refuse_too_large(party.size, intake, by)
    if event.sign_up == SignUp.ANONYMOUS:
        _forget_who(party)
    else:
        party.consent = _consent_needed(party, event, is_guardian=is_guardian)
    has_seats = books.fits(intake, party.size)
    if not has_seats and not event.has_waiting_list:
        raise Full(intake.free or 0)
    party.state = PartyState.CONFIRMED if has_seats else PartyState.WAITING
    party.turn = books.next_turn(intake)
    party.save(force_insert=True)
    books.take(intake, party.size if has_seats else 0)
    _tell_of_sign_up(party)
    if by:
        audit.record("party.signed_up", by=by, about=event, details={"party": str(party.pk)})
    return party


def _forget_who(party: Party) -> None:
    party.name = party.email = party.phone = ""
    party.guardian_name = party.guardian_email = party.guardian_phone = ""
    party.answers, party.age = {}, None


def _consent_needed(party: Party, event: Event, *, is_guardian: bool) -> Consent:
    """A child is whoever is not known to be old enough."""
    if not event.is_for_children:
        return Consent.NOT_NEEDED
    if is_guardian:
        return Consent.GIVEN
    if party.age is not None and party.age >= event.consent_age:
        return Consent.NOT_NEEDED
    if not (party.guardian_email or party.guardian_phone):
        raise GuardianMissing
    return Consent.ASKED


def _tell_of_sign_up(party: Party) -> None:
    kind = NoticeKind.WAITING
    if party.consent == Consent.ASKED:
        kind = NoticeKind.CONSENT
    elif party.state == PartyState.CONFIRMED:
        kind = NoticeKind.CONFIRMED
    notices.tell(party, kind, matter="0", is_known=kind != NoticeKind.CONSENT)
