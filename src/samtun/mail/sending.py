"""Handing letters over to the mail server: each one once, or not known to be.

A letter is claimed, and that is committed, before a byte of it leaves. Whoever finds it claimed
long afterwards cannot know whether the server took it: it becomes uncertain and is not sent again
unless somebody says so.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from samtun.mail import actions
from samtun.mail.answers import TAKEN, Verdict, verdict_on
from samtun.mail.enums import LetterState, Reason
from samtun.mail.messages import message_of
from samtun.mail.models import Letter
from samtun.mail.queries import is_bounced
from samtun.mail.server import Link, server

log = logging.getLogger(__name__)

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
BATCH = 100
# Much longer than handing over takes with the longest timeout, so that nobody is at it still.
CLAIM_LASTS = timedelta(minutes=20)


def send_due(*, limit: int = BATCH, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Send what is due, oldest first, at most `limit` letters; give how many were taken.

    Any number of workers may call it at once. In the demo nothing is sent, only marked as shown.
    Without a mail server letters wait.

    Raises:
        SettingsError: the mail server's settings cannot be understood.
        RuntimeError: called inside a transaction, in which nothing could be claimed.
    """
    if settings.DEMO:
        return _show()
    _give_up_lost()
    where = server()
    keys = list(_due().order_by("due_at").values_list("pk", flat=True)[:limit])
    if where is None or not keys:
        return 0
    link = Link(where)
    try:
        return _send(link, where.sender, keys, should_stop)
    finally:
        link.leave()


def _show() -> int:
    waiting = Letter.objects.filter(state=LetterState.WAITING)
    return waiting.update(state=LetterState.SHOWN) if waiting.exists() else 0


def _give_up_lost() -> None:
    lost = Letter.objects.filter(
        state=LetterState.SENDING, claimed_at__lt=timezone.now() - CLAIM_LASTS
    )
    if lost.exists():  # asked first: SQLite has one place to write
        count = lost.update(state=LetterState.UNCERTAIN, reason=Reason.INTERRUPTED)
        log.warning("letters that may or may not have been sent: %d", count)


def _due() -> QuerySet[Letter]:
    return Letter.objects.filter(state=LetterState.WAITING, due_at__lte=timezone.now())


def _send(link: Link, sender: str, keys: Iterable[UUID], should_stop: Callable[[], bool]) -> int:
    taken = 0
    for key in keys:
        if should_stop() or not _is_connected(link):
            break
        letter = _claim(key)
        if letter is None:
            continue  # another worker has it
        verdict = _stopped(letter) or _hand_over(link, letter, sender)
        _write_down(letter, verdict)
        taken += verdict is TAKEN
    return taken


def _is_connected(link: Link) -> bool:
    try:
        link.begin()
    except OSError as error:  # what SMTP and TLS say too
        log.warning("the mail server cannot be reached: %s", type(error).__name__)
        link.leave()
        _postpone_due()
        return False
    return True


def _postpone_due() -> None:
    """All that is due waits for the server to come back; it counts as a try of each."""
    now = timezone.now()
    due = Letter.objects.filter(state=LetterState.WAITING, due_at__lte=now)
    due.filter(tries__gte=len(PAUSES)).update(
        state=LetterState.FAILED, reason=Reason.NO_CONNECTION, tries=F("tries") + 1
    )
    for tries, pause in reversed(list(enumerate(PAUSES))):
        due.filter(tries=tries).update(
            tries=tries + 1, due_at=now + pause, reason=Reason.NO_CONNECTION
        )


def _claim(key: UUID) -> Letter | None:
    """Make the letter ours, on disk; `None` when somebody was quicker."""
    with transaction.atomic(durable=True):
        won = (
            _due()
            .filter(pk=key)
            .update(state=LetterState.SENDING, claimed_at=timezone.now(), tries=F("tries") + 1)
        )
    return Letter.objects.get(pk=key) if won else None


def _stopped(letter: Letter) -> Verdict | None:
    """Why the letter is not to be sent after all."""
    if letter.is_emptied:
        return Verdict(LetterState.FAILED, Reason.TOO_OLD)
    if is_bounced(letter.to):
        return Verdict(LetterState.REFUSED, Reason.BOUNCED)
    return None


def _hand_over(link: Link, letter: Letter, sender: str) -> Verdict:
    try:
        message = message_of(letter, sender)
        link.send_messages([message])
    except OSError as error:
        verdict = verdict_on(error, handed_over=link.handed_over)
        link.leave()
        return verdict
    except ValueError as error:  # a header that cannot be written
        log.error("a letter cannot be put together: %s", type(error).__name__)
        return Verdict(LetterState.FAILED, Reason.MESSAGE)
    return TAKEN


@transaction.atomic
def _write_down(letter: Letter, verdict: Verdict) -> None:
    """What became of the letter that we claimed, unless somebody has decided otherwise since."""
    if verdict.is_bounce:
        actions.mark_bounced(address=letter.to, answer=verdict.answer)
    fields: dict[str, Any] = {"state": verdict.state, "reason": verdict.reason}
    if verdict.state == LetterState.WAITING:
        fields |= _next_try(letter)
    elif verdict.state == LetterState.SENT:
        fields |= {"sent_at": timezone.now()} | actions.without_secrets(letter)
    ours = Letter.objects.filter(pk=letter.pk, claimed_at=letter.claimed_at)
    ours.update(**fields, answer=verdict.answer)


def _next_try(letter: Letter) -> dict[str, Any]:
    if letter.tries > len(PAUSES):
        return {"state": LetterState.FAILED}
    return {"due_at": timezone.now() + PAUSES[letter.tries - 1]}
