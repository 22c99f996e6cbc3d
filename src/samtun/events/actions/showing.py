"""After a change that visitors can see: what is made from events is made anew."""

from collections.abc import Sequence
from uuid import UUID

from samtun.events import finding
from samtun.events.ical import feeds


def refresh(events: Sequence[UUID]) -> None:
    """Bring feeds and, at commit, the search index up to date with changed events.

    Call it inside the transaction of the change.
    """
    feeds.refresh(events)
    finding.refresh(events)
