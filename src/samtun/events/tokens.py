"""The links in letters: signed names, which are all the authority their holders have.

Each kind of link has a salt of its own, so that none opens what another is for.
"""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from samtun.events.models import Intake, Party

_HERE = "TOKEN"


def token_of(party: Party) -> str:
    """What stands in a party's own link; nobody can make one without the secret key."""
    return _signer("party").sign(party.pk.hex)


def party_of(token: str) -> Party | None:
    """The party that `token` opens, with its event; None when forged or forgotten."""
    key = _key_of("party", token)
    found = Party.objects.select_related("intake__event__organization")
    return found.filter(pk=key).first() if key else None


def consent_token_of(party: Party) -> str:
    """What stands in the link of the grown-up who is asked."""
    return _signer("consent").sign(party.pk.hex)


def party_to_consent(token: str) -> Party | None:
    """The party whose grown-up holds `token`."""
    key = _key_of("consent", token)
    found = Party.objects.select_related("intake__event__organization")
    return found.filter(pk=key).first() if key else None


def evaluation_token_of(intake: Intake) -> str:
    """The same for everybody who was there, so that an answer tells nothing of who wrote it."""
    return _signer("evaluation").sign(intake.pk.hex)


def intake_to_evaluate(token: str) -> Intake | None:
    """What `token` asks about."""
    key = _key_of("evaluation", token)
    found = Intake.objects.select_related("event__organization")
    return found.filter(pk=key).first() if key else None


def address(view: str, token: str, language: str) -> str:
    """The whole address of the page `front:{view}` for `token`, in the reader's language."""
    return settings.PUBLIC_URL + _page(view, language).replace(_HERE, token)


@lru_cache(maxsize=32)
def _page(view: str, language: str) -> str:
    """The page's path; remembered, since reminders are written by the thousand."""
    with translation.override(language):
        return reverse(f"front:{view}", kwargs={"token": _HERE})


def _key_of(kind: str, token: str) -> UUID | None:
    try:
        return UUID(_signer(kind).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(kind: str) -> Signer:
    return Signer(salt=f"samtun.events.{kind}", sep=".")
