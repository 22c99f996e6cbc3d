"""What the worker does for editors; see `config.rounds`."""

from django_tasks import task

from samtun.editorial.actions import schedule


@task()
def publish_due() -> None:
    """Publish what has its hour, and take away what has had its time."""
    schedule.publish_due()
