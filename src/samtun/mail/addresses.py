"""E-mail addresses: which can be written to, and when two are the same."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def comparable(address: str) -> str:
    """The form in which addresses are compared: mail servers do not mind capitals."""
    return address.strip().lower()[:320]


def is_valid(address: str) -> bool:
    """Whether a letter can be addressed to it: one address, nothing but an address.

    Domains with letters beyond ASCII are fine; before the @ they are not, since few mail servers
    take them.
    """
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= 320
