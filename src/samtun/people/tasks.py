"""Background work on people; `config.rounds` says when."""

from django_tasks import task

from samtun.people import accounts
from samtun.people.actions import tidying


@task()
def tidy() -> None:
    """Delete invitations, cards, events, sessions and counts of tries that have had their time."""
    tidying.tidy()
    accounts.tidy()
