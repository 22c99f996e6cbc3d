"""What the directory hands over to be found: plain values, no models."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class EntryText:
    """The words of one entry in one language; Markdown or plain text, never HTML."""

    name: str
    alternate_name: str = ""
    summary: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """One regular opening: a weekday (0 is Monday), or the named dates when it is not weekly.

    `opens` and `closes` are minutes after local midnight; closing at or before the opening
    means the next day. A day in `on_dates` overrides `weekday`.
    """

    weekday: int
    opens: int
    closes: int
    valid_from: date | None = None
    valid_to: date | None = None
    on_dates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One service as search sees it.

    `places` and `points` must never be those of confidential locations: that is the duty of the
    caller, since everything here may be shown. `is_free` None means unknown or varying.
    """

    id: str
    texts: Mapping[str, EntryText]
    provider: str = ""
    keywords: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    covers_country: bool = False
    places: tuple[str, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    minimum_age: int | None = None
    maximum_age: int | None = None
    meeting: frozenset[str] = frozenset()
    is_free: bool | None = None
    is_urgent: bool = False
    for_children: bool = False
    assured_on: date | None = None
    openings: tuple[Opening, ...] = field(default=())

    @property
    def main_name(self) -> str:
        """The name to sort by: the first text that has one."""
        return next((text.name for text in self.texts.values() if text.name), self.id)
