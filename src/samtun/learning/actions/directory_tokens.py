"""What a municipality's directory shows when it hands over employees; see docs/operations.md."""

import hashlib
import secrets

from django.db import transaction
from django.utils import timezone

from samtun.learning.models import DirectoryToken
from samtun.organisations.models import Organization
from samtun.people import audit
from samtun.people.models import User

_MARK = "samtun-"  # so that scanners for lost secrets can know it
_BYTES = 32
_LONGEST = 200


@transaction.atomic
def make(*, employer: Organization, label: str, by: User) -> tuple[DirectoryToken, str]:
    """A token for the employer's list, and its secret, which is never to be had again."""
    secret = _MARK + secrets.token_urlsafe(_BYTES)
    token = DirectoryToken.objects.create(
        employer=employer, label=label.strip(), digest=_digest(secret), made_by=by
    )
    audit.record("directory_token.made", by=by, about=token)
    return token, secret


@transaction.atomic
def end(*, token: DirectoryToken, by: User) -> None:
    """From now on it opens nothing."""
    held = DirectoryToken.objects.select_for_update().get(pk=token.pk)
    if held.ended_at is not None:
        return
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    audit.record("directory_token.ended", by=by, about=token)


def shown(secret: str) -> DirectoryToken | None:
    """The token whose secret it is, while it holds; notes the day it was used.

    Looked up by a digest of 256 random bits, so that how long it takes tells nothing.
    """
    if not secret.startswith(_MARK) or len(secret) > _LONGEST:
        return None
    rows = DirectoryToken.objects.select_related("employer")
    token = rows.filter(digest=_digest(secret), ended_at__isnull=True).first()
    if token and token.last_used_on != timezone.localdate():
        token.last_used_on = timezone.localdate()
        token.save(update_fields=["last_used_on"])
    return token


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
