"""Whom word from an organiser reaches."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from samtun.events.enums import Channel, Consent, NoticeKind, PartyState
from samtun.events.models import Intake, Party
from samtun.events.notices import channel_of


def readers(intake: Intake, *, to_waiting: bool) -> QuerySet[Party]:
    """Those with seats, and those who wait or are offered some if chosen, in their order.

    Not a child whose grown-up has not said yes: until then it hears only that somebody is asked.
    """
    states = [PartyState.CONFIRMED]
    if to_waiting:
        states += [PartyState.WAITING, PartyState.OFFERED]
    found = Party.objects.filter(intake=intake, state__in=states).exclude(consent=Consent.ASKED)
    return found.order_by("turn")


@dataclass(frozen=True, slots=True)
class Reached:
    """How many parties get a letter, must be called, or see it only on their own page."""

    letters: int
    calls: int
    pages: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.letters + self.calls + self.pages


def reached(parties: Iterable[Party]) -> Reached:
    """How the parties would be told of a message."""
    ways = Counter(channel_of(party, NoticeKind.MESSAGE) for party in parties)
    return Reached(ways[Channel.EMAIL], ways[Channel.PHONE], ways[Channel.NONE])
