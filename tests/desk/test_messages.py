"""Word to those who come: whom it reaches is said before, and it goes once."""

import pytest
from django.urls import reverse

from samtun.events.enums import Channel, Consent, NoticeKind
from samtun.events.models import Message, Notice, Party
from samtun.people.models import AuditEvent
from tests.desk.party_scenes import Meeting, meeting

pytestmark = pytest.mark.django_db
TEXT = {"subject": "Vi møtes på biblioteket", "text": "Ta med kopp.\n<b>Hilsen</b> Kari"}


@pytest.fixture
def met() -> Meeting:
    return meeting()


def written(met: Meeting, **more: str) -> dict[str, str]:
    """What the form sends, with the key that the page gave."""
    page = met.desk.in_browser(met.desk.kari).get(reverse("desk:message", args=[met.intake.pk]))
    return {**TEXT, "key": str(page.context["form"]["key"].value()), **more}


def test_the_page_says_how_many_get_a_letter_and_how_many_must_be_called(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    page = browser.get(f"/en{reverse('desk:message', args=[met.intake.pk])}").content.decode()
    assert "1 gets a letter. 1 must be called." in page
    assert "2 get a letter. 1 must be called." in page


def test_it_is_seen_first_and_sent_once(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    address, sent = reverse("desk:message", args=[met.intake.pk]), written(met)
    page = browser.post(address, sent).content.decode()
    assert "&lt;b&gt;Hilsen" in page
    assert not Message.objects.exists()
    for _twice in range(2):
        assert browser.post(address, {**sent, "send": "ja"}).status_code == 302
    assert Message.objects.count() == 1
    told = Notice.objects.filter(kind=NoticeKind.MESSAGE).values_list("party__name", "channel")
    assert set(told) == {("Anne Hemmelig", Channel.EMAIL), ("Bo", Channel.PHONE)}


def test_those_who_wait_get_it_when_chosen(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    sent = written(met, to_waiting="on", send="ja")
    browser.post(reverse("desk:message", args=[met.intake.pk]), sent)
    assert Notice.objects.filter(party=met.cille, kind=NoticeKind.MESSAGE).exists()


def test_a_child_whose_parent_has_not_said_yes_gets_nothing(met: Meeting) -> None:
    Party.objects.filter(pk=met.anne.pk).update(consent=Consent.ASKED)
    browser = met.desk.in_browser(met.desk.kari)
    browser.post(reverse("desk:message", args=[met.intake.pk]), written(met, send="ja"))
    assert not Notice.objects.filter(party=met.anne).exists()


def test_the_trail_knows_that_it_was_written_and_not_what(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    browser.post(reverse("desk:message", args=[met.intake.pk]), written(met, send="ja"))
    said = AuditEvent.objects.get(action="message.written")
    assert said.details["parties"] == 2
    assert "biblioteket" not in str(vars(said))


def test_something_lacking_is_said_and_what_was_written_stays(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    sent = written(met, subject="", send="ja")
    answer = browser.post(reverse("desk:message", args=[met.intake.pk]), sent)
    assert answer.status_code == 422
    assert "Ta med kopp." in answer.content.decode()
    assert not Message.objects.exists()


def test_what_was_seen_can_be_changed(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    answer = browser.post(reverse("desk:message", args=[met.intake.pk]), written(met, endre="ja"))
    assert answer.status_code == 200
    assert "Ta med kopp." in answer.content.decode()
