"""Who comes, at the desk: seen and changed by those who look after it, and by nobody else."""

import uuid

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from samtun.events.enums import Channel, Consent, NoticeKind, PartyState
from samtun.events.models import Notice, Party
from samtun.mail.models import BouncedAddress
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent
from tests.desk.party_scenes import Meeting, meeting
from tests.factories import events as happening
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def met() -> Meeting:
    return meeting()


def addresses(met: Meeting) -> list[str]:
    """Every page and button about those who come."""
    intake, party = met.intake.pk, met.anne.pk
    return [
        reverse("desk:intake", args=[intake]),
        reverse("desk:intake_file", args=[intake, "csv"]),
        reverse("desk:party_new", args=[intake]),
        reverse("desk:intake_seats", args=[intake]),
        reverse("desk:intake_open", args=[intake]),
        reverse("desk:message", args=[intake]),
        reverse("desk:party", args=[party]),
        reverse("desk:party_act", args=[party]),
        reverse("desk:attendance", args=[met.date.pk]),
        reverse("desk:attendance_count", args=[met.date.pk]),
        reverse("desk:call_made", args=[party]),
    ]


@pytest.mark.parametrize("who", ["ola", "nils"])
def test_outsiders_are_told_that_there_is_no_such_thing(met: Meeting, who: str) -> None:
    browser = met.desk.in_browser(getattr(met.desk, who))
    for address in addresses(met):
        assert browser.get(address).status_code == 404, address
        assert browser.post(address, {"svar": "stryk", "present": "1"}).status_code == 404, address
    met.anne.refresh_from_db()
    assert met.anne.state == PartyState.CONFIRMED


def test_a_leader_sees_nobody_who_comes(met: Meeting) -> None:
    lise = people.person("Lise")
    people.role(lise, RoleKind.LEADER, region=met.desk.region)
    browser = met.desk.in_browser(lise)
    for address in addresses(met):
        assert browser.get(address).status_code == 404, address


def test_the_list_shows_everybody_in_order_and_says_that_it_was_seen(met: Meeting) -> None:
    page = met.desk.in_browser(met.desk.kari).get(addresses(met)[0]).content.decode()
    assert page.index(">Anne Hemmelig<") < page.index(">Bo<") < page.index(">Cille<")
    assert "tel:" in page
    seen = AuditEvent.objects.get(action="looked.at")
    assert seen.object_name == met.intake.event.name
    assert "Anne" not in str(vars(seen))


@pytest.mark.parametrize("rows", [0, 30])
def test_the_list_costs_the_same_for_few_and_for_many(
    met: Meeting, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(rows):
        happening.party(met.intake, state=PartyState.WAITING)
    browser = met.desk.in_browser(met.desk.kari)
    browser.get(addresses(met)[0])
    with django_assert_num_queries(12):
        browser.get(addresses(met)[0])


def test_more_seats_are_shown_before_they_are_given(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:intake_seats", args=[met.intake.pk])
    page = browser.post(address, {"capacity": "4"}).content.decode()
    assert "Cille" in page
    met.intake.refresh_from_db()
    met.cille.refresh_from_db()
    assert (met.intake.capacity, met.cille.state) == (3, PartyState.WAITING)
    assert not Notice.objects.exists()
    browser.post(address, {"capacity": "4", "bekreft": "ja"})
    met.cille.refresh_from_db()
    assert met.cille.state == PartyState.OFFERED


def test_fewer_seats_than_are_taken_are_refused_with_the_reason(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:intake_seats", args=[met.intake.pk])
    page = browser.post(address, {"capacity": "1"}, follow=True).content.decode()
    assert 'data-color="error"' in page or 'data-color="danger"' in page
    met.intake.refresh_from_db()
    assert met.intake.capacity == 3


def test_sign_up_is_closed_and_opened_again(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:intake_open", args=[met.intake.pk])
    browser.post(address, {"svar": "steng"})
    met.intake.refresh_from_db()
    assert met.intake.is_closed
    browser.post(address, {"svar": "apne"})
    met.intake.refresh_from_db()
    assert not met.intake.is_closed


def test_somebody_who_calls_is_signed_up_once_however_often_it_is_sent(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:party_new", args=[met.intake.pk])
    key = browser.get(address).context["form"]["form_key"].value()
    sent = {"form_key": key, "name": "Dina", "size": "1", "phone": "91 00 00 00", "language": "nn",
            "is_first_time": "true"}  # fmt: skip
    assert browser.post(address, sent).status_code == 302
    assert browser.post(address, sent).status_code == 302
    dina = Party.objects.get(name="Dina")
    assert (dina.state, dina.by_organiser, dina.language) == (PartyState.CONFIRMED, True, "nn")
    assert dina.is_first_time


def test_somebody_who_cannot_be_reached_is_asked_how(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:party_new", args=[met.intake.pk])
    key = browser.get(address).context["form"]["form_key"].value()
    sent = {"form_key": key, "name": "Dina", "size": "1", "language": "nb"}
    answer = browser.post(address, sent)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Party.objects.filter(name="Dina").exists()


@pytest.mark.parametrize(("says_yes", "consent"), [("on", Consent.GIVEN), ("", Consent.ASKED)])
def test_a_parent_on_the_phone_gives_consent_at_once(says_yes: str, consent: Consent) -> None:
    met = meeting(is_for_children=True)
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:party_new", args=[met.intake.pk])
    key = browser.get(address).context["form"]["form_key"].value()
    sent = {"form_key": key, "name": "Even", "size": "1", "age": "9", "language": "nb",
            "guardian_phone": "91 00 00 00", "guardian_says_yes": says_yes}  # fmt: skip
    browser.post(address, {name: value for name, value in sent.items() if value})
    assert Party.objects.get(name="Even").consent == consent


def test_what_the_organiser_asks_is_asked_on_the_phone_too() -> None:
    question = {
        "kind": "allergies",
        "label": {"nb": "Tåler du alt?"},
        "why": {"nb": "Vi lager mat"},
    }
    met = meeting(questions=[{**question, "is_required": True}])
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:party", args=[met.anne.pk])
    page = browser.get(address).content.decode()
    assert "Tåler du alt?" in page
    sent = {"name": "Anne", "size": "1", "email": "anne@example.org"}
    assert browser.post(address, sent).status_code == 422
    browser.post(address, {**sent, "answer_allergies": "Nøtter"})
    met.anne.refresh_from_db()
    assert met.anne.answers == {"allergies": "Nøtter"}


def test_whoever_is_taken_off_is_told_once_and_the_place_goes_on(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:party_act", args=[met.anne.pk])
    for _twice in range(2):
        browser.post(address, {"svar": "stryk"})
    met.anne.refresh_from_db()
    met.cille.refresh_from_db()
    assert (met.anne.state, met.cille.state) == (PartyState.CANCELLED, PartyState.OFFERED)
    assert Notice.objects.filter(party=met.anne, kind=NoticeKind.CANCELLED_BY).count() == 1


def test_a_place_is_given_by_hand_only_when_there_is_one(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:party_act", args=[met.cille.pk])
    browser.post(address, {"svar": "plass"})
    met.cille.refresh_from_db()
    assert met.cille.state == PartyState.WAITING
    Party.objects.filter(pk=met.cille.pk).update(size=1)
    browser.post(address, {"svar": "plass"})
    met.cille.refresh_from_db()
    assert met.cille.state == PartyState.CONFIRMED


def test_a_party_is_moved_only_to_a_date_of_the_same_event(met: Meeting) -> None:
    other = happening.one_off(capacity=9)
    later = happening.occurrence(met.intake.event, happening.soon(days=21)).intake
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:party_act", args=[met.bo.pk])
    assert browser.post(address, {"svar": "flytt", "til": other.pk}).status_code == 404
    assert browser.post(address, {"svar": "flytt", "til": "x"}).status_code == 404
    browser.post(address, {"svar": "flytt", "til": later.pk})
    met.bo.refresh_from_db()
    assert met.bo.intake_id == later.pk


def test_an_offer_is_answered_for_somebody_on_the_phone(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    browser.post(reverse("desk:party_act", args=[met.anne.pk]), {"svar": "stryk"})
    browser.post(reverse("desk:party_act", args=[met.cille.pk]), {"svar": "tar-plassen"})
    met.cille.refresh_from_db()
    assert met.cille.state == PartyState.CONFIRMED


def test_the_file_has_those_who_come_and_runs_no_formula(met: Meeting) -> None:
    Party.objects.filter(pk=met.anne.pk).update(name='=HYPERLINK("x")')
    browser = met.desk.in_browser(met.desk.kari)
    file = browser.get(reverse("desk:intake_file", args=[met.intake.pk, "csv"]))
    text = file.content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "Cille" in text
    assert browser.get(reverse("desk:intake_file", args=[met.intake.pk, "exe"])).status_code == 404


def test_nobody_is_asked_who_they_are_where_people_come_without_a_name() -> None:
    met = meeting(sign_up="anonymous")
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:party_new", args=[met.intake.pk])
    form = browser.get(address).context["form"]
    assert set(form.fields) <= {"size", "form_key", "is_first_time"}
    browser.post(address, {"form_key": form["form_key"].value(), "size": "1"})
    made = Party.objects.latest("signed_up_at")
    assert made.name == made.phone == ""
    assert Notice.objects.get(party=made).channel == Channel.NONE


def test_the_list_says_whom_letters_do_not_reach(met: Meeting) -> None:
    address = f"/en/skrivebord/pamelding/{met.intake.pk}/"
    browser = met.desk.in_browser(met.desk.kari)
    said = "Letters to them come back"
    assert said not in browser.get(address).content.decode()
    BouncedAddress.objects.create(address=met.anne.email.lower())
    assert browser.get(address).content.decode().count(said) == 1
    one = f"/en/skrivebord/pamelding/deltaker/{met.anne.pk}/"
    assert said in browser.get(one).content.decode()


def test_a_number_in_line_counts_those_who_wait(met: Meeting) -> None:
    assert met.cille.turn > 1
    browser = met.desk.in_browser(met.desk.kari)
    page = browser.get(f"/en/skrivebord/pamelding/deltaker/{met.cille.pk}/").content.decode()
    assert "<dt>Number in line</dt><dd>1</dd>" in page
    new = {"name": "Dag", "size": "2", "phone": "90 00 00 02", "language": "nb",
           "form_key": str(uuid.uuid4())}  # fmt: skip
    said = browser.post(reverse("desk:party_new", args=[met.intake.pk]), new, follow=True)
    assert "as number 2" in said.content.decode()
