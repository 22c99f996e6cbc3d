"""Posting letters, and looking after the outbox.

Call inside the transaction of what a letter tells about: the letter is a row, so it leaves when
that is committed, and not at all when it is not.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from samtun.mail import bounces, rendering
from samtun.mail.addresses import comparable, is_valid
from samtun.mail.enums import LetterState, Reason
from samtun.mail.letters import Draft, Part
from samtun.mail.models import BouncedAddress, Letter
from samtun.mail.queries import bounced_among, is_bounced

ACCOUNT = "account."  # how purposes of letters begin that hold a way in: codes, signed links
SECRETS_STAY = timedelta(days=2)  # when such a letter could not be sent
CONTENT_STAYS = timedelta(days=30)
LETTERS_STAY = timedelta(days=180)
BOUNCES_STAY = timedelta(days=365)
_EMPTIED = {"text": "", "html": "", "calendar": ""}


def post(  # a letter has these
    *,
    to: str,
    subject: str,
    parts: Sequence[Part],
    language: str,
    purpose: str,
    key: str = "",
    calendar: str = "",
    calendar_method: str = "",
) -> Letter | None:
    """Put a letter into the outbox; the worker sends it.

    Compose under `translation.override(language)`. An address that cannot be written to, or that
    letters have come back from, does not raise: the letter is kept with a state that says so.
    Returns `None`, and does nothing, when a letter with the same `key` was posted before.
    `calendar` is an iTIP message for the reader's calendar, whose METHOD is `calendar_method`.
    """
    draft = Draft(to, subject, tuple(parts), language, purpose, key, calendar, calendar_method)
    return _keep(_composed(draft, is_bounced=is_bounced(to)))


def post_all(drafts: Sequence[Draft]) -> int:
    """The same for many letters, in three queries; returns how many were put there.

    Two that post the same keys in the same moment: the later gets an `IntegrityError`, and its
    transaction does nothing.
    """
    keys = [draft.key for draft in drafts]
    posted = set(Letter.objects.filter(key__in=keys).values_list("key", flat=True))
    bounced = bounced_among(draft.to for draft in drafts)
    letters = [
        _composed(draft, is_bounced=comparable(draft.to) in bounced)
        for draft in drafts
        if draft.key not in posted
    ]
    return len(Letter.objects.bulk_create(letters))


def _composed(draft: Draft, *, is_bounced: bool) -> Letter:
    state, reason = _first_state(draft.to, is_bounced=is_bounced)
    return Letter(
        to=rendering.one_line(draft.to)[:320],
        subject=rendering.one_line(draft.subject)[:250],
        text=rendering.as_text(draft.parts),
        html=rendering.as_html(draft.parts),
        calendar=draft.calendar,
        calendar_method=draft.calendar_method,
        language=draft.language,
        purpose=draft.purpose,
        key=draft.key,
        message_id=make_msgid(domain=urlsplit(settings.PUBLIC_URL).hostname or "localhost"),
        state=state,
        reason=reason,
    )


def _first_state(to: str, *, is_bounced: bool) -> tuple[LetterState, Reason]:
    if not is_valid(to):
        return LetterState.FAILED, Reason.ADDRESS
    if is_bounced:
        return LetterState.REFUSED, Reason.BOUNCED
    return (LetterState.SHOWN if settings.DEMO else LetterState.WAITING), Reason.NONE


def _keep(letter: Letter) -> Letter | None:
    if _is_posted(letter.key):
        return None
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        if _is_posted(letter.key):
            return None  # posted by somebody else in the same moment
        raise
    return letter


def _is_posted(key: str) -> bool:
    return bool(key) and Letter.objects.filter(key=key).exists()


@transaction.atomic
def send_again(*, letter: Letter) -> bool:
    """Let a letter that is stuck be tried from the start; whether it could.

    For an uncertain letter somebody has decided that once too often is better than never. A letter
    stopped by a bounce goes only when the address has been cleared.
    """
    if not letter.can_be_sent_again:
        return False
    state, reason = _first_state(letter.to, is_bounced=is_bounced(letter.to))
    if state in {LetterState.FAILED, LetterState.REFUSED}:
        return False
    stuck = Letter.objects.filter(pk=letter.pk, state=letter.state)
    fresh = {"tries": 0, "due_at": timezone.now(), "claimed_at": None, "answer": ""}
    return bool(stuck.update(state=state, reason=reason, **fresh))


@transaction.atomic
def withdraw(keys: Collection[str]) -> frozenset[str]:
    """Stop the letters posted with `keys` that nobody has begun to send; which they were.

    They are emptied: what they said is no longer true.
    """
    waiting = Letter.objects.filter(key__in=keys, state=LetterState.WAITING)
    found = frozenset(waiting.select_for_update().values_list("key", flat=True))
    waiting.filter(key__in=found).update(state=LetterState.WITHDRAWN, **_EMPTIED)
    return found


@transaction.atomic
def forget(keys: Collection[str]) -> int:
    """Delete the letters posted with `keys`, whatever became of them; how many.

    For retention: that letters come back from an address is forgotten too, unless somebody else's
    letter went there.
    """
    found = Letter.objects.filter(key__in=[key for key in keys if key])
    addresses = set(found.values_list("to", flat=True))
    count, _ = found.delete()
    still = set(Letter.objects.filter(to__in=addresses).values_list("to", flat=True))
    gone = {comparable(to) for to in addresses} - {comparable(to) for to in still}
    BouncedAddress.objects.filter(address__in=gone).delete()
    return count


def mark_bounced(*, address: str, answer: str) -> None:
    """Remember that letters to `address` come back; `answer` holds codes only."""
    BouncedAddress.objects.update_or_create(
        address=comparable(address), defaults={"answer": answer, "bounced_at": timezone.now()}
    )


def take_bounce(report: bytes) -> int:
    """Mark the addresses that `report`, a message as it came in, says are dead; how many.

    Only addresses of letters that the report can name are marked; see `mail.bounces`.
    """
    returned = bounces.read(report)
    written_to = Letter.objects.filter(message_id__in=returned.message_ids).values_list("to")
    ours = {comparable(to) for (to,) in written_to} & returned.answers.keys()
    for address in sorted(ours):
        mark_bounced(address=address, answer=returned.answers[address])
    return len(ours)


def clear_bounced(*, address: str) -> bool:
    """Write to `address` again: somebody has corrected or confirmed it. Whether it was marked."""
    count, _ = BouncedAddress.objects.filter(address=comparable(address)).delete()
    return bool(count)


def without_secrets(letter: Letter) -> dict[str, str]:
    """The fields to empty when `letter` has been sent: what gives a way in is not kept."""
    return dict(_EMPTIED) if letter.purpose.startswith(ACCOUNT) else {}


@transaction.atomic
def tidy() -> None:
    """Delete what has had its time, once a day; see docs/privacy.md."""
    now = timezone.now()
    old = Letter.objects.filter(posted_at__lt=now - CONTENT_STAYS)
    old.filter(state=LetterState.WAITING).update(state=LetterState.FAILED, reason=Reason.TOO_OLD)
    settled = Letter.objects.exclude(state__in=(LetterState.WAITING, LetterState.SENDING))
    ways_in = settled.filter(purpose__startswith=ACCOUNT, posted_at__lt=now - SECRETS_STAY)
    for letters in (old, ways_in):
        letters.exclude(text="").update(**_EMPTIED)
    Letter.objects.filter(posted_at__lt=now - LETTERS_STAY).delete()
    BouncedAddress.objects.filter(bounced_at__lt=now - BOUNCES_STAY).delete()
