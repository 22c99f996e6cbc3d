"""Signing in with a password, and what stands in the way of guessing one."""

import pytest
from django.http import HttpResponse
from django.test import Client

from samtun.mail.models import Letter
from samtun.people.adapters import AccountAdapter
from samtun.people.models import Counted, User
from tests.factories import people
from tests.people.sign_in import steps

pytestmark = pytest.mark.django_db


def is_refused(answer: HttpResponse) -> bool:
    """Whether the form says that there have been too many tries."""
    said = AccountAdapter.error_messages["too_many_login_attempts"]
    return str(said) in str(answer.context["form"].errors)


@pytest.fixture
def kari() -> User:
    """Has a password and no role."""
    return people.person("Kari Eksempel", password=steps.PASSWORD)


def test_the_right_password_opens_the_account(client: Client, kari: User) -> None:
    answer = steps.with_password(client, kari.email)
    assert answer.headers["Location"] == "/kurs/mitt/"
    assert steps.is_signed_in(client)


def test_no_cookie_comes_before_the_sign_in_page(client: Client) -> None:
    assert not client.get("/").cookies
    assert "samtun_form" in client.get(steps.LOGIN).cookies


def test_a_session_from_before_is_not_the_session_after(client: Client, kari: User) -> None:
    client.get("/konto/passord/glemt/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.cookies["samtun_session"] = before
    steps.with_password(client, kari.email)
    assert client.session.session_key != before


def test_an_unknown_address_and_a_wrong_password_are_answered_alike(
    client: Client, kari: User
) -> None:
    wrong = steps.with_password(client, kari.email, "noe helt annet")
    unknown = steps.with_password(client, "ukjent@valdres.example", "noe helt annet")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert not Letter.objects.exists()


def test_the_sixth_try_is_refused_even_with_the_right_password(client: Client, kari: User) -> None:
    for _ in range(5):
        steps.with_password(client, kari.email, "noe helt annet")
    answer = steps.with_password(Client(), kari.email)
    assert is_refused(answer)


def test_a_locked_password_still_lets_a_letter_in(client: Client, kari: User) -> None:
    for _ in range(5):
        steps.with_password(client, kari.email, "noe helt annet")
    client.post(steps.CODE, {"email": kari.email})
    code = steps.code_in(steps.letter_to(kari.email))
    client.post("/konto/logg-inn/kode/skriv/", {"code": code})
    assert steps.is_signed_in(client)


def test_somebody_elses_tries_do_not_lock_ola(client: Client, kari: User) -> None:
    for _ in range(5):
        steps.with_password(client, kari.email, "noe helt annet")
    ola = people.person("Ola", password=steps.PASSWORD)
    steps.with_password(client, ola.email)
    assert steps.is_signed_in(client)


def test_many_tries_from_one_network_stop_it_whomever_they_are_for(client: Client) -> None:
    for number in range(20):
        steps.with_password(client, f"nr{number}@valdres.example", "noe")
    ola = people.person("Ola", password=steps.PASSWORD)
    here = steps.with_password(client, ola.email)
    elsewhere = steps.with_password(client, ola.email, REMOTE_ADDR="192.0.2.7")
    assert is_refused(here)
    assert elsewhere.status_code == 302


def test_a_storm_of_forms_gets_a_page_that_says_wait(client: Client) -> None:
    answers = [client.post(steps.LOGIN, {"login": "x"}) for _ in range(31)]
    assert answers[29].status_code == 200
    assert answers[30].status_code == 429
    assert "429.html" in [each.name for each in answers[30].templates]


def test_what_is_counted_says_neither_whom_nor_where(client: Client, kari: User) -> None:
    steps.with_password(client, kari.email, "noe helt annet")
    kept = list(Counted.objects.values_list("cache_key", flat=True))
    assert len(kept) >= 3
    assert all(len(key) == 64 and ":" not in key for key in kept)


@pytest.mark.parametrize(
    "next_url", ["https://ond.example/", "//ond.example/", "/\\ond.example", "javascript:alert(1)"]
)
def test_nobody_is_led_away_after_signing_in(client: Client, kari: User, next_url: str) -> None:
    form = {"login": kari.email, "password": steps.PASSWORD, "next": next_url}
    assert client.post(steps.LOGIN, form).headers["Location"] == "/kurs/mitt/"


def test_one_comes_to_what_one_asked_for(client: Client, kari: User) -> None:
    form = {"login": kari.email, "password": steps.PASSWORD, "next": "/nn/konto/okter/"}
    assert client.post(steps.LOGIN, form).headers["Location"] == "/nn/konto/okter/"


def test_a_form_without_its_key_is_refused(kari: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = steps.with_password(strict, kari.email)
    assert answer.status_code == 403
    assert not steps.is_signed_in(strict)


def test_a_closed_account_stays_closed(client: Client, kari: User) -> None:
    User.objects.filter(pk=kari.pk).update(is_active=False)
    answer = steps.with_password(client, kari.email)
    assert not steps.is_signed_in(client)
    assert answer.headers.get("Location", "/konto/stengt/") == "/konto/stengt/"


def test_nobody_signs_up(client: Client) -> None:
    form = {"email": "ny@valdres.example", "password1": steps.PASSWORD}
    answer = client.post("/konto/ny/", form)
    assert "account/signup_closed.html" in [each.name for each in answer.templates]
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["kort", "password1234", "123456789012", "karieksempel1"])
def test_a_weak_password_is_refused(client: Client, kari: User, password: str) -> None:
    client.force_login(kari)
    form = {"oldpassword": steps.PASSWORD, "password1": password, "password2": password}
    answer = client.post("/konto/passord/", form)
    assert "password1" in answer.context["form"].errors
    kari.refresh_from_db()
    assert kari.check_password(steps.PASSWORD)


def test_a_new_password_signs_out_everywhere_else(kari: User) -> None:
    here, there = Client(), Client()
    steps.with_password(here, kari.email)
    steps.with_password(there, kari.email)
    new = "et helt nytt passord"
    form = {"oldpassword": steps.PASSWORD, "password1": new, "password2": new}
    here.post("/konto/passord/", form)
    assert steps.is_signed_in(here)
    assert not steps.is_signed_in(there)
    assert steps.letter_to(kari.email).purpose == "account.password_changed"


def test_a_forgotten_password_is_replaced_with_a_code(client: Client, kari: User) -> None:
    client.post("/konto/passord/glemt/", {"email": kari.email})
    code = steps.code_in(steps.letter_to(kari.email))
    client.post("/konto/passord/glemt/kode/", {"code": code})
    new = "et helt nytt passord"
    client.post("/konto/passord/glemt/nytt/", {"password1": new, "password2": new})
    kari.refresh_from_db()
    assert kari.check_password(new)
    assert not steps.is_signed_in(client), "the code alone opens nothing"
