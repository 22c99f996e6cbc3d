"""Secrets that must be read again are sealed, so that a stolen copy of the database opens nothing.

The key is made of Django's secret key, which is never in the database; old ones
(`SECRET_KEY_FALLBACKS`) still open what they sealed.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

_PURPOSE = "samtun.people.sealing"


def seal(text: str) -> str:
    """`text`, readable by this installation only."""
    return _box().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """What was sealed.

    Raises:
        ValueError: sealed with a key that is gone, or not by us.
    """
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("sealed with another secret key") from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    digest = salted_hmac(_PURPOSE, "", secret=key, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)
