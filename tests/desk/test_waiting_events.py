"""What of the meetings waits at the desk, for whom, and when it no longer does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samtun.desk.waiting import waiting_for
from samtun.events import notices
from samtun.events.actions import attendance, events
from samtun.events.enums import Consent, NoticeKind
from samtun.events.models import Intake, Notice, Party
from samtun.people.enums import RoleKind
from samtun.people.models import User
from tests.desk.party_scenes import Meeting, meeting, today
from tests.factories import people

pytestmark = pytest.mark.django_db
OURS = {"calls", "consent", "room", "attendance"}


@pytest.fixture
def met() -> Meeting:
    return meeting()


def cards(person: User) -> dict[str, int]:
    """How much of each kind waits."""
    people.forget(person)
    return {card.key: card.count for card in waiting_for(person).cards if card.key in OURS}


def everything(met: Meeting) -> None:
    """Make all of it wait, but for what is over."""
    notices.tell(met.bo, NoticeKind.REMINDER)
    Party.objects.filter(pk=met.anne.pk).update(consent=Consent.ASKED)
    Party.objects.filter(pk=met.cille.pk).update(size=1)
    soon = timezone.now() + timedelta(days=2)
    Intake.objects.filter(pk=met.intake.pk).update(is_closed=True, starts_at=soon)


def test_each_kind_has_its_card(met: Meeting) -> None:
    everything(met)
    assert cards(met.desk.kari) == {"calls": 1, "consent": 1, "room": 1}


def test_nothing_of_it_waits_for_ola_nils_or_a_leader(met: Meeting) -> None:
    everything(met)
    today(met)
    lise = people.person("Lise")
    people.role(lise, RoleKind.LEADER, region=met.desk.region)
    for person in (met.desk.ola, met.desk.nils, lise):
        assert cards(person) == {}


def test_a_party_too_large_for_what_is_free_is_not_asked_about(met: Meeting) -> None:
    everything(met)
    Party.objects.filter(pk=met.cille.pk).update(size=2)
    assert "room" not in cards(met.desk.kari)


def test_while_sign_up_is_open_places_are_offered_by_themselves(met: Meeting) -> None:
    everything(met)
    Intake.objects.filter(pk=met.intake.pk).update(is_closed=False)
    assert "room" not in cards(met.desk.kari)


def test_attendance_waits_until_somebody_has_counted(met: Meeting) -> None:
    assert "attendance" not in cards(met.desk.kari)
    date = today(met)
    assert cards(met.desk.kari)["attendance"] == 1
    attendance.mark(party=met.anne, occurrence=date, present=0, by=met.desk.kari)
    assert "attendance" not in cards(met.desk.kari)


def test_a_call_that_was_made_or_is_no_longer_true_does_not_wait(met: Meeting) -> None:
    notices.tell(met.bo, NoticeKind.REMINDER)
    notices.tell(met.bo, NoticeKind.CHANGED, matter="1")
    assert cards(met.desk.kari) == {"calls": 1}
    Notice.objects.filter(kind=NoticeKind.CHANGED).update(settled_at=timezone.now())
    notices.withdraw([met.bo])
    assert cards(met.desk.kari) == {}


def test_those_without_e_mail_are_called_about_what_is_cancelled(met: Meeting) -> None:
    events.cancel(event=met.intake.event, notice="", by=met.desk.kari)
    assert cards(met.desk.kari) == {"calls": 1}
