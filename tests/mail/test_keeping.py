"""What is deleted when, and what comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samtun.mail import actions as mail
from samtun.mail import bounces
from samtun.mail.enums import LetterState
from samtun.mail.letters import Text
from samtun.mail.models import BouncedAddress, Letter
from samtun.mail.queries import bounced_among, is_bounced

TO = "Solveig@kommune.example"
REPORT = """\
From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Sorry.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--B
Content-Type: text/rfc822-headers

Message-ID: {message_id}
To: {address}

--B--
"""


def posted(days_ago: float = 0, state: LetterState = LetterState.SENT, **changes: str) -> Letter:
    """A letter of some time ago."""
    words = {"to": TO, "subject": "Hei", "language": "nb", "purpose": "test", **changes}
    letter = mail.post(**words, parts=[Text("Hei")])
    assert letter
    moment = timezone.now() - timedelta(days=days_ago)
    Letter.objects.filter(pk=letter.pk).update(state=state, posted_at=moment, sent_at=moment)
    return letter


def report(letter: Letter | None = None, **changes: str) -> bytes:
    """What a mail server sends back."""
    known = letter.message_id if letter else "<unknown@x.example>"
    words = {"address": TO, "action": "failed", "status": "5.1.1", "message_id": known, **changes}
    return REPORT.format(**words).encode()


@pytest.mark.django_db
def test_a_report_marks_the_address_that_we_wrote_to() -> None:
    assert mail.take_bounce(report(posted())) == 1
    assert is_bounced(TO)
    assert bounced_among([TO, "x@y.example"]) == {TO.lower()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"message_id": "<guessed@samtun.example>"},
        {"address": "somebody.else@kommune.example"},
        {"action": "delayed"},
        {"status": "4.2.2"},
        {"status": "5.7.1"},
    ],
)
def test_a_report_that_proves_nothing_marks_nobody(changes: dict[str, str]) -> None:
    assert mail.take_bounce(report(posted(), **changes)) == 0
    assert not BouncedAddress.objects.exists()


@pytest.mark.django_db
def test_a_report_of_a_letter_sent_on_is_about_whom_we_wrote_to() -> None:
    raw = report(posted()).replace(
        b"Final-Recipient: rfc822; " + TO.encode(),
        b"Original-Recipient: rfc822; " + TO.encode() + b"\nFinal-Recipient: rfc822; x@y.example",
    )
    assert mail.take_bounce(raw) == 1
    assert is_bounced(TO)


@given(st.binary(max_size=2000))
def test_any_bytes_can_come_in(raw: bytes) -> None:
    assert bounces.read(raw).answers == {}


@given(st.data())
def test_a_report_with_anything_in_its_middle_does_no_harm(data: st.DataObject) -> None:
    whole = report()
    place = data.draw(st.integers(0, len(whole)))
    bounces.read(whole[:place] + data.draw(st.binary(max_size=60)) + whole[place:])


def test_parts_within_parts_without_end_are_read() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
        for level in range(3000)
    )
    assert bounces.read(deep + report()).answers in ({}, {TO.lower(): "5.1.1"})


@pytest.mark.django_db
def test_what_letters_said_is_deleted_after_a_month_and_the_rest_after_half_a_year() -> None:
    young, old, ancient = posted(29), posted(31), posted(181)
    mail.tidy()
    young.refresh_from_db()
    old.refresh_from_db()
    assert (young.is_emptied, old.is_emptied) == (False, True)
    assert (old.html, old.state) == ("", LetterState.SENT)
    assert not Letter.objects.filter(pk=ancient.pk).exists()


@pytest.mark.django_db
def test_a_way_in_that_could_not_be_sent_is_soon_deleted() -> None:
    stuck = posted(3, LetterState.FAILED, purpose="account.code")
    waiting = posted(1, LetterState.WAITING, purpose="account.code")
    mail.tidy()
    stuck.refresh_from_db()
    waiting.refresh_from_db()
    assert (stuck.is_emptied, waiting.is_emptied) == (True, False)


@pytest.mark.django_db
def test_a_letter_that_waited_too_long_is_given_up_before_it_is_emptied() -> None:
    letter = posted(31, LetterState.WAITING)
    mail.tidy()
    letter.refresh_from_db()
    assert (letter.state, letter.reason, letter.is_emptied) == ("failed", "too_old", True)
    assert not mail.send_again(letter=letter)


@pytest.mark.django_db
def test_an_address_is_forgotten_after_a_year() -> None:
    mail.mark_bounced(address=TO, answer="550")
    BouncedAddress.objects.update(bounced_at=timezone.now() - timedelta(days=366))
    mail.tidy()
    assert not is_bounced(TO)
