"""Background work on the outbox; `config.rounds` says when. Letters themselves are no tasks."""

from django_tasks import task

from samtun.mail import actions


@task()
def tidy() -> None:
    """Delete what has had its time."""
    actions.tidy()
