"""Marking who came: what the trail knows of it, and what is refused."""

import pytest

from samtun.events.actions import attendance
from samtun.events.actions.errors import NotPossible
from samtun.events.models import Attendance, Intake
from samtun.people.models import AuditEvent
from tests.desk.party_scenes import Meeting, meeting, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def met() -> Meeting:
    found = meeting()
    today(found)
    return found


def test_the_trail_says_once_that_attendance_was_taken_and_names_nobody(met: Meeting) -> None:
    kari = met.desk.kari
    attendance.mark(party=met.anne, occurrence=met.date, present=1, by=kari)
    attendance.mark(party=met.bo, occurrence=met.date, present=1, by=kari)
    attendance.count(occurrence=met.date, municipality=None, people=2, by=kari)
    said = AuditEvent.objects.get(action="attendance.taken")
    assert said.details == {"occurrence": str(met.date.pk)}
    assert "Anne" not in str(vars(said))


def test_what_is_counted_and_forgotten_is_not_marked_again(met: Meeting) -> None:
    Intake.objects.filter(pk=met.intake.pk).update(is_tallied=True)
    met.intake.refresh_from_db()
    with pytest.raises(NotPossible):
        attendance.mark(party=met.anne, occurrence=met.date, present=1, by=met.desk.kari)
    with pytest.raises(NotPossible):
        attendance.count(occurrence=met.date, municipality=None, people=1, by=met.desk.kari)


def test_nobody_is_more_than_a_crowd(met: Meeting) -> None:
    attendance.mark(party=met.anne, occurrence=met.date, present=999, by=met.desk.kari)
    assert Attendance.objects.get().present == attendance.MOST_OF_A_PARTY
