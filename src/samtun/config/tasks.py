"""Background work on the queue itself; `config.rounds` says when."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from samtun.config.rounds import LOST_AFTER

RESULTS_STAY = timedelta(days=14)


@task()
def tidy() -> None:
    """Forget what was done long ago, and give up what a worker took with it when it died."""
    now = timezone.now()
    DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER).update(
        status=TaskResultStatus.FAILED, finished_at=now
    )
    DBTaskResult.objects.finished().filter(finished_at__lt=now - RESULTS_STAY).delete()
