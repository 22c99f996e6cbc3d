"""A trap for robots instead of a picture puzzle, which many people cannot solve.

A field that nobody sees must stay empty, and a form is not sent the moment it is opened. A person
who is caught all the same, by a browser that fills in everything, sends once more and is through.
"""

from enum import StrEnum

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import QueryDict

FIELD = "nettsted_2"  # named so that no browser has something to fill in
STAMP = "stempel"
QUICKEST = 3  # seconds between opening the form and sending it
LONGEST = 24 * 3600
_SIGNER = TimestampSigner(salt="samtun.front.tell")


class Caught(StrEnum):
    """Why a form was not taken."""

    FILLED = "filled"
    QUICK = "quick"
    OLD = "old"


def stamp(form: str) -> str:
    """A mark for the page of the form called `form`: when it was opened, signed."""
    return _SIGNER.sign(form)


def caught(form: str, sent: QueryDict) -> Caught | None:
    """What makes `sent` look like a robot's; `form` is the name that was stamped."""
    mark = sent.get(STAMP, "")
    try:
        if _SIGNER.unsign(mark, max_age=LONGEST) != form:
            return Caught.OLD
    except (SignatureExpired, BadSignature):
        return Caught.OLD
    if sent.get(FIELD):
        return Caught.FILLED
    try:
        _SIGNER.unsign(mark, max_age=QUICKEST)
    except SignatureExpired:
        return None
    return Caught.QUICK
