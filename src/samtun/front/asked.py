"""The entries of a letter as its reader sees them: what we show of each, and what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from samtun.directory.enums import PUBLIC_STATUSES, Answer
from samtun.directory.keeping import answering
from samtun.directory.models import EnquiredService, Service
from samtun.directory.queries.service_page import Details, complete, with_areas
from samtun.front.frame import Frame
from samtun.front.hours import written
from samtun.front.offer import Offer
from samtun.organisations.queries import Scope, region_scopes

# For an offer that no map of ours covers.
_NOWHERE = Scope(
    id=UUID(int=0),
    slug="",
    names={},
    introductions={},
    is_example=False,
    municipalities=(),
    numbers=frozenset(),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One entry of a letter. `waits`: an editor has yet to look at what was answered."""

    entry: EnquiredService
    offer: Offer
    waits: bool

    @property
    def key(self) -> UUID:
        """The service's identifier."""
        return self.entry.service_id

    @property
    def page_url(self) -> str:
        """Its public page, where there is one now."""
        return self.offer.url if self.offer.frame.scope.slug and self.is_public else ""

    @property
    def is_public(self) -> bool:
        """Whether visitors find it."""
        return self.entry.service.status in PUBLIC_STATUSES

    @property
    def is_right(self) -> bool:
        """They said that it is right as it stands."""
        return self.entry.answer == Answer.STILL_RIGHT

    @property
    def is_changed(self) -> bool:
        """They changed it."""
        return self.entry.answer == Answer.CHANGED

    @property
    def is_over(self) -> bool:
        """They said that it is no longer offered."""
        return self.entry.answer == Answer.NO_LONGER

    @property
    def last_day(self) -> str:
        """The day after which it is no longer shown."""
        return _written(self.entry.service.end_on)

    @property
    def next_on(self) -> str:
        """When we ask about it again."""
        return _written(self.entry.service.confirm_due_on)


def _written(day: date | None) -> str:
    return written(day) if day else ""


def asked(entries: Sequence[EnquiredService]) -> list[Asked]:
    """`entries` in their order with all that the page shows; twelve queries, however many."""
    services: list[Service] = [entry.service for entry in entries]
    details = {one.service.pk: one for one in complete(with_areas(services))}
    waiting = answering.waits_for_editor(entries)
    now = timezone.now()
    return [
        Asked(
            entry,
            Offer(details[entry.service_id], _frame(details[entry.service_id]), now),
            entry.service_id in waiting,
        )
        for entry in entries
    ]


def _frame(details: Details) -> Frame:
    """The first map that shows it, in the reader's language."""
    scopes = (scope for scope in region_scopes() if details.covers(scope.numbers))
    return Frame(next(scopes, _NOWHERE), get_language() or "nb")
