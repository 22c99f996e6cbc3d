"""The link in a letter: a signed name of the enquiry, which is all the authority its holder has."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone, translation

from samtun.directory.models import Enquiry

_HERE = "TOKEN"
_SALT = "samtun.directory.enquiry"


def token_of(enquiry: Enquiry) -> str:
    """What stands in the link; nobody can make one without the installation's secret key."""
    return _signer().sign(enquiry.pk.hex)


def enquiry_of(token: str) -> Enquiry | None:
    """The enquiry that `token` opens; None when it is forged, forgotten or too old."""
    found = any_enquiry_of(token)
    return found if found and found.expires_at > timezone.now() else None


def any_enquiry_of(token: str) -> Enquiry | None:
    """The same, too old or not: enough to send a fresh letter, and for nothing else."""
    try:
        key = UUID(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    return Enquiry.objects.select_related("person").filter(pk=key).first()


def address_of(enquiry: Enquiry) -> str:
    """The whole address of the letter's page, in the letter's language."""
    return settings.PUBLIC_URL + _page(enquiry.language).replace(_HERE, token_of(enquiry))


@lru_cache(maxsize=8)
def _page(language: str) -> str:
    """The page's path; remembered, since a night writes tens of thousands of letters."""
    with translation.override(language):
        return reverse("front:confirm", kwargs={"token": _HERE})


def _signer() -> Signer:
    return Signer(salt=_SALT, sep=".")
