"""What an employer knew is forgotten; what somebody has learnt is theirs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samtun.learning.actions import decisions, obligations
from samtun.learning.keeping import forgetting
from samtun.learning.models import (
    Decision,
    EmployeeUpload,
    Employment,
    Evidence,
    Learner,
    Obligation,
    Reminder,
)
from tests.factories import learning, people

pytestmark = pytest.mark.django_db


def left(days: int) -> Employment:
    """Somebody with a decision about them, who left so many days ago."""
    version = learning.version()
    item = learning.item(version)
    learning.rule(item)
    long_ago = timezone.now() - timedelta(days=2000)
    someone = learning.learner(made_at=long_ago)
    job = learning.employment(
        learner=someone, joined_on=timezone.localdate() - timedelta(days=2000)
    )
    obligations.recompute(version.plan)
    decisions.exempt(
        employment=job, plan=version.plan, item_key=item.key, reason="Permisjon", by=None
    )
    Employment.objects.filter(pk=job.pk).update(left_on=timezone.localdate() - timedelta(days=days))
    return job


def test_a_job_is_forgotten_two_years_after_the_last_day() -> None:
    left(731)
    forgetting.tidy(timezone.localdate())
    for model in (Employment, Obligation, Decision, Learner):
        assert not model.objects.exists()


def test_before_that_all_of_it_stays() -> None:
    left(730)
    forgetting.tidy(timezone.localdate())
    for model in (Employment, Obligation, Decision, Learner):
        assert model.objects.exists()


def test_what_somebody_has_done_stays_theirs() -> None:
    job = left(731)
    learning.evidence(job.learner)
    forgetting.tidy(timezone.localdate())
    assert not Employment.objects.exists()
    assert Evidence.objects.get().learner == job.learner


def test_reminders_and_lists_that_nobody_took_are_forgotten() -> None:
    job = learning.employment()
    today = timezone.localdate()
    for days in (90, 91):
        Reminder.objects.create(learner=job.learner, sent_on=today - timedelta(days=days), count=1)
    EmployeeUpload.objects.create(
        employer=job.employer, rows=[], made_by=people.person(),
        made_at=timezone.now() - timedelta(hours=25),
    )  # fmt: skip
    forgetting.tidy(today)
    assert Reminder.objects.get().sent_on == today - timedelta(days=90)
    assert not EmployeeUpload.objects.exists()
