"""Background work on training; `config.rounds` says when."""

from django.utils import timezone
from django_tasks import task

from samtun.learning.actions import obligations, participants
from samtun.learning.keeping import forgetting
from samtun.learning.letters import reminding


@task()
def tonight() -> None:
    """Let obligations be what the rules say for the day that begins."""
    obligations.tonight(timezone.localdate())


@task()
def remind() -> None:
    """Remind people of what is due."""
    reminding.remind(timezone.now())


@task()
def tidy() -> None:
    """Forget what has had its time."""
    participants.forget(timezone.localdate())
    forgetting.tidy(timezone.localdate())
