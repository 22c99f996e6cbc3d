"""Takes back reminders that wait in the outbox when what they remind of has been settled."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from samtun.learning.actions.obligations.facts import Row
from samtun.learning.models import Employment, Reminder
from samtun.mail import actions as mail

_WAITING = timedelta(days=30)  # a letter is given up after that


def letter_key(learner: UUID, day: date) -> str:
    """The key of the reminder of a day."""
    return f"learning.reminder:{learner}:{day.isoformat()}"


def call_off(settled: Sequence[Row]) -> None:
    """Stop reminders that nobody has begun to send; the next round tells what is left."""
    if not settled:
        return
    jobs = {row.employment for row in settled}
    learners = Employment.objects.filter(pk__in=jobs).values("learner")
    sent = Reminder.objects.filter(
        learner__in=learners, sent_on__gt=timezone.localdate() - _WAITING
    )
    rows = {letter_key(row.learner_id, row.sent_on): row.pk for row in sent}
    if rows:
        stopped = mail.withdraw(list(rows))
        Reminder.objects.filter(pk__in=[rows[key] for key in stopped]).delete()
