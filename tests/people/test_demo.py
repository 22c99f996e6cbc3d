"""The invented people of the demo."""

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from samtun.people import demo
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.factories import directory as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _example(settings: Settings) -> None:
    """The example region, with the organisations that its people work for."""
    settings.DEMO = True
    region = make.region("valdres", make.municipality())
    for number, name in (("3454", "Vang"),):
        make.municipality(number, name)
    for key in (
        "frivilligsentralen-i-nord-aurdal",
        "parorendesenteret",
        "nord-aurdal-helsetun",
        "nord-aurdal-hjemmetjeneste",
    ):
        make.organization(id=demo.derived_id("organization", region.slug, key))


def test_there_is_one_for_each_kind_of_role() -> None:
    demo.load()
    assert {one.role for one in demo.people()} == set(RoleKind)


def test_the_password_opens_and_the_code_is_right() -> None:
    demo.load()
    one = demo.people()[0]
    user = User.objects.get(email=one.email)
    assert user.check_password(one.password)
    assert Authenticator.objects.get(user=user).wrap().validate_code(one.code)


def test_started_again_nobody_is_made_twice() -> None:
    assert demo.load() == User.objects.count()
    assert demo.load() == 0


def test_outside_the_demo_nobody_is_shown(settings: Settings) -> None:
    demo.load()
    settings.DEMO = False
    assert demo.people() == []
