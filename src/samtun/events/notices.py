"""Telling a party something: a row in the transaction of what it tells about.

The worker makes letters of them (`letters.composing`); who has no e-mail waits on the desk to be
called. A matter is told once, however often it is said; what is no longer true before it was told
is withdrawn.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone

from samtun.events.enums import Channel, NoticeKind
from samtun.events.models import Message, Notice, Occurrence, Party
from samtun.mail import actions as mail


def tell(
    party: Party,
    kind: NoticeKind,
    *,
    matter: str = "",
    occurrence: Occurrence | None = None,
    message: Message | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """Let `party` be told, once for each `matter`."""
    tell_all([party], kind, matter=matter, occurrence=occurrence, message=message, details=details)


def tell_all(
    parties: Iterable[Party],
    kind: NoticeKind,
    *,
    matter: str = "",
    occurrence: Occurrence | None = None,
    message: Message | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    """The same for many, in one query; who has been told already is left alone."""
    Notice.objects.bulk_create(
        [
            Notice(
                party=party,
                kind=kind,
                matter=matter,
                channel=channel_of(party, kind),
                occurrence=occurrence,
                message=message,
                details=details or {},
                settled_at=timezone.now() if channel_of(party, kind) == Channel.NONE else None,
            )
            for party in parties
        ],
        ignore_conflicts=True,
    )


def channel_of(party: Party, kind: NoticeKind) -> Channel:
    """How `party` is told: a grown-up is asked for a child's consent."""
    email, phone = party.email, party.phone
    if kind == NoticeKind.CONSENT:
        email, phone = party.guardian_email, party.guardian_phone
    if email:
        return Channel.EMAIL
    return Channel.PHONE if phone else Channel.NONE


def withdraw(
    parties: Collection[Party], kinds: Collection[NoticeKind], *, matter: str | None = None
) -> None:
    """Take back what has not been told yet, letters that wait in the outbox too."""
    found = Notice.objects.filter(party__in=parties, kind__in=kinds, is_withdrawn=False)
    if matter is not None:
        found = found.filter(matter=matter)
    posted = found.filter(channel=Channel.EMAIL, settled_at__isnull=False)
    keys = {letter_key(key): key for key in posted.values_list("pk", flat=True)}
    unsent = [keys[key] for key in mail.withdraw(keys)]
    Notice.objects.filter(pk__in=unsent).update(is_withdrawn=True)
    found.filter(settled_at__isnull=True).update(settled_at=timezone.now(), is_withdrawn=True)


def letter_key(notice: object) -> str:
    """The key of the letter that tells the notice with this identifier; see `mail.actions.post`."""
    return f"event:{notice}"
