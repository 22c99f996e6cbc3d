"""Signing in with a code by e-mail."""

import pytest
from django.test import Client

from samtun.mail.models import Letter
from samtun.people.models import User
from tests.factories import people
from tests.people.sign_in import steps

pytestmark = pytest.mark.django_db
TYPE = "/konto/logg-inn/kode/skriv/"


@pytest.fixture
def kari() -> User:
    """Has no password."""
    return people.person("Kari Eksempel", language="nn")


def asked(client: Client, email: str) -> Letter:
    """Ask for a code; the letter that came."""
    client.post(steps.CODE, {"email": email})
    return steps.letter_to(email)


def test_the_code_of_the_letter_signs_in(client: Client, kari: User) -> None:
    code = steps.code_in(asked(client, kari.email))
    client.post(TYPE, {"code": code.lower().replace("-", " ").replace(" ", "")})
    assert steps.is_signed_in(client)


def test_the_letter_is_in_the_language_of_whoever_gets_it(client: Client, kari: User) -> None:
    letter = asked(client, kari.email)
    assert letter.language == "nn"
    assert letter.purpose == "account.login_code"


def test_a_stranger_gets_the_same_page_and_a_letter_without_a_code(
    client: Client, kari: User
) -> None:
    known = client.post(steps.CODE, {"email": kari.email})
    other = Client()
    unknown = other.post(steps.CODE, {"email": "ukjent@valdres.example"})
    assert known.headers["Location"] == unknown.headers["Location"]
    pages = [one.get(TYPE).text for one in (client, other)]
    assert pages[0].count("<p") == pages[1].count("<p")
    with pytest.raises(AssertionError):
        steps.code_in(steps.letter_to("ukjent@valdres.example"))


def test_a_stranger_is_written_to_once_a_day(kari: User) -> None:
    for _ in range(3):
        Client().post(steps.CODE, {"email": "ukjent@valdres.example"})
    assert Letter.objects.filter(to="ukjent@valdres.example").count() == 1


def test_nobody_fills_karis_box(kari: User) -> None:
    for _ in range(6):
        Client().post(steps.CODE, {"email": kari.email})
    assert Letter.objects.filter(to=kari.email).count() == 3


def test_three_wrong_codes_end_it(client: Client, kari: User) -> None:
    code = steps.code_in(asked(client, kari.email))
    for _ in range(3):
        client.post(TYPE, {"code": "XXXX-XXXX"})
    client.post(TYPE, {"code": code})
    assert not steps.is_signed_in(client)


def test_a_code_works_only_where_it_was_asked_for(client: Client, kari: User) -> None:
    code = steps.code_in(asked(client, kari.email))
    ola = Client()
    ola.post(steps.CODE, {"email": "ola@valdres.example"})
    ola.post(TYPE, {"code": code})
    assert not steps.is_signed_in(ola)


def test_a_half_done_sign_in_can_begin_again(client: Client, kari: User) -> None:
    asked(client, kari.email)
    assert client.get(steps.LOGIN).status_code == 302, "led back to the code"
    client.post("/konto/logg-ut/", {"next": steps.LOGIN})
    assert client.get(steps.LOGIN).status_code == 200
