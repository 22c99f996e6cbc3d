"""Changing what a party has told, or how many they are."""

from django.db import transaction

from samtun.events.actions import books, saying
from samtun.events.actions.entry import refuse_too_large, refuse_unless_open
from samtun.events.actions.offering import fill
from samtun.events.enums import ACTIVE, HOLDING, NoticeKind, PartyState, SignUp
from samtun.events.errors import Full, NoRoomForMore, NotOnTheList
from samtun.events.models import Party
from samtun.organisations.models import Municipality
from samtun.people import audit
from samtun.people.models import User


@transaction.atomic
def change(
    *,
    party: Party,
    size: int | None = None,
    name: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    answers: dict[str, str] | None = None,
    municipality: Municipality | None = None,
    by: User | None = None,
) -> Party:
    """Change what is not None. Smaller gives seats to those who wait; bigger only where it fits.

    Raises:
        NoRoomForMore: it does not; nothing was changed.
        NotOnTheList: the party has cancelled.
        SignUpError: it may not grow any more, or is too large.
    """
    fresh = books.locked_with(party)
    if fresh.state not in ACTIVE:
        raise NotOnTheList
    told = {"name": name, "email": email, "phone": phone, "answers": answers}
    told = {} if fresh.intake.event.sign_up == SignUp.ANONYMOUS else told
    fields = _set(fresh, told | {"municipality": municipality})
    was = fresh.size
    if size is not None and size != was:
        fields.append("size")
        _resize(fresh, size, by)
    if not fields:
        return fresh
    saying.keep(fresh, *fields)
    _tell(fresh, fields, was=was, by=by)
    if fresh.size != was:
        fill(fresh.intake)
    if by:
        details: dict[str, object] = {"party": str(fresh.pk), "fields": fields}
        audit.record("party.changed", by=by, about=fresh.intake.event, details=details)
    return fresh


def _set(party: Party, values: dict[str, object]) -> list[str]:
    """Set what differs; the names of those fields."""
    fields = [
        field
        for field, value in values.items()
        if value is not None and value != getattr(party, field)
    ]
    for field in fields:
        setattr(party, field, values[field])
    return fields


def _resize(party: Party, size: int, by: User | None) -> None:
    more = size - party.size
    if more > 0:
        refuse_unless_open(party.intake, by)
        refuse_too_large(size, party.intake, by)
    if party.state in HOLDING:
        if not books.fits(party.intake, more):
            raise NoRoomForMore(party.intake.free or 0)
        books.take(party.intake, more)
    party.size = size


def _tell(party: Party, fields: list[str], *, was: int, by: User | None) -> None:
    is_known = by is None
    if not {"email", "phone"}.isdisjoint(fields):
        saying.say_anew(party, is_known=is_known)
    elif party.size != was:
        before: dict[str, object] = {"size": was}
        saying.say_changed(party, NoticeKind.RESIZED, before=before, is_known=is_known)


@transaction.atomic
def seat(*, party: Party, by: User | None) -> Party:
    """Give a party that waits, is offered or has lapsed its seats by hand; after closing too.

    Raises:
        Full: too few are free.
        NotOnTheList: the party has cancelled.
        SignUpError: it does not take place.
    """
    fresh = books.locked_with(party)
    if fresh.state == PartyState.CONFIRMED:
        return fresh
    if fresh.state == PartyState.CANCELLED:
        raise NotOnTheList
    refuse_unless_open(fresh.intake, by)
    if fresh.state != PartyState.OFFERED:
        if not books.fits(fresh.intake, fresh.size):
            raise Full(fresh.intake.free or 0)
        books.take(fresh.intake, fresh.size)
    fresh.state, fresh.answer_by = PartyState.CONFIRMED, None
    saying.keep(fresh, "state", "answer_by")
    saying.say_standing(fresh)
    if by:
        details: dict[str, object] = {"party": str(fresh.pk)}
        audit.record("party.seated", by=by, about=fresh.intake.event, details=details)
    return fresh
