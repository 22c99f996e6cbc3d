"""What is published at an hour set beforehand."""

import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from samtun.editorial.models import EditorialPage
from samtun.learning.errors import LearningError

log = logging.getLogger(__name__)


def publish_due() -> int:
    """Publish and take away what is due, each by itself; give how many that were.

    What cannot be published stays as it was and is tried again: it never stops the others.
    """
    now = timezone.now()
    over = EditorialPage.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
    due = Revision.objects.filter(approved_go_live_at__lte=now)
    done = sum(_done(lambda page=page: _take_away(page), page.pk) for page in over)  # type: ignore[misc]
    for revision in due.order_by("approved_go_live_at", "pk"):
        done += _done(lambda revision=revision: _publish(revision), revision.object_id)  # type: ignore[misc]
    return done


def _take_away(page: EditorialPage) -> None:
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def _done(work: Callable[[], None], page: object) -> bool:
    try:
        with transaction.atomic():
            work()
    except LearningError as error:
        log.warning("page %s stays as it is: %s", page, error)
        return False
    return True
