"""Background work on meeting places; `config.rounds` says when. Letters themselves are no tasks."""

from django.utils import timezone
from django_tasks import task

from samtun.events.keeping import forgetting


@task()
def tidy() -> None:
    """Count and delete what is known of those who came, when it has had its time."""
    forgetting.tidy(timezone.localdate())
