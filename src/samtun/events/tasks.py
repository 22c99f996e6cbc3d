"""Background work on meeting places; `config.rounds` says when. Letters themselves are no tasks."""

from django.utils import timezone
from django_tasks import task

from samtun.events.actions import intakes, occurrences
from samtun.events.ical import feeds
from samtun.events.keeping import forgetting, rounds


@task()
def tidy() -> None:
    """Count and delete what is known of those who came, when it has had its time."""
    forgetting.tidy(timezone.localdate())


@task()
def tell() -> None:
    """Let offers run out, and tell of what is soon."""
    now = timezone.now()
    intakes.expire_offers(now)
    rounds.remind(now)


@task()
def ask() -> None:
    """Ask how it was, the morning after."""
    rounds.evaluate(timezone.now())


@task()
def renew() -> None:
    """Make the dates of rules a year ahead, and what calendars say of them."""
    occurrences.renew_all()
    feeds.refresh_all()
