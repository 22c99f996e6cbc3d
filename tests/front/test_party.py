"""The personal page of those who have signed up, behind the link in their letter."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.utils import timezone

from samtun.events import tokens
from samtun.events.enums import Consent, EventKind, EventStatus, PartyState, SignUp
from samtun.events.models import Intake, Occurrence, Party
from samtun.front import sender_limits
from tests.factories import directory as make
from tests.factories import events as happening
from tests.front import scenes

pytestmark = pytest.mark.django_db
JOIN = "https://moter.example/hemmelig"


@pytest.fixture(autouse=True)
def _valdres() -> None:
    scenes.valdres()


def one_off(**fields: Any) -> Intake:  # noqa: ANN401  (the fields of an event)
    """Something in Nord-Aurdal that one signs up for."""
    return happening.one_off(make.municipality("3451", "Nord-Aurdal"), **fields)


def series(*days: int, **fields: Any) -> list[Intake]:  # noqa: ANN401
    """The dates of something that comes again and again."""
    made = happening.event(make.municipality("3451"), kind=EventKind.SERIES, **fields)
    return [happening.occurrence(made, happening.soon(days=each)).intake for each in days]


def page_of(party: Party, end: str = "") -> str:
    """The address of the personal page, or of one below it."""
    return f"/paamelding/{tokens.token_of(party)}/{end}"


def seen(party: Party) -> Any:  # noqa: ANN401  (what the test client gives)
    """The personal page."""
    return Client().get(page_of(party))


def everything() -> str:
    """The whole database."""
    rows = [
        json.loads(serializers.serialize("json", model._default_manager.order_by("pk")))
        for model in apps.get_models()
    ]
    return json.dumps(rows)


def in_state(state: PartyState, **fields: Any) -> Party:  # noqa: ANN401
    """Somebody who stands there, with seats that are held for a day if they are offered some."""
    until = timezone.now() + timedelta(days=1) if state == PartyState.OFFERED else None
    fields = {"answer_by": until} | fields
    return happening.party(fields.pop("intake", None) or one_off(), state=state, **fields)


@pytest.mark.parametrize("state", PartyState)
def test_page_says_where_they_stand_and_what_is_stored(state: PartyState) -> None:
    party = in_state(state, name="Anne", answers={"allergies": "Nøtter"})
    response = seen(party)
    page = response.content.decode()
    assert (response.status_code, response.context["state"]) == (200, state)
    for stored in ("Anne", party.email, "Nøtter"):
        assert stored in page
    assert not response.cookies
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("state", PartyState)
def test_scanner_that_opens_every_link_changes_nothing(state: PartyState, method: str) -> None:
    here, _there = series(10, 40)
    child = in_state(state, intake=here, consent=Consent.ASKED, guardian_email="b@x.example")
    grown_up = in_state(state, intake=here)
    ends = ("", "endre/", "avmelding/", "flytt/", "plass/", "kalender.ics")
    addresses = [page_of(one, end) for end in ends for one in (child, grown_up)]
    addresses += [f"/paamelding/samtykke/{tokens.consent_token_of(child)}/"]
    addresses += [f"/paamelding/evaluering/{tokens.evaluation_token_of(here)}/"]
    before = everything()
    for address in addresses:
        for query in ("", "?svar=ja", "?svar=nei&dato=x&antall=1"):
            response = getattr(Client(), method)(address + query)
            assert response.status_code in {200, 302}
            assert not response.cookies
    assert everything() == before


def test_forged_link_and_forgotten_party_are_answered_alike() -> None:
    party = in_state(PartyState.CONFIRMED)
    gone = page_of(party)
    party.delete()
    other = in_state(PartyState.CONFIRMED)
    forged = page_of(other).replace(".", ".x", 1)
    consent = f"/paamelding/{tokens.consent_token_of(other)}/"
    answers = [Client().get(each) for each in (gone, forged, consent, "/paamelding/tull/")]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers[:1]} | {Client().get(gone).content}) == 1
    for each in answers:
        assert other.email not in each.content.decode()


@pytest.mark.parametrize("end", ["endre/", "avmelding/", "flytt/", "plass/"])
def test_forged_link_changes_nothing(end: str) -> None:
    party = in_state(PartyState.OFFERED)
    before = everything()
    forged = page_of(party, end).replace(".", ".x", 1)
    assert Client().post(forged, {"svar": "ja", "antall": "3"}).status_code == 404
    assert everything() == before


def test_what_was_told_is_changed() -> None:
    party = in_state(PartyState.CONFIRMED, intake=one_off(capacity=5))
    sent = {"navn": "Anne Berit", "vei": "telefon", "telefon": "91234567", "antall": "3"}
    response = Client(enforce_csrf_checks=True).post(page_of(party, "endre/"), sent)
    assert response.status_code == 302, response.content.decode()
    party.refresh_from_db()
    assert (party.name, party.email, party.phone, party.size) == (
        "Anne Berit",
        "",
        "91 23 45 67",
        3,
    )
    assert Client().get(response["Location"]).context["said"] == "endret"


def test_more_than_there_is_room_for_is_refused_and_they_keep_what_they_have() -> None:
    party = in_state(PartyState.CONFIRMED, intake=one_off(capacity=2))
    sent = {"navn": "Anne", "vei": "epost", "epost": "ny@privat.example", "antall": "2"}
    happening.party(party.intake)
    response = Client().post(page_of(party, "endre/"), sent)
    assert response.status_code == 422
    assert response.context["refusal"]
    assert "ny@privat.example" in response.content.decode()
    party.refresh_from_db()
    assert (party.size, party.state) == (1, PartyState.CONFIRMED)


def test_change_that_cannot_be_taken_is_shown_at_its_field() -> None:
    party = in_state(PartyState.CONFIRMED)
    sent = {"navn": "", "vei": "epost", "epost": "x@", "antall": "1"}
    response = Client().post(page_of(party, "endre/"), sent)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"navn", "epost"}


def test_cancelling_is_asked_once_and_then_done() -> None:
    party = in_state(PartyState.CONFIRMED)
    assert Client().get(page_of(party, "avmelding/")).status_code == 200
    response = Client(enforce_csrf_checks=True).post(page_of(party, "avmelding/"))
    assert Client().get(response["Location"]).context["state"] == "cancelled"
    assert Client().post(page_of(party, "avmelding/")).status_code == 302


def test_party_moves_to_another_date_of_the_same_series() -> None:
    here, there, over, full = series(10, 40, -20, 50, capacity=2)
    happening.party(full, size=2)
    elsewhere = one_off()
    party = in_state(PartyState.CONFIRMED, intake=here)
    offered = [key for key, *_ in Client().get(page_of(party, "flytt/")).context["dates"]]
    assert offered == [str(there.pk)]
    for stranger in (elsewhere, over, full):
        refused = Client().post(page_of(party, "flytt/"), {"dato": str(stranger.pk)})
        assert refused.status_code == 422
    response = Client().post(page_of(party, "flytt/"), {"dato": str(there.pk)})
    assert response["Location"].endswith("?sagt=flyttet")
    party.refresh_from_db()
    assert party.intake_id == there.pk


@pytest.mark.parametrize("sent", [{}, {"dato": ""}, {"dato": "x"}, {"dato": "\x00"}])
def test_moving_nowhere_asks_which_date(sent: dict[str, str]) -> None:
    here, _there = series(10, 40)
    party = in_state(PartyState.CONFIRMED, intake=here)
    response = Client().post(page_of(party, "flytt/"), sent)
    assert response.status_code == 422
    assert response.context["is_missing"]


@pytest.mark.parametrize(("answer", "state"), [("ja", "confirmed"), ("nei", "cancelled")])
def test_offer_is_answered(answer: str, state: str) -> None:
    party = in_state(PartyState.OFFERED)
    response = Client(enforce_csrf_checks=True).post(page_of(party, "plass/"), {"svar": answer})
    assert response.status_code == 302
    party.refresh_from_db()
    assert party.state == state


@pytest.mark.parametrize("state", [PartyState.OFFERED, PartyState.LAPSED])
def test_offer_that_ran_out_leads_to_signing_up_again(state: PartyState) -> None:
    late = timezone.now() - timedelta(minutes=1) if state == PartyState.OFFERED else None
    party = in_state(state, answer_by=late)
    response = Client().post(page_of(party, "plass/"), {"svar": "ja"}, follow=True)
    assert response.context["state"] in {"ran_out", "lapsed"}
    form = response.context["page"].sign_up_url
    assert f'href="{form}"' in response.content.decode()
    assert Client().get(form).status_code == 200
    party.refresh_from_db()
    assert party.state != PartyState.CONFIRMED


def digital(begins: timedelta, **fields: Any) -> Intake:  # noqa: ANN401  (the fields of an event)
    """A digital meeting of two hours that begins so long from now."""
    fields = {"meets_online": True, "join_url": JOIN} | fields
    made = happening.event(make.municipality("3451"), **fields)
    return happening.occurrence(made, timezone.now() + begins).intake


@pytest.mark.parametrize(
    ("begins", "is_shown"),
    [
        (timedelta(hours=25), False),
        (timedelta(hours=23), True),
        (timedelta(hours=-1), True),
        (timedelta(hours=-3), False),
    ],
)
def test_meeting_is_joined_from_a_day_before_until_its_end(
    begins: timedelta, *, is_shown: bool
) -> None:
    page = seen(happening.party(digital(begins))).content.decode()
    assert (JOIN in page) == is_shown


@pytest.mark.parametrize("state", [each for each in PartyState if each != PartyState.CONFIRMED])
def test_nobody_without_seats_is_shown_how_to_join(state: PartyState) -> None:
    party = in_state(state, intake=digital(timedelta(hours=2)))
    assert JOIN not in seen(party).content.decode()


@pytest.mark.parametrize("consent", [Consent.ASKED, Consent.REFUSED])
def test_child_without_a_yes_is_not_shown_how_to_join(consent: Consent) -> None:
    party = happening.party(digital(timedelta(hours=2), is_for_children=True), consent=consent)
    assert JOIN not in seen(party).content.decode()


def test_cancelled_meeting_cannot_be_joined() -> None:
    party = happening.party(digital(timedelta(hours=2), status=EventStatus.CANCELLED))
    assert JOIN not in seen(party).content.decode()
    party = happening.party(digital(timedelta(hours=2)))
    Occurrence.objects.filter(intake=party.intake).update(status="cancelled")
    assert JOIN not in seen(party).content.decode()


@pytest.mark.parametrize("end", ["endre/", "avmelding/", "flytt/", "plass/", "kalender.ics"])
def test_address_of_the_meeting_stands_on_no_other_page(end: str) -> None:
    party = happening.party(digital(timedelta(hours=30)))
    intake = party.intake
    form = f"/valdres/kalender/{intake.event.slug}/pamelding/{intake.pk}/"
    consent = f"/paamelding/samtykke/{tokens.consent_token_of(party)}/"
    for address in (page_of(party, end), form, consent):
        assert JOIN not in Client().get(address).content.decode()


def test_secret_place_is_not_shown() -> None:
    where = make.location(
        is_confidential=True, name="Krisesenteret", transportation="Ring på hos Hansen"
    )
    make.address(where, address_1="Hemmeligveien 1")
    party = happening.party(one_off(location=where))
    page = seen(party).content.decode() + form_of(party.intake)
    for secret in ("Krisesenteret", "Hemmeligveien", "Hansen"):
        assert secret not in page


def form_of(intake: Intake) -> str:
    """What the form says."""
    address = f"/valdres/kalender/{intake.event.slug}/pamelding/{intake.pk}/"
    return Client().get(address).content.decode()


def test_those_who_get_no_letter_are_helped_to_keep_the_page() -> None:
    nobody = in_state(
        PartyState.CONFIRMED, intake=one_off(sign_up=SignUp.ANONYMOUS), name="", email=""
    )
    by_phone = in_state(PartyState.CONFIRMED, email="", phone="91 23 45 67")
    for party in (nobody, by_phone):
        response = seen(party)
        assert f'data-copy="{response.context["own_address"]}"' in response.content.decode()
    assert "data-copy" not in seen(in_state(PartyState.CONFIRMED)).content.decode()


def test_anonymous_party_changes_nothing_but_how_many_they_are() -> None:
    party = in_state(
        PartyState.CONFIRMED, intake=one_off(sign_up=SignUp.ANONYMOUS), name="", email=""
    )
    sent = {"antall": "4", "navn": "Anne", "epost": "a@x.example"}
    assert Client().post(page_of(party, "endre/"), sent).status_code == 302
    party.refresh_from_db()
    assert (party.size, party.name, party.email) == (4, "", "")


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"status": EventStatus.CANCELLED}, "event_cancelled"),
        ({"status": EventStatus.ARCHIVED}, "confirmed"),
    ],
)
def test_page_stays_when_the_event_does_not(fields: dict[str, Any], state: str) -> None:
    party = in_state(PartyState.CONFIRMED, intake=one_off(**fields))
    assert seen(party).context["state"] == state


def test_after_it_is_over_nothing_can_be_changed() -> None:
    party = in_state(PartyState.CONFIRMED)
    past = timezone.now() - timedelta(days=1)
    Intake.objects.filter(pk=party.intake_id).update(ends_at=past, starts_at=past)
    assert seen(party).context["state"] == "over"
    for end in ("endre/", "avmelding/", "flytt/", "plass/"):
        assert Client().post(page_of(party, end), {"antall": "1"}).status_code == 302
    party.refresh_from_db()
    assert party.state == PartyState.CONFIRMED


def test_page_of_one_tells_nothing_of_another() -> None:
    intake = one_off(capacity=9)
    mine = happening.party(intake, name="Anne")
    other = happening.party(intake, name="Hemmelige Hans", answers={"allergies": "Sesam"})
    waiting = happening.party(intake, name="Venter", state=PartyState.WAITING)
    for end in ("", "endre/", "avmelding/", "flytt/"):
        page = Client().get(page_of(mine, end), follow=True).content.decode()
        for secret in (other.name, other.email, "Sesam", waiting.name, waiting.email):
            assert secret not in page


def test_calendar_is_for_those_who_have_seats() -> None:
    party = in_state(PartyState.CONFIRMED)
    response = Client().get(page_of(party, "kalender.ics"))
    assert response["Content-Type"].startswith("text/calendar")
    assert response.content.startswith(b"BEGIN:VCALENDAR")
    waiting = in_state(PartyState.WAITING)
    assert Client().get(page_of(waiting, "kalender.ics")).status_code == 302


@pytest.mark.parametrize("prefix", ["/nn", "/en"])
def test_page_stays_in_the_readers_language(prefix: str) -> None:
    party = in_state(PartyState.CONFIRMED)
    response = Client().post(prefix + page_of(party, "avmelding/"))
    assert response["Location"].startswith(f"{prefix}/paamelding/")


def test_page_takes_few_queries_however_many_come(django_assert_max_num_queries: Any) -> None:  # noqa: ANN401
    intake = one_off()
    party = happening.party(intake)
    seen(party)
    with django_assert_max_num_queries(12) as counted:
        seen(party)
    for _each in range(30):
        happening.party(intake)
    with django_assert_max_num_queries(len(counted)):
        seen(party)


def test_a_link_is_no_leave_to_fill_an_inbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_limits, "TO_AN_ADDRESS", 2)
    party = in_state(PartyState.CONFIRMED)
    answers = [_writes(party, antall=number).status_code for number in ("2", "1", "2")]
    assert answers == [302, 302, 429]
    party.refresh_from_db()
    assert party.size == 1


def test_a_link_is_no_leave_to_write_to_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_limits, "FROM_A_NETWORK", 1)
    party = in_state(PartyState.CONFIRMED)
    assert _writes(party, epost="en@privat.example").status_code == 302
    refused = _writes(party, epost="to@privat.example")
    assert refused.status_code == 429
    assert "to@privat.example" in refused.content.decode()
    party.refresh_from_db()
    assert party.email == "en@privat.example"


def test_moving_to_and_fro_ends_before_the_inbox_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_limits, "TO_AN_ADDRESS", 1)
    here, there = series(7, 14)
    party = in_state(PartyState.CONFIRMED, intake=here)
    moves = [
        Client().post(page_of(party, "flytt/"), {"dato": str(to.pk)}).status_code
        for to in (there, here)
    ]
    assert moves == [302, 429]
    party.refresh_from_db()
    assert party.intake == there


def test_a_secret_place_and_its_room_stand_on_no_page_behind_a_link() -> None:
    secret = make.location(name="Skjulestedet", is_confidential=True)
    wanted = one_off(location=secret, room="Kjelleren", getting_there="Gul dør bak kirken")
    party = in_state(PartyState.CONFIRMED, intake=wanted)
    asked = in_state(PartyState.CONFIRMED, intake=wanted, consent=Consent.ASKED)
    consent = f"/paamelding/samtykke/{tokens.consent_token_of(asked)}/"
    for url in (page_of(party), page_of(party, "kalender.ics"), consent):
        page = Client().get(url).content.decode()
        for word in ("Skjulestedet", "Kjelleren", "Gul dør"):
            assert word not in page, url


def _writes(party: Party, **fields: str) -> Any:  # noqa: ANN401  (what the test client gives)
    sent = {"navn": "Anne", "vei": "epost", "epost": party.email, "antall": "1", "kommune": ""}
    return Client().post(page_of(party, "endre/"), sent | fields)


def test_who_gets_a_letter_is_told_that_the_link_is_in_it() -> None:
    intake = one_off()
    with_letter, called = happening.party(intake), happening.party(intake, email="", phone="1")
    said = "Lenken hit står i brevet"
    assert said in seen(with_letter).content.decode()
    assert said not in seen(called).content.decode()


def test_the_hours_of_a_date_stay_on_one_line() -> None:
    page = seen(happening.party(one_off())).content.decode()
    assert '<span class="st-whole">kl. 18–20</span>' in page
