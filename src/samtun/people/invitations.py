"""The link of an invitation: signed, for that invitation only, and for the letter sent last.

Opening it changes nothing. Whoever holds it can read what is offered and to which address; a role
comes of it only for an account with that address.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from samtun.people.models import Invitation

_SALT = "people.invitation"


def token_of(invitation: Invitation) -> str:
    """What the link holds: an identifier and which letter it stood in. No name, no address."""
    value = f"{invitation.pk.hex}.{int(invitation.expires_at.timestamp())}"
    return signing.Signer(salt=_SALT, sep="~").sign(value)


def address_of(invitation: Invitation) -> str:
    """The whole web address for the letter."""
    path = reverse("people_invitation", args=[token_of(invitation)])
    return f"{settings.PUBLIC_URL}{path}"


def read(token: str) -> Invitation | None:
    """The invitation of a link, also one that no longer holds; `None`: the link was not ours."""
    try:
        value = signing.Signer(salt=_SALT, sep="~").unsign(token)
    except signing.BadSignature:
        return None
    key, _, _letter = value.partition(".")
    rows = Invitation.objects.select_related("region", "municipality", "organization", "made_by")
    return rows.filter(pk=UUID(key)).first()


def is_open(invitation: Invitation, token: str = "") -> bool:
    """Whether it can be accepted now; with `token`, also whether that is of the last letter."""
    if token and token != token_of(invitation):
        return False
    waits = invitation.accepted_at is None and invitation.withdrawn_at is None
    return waits and invitation.expires_at > timezone.now()
