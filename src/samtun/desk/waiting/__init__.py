"""What waits for a person: every package gives cards, and this is where they are put in order.

A new package adds a module with a function `(person) -> cards` and names it in PROVIDERS; nothing
else of the desk changes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from samtun.desk.waiting import directory as waiting_directory
from samtun.desk.waiting import events as waiting_events
from samtun.desk.waiting import learning as waiting_learning
from samtun.desk.waiting.cards import Card, Line
from samtun.people.models import User

Provider = Callable[[User], Iterable[Card]]
PROVIDERS: tuple[Provider, ...] = (
    waiting_directory.cards,
    waiting_events.cards,
    waiting_learning.cards,
)
FIRST = 3  # things to begin with


@dataclass(frozen=True, slots=True)
class Waiting:
    """All that waits: what to begin with, and the rest card by card, most urgent first."""

    first: Sequence[Line]
    cards: Sequence[Card]
    count: int


def waiting_for(person: User) -> Waiting:
    """What waits for `person` now."""
    given = [card for provider in PROVIDERS for card in provider(person) if card.count]
    cards = sorted(given, key=lambda card: card.urgency)
    first = _first(cards)
    rest = [replace(card, lines=_without(card.lines, first)) for card in cards]
    return Waiting(first, rest, sum(card.count for card in cards))


def _first(cards: Sequence[Card]) -> list[Line]:
    """The first line of each of the most urgent cards, so that everything moves a little."""
    one_each = [card.lines[0] for card in cards if card.lines]
    others = [line for card in cards for line in card.lines[1:]]
    return [*one_each, *others][:FIRST]


def _without(lines: Sequence[Line], first: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not any(line is one for one in first)]
