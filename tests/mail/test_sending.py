"""Letters reach a mail server once, or are kept."""

from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from aiosmtpd.smtp import SMTP
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from samtun.mail import actions as mail
from samtun.mail import sending
from samtun.mail.enums import LetterState, Reason
from samtun.mail.errors import SettingsError
from samtun.mail.letters import Button, Draft, Entry, Text
from samtun.mail.models import Letter
from samtun.mail.queries import is_bounced
from samtun.mail.sending import PAUSES, send_due
from tests.mail.conftest import Post

pytestmark = pytest.mark.django_db
TO = "solveig@kommune.example"


def posted(**changes: str) -> Letter:
    """A letter in the outbox."""
    words = {"to": TO, "subject": "Stemmer dette ennå?", "language": "nb", "purpose": "test"}
    parts = [
        Text("Hei!"),
        Entry("Temakafé", "Åpent hver onsdag.", (Button("Ja", "https://samtun.example/b/1"),)),
    ]
    letter = mail.post(**{**words, **changes}, parts=parts)
    assert letter
    return letter


def now_due() -> None:
    """As if the pause were over."""
    Letter.objects.filter(state=LetterState.WAITING).update(due_at=timezone.now())


def body(message: EmailMessage, kind: str) -> str:
    """One of the two ways to read the letter."""
    part = message.get_body((kind,))
    assert part
    return str(part.get_content())


def test_a_letter_arrives_as_text_and_as_html(post_office: Post) -> None:
    posted()
    assert send_due() == 1
    (message,) = post_office.taken
    assert message.get_content_type() == "multipart/alternative"
    assert "https://samtun.example/b/1" in body(message, "plain")
    assert '<html lang="nb">' in body(message, "html")
    assert '<a class="ds-button" href="https://samtun.example/b/1">Ja</a>' in body(message, "html")


def test_an_invitation_has_its_method_in_the_head_and_in_the_body(post_office: Post) -> None:
    invitation = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Møte\r\nEND:VCALENDAR\r\n"
    posted(calendar=invitation, calendar_method="REQUEST")
    posted()
    send_due()
    message, without = post_office.taken
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    *_, part = message.iter_parts()
    assert isinstance(part, EmailMessage)
    head = part["Content-Type"].params
    assert (head["method"], head["charset"]) == ("REQUEST", "utf-8")
    assert part.get_content().replace("\r\n", "\n") == invitation.replace("\r\n", "\n")
    assert body(message, "plain") == body(without, "plain")
    assert message.get_content_type() == without.get_content_type() == "multipart/alternative"
    assert part["Content-Disposition"] is None


def test_many_letters_keep_their_invitations() -> None:
    draft = Draft(TO, "Møte", (Text("Hei"),), "nb", "test", "key", "BEGIN:VCALENDAR", "REQUEST")
    assert mail.post_all([draft, replace(draft, key="other")]) == 2
    assert {(one.calendar, one.calendar_method) for one in Letter.objects.all()} == {
        ("BEGIN:VCALENDAR", "REQUEST")
    }


def test_a_letter_fetches_nothing_and_shows_no_picture(post_office: Post) -> None:
    posted()
    send_due()
    html = body(post_office.taken[0], "html")
    assert not [word for word in ("<img", "src=", "url(", "@import", "<link") if word in html]


def test_the_headers_say_who_when_and_that_nobody_wrote_it(post_office: Post) -> None:
    letter = posted(language="nn")
    send_due()
    (message,) = post_office.taken
    assert message["From"] == "Samtun <post@samtun.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "nn"
    assert message["Message-ID"] == letter.message_id
    sent = parsedate_to_datetime(message["Date"])
    assert abs(sent - letter.posted_at) < timedelta(seconds=1)
    assert post_office.envelopes == [("post@samtun.example", [TO])]


def test_norwegian_letters_survive_in_subject_and_text(post_office: Post) -> None:
    posted(subject="Pårørendekafé på Ål – ærlig talt")
    send_due()
    (message,) = post_office.taken
    assert message["Subject"] == "Pårørendekafé på Ål – ærlig talt"
    assert "Åpent" in body(message, "plain")


def test_a_sent_letter_is_not_sent_again(post_office: Post) -> None:
    posted()
    assert [send_due(), send_due()] == [1, 0]
    letter = Letter.objects.get()
    assert (letter.state, letter.sent_at is not None) == (LetterState.SENT, True)


def test_many_letters_go_over_one_connection(post_office: Post) -> None:
    for number in range(7):
        posted(to=f"person{number}@kommune.example")
    assert send_due() == 7
    assert post_office.connections == 1


def test_a_letter_put_off_by_the_server_is_tried_later_with_the_same_name(
    post_office: Post,
) -> None:
    letter = posted()
    post_office.recipients = ["450 4.2.0 Greylisted, try later"]
    assert [send_due(), send_due()] == [0, 0]
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.answer) == ("waiting", "later", "450 4.2.0")
    assert timedelta(0) < letter.due_at - timezone.now() <= PAUSES[0]
    now_due()
    assert send_due() == 1
    assert post_office.taken[0]["Message-ID"] == letter.message_id


def test_pauses_grow_until_the_letter_is_given_up(post_office: Post) -> None:
    letter = posted()
    post_office.contents = ["451 4.3.0 Busy"] * 7
    for pause in PAUSES:
        send_due()
        letter.refresh_from_db()
        assert pause - timedelta(seconds=5) < letter.due_at - timezone.now() <= pause
        now_due()
    send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (LetterState.FAILED, 7)


def test_an_address_that_does_not_exist_is_marked(post_office: Post) -> None:
    letter = posted()
    post_office.recipients = [f"550 5.1.1 <{TO}> no such user"]
    send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (LetterState.FAILED, Reason.RECIPIENT)
    assert letter.answer == "550 5.1.1"  # never the words, which quote the address
    assert is_bounced(TO.upper())


def test_letters_to_a_marked_address_are_stopped_until_it_is_cleared(post_office: Post) -> None:
    waiting = posted()
    mail.mark_bounced(address=TO, answer="550 5.1.1")
    later = posted()
    assert (later.state, later.reason) == (LetterState.REFUSED, Reason.BOUNCED)
    assert send_due() == 0
    waiting.refresh_from_db()
    assert waiting.state == LetterState.REFUSED
    assert not mail.send_again(letter=waiting)
    assert mail.clear_bounced(address=TO.title())
    assert mail.send_again(letter=waiting)
    assert send_due() == 1


@pytest.mark.parametrize("answer", ["554 5.7.1 Relay access denied", "530 5.7.0 Log in first"])
def test_a_server_that_does_not_want_us_marks_nobody(post_office: Post, answer: str) -> None:
    letter = posted()
    post_office.recipients = [answer]
    send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == (LetterState.FAILED, Reason.SERVER)
    assert not is_bounced(TO)


def test_a_refused_letter_does_not_stop_the_next(post_office: Post) -> None:
    posted()
    posted(to="ola@kommune.example")
    post_office.recipients = ["550 5.1.1 No"]
    assert send_due() == 1
    assert post_office.envelopes[0][1] == ["ola@kommune.example"]


def test_without_a_connection_all_letters_wait(settings: Settings, post_office: Post) -> None:
    posted()
    posted()
    settings.MAIL_URL = "smtp://127.0.0.1:1/?tls=none&timeout=1"
    assert send_due() == 0
    for letter in Letter.objects.all():
        assert (letter.state, letter.reason, letter.tries) == ("waiting", "no_connection", 1)
        assert letter.due_at > timezone.now()


def test_a_connection_that_breaks_before_the_letter_leaves_is_tried_again(
    post_office: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = posted()

    async def hang_up(self: SMTP, arg: str) -> None:
        self.transport.close()

    monkeypatch.setattr(SMTP, "smtp_MAIL", hang_up)
    send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == ("waiting", "no_connection")


def test_a_connection_that_breaks_while_the_letter_is_taken_leaves_it_uncertain(
    post_office: Post,
) -> None:
    letter = posted()
    post_office.before_answer = lambda server: server.transport.close()
    assert send_due() == 0
    letter.refresh_from_db()
    assert (letter.state, len(post_office.taken)) == (LetterState.UNCERTAIN, 1)
    now_due()
    send_due()
    assert len(post_office.taken) == 1
    assert mail.send_again(letter=letter)  # somebody has decided
    post_office.before_answer = lambda server: None
    assert send_due() == 1


def test_a_letter_whose_worker_is_gone_becomes_uncertain(post_office: Post) -> None:
    letter = posted()
    assert sending._claim(letter.pk)
    send_due()
    letter.refresh_from_db()
    assert letter.state == LetterState.SENDING  # somebody may be at it
    Letter.objects.update(claimed_at=timezone.now() - sending.CLAIM_LASTS - timedelta(seconds=1))
    send_due()
    letter.refresh_from_db()
    assert (letter.state, post_office.taken) == (LetterState.UNCERTAIN, [])


def test_a_claimed_letter_cannot_be_claimed(post_office: Post) -> None:
    letter = posted()
    assert sending._claim(letter.pk)
    assert sending._claim(letter.pk) is None


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_inside_a_transaction(post_office: Post) -> None:
    posted()
    with pytest.raises(RuntimeError), transaction.atomic():
        send_due()
    assert post_office.taken == []


def test_what_gives_a_way_in_is_emptied_when_sent(post_office: Post) -> None:
    posted(purpose="account.code")
    posted()
    assert send_due() == 2
    assert [one.is_emptied for one in Letter.objects.order_by("purpose")] == [True, False]


def test_letters_wait_without_a_mail_server(settings: Settings) -> None:
    settings.MAIL_URL = ""
    posted()
    assert send_due() == 0
    assert Letter.objects.get().state == LetterState.WAITING


def test_the_demo_shows_letters_and_never_connects(settings: Settings, post_office: Post) -> None:
    posted()
    settings.DEMO = True
    posted()
    send_due()
    assert set(Letter.objects.values_list("state", flat=True)) == {LetterState.SHOWN}
    assert post_office.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://host/",
        "smtp://",
        "smtp://host/?tls=maybe",
        "smtp://host:x/",
        "smtp://ab/c@h",
        "smtp://h/?timeout=0",
    ],
)
def test_settings_that_make_no_sense_are_told_without_the_password(
    settings: Settings, url: str
) -> None:
    settings.MAIL_URL = url.replace("//", "//me:hemmelig@")
    posted()
    with pytest.raises(SettingsError) as told:
        send_due()
    assert "hemmelig" not in str(told.value)
