"""Signing up: half a minute, no account, no cookie, no puzzle."""

import time
from typing import Any
from uuid import uuid4

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from samtun.events.enums import SignUp
from samtun.events.models import Intake, Party
from samtun.front import robots_trap
from tests.factories import directory as make
from tests.factories import events as happening
from tests.front import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _valdres() -> None:
    scenes.valdres()


def one_off(**fields: Any) -> Intake:  # noqa: ANN401  (the fields of an event)
    """Something in Nord-Aurdal that one signs up for."""
    return happening.one_off(make.municipality("3451", "Nord-Aurdal"), **fields)


def address(of: Intake, prefix: str = "") -> str:
    """Where the form is."""
    return f"{prefix}/valdres/kalender/{of.event.slug}/pamelding/{of.pk}/"


def stamped(of: Intake, *, ago: float = 10) -> str:
    """The mark of a form that was opened so many seconds ago."""
    now = time.time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: now() - ago)
        return TimestampSigner(salt="samtun.front.tell").sign(f"valdres/{of.pk}")


def sends(of: Intake, prefix: str = "", *, ago: float = 10, **fields: Any) -> Any:  # noqa: ANN401
    """A visitor fills in the form and sends it."""
    said = {
        "navn": "Anne", "vei": "epost", "epost": "anne@privat.example", "antall": "2",
        "skjema": str(uuid4()), robots_trap.STAMP: stamped(of, ago=ago), robots_trap.FIELD: "",
    }  # fmt: skip
    return Client(enforce_csrf_checks=True).post(address(of, prefix), said | fields)


def test_page_opens_without_leaving_anything() -> None:
    response = Client().get(address(one_off()))
    assert response.status_code == 200, response.content.decode()
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not Party.objects.exists()


def test_who_signs_up_comes_to_a_page_of_their_own() -> None:
    wanted = one_off(capacity=10)
    response = sends(wanted, "/nn")
    assert response.status_code == 302, response.content.decode()
    assert not response.cookies
    party = Party.objects.get()
    assert (party.name, party.email, party.size, party.language) == (
        "Anne", "anne@privat.example", 2, "nn",
    )  # fmt: skip
    page = Client().get(response["Location"]).content.decode()
    assert "anne@privat.example" in page


def test_anonymous_event_takes_only_how_many_they_are() -> None:
    wanted = one_off(sign_up=SignUp.ANONYMOUS)
    page = Client().get(address(wanted)).content.decode()
    assert 'name="epost"' not in page
    response = sends(wanted, antall="3")
    party = Party.objects.get()
    assert (party.size, party.name, party.email) == (3, "", "")
    assert "Ta vare" in Client().get(response["Location"]).content.decode()
