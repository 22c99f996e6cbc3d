"""Telling that something is wrong or missing needs no account, no cookie and no puzzle."""

import time
from typing import Any

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from samtun.directory.keeping import limits
from samtun.directory.models import SenderCount, Suggestion
from samtun.front import robots_trap
from tests.factories import directory as make
from tests.front import scenes

pytestmark = pytest.mark.django_db
ERROR = "/valdres/tilbud/temakafe/meld-feil/"
MISSING = "/valdres/foresla/"
HOSTILE = "<script>alert(1)</script>{{ 7|add:7 }}\x00\x1b[2J\u202e%(x)s"


@pytest.fixture(autouse=True)
def _valdres() -> None:
    scenes.valdres()
    scenes.offer("Temakafé", "temakafe")


def stamped(name: str, *, ago: float = 10) -> str:
    """The mark of a form that was opened so many seconds ago."""
    now = time.time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.signing.time.time", lambda: now() - ago)
        return TimestampSigner(salt="samtun.front.tell").sign(name)


def sends(url: str, *, ago: float = 10, **fields: Any) -> Any:  # noqa: ANN401  (a test response)
    """A visitor fills in the form and sends it."""
    name = "valdres/temakafe" if "tilbud" in url else "valdres/foresla"
    said = {"hva": "telefon", "tekst": "61 00 00 00", "navn": "Strikkekafé"}
    stamp = {robots_trap.STAMP: stamped(name, ago=ago), robots_trap.FIELD: ""}
    return Client(enforce_csrf_checks=True).post(url, stamp | said | fields)


@pytest.mark.parametrize("url", [ERROR, MISSING, "/nn" + ERROR, "/en" + MISSING, "/valdres/takk/"])
def test_page_opens_without_leaving_anything(url: str) -> None:
    response = Client().get(url)
    assert response.status_code == 200
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not Suggestion.objects.exists()


def test_error_is_kept_in_the_words_and_language_of_whoever_saw_it() -> None:
    response = sends("/nn" + ERROR, epost="ola@privat.example")
    assert (response.status_code, response["Location"]) == (302, "/nn/valdres/takk/")
    assert not response.cookies
    said = Suggestion.objects.get()
    assert (said.kind, said.language, said.email) == ("error", "nn", "ola@privat.example")
    assert said.text.endswith("\n\n61 00 00 00")
    assert said.service is not None
    assert said.service.slug == "temakafe"


def test_missing_offer_is_kept_with_what_is_known_of_it() -> None:
    sends(MISSING, kommune="3451", nettside="strikk.no/kafe", telefon="61 00 00 00")
    said = Suggestion.objects.get()
    assert (said.kind, said.service, said.municipality_id) == ("missing", None, "3451")
    assert said.text.startswith("Strikkekafé\n\n61 00 00 00")
    assert said.document is not None
    assert said.document["url"] == "https://strikk.no/kafe"
    assert said.document["covers"] == ["3451"]


@pytest.mark.parametrize("written", ["javascript:alert(1)", "ftp://strikk.no", "ingen", "http://"])
def test_what_is_no_web_address_is_kept_as_words_only(written: str) -> None:
    sends(MISSING, nettside=written)
    said = Suggestion.objects.get()
    assert written in said.text
    assert said.document is not None
    assert said.document["url"] == ""


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"hva": ""}, "hva"),
        ({"hva": "tull"}, "hva"),
        ({"hva": "annet", "tekst": ""}, "tekst"),
        ({"tekst": "a" * 2001}, "tekst"),
        ({"epost": "ola@"}, "epost"),
        ({"epost": "ola@privat.example\nBcc: alle@privat.example"}, "epost"),
    ],
)
def test_what_cannot_be_sent_is_shown_again_with_what_was_written(
    fields: dict[str, str], problem: str
) -> None:
    response = sends(ERROR, **{"tekst": "Behold dette"} | fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{problem}"' in page
    assert fields.get("tekst", "Behold dette")[:50] in page
    assert not Suggestion.objects.exists()


def test_robot_that_fills_in_every_field_is_not_let_through() -> None:
    response = sends(ERROR, nettsted_2="https://reklame.example")
    assert response.status_code == 422
    assert "reklame" not in response.content.decode()
    assert not Suggestion.objects.exists()


def test_robot_that_sends_at_once_is_not_let_through_but_a_person_is_the_second_time() -> None:
    response = sends(ERROR, ago=1)
    assert response.status_code == 422
    assert not Suggestion.objects.exists()
    stamp = response.context["stamp"]
    assert stamp.split(":")[0] == "valdres/temakafe"
    assert "61 00 00 00" in response.content.decode()


@pytest.mark.parametrize(
    "stamp",
    ["", "tull", stamped("valdres/foresla"), stamped("x")],
    ids=["none", "nonsense", "of another form", "of no form"],
)
def test_form_without_its_own_stamp_is_not_taken(stamp: str) -> None:
    assert sends(ERROR, stempel=stamp).status_code == 422
    assert not Suggestion.objects.exists()


def test_form_that_stood_open_for_days_keeps_its_words() -> None:
    response = sends(ERROR, ago=2 * 24 * 3600)
    assert "61 00 00 00" in response.content.decode()
    assert not Suggestion.objects.exists()


def test_form_that_is_opened_anew_can_be_sent() -> None:
    page = Client().get(ERROR)
    assert robots_trap._SIGNER.unsign(page.context["stamp"]) == "valdres/temakafe"


def test_visitor_who_writes_too_much_is_told_whom_to_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FROM_A_NETWORK", 0)
    response = sends(ERROR)
    page = response.content.decode()
    assert response.status_code == 429
    assert "10 00 00 01" in page
    assert "61 00 00 00" in page


def test_address_of_the_visitor_is_nowhere(settings: Any) -> None:  # noqa: ANN401
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    Client().post(
        ERROR,
        {"hva": "telefon", robots_trap.STAMP: stamped("valdres/temakafe")},
        headers={"X-Forwarded-For": "203.0.113.77"},
        REMOTE_ADDR="203.0.113.78",
    )
    assert Suggestion.objects.count() == 1
    assert "203.0.113" not in str([*Suggestion.objects.values(), *SenderCount.objects.values()])


def test_hostile_text_is_only_text() -> None:
    response = sends(ERROR, tekst=HOSTILE, epost="x")
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "{{ 7|add:7 }}" in page
    sends(ERROR, tekst=HOSTILE)
    assert not {"\x00", "\x1b", "\u202e"} & {*Suggestion.objects.get().text}


def test_words_of_the_visitor_never_reach_the_tab_or_the_name_of_an_offer_that_may_harm() -> None:
    scenes.offer("Krisesenter", "krisesenter", needs=["vold"])
    page = Client().get("/valdres/tilbud/krisesenter/meld-feil/").content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert "Krisesenter" not in title


@pytest.mark.parametrize("status", ["inactive", "defunct"])
def test_offer_that_is_not_public_cannot_be_written_about(status: str) -> None:
    make.area(make.service(slug="skjult", status=status), make.municipality("3451"))
    assert Client().get("/valdres/tilbud/skjult/meld-feil/").status_code == 404
    assert Client().get("/valdres/tilbud/finnes-ikke/meld-feil/").status_code == 404


def test_offer_of_another_region_cannot_be_written_about_here() -> None:
    make.area(make.service(slug="langt-borte"), make.municipality("4601", "Bergen"))
    assert Client().get("/valdres/tilbud/langt-borte/meld-feil/").status_code == 404


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("/valdres/tilbud/temakafe/", "/valdres/tilbud/temakafe/meld-feil/"),
        ("/valdres/sok/?q=finnesikke", "/valdres/foresla/"),
        ("/valdres/", "/valdres/foresla/"),
        ("/nn/valdres/", "/nn/valdres/foresla/"),
    ],
)
def test_every_page_leads_to_it(url: str, way: str) -> None:
    assert f'href="{way}"' in Client().get(url).content.decode()
