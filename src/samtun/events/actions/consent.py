"""A grown-up's answer for a child who has signed up by itself."""

from django.db import transaction

from samtun.events.actions import books, saying
from samtun.events.actions.leaving import leave
from samtun.events.enums import ACTIVE, Consent, NoticeKind, PartyState
from samtun.events.errors import NotOnTheList
from samtun.events.models import Party


@transaction.atomic
def give_consent(*, party: Party) -> Party:
    """The child may come, and hears where it stands; seats that are offered are taken with it.

    Raises:
        NotOnTheList: nobody was asked, or it was cancelled meanwhile.
    """
    fresh = books.locked_with(party)
    if fresh.state not in ACTIVE or fresh.consent not in {Consent.ASKED, Consent.GIVEN}:
        raise NotOnTheList
    if fresh.consent == Consent.GIVEN:
        return fresh
    fresh.consent = Consent.GIVEN
    if fresh.state == PartyState.OFFERED:
        fresh.state, fresh.answer_by = PartyState.CONFIRMED, None
    saying.keep(fresh, "consent", "state", "answer_by")
    saying.say_standing(fresh)
    return fresh


@transaction.atomic
def refuse_consent(*, party: Party) -> Party:
    """The child may not come; also after a yes, which can be taken back as easily as it was given.

    Raises:
        NotOnTheList: nobody was asked, or it was cancelled meanwhile.
    """
    fresh = books.locked_with(party)
    if fresh.consent == Consent.REFUSED:
        return fresh
    if fresh.state not in ACTIVE or fresh.consent == Consent.NOT_NEEDED:
        raise NotOnTheList
    fresh.consent = Consent.REFUSED
    leave(fresh, NoticeKind.CONSENT_REFUSED, "consent")
    return fresh
