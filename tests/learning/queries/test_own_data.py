"""All that is stored about somebody who learns, and nothing of anybody else."""

import pytest
from django.utils import timezone

from samtun.learning.enums import DecisionKind, ItemKind
from samtun.learning.models import Decision, GroupSession, Participant, Reminder
from samtun.learning.queries import own_data
from tests.factories import learning, people

pytestmark = pytest.mark.django_db


def test_what_an_employer_wrote_and_decided_is_in_it_and_nothing_of_colleagues() -> None:
    person = people.person()
    item = learning.item(learning.version(), kind=ItemKind.ACTIVITY)
    for learner, reason in (
        (learning.learner(user=person), "Har kurset fra før"),
        (learning.learner("Siv"), "Hemmelig"),
    ):
        job = learning.employment(learner=learner, directory_id=f"id-{reason}")
        learning.obligation(job, item)
        about = {"employment": job, "plan": item.version.plan, "item_key": item.key}
        Decision.objects.create(kind=DecisionKind.EXEMPT, reason=reason, **about)
        Reminder.objects.create(learner=learner, sent_on=timezone.localdate(), count=1)
        session = GroupSession.objects.create(
            module=learning.module(), unit=job.unit, code="ABCDEF", starts_at=timezone.now()
        )
        Participant.objects.create(session=session, learner=learner, name=reason, joined="code")
    found = own_data.of(person)
    assert "Hemmelig" not in str(found)
    assert str(found).count("Har kurset fra før") == 3
    assert [len(found[name]) for name in ("obligations", "reminders", "group_sessions")] == [1] * 3
