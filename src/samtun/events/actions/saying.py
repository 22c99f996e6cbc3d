"""What a party is told when something happens to it: one letter, and the last word is true."""

from django.utils import timezone

from samtun.events import notices
from samtun.events.enums import Channel, Consent, NoticeKind, PartyState
from samtun.events.models import Notice, Party

# Letters that say all there is to say; the first of those unsent is said again, as things are now.
_FULL = (
    NoticeKind.CONFIRMED,
    NoticeKind.WAITING,
    NoticeKind.OFFER,
    NoticeKind.MOVED,
    NoticeKind.RESIZED,
)
_ABOUT_THE_DATE = (NoticeKind.REMINDER, NoticeKind.CHANGED, NoticeKind.MESSAGE)
_ASK_AGAIN = (NoticeKind.CONFIRMED, NoticeKind.OFFER, NoticeKind.MOVED)
_STANDING = {
    PartyState.CONFIRMED: NoticeKind.CONFIRMED,
    PartyState.WAITING: NoticeKind.WAITING,
    PartyState.OFFERED: NoticeKind.OFFER,
}


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
    """Tell the party `kind` instead of what it has not been told yet and is not true any more.

    A child's seats are told to the grown-up who has not answered: now there is an answer to give.
    """
    if party.consent == Consent.ASKED and kind in _ASK_AGAIN:
        kind, is_known = NoticeKind.CONSENT, False  # what the child knows, the grown-up does not
    stale = {each for each in NoticeKind if not notices.is_true(party, each)}
    notices.withdraw([party], stale | {kind})
    notices.tell(party, kind, matter=str(party.sequence), details=details, is_known=is_known)


def say_standing(party: Party, *, is_known: bool = False) -> None:
    """Tell the party whether it has seats, waits, or is offered some."""
    say(party, _STANDING[PartyState(party.state)], is_known=is_known)


def say_left(party: Party, kind: NoticeKind, *, was: str) -> None:
    """Tell a party that it is off the list.

    Who leaves by itself before any letter has gone out needs none.
    """
    notices.withdraw([party])
    is_known = kind == NoticeKind.CANCELLED_OWN
    letters = Notice.objects.filter(party=party, channel=Channel.EMAIL, is_withdrawn=False)
    if is_known and not letters.exclude(kind=NoticeKind.CONSENT).exists():
        return
    details = {"was": was}
    notices.tell(party, kind, matter=str(party.sequence), details=details, is_known=is_known)


def say_changed(
    party: Party, kind: NoticeKind, *, before: dict[str, object], is_known: bool
) -> None:
    """Tell what has changed since the party last heard, in one letter; back as it was: none.

    `before`: what it was, `size` or `intake` and `starts_at`.
    """
    unsent = notices.withdraw([party], _FULL)
    for notice in unsent:
        before = before | notice.details  # what it was when the party last heard
    kinds = [NoticeKind(notice.kind) for notice in unsent] + [kind]
    kind = min(kinds, key=_FULL.index)
    if kind in {NoticeKind.MOVED, NoticeKind.RESIZED}:
        before = _differences(party, before)
        kind = NoticeKind.MOVED if "intake" in before else NoticeKind.RESIZED
        if not before:
            return
    say(party, kind, details=before, is_known=is_known)


def _differences(party: Party, before: dict[str, object]) -> dict[str, object]:
    """What of `before` is not as it is now."""
    left = dict(before)
    if left.get("size") == party.size:
        del left["size"]
    if left.get("intake") == str(party.intake_id):
        del left["intake"], left["starts_at"]
    return left


def forget_date(party: Party) -> None:
    """What was on its way about the date that the party leaves is not its any more."""
    notices.withdraw([party], _ABOUT_THE_DATE)


def say_anew(party: Party, *, is_known: bool) -> None:
    """The party is reached in another way: there it hears where it stands, and what was on its way.

    Letters already sent stay where they went. A grown-up who is asked about a child is reached as
    before, and is not asked once more.
    """
    unsent = notices.withdraw([party])
    if party.consent != Consent.ASKED:
        say_standing(party, is_known=is_known)
    for notice in unsent:
        kind = NoticeKind(notice.kind)
        if kind not in _FULL and notices.is_true(party, kind):
            notices.tell(
                party,
                kind,
                matter=notice.matter,
                occurrence=notice.occurrence,
                message=notice.message,
                details=notice.details,
            )
