"""Telling a party something: a row in the transaction of what it tells about.

The worker makes letters of them (`letters.composing`); who has no e-mail waits on the desk to be
called. A matter is told once, however often it is said; what is no longer true before it was told
is withdrawn.

What is said after the fact can meet a party that has just cancelled: whoever composes locks the
notice first, then reads the party, and drops what `is_true` denies. `withdraw` waits for that lock,
and then takes the letter back. So one of the two always sees the other.
"""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat, Left
from django.utils import timezone

from samtun.events.enums import ACTIVE, Channel, Consent, NoticeKind, PartyState
from samtun.events.models import Message, Notice, Occurrence, Party
from samtun.mail import actions as mail

# The states in which it is true what a notice says; kinds that are not here always are.
TRUE_IN: dict[str, Collection[str]] = {
    NoticeKind.CONFIRMED: (PartyState.CONFIRMED,),
    NoticeKind.MOVED: (PartyState.CONFIRMED,),
    NoticeKind.REMINDER: (PartyState.CONFIRMED,),
    NoticeKind.EVALUATION: (PartyState.CONFIRMED,),
    NoticeKind.WAITING: (PartyState.WAITING,),
    NoticeKind.OFFER: (PartyState.OFFERED,),
    NoticeKind.LAPSED: (PartyState.LAPSED,),
    NoticeKind.RESIZED: ACTIVE,
    NoticeKind.CHANGED: ACTIVE,
    NoticeKind.MESSAGE: ACTIVE,
    NoticeKind.EVENT_CANCELLED: (PartyState.CANCELLED,),
    NoticeKind.CONSENT: ACTIVE,
    NoticeKind.CONSENT_REFUSED: (PartyState.CANCELLED,),
    NoticeKind.CANCELLED_OWN: (PartyState.CANCELLED,),
    NoticeKind.CANCELLED_BY: (PartyState.CANCELLED,),
}
_LONGEST_MATTER = 100
# A child hears no more than this before a grown-up has said yes.
BEFORE_CONSENT = frozenset(
    {
        NoticeKind.CONSENT,
        NoticeKind.CONSENT_REFUSED,
        NoticeKind.CANCELLED_OWN,
        NoticeKind.CANCELLED_BY,
        NoticeKind.EVENT_CANCELLED,
        NoticeKind.LAPSED,
    }
)


def is_true(party: Party, kind: str) -> bool:
    """Whether it may (still) be said to `party`, as it is now."""
    if party.consent == Consent.ASKED and kind not in BEFORE_CONSENT:
        return False
    if kind == NoticeKind.CONSENT and party.consent != Consent.ASKED:
        return False
    return party.state in TRUE_IN.get(kind, PartyState.values)


def tell(
    party: Party,
    kind: NoticeKind,
    *,
    matter: str = "",
    occurrence: Occurrence | None = None,
    message: Message | None = None,
    details: dict[str, Any] | None = None,
    is_known: bool = False,
) -> None:
    """Let `party` be told, once for each `matter`.

    `is_known`: they have it on the screen, or hear it on the phone now. A letter goes all the same,
    to be kept; nobody calls.
    """
    tell_all(
        [party],
        kind,
        matter=matter,
        occurrence=occurrence,
        message=message,
        details=details,
        is_known=is_known,
    )


def tell_all(
    parties: Iterable[Party],
    kind: NoticeKind,
    *,
    matter: str = "",
    occurrence: Occurrence | None = None,
    message: Message | None = None,
    details: dict[str, Any] | None = None,
    is_known: bool = False,
) -> None:
    """The same for many, in one query; who has been told already is left alone.

    Nothing but `BEFORE_CONSENT` is said while a grown-up has not answered.
    """
    rows = [
        Notice(
            party=party,
            kind=kind,
            matter=matter,
            channel=channel_of(party, kind),
            occurrence=occurrence,
            message=message,
            details=details or {},
        )
        for party in parties
        if party.consent != Consent.ASKED or kind in BEFORE_CONSENT
    ]
    for row in rows:
        if row.channel == Channel.NONE or (is_known and row.channel == Channel.PHONE):
            row.settled_at = timezone.now()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def channel_of(party: Party, kind: NoticeKind) -> Channel:
    """How `party` is told: a grown-up is asked for a child's consent."""
    email, phone = party.email, party.phone
    if kind == NoticeKind.CONSENT:
        email, phone = party.guardian_email, party.guardian_phone
    if email:
        return Channel.EMAIL
    return Channel.PHONE if phone else Channel.NONE


def withdraw(
    parties: Collection[Party],
    kinds: Collection[NoticeKind] | None = None,
    *,
    matter: str | None = None,
) -> list[Notice]:
    """Take back what has not been told yet, letters that wait in the outbox too; what it was.

    The rows given are as they were before; in the database their matters are free for another.
    `kinds` None: all of them.
    """
    found = Notice.objects.filter(party__in=parties, is_withdrawn=False)
    if kinds is not None:
        found = found.filter(kind__in=kinds)
    if matter is not None:
        found = found.filter(matter=matter)
    # Locks what waits, after whoever composes it now: then it is a letter, and found below.
    waiting = list(found.filter(settled_at__isnull=True).select_for_update().order_by("pk"))
    keys = [one.pk for one in waiting]
    _take_back(keys)
    return waiting + _called_back(list(found.filter(channel=Channel.EMAIL)))


def _called_back(told: list[Notice]) -> list[Notice]:
    """Those of `told` whose letters nobody has begun to send."""
    if not told:
        return []
    keys = mail.withdraw([letter_key(one.pk) for one in told])
    unsent = [one for one in told if letter_key(one.pk) in keys]
    _take_back([one.pk for one in unsent])
    return unsent


def _take_back(keys: list[UUID]) -> None:
    """What was never told may be told one day: the matter is free again."""
    if keys:
        freed = Left(Concat(Cast("pk", CharField()), Value("~"), F("matter")), _LONGEST_MATTER)
        rows = Notice.objects.filter(pk__in=keys)
        rows.update(settled_at=timezone.now(), is_withdrawn=True, matter=freed)


def letter_key(notice: object) -> str:
    """The key of the letter that tells the notice with this identifier; see `mail.actions.post`."""
    return f"event:{notice}"
