"""Posting letters, and looking after the outbox.

Call inside the transaction of what a letter tells about: the letter is a row, so it leaves when
that is committed, and not at all when it is not.
"""

from collections.abc import Sequence
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction

from samtun.mail import rendering
from samtun.mail.addresses import is_valid
from samtun.mail.enums import LetterState, Reason
from samtun.mail.letters import Part
from samtun.mail.models import Letter
from samtun.mail.queries import is_bounced


def post(  # a letter has these
    *,
    to: str,
    subject: str,
    parts: Sequence[Part],
    language: str,
    purpose: str,
    key: str = "",
) -> Letter | None:
    """Put a letter into the outbox; the worker sends it.

    Compose under `translation.override(language)`. An address that cannot be written to, or that
    letters have come back from, does not raise: the letter is kept with a state that says so.
    Returns `None`, and does nothing, when a letter with the same `key` was posted before.
    """
    text, html = rendering.as_text(parts), rendering.as_html(parts)
    letter = _letter(to, subject, language, purpose)
    letter.text, letter.html, letter.key = text, html, key
    return _keep(letter)


def post_rendered(
    *, to: str, subject: str, text: str, language: str, purpose: str
) -> Letter | None:
    """Put a letter whose text is written already into the outbox (allauth's letters).

    Addresses on our own site become links in the HTML.
    """
    letter = _letter(to, subject, language, purpose)
    letter.text = rendering.cleaned(text) + "\n"
    letter.html = rendering.linked(text, within=settings.PUBLIC_URL)
    return _keep(letter)


def _letter(to: str, subject: str, language: str, purpose: str) -> Letter:
    state, reason = _first_state(to)
    return Letter(
        to=rendering.one_line(to)[:320],
        subject=rendering.one_line(subject)[:250],
        language=language,
        purpose=purpose,
        message_id=make_msgid(domain=urlsplit(settings.PUBLIC_URL).hostname or "localhost"),
        state=state,
        reason=reason,
    )


def _first_state(to: str) -> tuple[LetterState, Reason]:
    if not is_valid(to):
        return LetterState.FAILED, Reason.ADDRESS
    if is_bounced(to):
        return LetterState.REFUSED, Reason.BOUNCED
    return (LetterState.SHOWN if settings.DEMO else LetterState.WAITING), Reason.NONE


def _keep(letter: Letter) -> Letter | None:
    if letter.key and Letter.objects.filter(key=letter.key).exists():
        return None
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        if letter.key and Letter.objects.filter(key=letter.key).exists():
            return None  # posted by somebody else in the same moment
        raise
    return letter
