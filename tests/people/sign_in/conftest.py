"""What the tests of signing in share."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests import identity


@pytest.fixture(scope="session")
def identity_server() -> Iterator[identity.IdentityServer]:
    """One OpenID Connect server for all tests; each makes people of its own there."""
    with identity.running() as server:
        yield server


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Settings) -> None:
    """Hashing slowly is the point elsewhere; here it would only be slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
