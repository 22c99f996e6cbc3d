"""Codes in links that several people share."""

import secrets


def new_code() -> str:
    """96 bits, fit for an address; used by a migration, so it stays here."""
    return secrets.token_urlsafe(12)
