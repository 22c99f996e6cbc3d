"""Signing up: half a minute, no account, no cookie, no puzzle."""

import time
from typing import Any
from uuid import uuid4

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from samtun.events.enums import EventStatus, PartyState, SignUp
from samtun.events.models import Intake, Party
from samtun.front import robots_trap, sender_limits
from tests.factories import directory as make
from tests.factories import events as happening
from tests.front import scenes

pytestmark = pytest.mark.django_db
MOST_QUERIES = 13  # the limits, the form's intake, the books, the notice


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


def sends(of: Intake, prefix: str = "", *, ago: Any = 10, **fields: Any) -> Any:  # noqa: ANN401
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
    shown = Client().get(response["Location"])
    assert shown.context["own_address"] in shown.content.decode()


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"navn": ""}, "navn"),
        ({"navn": "a" * 81}, "navn"),
        ({"navn": "Vinn en premie på http://ond.example"}, "navn"),
        ({"navn": "Ring ola@ond.example"}, "navn"),
        ({"navn": "\u202e\u200b\x00 "}, "navn"),
        ({"epost": ""}, "epost"),
        ({"epost": "anne@"}, "epost"),
        ({"epost": "anne@privat.example\nBcc: alle@privat.example"}, "epost"),
        ({"epost": "anne@privat.example\r\n\r\nHei"}, "epost"),
        ({"epost": '"a\x0b\x1ab"@privat.example'}, "epost"),
        ({"vei": "due"}, "vei"),
        ({"vei": "telefon"}, "telefon"),
        ({"vei": "telefon", "telefon": "12345"}, "telefon"),
        ({"vei": "telefon", "telefon": "91 23 45 67 eller 99 88 77 66"}, "telefon"),
        ({"antall": "7"}, "antall"),
        ({"antall": "0"}, "antall"),
        ({"antall": "9" * 5000}, "antall"),
        ({"antall": "-1"}, "antall"),
        ({"kommune": "9999"}, "kommune"),
    ],
)
def test_what_cannot_be_sent_is_shown_again_with_what_was_written(
    fields: dict[str, str], problem: str
) -> None:
    wanted = one_off()
    response = sends(wanted, **{"forste_gang": "ja", "kommune": "3454"} | fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [problem]
    assert f'href="#id_{problem}"' in page
    assert page.count(f'id="id_{problem}"') == 1
    assert "checked" in page.partition('id="id_forste_gang"')[2].partition(">")[0]
    assert not Party.objects.exists()


def test_only_the_way_that_was_chosen_is_kept() -> None:
    wanted = one_off()
    sends(wanted, epost="halvskrevet@", vei="telefon", telefon="(+47) 912-34-567")
    party = Party.objects.get()
    assert (party.email, party.phone) == ("", "91 23 45 67")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("91234567", "91 23 45 67"),
        ("0047 91 23 45 67", "91 23 45 67"),
        ("９１２３４５６７", "91 23 45 67"),
        ("\u202a+46 70-123 45 67\u202c", "+46701234567"),
        ("00 1 (202) 555-0100", "+12025550100"),
    ],
)
def test_phone_number_is_understood_however_it_is_written(written: str, kept: str) -> None:
    sends(one_off(), vei="telefon", telefon=written)
    assert Party.objects.get().phone == kept


def test_address_that_was_copied_with_unseen_marks_is_understood() -> None:
    sends(one_off(), epost="\u200b mailto:anne@privat.example \u202c", navn="Anne 🌻\n\u202eeb")
    party = Party.objects.get()
    assert (party.email, party.name) == ("anne@privat.example", "Anne 🌻 eb")


def test_ten_megabytes_are_refused_before_they_are_read() -> None:
    wanted = one_off()
    response = sends(wanted, navn="a" * 10_000_000)
    assert response.status_code == 400
    assert not Party.objects.exists()


def question(kind: str = "allergies", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Something that an organiser asks."""
    return {
        "kind": kind,
        "label": {"nb": "Tåler du alt?"},
        "why": {"nb": "Vi lager suppe."},
        "is_required": False,
    } | more


def test_only_what_the_organiser_asks_is_asked_and_with_the_reason() -> None:
    wanted = one_off(questions=[question(is_required=True), {"kind": "tull"}])
    page = Client().get(address(wanted)).content.decode()
    assert "Tåler du alt?" in page
    assert "Vi lager suppe." in page
    assert page.count('name="svar_') == 1
    response = sends(wanted)
    assert list(response.context["form"].errors) == ["svar_allergies"]
    sends(wanted, svar_allergies="Nøtter", svar_ages="12", kommune="3454", forste_gang="ja")
    party = Party.objects.get()
    assert party.answers == {"allergies": "Nøtter"}
    assert (party.municipality_id, party.is_first_time) == ("3454", True)


def test_municipality_is_asked_only_when_the_organiser_wants_to_know() -> None:
    page = Client().get(address(one_off(asks_municipality=False))).content.decode()
    assert 'name="kommune"' not in page


def test_two_presses_are_one_sign_up_even_of_the_last_seats() -> None:
    wanted = one_off(capacity=2, has_waiting_list=False)
    key = str(uuid4())
    first, second = sends(wanted, skjema=key), sends(wanted, skjema=key)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Party.objects.count() == 1


def test_full_with_a_waiting_list_says_so_and_promises_nothing() -> None:
    wanted = one_off(capacity=2, answer_hours=24)
    happening.party(wanted, size=2)
    page = Client().get(address(wanted))
    assert page.context["is_full"]
    assert "24" in page.content.decode()
    sends(wanted)
    assert Party.objects.get(name="Anne", size=2, state=PartyState.WAITING)


def test_what_fills_up_meanwhile_is_said_and_nothing_is_lost() -> None:
    wanted = one_off(capacity=3, has_waiting_list=False)
    happening.party(wanted, size=2)
    response = sends(wanted, antall="2")
    assert response.status_code == 422
    assert response.context["refusal"]
    assert 'value="anne@privat.example"' in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"sign_up": SignUp.NONE}, "just_come"),
        ({"opens_on": happening.soon().date()}, "not_open_yet"),
        ({"status": EventStatus.CANCELLED}, "cancelled"),
        ({"capacity": 1, "has_waiting_list": False, "taken": 1}, "full"),
        ({"is_closed": True}, "closed"),
        ({"closes_at": happening.soon(days=-1)}, "closed"),
        ({"ends_at": happening.soon(days=-1), "closes_at": happening.soon(days=-2)}, "over"),
    ],
)
def test_where_one_cannot_sign_up_a_calm_page_says_what_to_do(
    fields: dict[str, Any], state: str
) -> None:
    of_intake = {
        k: fields.pop(k) for k in ("is_closed", "closes_at", "ends_at", "taken") if k in fields
    }
    wanted = one_off(**fields)
    Intake.objects.filter(pk=wanted.pk).update(**of_intake)
    response = Client().get(address(wanted))
    assert (response.status_code, response.context["stands"]) == (200, state)
    assert "<form" not in response.content.decode()
    sent = sends(wanted)
    assert (sent.status_code, sent.context["stands"]) == (422, state)
    assert not Party.objects.exists()


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.ARCHIVED])
def test_what_is_not_public_does_not_exist(status: EventStatus) -> None:
    assert Client().get(address(one_off(status=status))).status_code == 404
    assert sends(one_off(status=status)).status_code == 404
    assert not Party.objects.exists()


def test_event_of_another_region_or_address_does_not_exist_here() -> None:
    elsewhere = happening.one_off(make.municipality("4601", "Bergen"))
    assert Client().get(address(elsewhere)).status_code == 404
    assert sends(elsewhere).status_code == 404
    one, other = one_off(), one_off()
    crossed = f"/valdres/kalender/{one.event.slug}/pamelding/{other.pk}/"
    assert Client().get(crossed).status_code == 404
    assert not Party.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"ago": 0}, {"ago": 90_000}, {robots_trap.FIELD: "x"}, {robots_trap.STAMP: "y"}]
)
def test_robot_is_caught_and_a_person_presses_once_more(fields: dict[str, Any]) -> None:
    wanted = one_off()
    response = sends(wanted, **fields)
    assert response.status_code == 422
    assert response.context["caught"]
    assert not Party.objects.exists()


def test_stamp_of_another_form_does_not_open_this_one() -> None:
    wanted, other = one_off(), one_off()
    response = sends(wanted, **{robots_trap.STAMP: stamped(other)})
    assert response.context["caught"]


def test_network_that_signs_up_far_too_often_is_told_whom_to_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sender_limits, "FROM_A_NETWORK", 1)
    wanted = one_off(contact_name="Guri", contact_phone="10 00 54 99")
    assert sends(wanted).status_code == 302
    response = sends(wanted, navn="Behold meg")
    page = response.content.decode()
    assert response.status_code == 429
    assert "Behold meg" in page
    assert "10 00 54 99" in page


def test_nobody_fills_an_inbox_through_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_limits, "TO_AN_ADDRESS", 1)
    wanted = one_off()
    assert sends(wanted, epost="offer@privat.example").status_code == 302
    assert sends(wanted, epost="Offer@Privat.example").status_code == 429
    assert sends(wanted, epost="andre@privat.example").status_code == 302


def test_page_tells_nothing_about_whether_an_address_is_signed_up() -> None:
    wanted = one_off()
    first, again, other = (
        sends(wanted, epost=one)
        for one in ("a@privat.example", "a@privat.example", "b@privat.example")
    )
    assert first.status_code == again.status_code == other.status_code == 302
    assert len({one["Location"] for one in (first, again, other)}) == 3


def test_sign_up_takes_few_queries(django_assert_max_num_queries: Any) -> None:  # noqa: ANN401
    wanted = one_off(capacity=500)
    sends(wanted)
    with django_assert_max_num_queries(MOST_QUERIES) as counted:
        assert sends(wanted, epost="ny@privat.example").status_code == 302
    few = len(counted)
    for _each in range(30):
        happening.party(wanted)
    wanted = Intake.objects.select_related("event").get(pk=wanted.pk)
    with django_assert_max_num_queries(few):
        sends(wanted)


def test_stored_texts_are_never_read_as_code() -> None:
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}%(x)s"
    wanted = one_off(questions=[question()])
    response = sends(wanted, navn=hostile, svar_allergies=hostile)
    page = Client().get(response["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "{{ 7|add:7 }}" in page


def test_a_secret_place_is_not_told_to_whoever_opens_the_form() -> None:
    secret = make.location(name="Skjulestedet", is_confidential=True)
    wanted = one_off(location=secret, room="Kjelleren", getting_there="Gul dør bak kirken")
    page = Client().get(address(wanted)).content.decode()
    for word in ("Skjulestedet", "Kjelleren", "Gul dør"):
        assert word not in page
