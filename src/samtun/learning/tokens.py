"""Signed names in addresses, which are all the authority their holders have."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from samtun.learning.models import Learner


def calendar_token_of(learner: Learner) -> str:
    """What stands in the address of a learner's own calendar, until they renew it."""
    number = learner.calendar_number
    return _signer("calendar").sign(f"{learner.pk.hex}-{number}" if number else learner.pk.hex)


def learner_of_calendar(token: str) -> Learner | None:
    """Whose calendar `token` opens; None when forged, forgotten or renewed."""
    try:
        key, _dash, number = _signer("calendar").unsign(token).partition("-")
        return Learner.objects.filter(pk=UUID(key), calendar_number=int(number or 0)).first()
    except (BadSignature, ValueError):
        return None


def _signer(kind: str) -> Signer:
    return Signer(salt=f"samtun.learning.{kind}", sep=".")
