"""Signed names in addresses, which are all the authority their holders have."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from samtun.learning.models import Learner


def calendar_token_of(learner: Learner) -> str:
    """What stands in the address of a learner's own calendar."""
    return _signer("calendar").sign(learner.pk.hex)


def learner_of_calendar(token: str) -> Learner | None:
    """Whose calendar `token` opens; None when forged or forgotten."""
    key = _key_of("calendar", token)
    return Learner.objects.filter(pk=key).first() if key else None


def _key_of(kind: str, token: str) -> UUID | None:
    try:
        return UUID(_signer(kind).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(kind: str) -> Signer:
    return Signer(salt=f"samtun.learning.{kind}", sep=".")
