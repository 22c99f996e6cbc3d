"""The outbox: for system administrators; in the demo for everybody."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from samtun.mail import actions as mail
from samtun.mail.enums import LetterState
from samtun.mail.letters import Button, Entry, Text
from samtun.mail.models import BouncedAddress, Letter
from samtun.mail.queries import is_bounced
from samtun.people.demo import DemoPerson
from samtun.people.enums import RoleKind
from samtun.people.models import AuditEvent
from tests.factories import directory as make
from tests.factories import people

pytestmark = pytest.mark.django_db
QUERIES = 8
LIST = "/skrivebord/utboks/"
LINK = "http://127.0.0.1:8000/bekreft/abc/"


def posted(state: LetterState = LetterState.WAITING, **changes: str) -> Letter:
    """A letter in the outbox."""
    words = {"to": "solveig@kommune.example", "subject": "Stemmer dette?", "language": "nn"}
    parts = [Text("Hei <b>du</b>"), Entry("Kafé", "", (Button("Ja", LINK),))]
    letter = mail.post(**{**words, **changes}, purpose="test", parts=parts)
    assert letter
    Letter.objects.filter(pk=letter.pk).update(
        state=state, sent_at=timezone.now() if state == LetterState.SENT else None
    )
    letter.refresh_from_db()
    return letter


def address(letter: Letter, part: str = "") -> str:
    """Of a letter on the desk."""
    return f"{LIST}{letter.pk}/{part}"


@pytest.fixture
def administrator() -> Client:
    """Kari runs the installation."""
    kari = people.person()
    people.role(kari, RoleKind.SYSTEM_ADMINISTRATOR)
    return people.signed_in(kari)


def outsiders() -> list[Client]:
    """Ola edits the region, Nils leads in another municipality: neither runs the installation."""
    ola, nils = people.person("Ola"), people.person("Nils")
    people.role(ola, RoleKind.REGION_EDITOR, region=make.region("valdres"))
    people.role(nils, RoleKind.LEADER, municipality=make.municipality("0301", "Oslo"))
    return [people.signed_in(ola), people.signed_in(nils)]


def test_letters_are_listed_with_how_it_went(administrator: Client) -> None:
    posted()
    posted(LetterState.UNCERTAIN, to="ola@kommune.example")
    page = administrator.get(LIST).text
    assert page.index("ola@kommune.example") < page.index("solveig@kommune.example")
    assert "ola@" not in administrator.get(f"{LIST}?tilstand=waiting").text
    assert "ola@" in administrator.get(f"{LIST}?tilstand=nonsense").text


def test_a_letter_is_shown_as_its_reader_sees_it(administrator: Client) -> None:
    page = administrator.get(address(posted())).text
    assert f'<a class="ds-button" href="{LINK}">Ja</a>' in page
    assert "Hei &lt;b&gt;du&lt;/b&gt;" in page
    assert "<h3>Kafé</h3>" in page
    assert 'lang="nn"' in page


def test_what_others_may_not_see_is_answered_like_what_is_not_there() -> None:
    letter = posted(LetterState.FAILED)
    mail.mark_bounced(address=letter.to, answer="550")
    bounced = BouncedAddress.objects.get()
    for client in outsiders():
        for path in (LIST, address(letter), f"{LIST}{uuid4()}/"):
            assert client.get(path).status_code == 404
        for path in (address(letter, "send/"), f"{LIST}adresser/{bounced.pk}/"):
            assert client.post(path).status_code == 404
    letter.refresh_from_db()
    assert (letter.state, is_bounced(letter.to)) == (LetterState.FAILED, True)


def test_somebody_who_has_not_signed_in_is_asked_to() -> None:
    assert Client().get(LIST).status_code == 302
    assert Client().post(address(posted(LetterState.FAILED), "send/")).status_code == 302


@pytest.mark.parametrize("state", [LetterState.FAILED, LetterState.UNCERTAIN])
def test_a_stuck_letter_is_sent_again_and_the_trail_knows(
    administrator: Client, state: LetterState
) -> None:
    letter = posted(state)
    assert administrator.post(address(letter, "send/")).status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (LetterState.WAITING, 0)
    event = AuditEvent.objects.get(action="letter.sent_again")
    assert (event.object_id, event.details) == (str(letter.pk), {"was": state})


def test_opening_a_letter_changes_nothing_but_the_trail(administrator: Client) -> None:
    letter = posted(LetterState.FAILED)
    assert administrator.get(address(letter, "send/")).status_code == 405
    administrator.get(address(letter))
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED
    assert AuditEvent.objects.get(action="looked.at").object_id == str(letter.pk)


@pytest.mark.parametrize("state", [LetterState.SENT, LetterState.WAITING, LetterState.SENDING])
def test_a_letter_that_is_not_stuck_is_not_sent_again(
    administrator: Client, state: LetterState
) -> None:
    letter = posted(state)
    assert "send/" not in administrator.get(address(letter)).text
    administrator.post(address(letter, "send/"))
    letter.refresh_from_db()
    assert letter.state == state
    assert not AuditEvent.objects.filter(action="letter.sent_again").exists()


def test_an_address_is_cleared(administrator: Client) -> None:
    mail.mark_bounced(address="Ola@kommune.example", answer="550 5.1.1")
    bounced = BouncedAddress.objects.get()
    assert "ola@kommune.example" in administrator.get(LIST).text
    administrator.post(f"{LIST}adresser/{bounced.pk}/")
    assert not is_bounced("ola@kommune.example")
    event = AuditEvent.objects.get(action="address.cleared")
    assert "ola" not in f"{event.object_name}{event.object_id}{event.details}"


def test_a_list_of_many_asks_no_more_than_a_list_of_one(
    administrator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    administrator.get(LIST)
    for count in (1, 30):
        for _ in range(count):
            posted()
        with django_assert_num_queries(QUERIES):
            page = administrator.get(LIST).text
    assert "?side=2" in page
    assert "?side=1" in administrator.get(f"{LIST}?side=2").text
    for wrong in ("0", "-1", "x", "²", "9" * 30):
        assert administrator.get(f"{LIST}?side={wrong}").status_code == 200


def test_outside_the_demo_nobody_sees_letters(settings: Settings) -> None:
    settings.DEMO = False
    assert Client().get("/utboks/").status_code == 404


def test_the_demo_shows_each_letter_with_its_links_to_everybody(settings: Settings) -> None:
    settings.DEMO = True
    posted(LetterState.SHOWN, subject="Hei <script>")
    answer = Client().get("/utboks/")
    assert f'<a class="ds-button" href="{LINK}">Ja</a>' in answer.text
    assert "Hei &lt;script&gt;" in answer.text
    assert not answer.cookies


def test_the_demo_tells_whom_to_sign_in_as(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    role = RoleKind.COORDINATOR
    person = DemoPerson("Kari", "kari@valdres.example", "p", "123456", "", role, role.label)
    monkeypatch.setattr("samtun.people.demo.people", lambda: [person])
    page = Client().get("/en/utboks/").text
    assert "kari@valdres.example" in page
    assert "123456" in page


def test_an_emptied_letter_says_so(administrator: Client) -> None:
    letter = posted(LetterState.FAILED)
    Letter.objects.update(text="", html="")
    page = administrator.get(address(letter)).text
    assert "send/" not in page
    assert LINK not in page


def test_not_even_the_administrator_reads_somebodys_code(administrator: Client) -> None:
    letter = posted()
    Letter.objects.filter(pk=letter.pk).update(
        purpose="account.login_code", text="KODE-1234", html="<p>KODE-1234</p>"
    )
    page = administrator.get(address(letter)).content.decode()
    assert "KODE-1234" not in page
    letter.refresh_from_db()
    assert "KODE-1234" in letter.text
