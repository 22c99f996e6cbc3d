"""What the mail server's answer, or its silence, means for a letter."""

import re
import smtplib
from dataclasses import dataclass

from samtun.mail.enums import LetterState, Reason

_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")  # RFC 3463
_NOT_ABOUT_THE_ADDRESS = "5.7."  # policy: the server will not take it from us
_PROVE_WHO_YOU_ARE = 530


@dataclass(frozen=True, slots=True)
class Verdict:
    """How to go on. `WAITING` means: try later."""

    state: LetterState
    reason: Reason = Reason.NONE
    answer: str = ""
    is_bounce: bool = False


TAKEN = Verdict(LetterState.SENT)


def verdict_on(error: OSError, *, handed_over: bool) -> Verdict:
    """What `error` says; without an answer all depends on whether the letter had left."""
    reply = _reply_of(error)
    if reply is None:
        if handed_over:
            return Verdict(LetterState.UNCERTAIN, Reason.INTERRUPTED)
        return Verdict(LetterState.WAITING, Reason.NO_CONNECTION)
    code, enhanced = reply
    answer = f"{code} {enhanced}".strip()
    if code < 500:
        return Verdict(LetterState.WAITING, Reason.LATER, answer)
    if _is_about_the_address(error, code, enhanced):
        return Verdict(LetterState.FAILED, Reason.RECIPIENT, answer, is_bounce=True)
    return Verdict(LetterState.FAILED, Reason.SERVER, answer)


def is_permanent(status: str) -> bool:
    """Whether an enhanced status says that letters to the address will always come back."""
    return status.startswith("5.") and not status.startswith(_NOT_ABOUT_THE_ADDRESS)


def _is_about_the_address(error: OSError, code: int, enhanced: str) -> bool:
    if code == _PROVE_WHO_YOU_ARE or enhanced.startswith(_NOT_ABOUT_THE_ADDRESS):
        return False
    return isinstance(error, smtplib.SMTPRecipientsRefused) or enhanced.startswith("5.1.")


def _reply_of(error: OSError) -> tuple[int, str] | None:
    """The server's two codes; the words beside them may quote the address, so they are dropped."""
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return None
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else str(words)
    found = _ENHANCED.match(text)
    return code, found[1] if found else ""
