"""What is known of people who learn is deleted when it has had its time; see docs/privacy.md.

What somebody has done and the certificates of it are theirs for good: they take them along to the
next employer. What the employer knew of them is not.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from samtun.learning.models import (
    Certificate,
    EmployeeUpload,
    Employment,
    Evidence,
    Learner,
    Participant,
    Reminder,
)

# After the last day: obligations, decisions and their reasons go with the job.
JOBS_STAY = timedelta(days=730)
REMINDERS_STAY = timedelta(days=90)
UPLOADS_STAY = timedelta(days=1)
_AT_ONCE = 500


def tidy(today: date) -> None:
    """Delete all whose time has come; `today` is the day in Norway."""
    uploaded = EmployeeUpload.objects.filter(made_at__lt=timezone.now() - UPLOADS_STAY)
    uploaded.delete()
    Reminder.objects.filter(sent_on__lt=today - REMINDERS_STAY).delete()
    while _forget_jobs(today):
        pass
    _nobodies().delete()


@transaction.atomic
def _forget_jobs(today: date) -> bool:
    """Some of those that ended long ago; whether there were any."""
    over = Employment.objects.filter(left_on__lt=today - JOBS_STAY).order_by("pk")
    keys = list(over.values_list("pk", flat=True)[:_AT_ONCE])
    Employment.objects.filter(pk__in=keys).delete()
    return bool(keys)


def _nobodies() -> QuerySet[Learner]:
    """Names that an employer gave us and that nothing is left of: no account and nothing done."""
    own = {"learner": OuterRef("pk")}
    return Learner.objects.filter(
        ~Exists(Employment.objects.filter(**own)),
        ~Exists(Evidence.objects.filter(**own)),
        ~Exists(Certificate.objects.filter(**own)),
        ~Exists(Participant.objects.filter(**own)),
        user__isnull=True,
        made_at__lt=timezone.now() - UPLOADS_STAY,
    )
