"""Signing in with a real OpenID Connect server, and what it may and may not open."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from samtun.config import sign_in
from samtun.organisations.models import Organization
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent, User
from tests.factories import directory as make
from tests.factories import people
from tests.identity import IdentityServer
from tests.people.sign_in import steps

pytestmark = pytest.mark.django_db
DESK = "/skrivebord/"


@pytest.fixture(autouse=True)
def _offered(settings: Settings, identity_server: IdentityServer) -> None:
    """One that is strong and knows no addresses, one that confirms them, and one nobody trusts."""
    told = {"SAMTUN_OIDC": "idporten helseid feide"}
    for name in ("IDPORTEN", "HELSEID", "FEIDE"):
        told[f"SAMTUN_OIDC_{name}_URL"] = identity_server.url
        told[f"SAMTUN_OIDC_{name}_CLIENT_ID"] = "samtun"
        told[f"SAMTUN_OIDC_{name}_CLIENT_SECRET"] = "hemmelig"
    told["SAMTUN_OIDC_IDPORTEN_STRONG_ACR"] = "idporten-loa-substantial idporten-loa-high"
    told["SAMTUN_OIDC_IDPORTEN_ACR_VALUES"] = "idporten-loa-substantial"
    told["SAMTUN_OIDC_HELSEID_MATCH_EMAIL"] = "verified"
    settings.SOCIALACCOUNT_PROVIDERS = sign_in.providers(told)


def sent_to(client: Client, key: str, **form: str) -> str:
    """Press the button; the provider's address that the page leads on to."""
    page = client.post(f"/konto/ekstern/{key}/", form)
    assert page.status_code == 200
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.text)
    assert found
    return unescape(found[1])


def through(
    client: Client, server: IdentityServer, key: str, sub: str, **form: str
) -> HttpResponse:
    """All the way to the provider and back, as `sub`."""
    back = server.answer(sent_to(client, key, **form), sub)
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def test_the_question_is_as_the_norwegian_providers_want_it(client: Client) -> None:
    asked = parse_qs(urlsplit(sent_to(client, "idporten")).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["code_challenge"][0]
    assert len(asked["nonce"][0]) == 32
    assert asked["acr_values"] == ["idporten-loa-substantial"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_the_way_back_has_one_address_in_all_languages() -> None:
    pages = ["/konto/ekstern/feide/", "/nn/konto/ekstern/feide/", "/en/konto/ekstern/feide/"]
    found = set()
    for page in pages:
        text = unescape(Client().post(page).text)
        found.add(parse_qs(text.partition("?")[2])["redirect_uri"][0])
    assert found == {"http://testserver/konto/ekstern/feide/tilbake/"}


def test_an_address_cannot_weaken_the_question(client: Client) -> None:
    page = client.post("/konto/ekstern/idporten/?auth_params=acr_values%3Dlow&scope=more")
    found = re.search(r'content="0;url=([^"]+)"', page.text)
    assert found
    asked = parse_qs(urlsplit(unescape(found[1])).query)
    assert asked["acr_values"] == ["idporten-loa-substantial"]
    assert "more" not in asked["scope"][0]


def test_a_get_starts_nothing(client: Client) -> None:
    assert client.get("/konto/ekstern/feide/").status_code == 405


def test_a_confirmed_address_opens_its_account(
    client: Client, identity_server: IdentityServer
) -> None:
    kari = people.person("Kari")
    sub = identity_server.has("kari-1", email=kari.email.upper(), email_verified=True)
    answer = through(client, identity_server, "helseid", sub, next="/konto/okter/")
    assert answer.headers["Location"] == "/konto/okter/"
    assert steps.is_signed_in(client)


def test_nothing_the_provider_told_is_kept(client: Client, identity_server: IdentityServer) -> None:
    kari = people.person("Kari")
    claims = {"email": kari.email, "email_verified": True, "pid": "01010112345", "name": "K"}
    through(client, identity_server, "helseid", identity_server.has("kari-2", **claims))
    kept = SocialAccount.objects.get(user=kari)
    assert kept.extra_data == {}
    assert "01010112345" not in str(client.session.items())


@pytest.mark.parametrize(
    ("key", "verified"), [("helseid", False), ("idporten", True), ("feide", True)]
)
def test_an_address_that_is_not_vouched_for_opens_nothing(
    client: Client,
    identity_server: IdentityServer,
    key: str,
    verified: bool,  # noqa: FBT001
) -> None:
    kari = people.person("Kari")
    sub = identity_server.has(f"ond-{key}", email=kari.email, email_verified=verified)
    answer = through(client, identity_server, key, sub)
    assert answer.status_code == 200
    assert "account/signup_closed.html" in [each.name for each in answer.templates]
    assert not steps.is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_who_has_no_account_gets_none(client: Client, identity_server: IdentityServer) -> None:
    sub = identity_server.has("ny", email="ny@valdres.example", email_verified=True)
    answer = through(client, identity_server, "helseid", sub)
    assert answer.status_code == 200
    assert not User.objects.exists()
    assert not steps.is_signed_in(client)


def connected(client: Client, server: IdentityServer, person: User, sub: str) -> HttpResponse:
    """The person signs in with a password and connects `sub`."""
    steps.with_password(client, person.email)
    return through(client, server, "idporten", sub, process="connect")


def test_a_connected_sign_in_opens_the_account_without_any_address(
    identity_server: IdentityServer,
) -> None:
    kari = people.person("Kari", password=steps.PASSWORD)
    sub = identity_server.has("kari-3")
    connected(Client(), identity_server, kari, sub)
    fresh = Client()
    through(fresh, identity_server, "idporten", sub)
    assert fresh.get("/konto/").context["user"] == kari
    assert steps.letter_to(kari.email).purpose == "account.account_connected"
    event = AuditEvent.objects.get(action="account.provider_added")
    assert event.details == {"provider": "idporten"}


def test_ola_cannot_take_over_what_kari_connected(identity_server: IdentityServer) -> None:
    kari = people.person("Kari", password=steps.PASSWORD)
    ola = people.person("Ola", password=steps.PASSWORD)
    sub = identity_server.has("kari-4")
    connected(Client(), identity_server, kari, sub)
    connected(Client(), identity_server, ola, sub)
    assert SocialAccount.objects.get().user == kari


def editor(organization: Organization) -> User:
    """Somebody whose role needs a second factor."""
    made = people.person("Kari", password=steps.PASSWORD)
    people.role(made, RoleKind.ORGANISATION_EDITOR, organization=organization)
    return made


@pytest.mark.parametrize(
    ("acr", "is_let_in"), [("idporten-loa-high", True), ("idporten-loa-low", False)]
)
def test_a_strong_sign_in_counts_as_second_factor(
    identity_server: IdentityServer,
    acr: str,
    is_let_in: bool,  # noqa: FBT001
) -> None:
    kari = editor(make.organization(municipality=make.municipality()))
    sub = identity_server.has(f"kari-{acr}", acr=acr)
    connected(Client(), identity_server, kari, sub)
    client = Client()
    through(client, identity_server, "idporten", sub)
    assert steps.is_signed_in(client)
    assert (client.get(DESK).status_code == 200) is is_let_in


def test_connecting_is_not_signing_in_strongly(identity_server: IdentityServer) -> None:
    kari = editor(make.organization(municipality=make.municipality()))
    client = Client()
    connected(client, identity_server, kari, identity_server.has("k5", acr="idporten-loa-high"))
    assert client.get(DESK).status_code == 302


def test_a_weak_provider_still_meets_the_app(identity_server: IdentityServer) -> None:
    kari = editor(make.organization(municipality=make.municipality()))
    people.second_factor(kari)
    sub = identity_server.has("kari-6", email=kari.email, email_verified=True)
    client = Client()
    answer = through(client, identity_server, "helseid", sub)
    assert answer.headers["Location"] == "/konto/logg-inn/to-trinn/"
    assert not steps.is_signed_in(client)


def test_an_answer_to_another_question_is_refused(identity_server: IdentityServer) -> None:
    kari = people.person("Kari")
    sub = identity_server.has("kari-7", email=kari.email, email_verified=True)
    client, ola = Client(), Client()
    back = urlsplit(identity_server.answer(sent_to(ola, "helseid"), sub))
    sent_to(client, "helseid")
    client.get(f"{back.path}?{back.query}")
    assert not steps.is_signed_in(client), "the state is of another browser"
    state = parse_qs(urlsplit(sent_to(client, "helseid")).query)["state"][0]
    code = parse_qs(back.query)["code"][0]
    answer = client.get(f"{back.path}?code={code}&state={state}")
    assert not steps.is_signed_in(client), "the nonce is of another question"
    assert answer.status_code in {200, 302}


def test_a_provider_that_is_away_gets_a_page_that_says_so(
    client: Client, settings: Settings
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = client.post("/konto/ekstern/idporten/")
    assert answer.status_code == 502
    assert client.post("/konto/ekstern/finnes-ikke/").status_code == 404


def test_who_changes_their_mind_can_choose_again(client: Client) -> None:
    state = parse_qs(urlsplit(sent_to(client, "feide")).query)["state"][0]
    back = f"/konto/ekstern/feide/tilbake/?error=access_denied&state={state}"
    assert client.get(back).headers["Location"] == "/konto/ekstern/avbrutt/"
    assert client.get("/konto/ekstern/avbrutt/").status_code == 200
