"""One's own account: what is shown, stored and changed, and that it is only one's own."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.people import accounts, devices
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent, Counted, User
from tests.factories import directory as make
from tests.factories import people
from tests.people.sign_in import steps

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
OWN_PAGES = [
    "account_home",
    "account_download",
    "account_second_factor",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_list_webauthn",
    "usersessions_list",
    "socialaccount_connections",
]


@pytest.fixture
def kari() -> User:
    """Has a password."""
    return people.person("Kari Eksempel", password=steps.PASSWORD)


@pytest.fixture
def ola() -> User:
    """Works in the same municipality."""
    return people.person("Ola Utenfor", password=steps.PASSWORD)


def browser_of(person: User) -> Client:
    """A browser in which the person has just signed in."""
    client = Client(HTTP_USER_AGENT=FIREFOX)
    steps.with_password(client, person.email)
    return client


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_of_ones_own_asks_a_stranger_to_sign_in(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.headers["Location"] == f"{steps.LOGIN}?next={reverse(name)}"


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_of_ones_own_opens_and_is_kept_nowhere(kari: User, name: str) -> None:
    answer = browser_of(kari).get(reverse(name))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_name_and_language_are_ones_own_to_change(kari: User, ola: User) -> None:
    answer = browser_of(kari).post("/konto/", {"name": "Kari Ny", "language": "nn", "id": ola.pk})
    assert answer.status_code == 302
    kari.refresh_from_db()
    assert (kari.name, kari.language) == ("Kari Ny", "nn")
    assert User.objects.get(pk=ola.pk).name == "Ola Utenfor"


def test_the_account_takes_as_many_questions_with_one_role_as_with_many(
    kari: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser_of(kari)
    client.get("/konto/")
    people.role(kari, RoleKind.LEADER, organization=make.organization())
    with django_assert_num_queries(8):
        client.get("/konto/")
    for _ in range(5):
        people.role(kari, RoleKind.LEADER, organization=make.organization())
    with django_assert_num_queries(8):
        client.get("/konto/")


def test_the_file_holds_what_is_mine_and_nothing_secret_or_of_others(kari: User, ola: User) -> None:
    people.second_factor(ola)
    client = browser_of(kari)
    text = client.get("/konto/mine-data.json").text
    told = json.loads(text)
    assert told["account"]["email"] == kari.email
    assert told["sessions"][0]["machine"].startswith("Firefox")
    assert ola.email not in text
    assert kari.password not in text


def test_a_session_keeps_the_kind_of_machine_and_no_address(kari: User) -> None:
    browser_of(kari)
    row = UserSession.objects.get(user=kari)
    assert (row.ip, row.user_agent) == ("0.0.0.0", "Firefox/Windows")  # noqa: S104


def test_kari_ends_one_of_her_other_sessions(kari: User) -> None:
    here, there = browser_of(kari), browser_of(kari)
    other = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"/konto/okter/{other.pk}/")
    assert steps.is_signed_in(here)
    assert not steps.is_signed_in(there)


def test_ola_cannot_end_karis_session_nor_learn_that_it_is_there(kari: User, ola: User) -> None:
    hers = browser_of(kari)
    row = UserSession.objects.get(user=kari)
    answer = browser_of(ola).post(f"/konto/okter/{row.pk}/")
    missing = browser_of(ola).post("/konto/okter/999999/")
    assert answer.status_code == missing.status_code == 404
    assert steps.is_signed_in(hers)


def test_all_other_sessions_end_at_once(kari: User) -> None:
    here, there, third = browser_of(kari), browser_of(kari), browser_of(kari)
    here.post("/konto/okter/")
    assert [steps.is_signed_in(each) for each in (here, there, third)] == [True, False, False]


def test_a_new_address_counts_when_its_code_is_typed_and_the_old_one_is_told(kari: User) -> None:
    client, old = browser_of(kari), kari.email
    client.post("/konto/e-post/", {"email": "ny@valdres.example", "action_add": "1"})
    kari.refresh_from_db()
    assert kari.email == old
    code = steps.code_in(steps.letter_to("ny@valdres.example"))
    client.post("/konto/e-post/kode/", {"code": code})
    kari.refresh_from_db()
    assert kari.email == "ny@valdres.example"
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["ny@valdres.example"]
    assert steps.letter_to(old).purpose == "account.email_changed"


def test_nobody_takes_an_address_that_is_somebody_elses(kari: User, ola: User) -> None:
    client = browser_of(ola)
    answer = client.post("/konto/e-post/", {"email": kari.email, "action_add": "1"})
    assert answer.status_code == 302, "answered as for any other address"
    code = steps.code_in(steps.letter_to(kari.email))
    client.post("/konto/e-post/kode/", {"code": code})
    assert EmailAddress.objects.get(email=kari.email).user == kari
    assert User.objects.get(pk=ola.pk).email == ola.email


def test_signing_out_takes_a_press_and_not_a_link(kari: User) -> None:
    client = browser_of(kari)
    client.get("/konto/logg-ut/")
    assert steps.is_signed_in(client)
    client.post("/konto/logg-ut/")
    assert not steps.is_signed_in(client)


def test_an_account_is_opened_once() -> None:
    made = accounts.open_account(email="Ny@Valdres.example", name="Ny", language="nb")
    assert EmailAddress.objects.get(user=made).verified
    assert not made.has_usable_password()
    with pytest.raises(ValueError, match="already"):
        accounts.open_account(email="ny@valdres.EXAMPLE", name="To", language="nb")


def test_tidying_forgets_what_is_over(kari: User) -> None:
    client = browser_of(kari)
    yesterday = timezone.now() - timezone.timedelta(days=1)
    Counted.objects.create(cache_key="x", value="", expires=yesterday)
    client.session.delete()
    accounts.tidy()
    assert not Counted.objects.filter(cache_key="x").exists()
    assert not UserSession.objects.exists()


@pytest.mark.parametrize(
    ("user_agent", "kind"),
    [
        (FIREFOX, "Firefox/Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit Version/18 Safari/604.1",
         "Safari/iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/140.0 Mobile Safari/537.36",
         "Chrome/Android"),
        ("curl/8", "/"),
        ("", "/"),
    ],
)  # fmt: skip
def test_a_machine_is_known_by_its_kind(user_agent: str, kind: str) -> None:
    assert devices.kind_of(user_agent) == kind
    assert devices.is_kind(kind)
    assert devices.in_words(kind)


def test_a_change_of_how_the_account_is_opened_is_in_the_trail(kari: User) -> None:
    client, new = browser_of(kari), "et helt nytt passord"
    form = {"oldpassword": steps.PASSWORD, "password1": new, "password2": new}
    client.post("/konto/passord/", form)
    event = AuditEvent.objects.get(action="account.password_changed")
    assert (event.actor_id, event.object_id) == (kari.pk, str(kari.pk))
    assert event.details == {}
    assert kari.email not in str(vars(event))


def test_the_account_leads_to_the_desk_only_those_who_have_one(kari: User) -> None:
    emil = people.person()
    people.role(emil, RoleKind.EMPLOYEE, organization=make.organization())
    assert 'href="/skrivebord/"' not in browser_of(emil).get("/konto/").content.decode()
    people.role(kari, RoleKind.LEADER, organization=make.organization())
    people.forget(kari)
    assert 'href="/skrivebord/"' in browser_of(kari).get("/konto/").content.decode()
