"""Calls to make: what to say, to whom, and what was answered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samtun.events import notices
from samtun.events.actions import parties
from samtun.events.enums import Consent, NoticeKind, PartyState
from samtun.events.models import Intake, Notice, Occurrence, Party
from samtun.events.queries.calls import calls_for
from samtun.people.models import AuditEvent
from tests.desk.party_scenes import Meeting, meeting
from tests.factories import events as happening

pytestmark = pytest.mark.django_db
CALLS = "/skrivebord/ring/"


@pytest.fixture
def met() -> Meeting:
    return meeting()


def page_of(met: Meeting, who: str = "kari") -> str:
    return met.desk.in_browser(getattr(met.desk, who)).get(f"/en{CALLS}").content.decode()


def test_a_call_says_what_to_say_and_is_gone_when_it_was_said(met: Meeting) -> None:
    notices.tell(met.bo, NoticeKind.REMINDER)
    page = page_of(met)
    assert "tel:" in page
    assert "We look forward to it" in page
    notice = Notice.objects.get()
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:call_made", args=[met.bo.pk])
    browser.post(address, {"svar": "sagt", "sak": str(notice.pk)})
    notice.refresh_from_db()
    assert notice.settled_by == met.desk.kari
    assert "We look forward" not in page_of(met)
    assert AuditEvent.objects.filter(action="party.called").count() == 1


@pytest.mark.parametrize("who", ["ola", "nils"])
def test_others_have_nobody_of_hers_to_call(met: Meeting, who: str) -> None:
    notices.tell(met.bo, NoticeKind.REMINDER)
    assert "90 00 00 01" not in page_of(met, who)
    browser = met.desk.in_browser(getattr(met.desk, who))
    address = reverse("desk:call_made", args=[met.bo.pk])
    sent = {"svar": "sagt", "sak": str(Notice.objects.get().pk)}
    assert browser.post(address, sent).status_code == 404
    assert Notice.objects.get().settled_at is None


def test_a_notice_of_somebody_else_is_not_settled_by_the_way(met: Meeting) -> None:
    stranger = happening.party(happening.one_off(capacity=5), email="", phone="90 00 00 09")
    notices.tell(stranger, NoticeKind.REMINDER)
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:call_made", args=[met.bo.pk])
    browser.post(address, {"svar": "sagt", "sak": str(Notice.objects.get().pk)})
    assert Notice.objects.get().settled_at is None


def test_what_is_over_or_no_longer_true_is_not_called_about(met: Meeting) -> None:
    notices.tell(met.bo, NoticeKind.REMINDER)
    parties.cancel(party=met.bo, by=None)
    assert not calls_for(met.desk.kari)
    other = meeting_over(met)
    notices.tell(other, NoticeKind.REMINDER)
    assert not calls_for(met.desk.kari)


def meeting_over(met: Meeting) -> Party:
    """Somebody who was at a meeting yesterday."""
    other = happening.one_off(organization=met.desk.owner, capacity=3)
    party = happening.party(other, email="", phone="90 00 00 02")
    past = timezone.now() - timedelta(days=1)
    dates = {"starts_at": past - timedelta(hours=2), "ends_at": past}
    Occurrence.objects.filter(intake=other).update(**dates)
    Intake.objects.filter(pk=other.pk).update(**dates)
    return party


def test_the_most_urgent_is_first(met: Meeting) -> None:
    notices.tell(met.bo, NoticeKind.REMINDER)
    sooner = happening.one_off(
        organization=met.desk.owner, capacity=3, starts_at=happening.soon(days=2)
    )
    notices.tell(happening.party(sooner, email="", phone="90 00 00 02"), NoticeKind.REMINDER)
    assert [each.event.pk for each in calls_for(met.desk.kari)] == [
        sooner.event_id, met.intake.event_id
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "state"),
    [("tar-plassen", PartyState.CONFIRMED), ("tar-ikke", PartyState.CANCELLED)],
)
def test_an_offer_is_answered_on_the_phone(met: Meeting, answer: str, state: PartyState) -> None:
    Party.objects.filter(pk=met.cille.pk).update(email="", phone="90 00 00 02")
    parties.cancel(party=met.anne, by=None)
    assert "Do you want it?" in page_of(met)
    notice = Notice.objects.get(kind=NoticeKind.OFFER)
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:call_made", args=[met.cille.pk])
    browser.post(address, {"svar": answer, "sak": str(notice.pk)})
    met.cille.refresh_from_db()
    assert met.cille.state == state
    assert not calls_for(met.desk.kari)


@pytest.mark.parametrize(
    ("answer", "consent"), [("far-lov", Consent.GIVEN), ("far-ikke", Consent.REFUSED)]
)
def test_a_parent_answers_on_the_phone(answer: str, consent: Consent) -> None:
    met = meeting(is_for_children=True, capacity=9)
    child = parties.sign_up(
        intake=met.intake, name="Even", age=9, guardian_name="Mor", guardian_phone="90 00 00 03"
    )
    page = page_of(met)
    assert "Mor, about Even" in page
    assert "90 00 00 03" in page
    notice = Notice.objects.get(kind=NoticeKind.CONSENT)
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:call_made", args=[child.pk])
    browser.post(address, {"svar": answer, "sak": str(notice.pk)})
    child.refresh_from_db()
    assert child.consent == consent


def test_words_of_an_organiser_with_per_cent_are_said_as_they_are(met: Meeting) -> None:
    browser = met.desk.in_browser(met.desk.kari)
    address = reverse("desk:message", args=[met.intake.pk])
    key = browser.get(address).context["form"]["key"].value()
    sent = {"key": key, "subject": "100 % sikkert", "text": "%(when)s <i>", "send": "ja"}
    browser.post(address, sent)
    page = page_of(met)
    assert "100 % sikkert: %(when)s &lt;i&gt;" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_the_calls_of_an_event_cost_the_same(
    met: Meeting, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    met.intake.capacity = None
    met.intake.save()
    for number in range(rows):
        party = happening.party(met.intake, email="", phone=f"90 00 00 {number:02}")
        notices.tell(party, NoticeKind.REMINDER)
    browser = met.desk.in_browser(met.desk.kari)
    browser.get(CALLS)
    with django_assert_num_queries(7):
        browser.get(CALLS)
