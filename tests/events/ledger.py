"""What must be true of the books at any time, read from the tables and not from the actions."""

from collections import Counter

from samtun.events.enums import Channel, Consent, NoticeKind, PartyState
from samtun.events.models import Intake, Notice, Party
from samtun.events.notices import is_true, letter_key
from samtun.mail import actions as mail
from samtun.mail.enums import LetterState
from samtun.mail.letters import Text
from samtun.mail.models import Letter

HOLDING = {"confirmed", "offered"}
FIRST_WORDS = {
    "confirmed": {"confirmed", "moved"},
    "waiting": {"waiting"},
    "offered": {"offer"},
    "lapsed": {"lapsed"},
    "cancelled": {"cancelled_own", "cancelled_by", "consent_refused"},
}


def faults(intake: Intake, *, is_open: bool) -> list[str]:
    """Everything that is wrong with the books of `intake`, and with what its parties are told."""
    intake.refresh_from_db()
    parties = list(intake.parties.order_by("turn").prefetch_related("notices"))
    unsent = set(Letter.objects.filter(state=LetterState.WAITING).values_list("key", flat=True))
    held = sum(party.size for party in parties if party.state in HOLDING)
    found = [] if intake.taken == held else [f"taken {intake.taken}, held {held}"]
    if intake.capacity is not None:
        found += [] if intake.taken + intake.free == intake.capacity else ["does not add up"]
        found += [] if held <= intake.capacity else [f"{held} sold of {intake.capacity}"]
    if len({party.turn for party in parties}) < len(parties):
        found.append("two have one turn")
    if parties and parties[-1].turn > intake.last_turn:
        found.append("a turn not yet given")
    if is_open:
        found += [
            f"turn {p.turn} waits beside free seats" for p in parties if _could_sit(p, intake)
        ]
    return found + [fault for party in parties for fault in told_wrong(party, unsent)]


def _could_sit(party: Party, intake: Intake) -> bool:
    fits = intake.capacity is None or party.size <= intake.capacity - intake.taken
    return party.state == "waiting" and fits


def told_wrong(party: Party, unsent: set[str]) -> list[str]:
    """What the party has been or will be told, and should not; and what it should and will not."""
    told = [one for one in party.notices.all() if not one.is_withdrawn]
    coming = [one for one in told if one.settled_at is None or letter_key(one.pk) in unsent]
    kinds = {one.kind for one in told}
    found = [f"{one.kind} to {party.state}" for one in coming if not is_true(party, one.kind)]
    several = Counter(one.kind for one in coming if one.kind in {*FIRST_WORDS, "offer", "moved"})
    if several.total() > 1:
        found.append(f"{dict(several)} at once")
    if party.consent == Consent.ASKED and party.state in {*HOLDING, "waiting"}:
        return found if kinds == {"consent"} else [*found, f"{kinds} before consent"]
    # Who cancels before any letter was sent needs none.
    hears = any(one.channel == Channel.EMAIL and one.kind != "consent" for one in told)
    if not kinds & FIRST_WORDS[party.state] and (hears or party.state != PartyState.CANCELLED):
        found.append(f"{party.state} and never told: {sorted(kinds)}")
    return found


def post_letters() -> None:
    """What the worker does with notices, without the words."""
    for notice in Notice.objects.filter(settled_at=None, channel=Channel.EMAIL):
        party = notice.party
        to = party.guardian_email if notice.kind == NoticeKind.CONSENT else party.email
        parts = (Text(notice.kind),)
        mail.post(
            to=to,
            subject=notice.kind,
            parts=parts,
            language="nb",
            purpose="event",
            key=letter_key(notice.pk),
        )
        notice.settled_at = notice.made_at
        notice.save()


def send_letters() -> None:
    """What the worker does with letters, without a server."""
    for letter in Letter.objects.filter(state=LetterState.WAITING):
        letter.state, letter.sent_at = LetterState.SENT, letter.posted_at
        letter.save()


def sent(party: Party) -> list[str]:
    """The kinds of letters the party has really got, in order."""
    keys = {letter_key(one.pk): one.kind for one in party.notices.all()}
    letters = Letter.objects.filter(key__in=keys, state=LetterState.SENT).order_by("posted_at")
    return [keys[letter.key] for letter in letters]


def live(party: Party) -> list[str]:
    """The kinds of what the party has been told, or will be, in order."""
    return list(
        party.notices.filter(is_withdrawn=False).order_by("made_at").values_list("kind", flat=True)
    )
