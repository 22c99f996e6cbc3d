"""Accounts."""

import pytest
from django.db import IntegrityError

from samtun.people.models import User

pytestmark = pytest.mark.django_db


def test_a_user_signs_in_with_an_address_and_may_have_no_password() -> None:
    user = User.objects.create_user("kari@fagernes.example")
    assert user.get_username() == "kari@fagernes.example"
    assert not user.has_usable_password()


def test_a_user_without_an_address_is_refused() -> None:
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_one_address_makes_one_user_whatever_its_capitals() -> None:
    User.objects.create_user("kari@fagernes.example")
    with pytest.raises(IntegrityError):
        User.objects.create_user("Kari@fagernes.example")


def test_others_see_the_name_where_there_is_one() -> None:
    assert str(User(email="kari@fagernes.example")) == "kari@fagernes.example"
    assert str(User(email="kari@fagernes.example", name="Kari")) == "Kari"
