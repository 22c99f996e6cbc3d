"""Coming to a group session: no account, no cookie, and nothing that tells who came."""

import pytest
from django.test import Client
from django.urls import reverse

from samtun.front.views import joining
from samtun.learning.actions import own_jobs
from samtun.learning.actions import sessions as actions
from samtun.learning.models import Evidence, Learner, Participant
from samtun.people.models import User
from tests.desk.session_scenes import Meeting, meeting
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def met() -> Meeting:
    found = meeting()
    found.opened()
    return found


def here(met: Meeting) -> str:
    return reverse("front:join", args=[met.session.code])


def eli_signs_in(met: Meeting) -> User:
    """Her account, after she has said that she works there."""
    account = people.person("Eli Hansen", email=met.learner.email)
    own_jobs.accept(user=account, employment=met.eli)
    return account


def test_the_code_that_is_typed_leads_in_however_it_is_written(met: Meeting) -> None:
    code = met.session.code
    typed = f" {code[:3].lower()}-{code[3:]}"
    answer = Client().get(reverse("front:join"), {"kode": typed})
    assert answer["Location"] == here(met)


def test_somebody_without_account_writes_a_first_name_and_gets_no_cookie(met: Meeting) -> None:
    browser = Client()
    page = browser.get(here(met))
    key = page.context["key"]
    for _twice in range(2):
        answer = browser.post(here(met), {"navn": "Eli", "skjema": key})
    last = browser.get(answer["Location"])
    assert "Eli" in last.content.decode()
    assert "Eli" not in answer["Location"]
    assert met.session.participants.get().name == "Eli"
    assert not browser.cookies
    assert last["Referrer-Policy"] == "no-referrer"


def test_a_name_must_be_written_and_an_address_must_be_one(met: Meeting) -> None:
    browser = Client()
    assert browser.post(here(met), {"navn": "  "}).status_code == 422
    answer = browser.post(here(met), {"navn": "Eli", "epost": "ikke en adresse"})
    assert answer.status_code == 422
    assert 'value="Eli"' in answer.content.decode()
    assert not Participant.objects.exists()


def test_an_address_that_is_known_answers_like_one_that_is_not(met: Meeting) -> None:
    pages = []
    for email in (met.learner.email, "ukjent@valdres.example"):
        answer = Client().post(here(met), {"navn": "Eli", "epost": email})
        pages.append(Client().get(answer["Location"]).content.decode())
    assert "Hansen" not in pages[0]
    assert len(pages[0]) == len(pages[1])
    assert Learner.objects.count() == 1


def test_whoever_is_signed_in_is_there_with_one_button_and_gets_the_proof(met: Meeting) -> None:
    account = eli_signs_in(met)
    browser = people.signed_in(account)
    assert 'name="navn"' not in browser.get(here(met)).content.decode()
    for _twice in range(2):
        browser.post(here(met))
    assert met.session.participants.get().learner == met.learner
    met.closed()
    assert Evidence.objects.get(module=met.session.module).learner == met.learner


def test_before_and_after_the_code_is_no_code(met: Meeting) -> None:
    unknown = Client().get(reverse("front:join", args=["ABCDEF"])).content.decode()
    old = here(met)
    met.closed()
    for address in (old, here(met)):
        answer = Client().get(address)
        assert answer.status_code == 404
        assert "Sjukeheimen" not in answer.content.decode()
        assert Client().post(address, {"navn": "Eli"}).status_code == 404
    assert len(unknown) == len(Client().get(old).content.decode())
    assert not Participant.objects.exists()


def test_one_can_take_oneself_off_while_it_goes_on(met: Meeting) -> None:
    answer = Client().post(here(met), {"navn": "Eli"})
    other = Client().post(here(met), {"navn": "Bo"})
    page = Client().post(answer["Location"], {"bort": "1"})
    assert page.status_code == 200
    assert met.session.participants.get().name == "Bo"
    met.closed()
    assert Client().post(other["Location"], {"bort": "1"}).status_code == 409
    assert met.session.participants.count() == 1


def test_a_link_that_nobody_signed_is_nothing(met: Meeting) -> None:
    wrote = actions.join(session=met.session, name="Eli")
    for token in (str(wrote.pk), f"{wrote.pk}.x", "x"):
        assert Client().get(reverse("front:joined", args=[token])).status_code == 404


def test_whoever_wrote_a_name_signs_in_afterwards_and_is_asked_about(met: Meeting) -> None:
    answer = Client().post(here(met), {"navn": "Eli"})
    met.closed()
    account = eli_signs_in(met)
    people.signed_in(account).post(answer["Location"], {"meg": "1"})
    found = met.session.participants.get()
    assert (found.learner, found.claimed_by) == (None, met.learner)
    assert not Evidence.objects.exists()


def test_while_it_goes_on_whoever_signs_in_is_simply_them(met: Meeting) -> None:
    answer = Client().post(here(met), {"navn": "Eli", "epost": "annen@valdres.example"})
    account = eli_signs_in(met)
    people.signed_in(account).post(answer["Location"], {"meg": "1"})
    found = met.session.participants.get()
    assert (found.learner, found.email) == (met.learner, "")


def test_somebody_says_afterwards_that_they_were_there(met: Meeting) -> None:
    met.closed()
    account = eli_signs_in(met)
    browser = people.signed_in(account)
    address = reverse("front:join_claims")
    assert "Sjukeheimen" in browser.get(address).content.decode()
    browser.post(address, {"samling": met.session.pk})
    assert met.session.participants.get().claimed_by == met.learner
    page = people.signed_in(people.person("Nils")).get(address).content.decode()
    assert "Sjukeheimen" not in page


def test_a_session_elsewhere_is_not_claimed(met: Meeting) -> None:
    met.closed()
    browser = people.signed_in(people.person("Nils"))
    answer = browser.post(reverse("front:join_claims"), {"samling": met.session.pk})
    assert answer.status_code == 404
    assert "/konto/" in Client().get(reverse("front:join_claims"))["Location"]


def test_codes_are_not_tried_without_end(met: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_MOST_TRIES", 3)
    for _each in range(3):
        Client().get(reverse("front:join", args=["ABCDEF"]))
    assert Client().get(here(met)).status_code == 404


def test_a_whole_town_hall_comes_in_from_one_network(
    met: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(joining, "_MOST_TRIES", 3)
    for name in ("Eli", "Bo", "Frida"):
        assert Client().get(here(met)).status_code == 200
        assert Client().post(here(met), {"navn": name}).status_code == 302


def test_a_session_is_not_flooded_with_names(met: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_MOST_JOINING", 2)
    for name in ("Eli", "Bo"):
        assert Client().post(here(met), {"navn": name}).status_code == 302
    assert Client().post(here(met), {"navn": "Frida"}).status_code == 422
    assert met.session.participants.count() == 2


def come(met: Meeting, count: int, network: str = "198.51.100.7") -> list[int]:
    """How so many from one network are answered, who write a name each."""
    names = ({"navn": f"Gjest {number}"} for number in range(count))
    return [Client().post(here(met), one, REMOTE_ADDR=network).status_code for one in names]


def test_fifty_behind_one_address_come_in_at_once(met: Meeting) -> None:
    assert come(met, 50) == [302] * 50


def test_one_phone_cannot_fill_a_session(met: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_MOST_AT_ONCE", 5)
    assert come(met, 8) == [302] * 5 + [422] * 3
    assert come(met, 1, network="203.0.113.9") == [302]  # others come in
    eli = people.person("Eli")
    answer = people.signed_in(eli).post(here(met), REMOTE_ADDR="198.51.100.7")
    assert answer.status_code == 302  # with an account one is there once
    monkeypatch.setattr(joining, "_AT_ONCE", 7)  # another stretch of time
    assert come(met, 1) == [302]


def test_the_limit_lets_a_staff_meeting_in_and_keeps_room_for_others() -> None:
    assert 60 <= joining._MOST_AT_ONCE <= 150
