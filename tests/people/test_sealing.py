"""A stolen copy of the database opens nothing."""

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from samtun.people.sealing import seal, unseal
from tests.factories import people


def test_what_is_sealed_is_read_again_and_never_looks_the_same() -> None:
    assert unseal(seal("JBSWY3DP")) == "JBSWY3DP"
    assert seal("JBSWY3DP") != seal("JBSWY3DP")


def test_a_key_that_was_changed_still_opens_while_it_is_named(settings: Settings) -> None:
    sealed = seal("JBSWY3DP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another, longer and newer than the one before it"
    assert unseal(sealed) == "JBSWY3DP"


def test_another_installation_reads_nothing(settings: Settings) -> None:
    sealed = seal("JBSWY3DP")
    settings.SECRET_KEY = "another, longer and newer than the one before it"
    with pytest.raises(ValueError, match="another secret key"):
        unseal(sealed)


@pytest.mark.django_db
def test_the_apps_secret_is_not_in_the_database() -> None:
    person = people.second_factor(people.person())
    kept = Authenticator.objects.get(user=person, type="totp").data["secret"]
    assert len(unseal(kept)) == 32
    assert unseal(kept) not in kept


@pytest.mark.django_db
def test_without_the_key_no_code_fits_and_nothing_breaks(settings: Settings) -> None:
    person = people.second_factor(people.person())
    app = Authenticator.objects.get(user=person, type="totp")
    settings.SECRET_KEY = "another, longer and newer than the one before it"
    assert not app.wrap().validate_code("000000")
