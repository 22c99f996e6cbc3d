"""The second factor: when it is asked for, and what happens without it."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, TestCase
from pytest_django import DjangoCaptureOnCommitCallbacks

from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent, User
from tests.factories import directory as make
from tests.factories import people
from tests.people.sign_in import steps

pytestmark = pytest.mark.django_db
DESK = "/skrivebord/"
WHY = "/konto/to-trinn/"
SECOND = "/konto/logg-inn/to-trinn/"


@pytest.fixture
def organization() -> Organization:
    """In Nord-Aurdal."""
    return make.organization(municipality=make.municipality())


@pytest.fixture
def kari(organization: Organization) -> User:
    """Looks after an organisation; has a password and no second factor."""
    made = people.person("Kari", password=steps.PASSWORD)
    people.role(made, RoleKind.ORGANISATION_EDITOR, organization=organization)
    return made


def set_up_app(client: Client) -> str:
    """Set up an app, as the page says; where one is led then."""
    form = client.get("/konto/sikkerhet/app/").context["form"]
    code = steps.format_hotp_value(steps.hotp_value(form.secret, int(steps.time.time()) // 30))
    return str(client.post("/konto/sikkerhet/app/", {"code": code}).headers["Location"])


def test_the_desk_says_first_why_a_second_factor_is_needed(client: Client, kari: User) -> None:
    steps.with_password(client, kari.email)
    answer = client.get(f"{DESK}?x=1&y=2")
    assert answer.headers["Location"] == f"{WHY}?next=%2Fskrivebord%2F%3Fx%3D1%26y%3D2"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_with_an_app_one_comes_to_where_one_was_going(client: Client, kari: User) -> None:
    steps.with_password(client, kari.email)
    client.get(client.get(f"{DESK}?x=1").headers["Location"])
    assert set_up_app(client) == "/konto/sikkerhet/reservekoder/"
    assert len(client.get("/konto/sikkerhet/reservekoder/").context["unused_codes"]) == 10
    assert client.get("/konto/videre/").headers["Location"] == f"{DESK}?x=1"
    assert client.get(DESK).status_code == 200
    assert client.get("/konto/videre/").headers["Location"] == "/konto/"


def test_a_session_from_before_the_app_does_not_open_the_desk(client: Client, kari: User) -> None:
    stranger = Client()
    steps.with_password(stranger, kari.email)
    steps.with_password(client, kari.email)
    with TestCase.captureOnCommitCallbacks(execute=True):
        set_up_app(client)
    assert client.get(DESK).status_code == 200
    assert stranger.get(DESK).headers["Location"].startswith(steps.LOGIN)


@pytest.mark.parametrize("wanted", ["https://ond.example/", "//ond.example", "javascript:x"])
def test_nobody_is_led_away_after_the_second_factor(
    client: Client, kari: User, wanted: str
) -> None:
    steps.with_password(client, kari.email)
    client.get(WHY, {"next": wanted})
    assert client.get("/konto/videre/").headers["Location"] == "/konto/"


def test_a_password_alone_no_longer_opens_an_account_with_an_app(kari: User) -> None:
    people.second_factor(kari)
    client = Client()
    assert steps.with_password(client, kari.email).headers["Location"] == SECOND
    assert not steps.is_signed_in(client)
    client.post(SECOND, {"code": "000000"})
    assert not steps.is_signed_in(client)
    client.post(SECOND, {"code": steps.app_code(kari)})
    assert client.get(DESK).status_code == 200


def test_a_letter_alone_does_not_either(client: Client, kari: User) -> None:
    people.second_factor(kari)
    client.post(steps.CODE, {"email": kari.email})
    client.post(f"{steps.CODE}skriv/", {"code": steps.code_in(steps.letter_to(kari.email))})
    assert not steps.is_signed_in(client)


def test_a_recovery_code_works_once(client: Client, kari: User) -> None:
    steps.with_password(client, kari.email)
    set_up_app(client)
    code = client.get("/konto/sikkerhet/reservekoder/").context["unused_codes"][0]
    results = []
    for _ in range(2):
        again = Client()
        steps.with_password(again, kari.email)
        again.post(SECOND, {"code": code})
        results.append(steps.is_signed_in(again))
    assert results == [True, False]


def test_guessing_the_code_of_the_app_is_stopped(client: Client, kari: User) -> None:
    people.second_factor(kari)
    steps.with_password(client, kari.email)
    for _ in range(5):
        client.post(SECOND, {"code": "000000"})
    client.post(SECOND, {"code": steps.app_code(kari)})
    assert not steps.is_signed_in(client)


def test_removing_the_last_factor_leads_back(
    client: Client, kari: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    steps.with_password(client, kari.email)
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(client)
    client.post("/konto/sikkerhet/app/fjern/")
    trail = AuditEvent.objects.filter(actor=kari).values_list("action", "details__factor")
    assert ("account.factor_added", "totp") in trail
    assert ("account.factor_removed", "totp") in trail
    assert not Authenticator.objects.filter(user=kari).exists(), "recovery codes go with it"
    assert client.get(DESK).headers["Location"].startswith(WHY)


def test_recovery_codes_alone_are_no_second_factor(client: Client, kari: User) -> None:
    Authenticator.objects.create(
        user=kari, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0}
    )
    client.force_login(kari)
    assert client.get(DESK).headers["Location"].startswith(WHY)


def test_who_only_reads_needs_none(client: Client, organization: Organization) -> None:
    adviser = people.person("Rådgiver", password=steps.PASSWORD)
    people.role(adviser, RoleKind.ADVISER, organization=organization)
    assert steps.with_password(client, adviser.email).headers["Location"] == DESK
    assert client.get(DESK).status_code == 200


def test_an_old_session_must_prove_itself_before_a_factor_is_added(
    client: Client, kari: User
) -> None:
    client.force_login(kari)  # signed in, but not of late
    answer = client.get("/konto/sikkerhet/app/")
    assert answer.headers["Location"].startswith("/konto/igjen/?next=")
    client.post(answer.headers["Location"], {"password": steps.PASSWORD})
    assert client.get("/konto/sikkerhet/app/").status_code == 200


@pytest.mark.parametrize("page", ["sikkerhet/app/", "sikkerhet/passnokler/ny/", "e-post/"])
def test_an_old_session_without_any_proof_signs_in_anew(page: str) -> None:
    client, nils = Client(), people.person("Nils")
    client.force_login(nils)
    answer = client.get(f"/konto/{page}")
    assert answer.headers["Location"].startswith(steps.LOGIN)
    assert not steps.is_signed_in(client)
